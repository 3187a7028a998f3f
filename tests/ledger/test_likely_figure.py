"""A figure of which no word says what it counts is most likely the series', unless something else is told of it."""

import pytest

from asithappened.ledger.changes import Moved, Value, plain
from asithappened.ledger.sweep import sweep
from tests.ledger.sweeping import stale

HOMES = Moved(key="homes", label="Homes flooded", counted="homes", outcome="flooded",
              old=(Value(value=340),), new=Value(value=520))  # fmt: skip
MINERS = Moved(key="miners", label="Miners trapped", counted="miners", outcome="trapped",
               old=(Value(value=14),), new=Value(value=9))  # fmt: skip
LEAD = Moved(key="lead", label="Lead of the No side", counted="votes", old=(Value(value=4300),), new=Value(value=1150))
SEATS = Moved(key="seats", label="Labour seats", counted="seats", old=(Value(value=112),), new=Value(value=118))


@pytest.mark.parametrize(
    ("change", "words", "listed"),
    [
        (HOMES, "340 homes are on the county’s list.", True),
        (HOMES, "Owners of the 340 homes will get help.", True),
        (HOMES, "340 homes have been saved by the wall.", False),
        (HOMES, "340 homes have had their power cut.", False),
        (HOMES, "9 homes have been saved and 340 pumps brought.", False),
        (HOMES, "340 barns are on the county’s list.", False),
        (MINERS, "Families of the 14 are waiting.", True),
        (MINERS, "The 14 men have air for two days.", True),
        (MINERS, "The 14 rescuers have air for two days.", False),
        (MINERS, "14 miners got out by themselves.", False),
        (LEAD, "“Four thousand three hundred! They said we would be lucky with forty.”", True),
        (LEAD, "4,300 people live on the island.", False),
        (SEATS, "The stadium has 112 seats.", False),
    ],
)
def test_an_old_value_of_the_same_things_is_the_series_unless_something_else_is_told_of_them(
    change: Moved, words: str, listed: bool
) -> None:
    assert bool(stale(words, change)) == listed


@pytest.mark.parametrize(
    ("words", "listed"),
    [("340 homes are under water.\n\nThere are 340.", 2), ("It is a wet day.\n\nThere are 340.", 0)],
)
def test_a_number_that_a_text_has_said_before_needs_no_noun(words: str, listed: int) -> None:
    assert len(list(sweep([HOMES], [plain("a", words)]))) == listed
