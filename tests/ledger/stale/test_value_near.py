"""A value beside a thing is said of it, or denied."""

import pytest

from tests.ledger.sweeping import proposed, stale
from tests.ledger.switched import BRIDGE


def test_what_is_denied_says_the_old_value() -> None:
    assert proposed("Lenn Bridge has not been opened.", BRIDGE)
    assert len(stale("Lenn Bridge is not open.", BRIDGE)) == 1


@pytest.mark.parametrize("words", ["Lenn Bridge may be closed.", "If Lenn Bridge is closed, take the ferry."])
def test_what_may_be_is_no_state(words: str) -> None:
    assert stale(words, BRIDGE) == []
