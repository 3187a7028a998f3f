"""A figure of another's, of the last of its kind or of a difference is not the series'."""

import pytest

from asithappened.ledger.changes import Moved, Value
from tests.ledger.sweeping import stale

JOBLESS = Moved(key="rate", label="Unemployment rate", figure="percent", unit="%",
                old=(Value(value=4.8),), new=Value(value=5.1))  # fmt: skip
FALL = Moved(key="fall", label="Fall of the Mida 50", figure="percent", unit="%",
             old=(Value(value=4.8),), new=Value(value=5.1))  # fmt: skip
BUDGET = Moved(key="b", label="Votes for the budget", counted="votes",
               old=(Value(value=312),), new=Value(value=306))  # fmt: skip
ILL = Moved(key="i", label="Ill on the Baltic Empress", counted="people", outcome="ill",
            old=(Value(value=96),), new=Value(value=128))  # fmt: skip
DEBT = Moved(key="d", label="Tarnford council's liability", figure="money", unit="GBP", counted="liability",
             old=(Value(value=87e6),), new=Value(value=132e6))  # fmt: skip
FARES = Moved(key="f", label="Rise in rail fares", figure="percent", unit="%", counted="fares",
              old=(Value(value=4.6),), new=Value(value=5.8))  # fmt: skip


@pytest.mark.parametrize(
    ("change", "words", "listed"),
    [
        (JOBLESS, "Unemployment rises to 4.8%.", True),
        (JOBLESS, "Youth unemployment fell by 4.8%.", False),
        (FALL, "The Mida 50 fell by 4.8%.", True),
        (DEBT, "Tarnford owes £87m.", True),
        (DEBT, "Tarnford overspent by £87m.", False),
        (FARES, "So that is 4.6% more to stand.", True),
        (FARES, "Last March fares went up 4.6%.", False),
        (ILL, "96 people fell ill on a sister ship, the Baltic Duchess.", False),
        (ILL, "96 people fell ill on a ship of the line.", True),
        (ILL, "96 people are ill for a second day.", True),
        (BUDGET, "The budget got 312 votes.", True),
        (BUDGET, "The last budget got 312 votes.", False),
    ],
)
def test_a_difference_and_the_last_of_its_kind_are_not_the_series(change: Moved, words: str, listed: bool) -> None:
    assert bool(stale(words, change)) == listed
