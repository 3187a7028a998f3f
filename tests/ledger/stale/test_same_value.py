"""Whether a printed figure is an old value of a series or its newest, by its modifier and its rounding."""

import pytest

from asithappened.ledger.changes import Moved, Value
from tests.ledger.sweeping import proposed, stale


@pytest.mark.parametrize(
    ("words", "listed"),
    [
        ("At least 63 miners were killed.", True),  # what was known then, though 89 are at least 63 too
        ("More than 60 miners were killed.", True),
        ("About 60 miners were killed.", True),
        ("More than 80 miners were killed.", False),
        ("Nearly 90 miners were killed.", False),
        ("More than 20 miners were killed.", False),
    ],
)
def test_a_round_number_is_listed_where_it_rounds_the_old_value_and_not_the_newest(words: str, listed: bool) -> None:
    assert bool(stale(words)) == listed


def test_a_value_within_a_range_that_stands_is_not_listed() -> None:
    ranged = Moved(key="r", label="Miners killed", counted="miners", outcome="killed", old=(Value(value=63),),
                   new=Value(value=65, low=60, high=70))  # fmt: skip
    assert stale("63 miners were killed.", ranged) == []


SNOW = Moved(key="snow", label="Snow at Hochalm", figure="measure", unit="cm", counted="snow",
             old=(Value(value=45),), new=Value(value=70))  # fmt: skip
WAIT = Moved(key="wait", label="Wait for lorries", figure="duration", unit="minutes", counted="wait",
             old=(Value(value=90),), new=Value(value=180))  # fmt: skip
LIST = Moved(key="list", label="Share of the Civic List", figure="percent", unit="%", counted="share",
             old=(Value(value=17.4),), new=Value(value=16.1))  # fmt: skip
RAIN = Moved(key="rain", label="Rain at Benasalt", figure="measure", unit="litres", counted="rain",
             old=(Value(value=180),), new=Value(value=240))  # fmt: skip

TIDE = Moved(key="tide", label="Water on the gauge", figure="measure", unit="m", counted="water",
             old=(Value(value=4.24),), new=Value(value=2.7))  # fmt: skip


@pytest.mark.parametrize(
    ("change", "words", "listed"),
    [
        (SNOW, "Nearly half a metre of snow has fallen.", True),
        (SNOW, "Snow is 0.45 metres deep.", True),
        (SNOW, "Snow lies in a band 45 metres wide.", False),
        (WAIT, "Lorries wait an hour and a half.", True),
        (WAIT, "Lorries wait 1.5 hours.", True),
        (WAIT, "Lorries wait three hours.", False),
        (LIST, "Its share is just over 17%.", True),
        (LIST, "Its share is 17%.", True),
        (LIST, "Its share is 18%.", False),
        (RAIN, "Nearly 200 litres of rain have fallen.", True),
        (TIDE, "The water stands at about 4.2 metres.", True),
        (TIDE, "The wall behind the gauge is 4.2 metres high; the water stands at its foot.", False),
        (RAIN, "Some 200 litres of rain have fallen.", False),
    ],
)
def test_other_units_and_fewer_digits_say_the_old_value_too(change: Moved, words: str, listed: bool) -> None:
    assert bool(stale(words, change)) == listed


def test_the_newest_value_is_proposed_in_the_unit_that_is_printed() -> None:
    assert proposed("Snow is 0.45 metres deep.", SNOW) == "Snow is 0.7 metres deep."
