"""What was said, counted or happened at another time is not asserted as current."""

import pytest

from tests.ledger.sweeping import stale


@pytest.mark.parametrize(
    "words",
    [
        "On Monday officials put the toll at 63.",
        "Officials said on Monday that 63 people had been killed.",
        "By Monday night 63 had been confirmed dead.",
        "“We lost 63 men,” the mayor said on Monday.",
        "63 miners were killed in a collapse in 1951.",
        "The toll, given as 63 this morning, is much higher.",
    ],
)
def test_what_was_said_or_happened_at_another_time_is_not_listed(words: str) -> None:
    assert stale(words) == []
