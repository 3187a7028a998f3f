"""Which times a sentence names, against the time of its text."""

from datetime import UTC, datetime

import pytest

from asithappened.ledger.language import clause
from asithappened.ledger.language.said_when import times_in
from tests.ledger.sweeping import WEDNESDAY, stale


@pytest.mark.parametrize("day", ["Wednesday", "Tuesday"])
def test_the_day_of_the_text_itself_marks_nothing_as_past(day: str) -> None:
    listed = stale(f"Officials said on {day} that 63 people had been killed.")
    assert bool(listed) == (day == "Wednesday")


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("He said so on Monday.", "passed"),
        ("He said so on Wednesday.", "near"),
        ("He said so last night.", "passed"),
        ("It fell in 1951.", "far"),
        ("It fell years ago.", "far"),
        ("He said so on 26 December.", "far"),
    ],
)
def test_a_time_is_before_the_texts_own_only_where_that_is_sure(words: str, kind: str) -> None:
    [sentence] = clause.sentences(words, "en")
    assert [one.kind for one in times_in(sentence, WEDNESDAY, "en")] == [kind]


def test_a_time_of_day_has_passed_once_the_text_is_later() -> None:
    [sentence] = clause.sentences("The toll was 63 this morning.", "en")
    early, late = datetime(2031, 3, 12, 9, tzinfo=UTC), datetime(2031, 3, 12, 15, tzinfo=UTC)
    assert ["passed" in {one.kind for one in times_in(sentence, at, "en")} for at in (early, late)] == [False, True]
