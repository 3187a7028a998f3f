"""The outcome of what is counted, in other words than the series has for it."""

import pytest

from asithappened.ledger.changes import Moved, Value
from tests.ledger.sweeping import stale

HOSTAGES = Moved(key="hostages", label="Hostages in the bank", counted="hostages",
                 old=(Value(value=14),), new=Value(value=9))  # fmt: skip
ABOARD = Moved(key="aboard", label="Killed on the ferry", counted="people", outcome="killed",
               old=(Value(value=63),), new=Value(value=89))  # fmt: skip


@pytest.mark.parametrize(
    ("change", "words", "listed"),
    [
        (HOSTAGES, "Gunmen are holding 14 people.", True),
        (HOSTAGES, "All 14 hostages are unhurt.", True),
        (HOSTAGES, "Police arrested 14 people.", False),
        (HOSTAGES, "The men hold 14 rifles.", False),
        (HOSTAGES, "The 14 hostages have been freed.", False),
        (ABOARD, "63 of the 200 people on board died.", True),
        (ABOARD, "63 of the 200 dead have been named.", False),
        (ABOARD, "63 men, women and children died.", True),
        (ABOARD, "63 men and 26 women died.", False),
    ],
)
def test_what_became_of_those_counted_is_told_in_other_words(change: Moved, words: str, listed: bool) -> None:
    assert bool(stale(words, change)) == listed
