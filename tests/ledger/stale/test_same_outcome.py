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


ARRESTS = Moved(key="arrests", label="Festnahmen in Hohenwerth", counted="Menschen", outcome="arrested",
                places=("Hohenwerth",), old=(Value(value=34),), new=Value(value=61))  # fmt: skip
POWER = Moved(key="power", label="Customers without power in Calloway", counted="customers", outcome="cut off",
              places=("Calloway",), old=(Value(value=140_000),), new=Value(value=214_000))  # fmt: skip


@pytest.mark.parametrize(
    ("change", "language", "words", "listed"),
    [
        (POWER, "en", "Power outages in Calloway pass 140,000", True),
        (POWER, "en", "Outages top 140,000", True),
        (POWER, "en", "Ticket sales top 140,000", False),
        (ARRESTS, "de", "Zahl der Festnahmen in Hohenwerth steigt auf 34", True),
        (ARRESTS, "de", "Hohenwerth: 34 Festnahmen bei Protesten", True),
        (ARRESTS, "de", "Meisfeld: 34 Festnahmen bei Protesten", False),
        (ARRESTS, "de", "„34 Gewalttäter sitzen in Gewahrsam“, sagte die Ministerin.", True),
        (ARRESTS, "de", "34 Müllcontainer sind ausgebrannt.", False),
    ],
)
def test_a_figure_is_what_those_before_it_have_come_to(change: Moved, language: str, words: str, listed: bool) -> None:
    assert bool(stale(words, change, language=language)) == listed
