"""What belongs to a state's past: how long it lasted, when somebody set it, what ended it."""

import pytest

from asithappened.ledger.changes import Change
from tests.ledger.sweeping import stale
from tests.ledger.switched import ALERT, BRIDGE


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (BRIDGE, "Lenn Bridge has reopened."),
        (BRIDGE, "Lenn Bridge, which had been closed, is open."),
        (BRIDGE, "Lenn Bridge is no longer closed."),
        (BRIDGE, "Lenn Bridge was closed for two hours."),
        (BRIDGE, "Lenn Bridge was closed on Monday."),
        (ALERT, "An earlier air alert in Mykolaiv has been lifted."),
        (BRIDGE, "Police closed Lenn Bridge at 12.40pm."),
        (BRIDGE, "Lenn Bridge was closed from 12.40pm to 5.30pm."),
        (ALERT, "The air alert in Mykolaiv was declared for the third time."),
    ],
)
def test_a_state_that_is_marked_as_past_is_not_listed(change: Change, words: str) -> None:
    assert stale(words, change) == []
