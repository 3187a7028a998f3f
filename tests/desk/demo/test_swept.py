"""What is listed as stale on the demonstration's day, from its first minute to its last, as a person judges it."""

import pytest

from asithappened.desk import sweeping
from asithappened.desk.demo import play

pytestmark = pytest.mark.django_db

STALE = {
    ("bridge-closed", "bridge", "closed to all traffic"),
    ("bridge-closed", "bridge", "detour"),
    ("bridge-closed", "bridge", "have closed"),
    ("evacuated", "rest-centres", "1,050"),
    ("flooded-homes", "flooded", "84"),
    ("headline", "flood-warning", "Flood warning"),
    ("in-force", "flood-warning", "Flood warning"),
    ("in-force", "flood-warning", "in force"),
    ("polls-open", "polls", "open"),
    ("power-11400", "power", "11,400"),
    ("power-3000", "power", "3,000"),
    ("power-7300", "power", "7,300"),
    ("power-9800", "power", "9,800"),
    ("rest-centre", "rest-centres", "40"),
    ("schools", "polls", "open"),
    ("summary-five", "bridge", "closed"),
    ("summary-five", "power", "4,600"),
    ("summary-noon", "bridge", "is open"),
    ("summary-noon", "flood-warning", "in force"),
    ("turnout-four", "power", "4,600"),
    ("warning-on", "flood-warning", "issued"),
}
LISTED_TOO = {
    ("closing", "gauge", "4.31"),
    ("morning-tide", "gauge", "2.9"),
}


def test_on_the_demonstrations_day_all_that_is_stale_is_listed_and_what_is_not_is_known() -> None:
    day = play.begin()
    listed = set[tuple[str, str, str]]()

    def look(_: float) -> bool:
        for one in sweeping.stale(day.blog):
            where = one.stale.text.removeprefix("post:")
            listed.add((where, one.stale.change.removeprefix("series:"), one.stale.exact))
        return False

    play.play(day, pause=look)
    assert STALE - listed == set()
    assert listed - STALE <= LISTED_TOO
