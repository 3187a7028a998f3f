"""The days of our own are whole, their faults are said, and the scorer sees every kind of error of a sweep."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from asithappened.ledger.changes import Moved, Stale, Switched, Value
from evaluation.annotate import AnnotationError
from evaluation.days import DAYS, HELD, Day, days, read
from evaluation.scoring import Scores
from evaluation.staleness import EXACT, STALE, count

DAY = """
about = "A boat is missing."
headline = "Four boats missing"
standfirst = "Wind is dropping"

[moved]
label = "Boats missing"
counted = "boats"
outcome = "missing"
old = [4]
new = 2
post = "later"

[[post]]
id = "first"
at = "08:00"
kind = "key_event"
title = "Four boats missing"
body = ["Four boats are **missing**.", { list = ["four men"] }, { table = [["Boats", "4"]], caption = "Now" }]

[[post]]
id = "later"
at = "06:30"
day = 1
body = [{ quote = ["Two."], cite = "Ana Ruiz" }, { picture = "A boat.", caption = "Ashore." }, { card = "Four boats" }]

[[alert]]
id = "sent"
at = "08:01"
text = "Four boats missing"

[[stale]]
in = "headline"
words = "Four"

[[stale]]
in = "first"
words = "|Four| boats are"
"""


@pytest.fixture
def day(tmp_path: Path) -> Day:
    (tmp_path / "boats.toml").write_text(DAY, "utf-8")
    return read(tmp_path / "boats.toml")


def test_a_day_is_its_texts_its_change_and_what_is_stale(day: Day) -> None:
    assert [text.key for text in day.texts] == ["headline", "standfirst", "later", "first", "sent"]
    later, first = day.texts[2:4]
    assert (later.view.number, first.view.number, first.place) == (1, 2, "key_event")
    assert later.view.text == "Two.\n\n— Ana Ruiz\n\nA boat.\nAshore.\n\nFour boats"
    assert first.view.text == "Four boats missing\n\nFour boats are missing.\n\n  • four men\n\nNow\nBoats | 4"
    (moved,) = day.changes
    assert isinstance(moved, Moved)
    assert ([one.value for one in moved.old], moved.new.value) == ([4], 2)
    assert moved.new.since == later.at == datetime(2026, 3, 3, 6, 30, tzinfo=UTC)
    assert day.stale == {("headline", 0, 4), ("first", 20, 24)}


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ('words = "|Four| boats are"', 'words = "Four"', "2 times"),
        ('in = "headline"', 'in = "nowhere"', "no text 'nowhere'"),
        ('post = "later"', 'post = "nobody"', "nobody"),
        ('id = "sent"', 'id = "first"', "the same id"),
        ("[moved]", "[switched]", "switched"),
        ("{ card =", "{ cart =", "nobody knows"),
        ('about = "A boat is missing."', "", "about"),
        ('in = "headline"\nwords = "Four"', 'in = "first"\nwords = "|Four| boats are"', "twice"),
    ],
)
def test_a_fault_is_said_with_its_file(right: str, wrong: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "boats.toml").write_text(DAY.replace(right, wrong), "utf-8")
    with pytest.raises(AnnotationError, match=rf"boats\.toml.*{said}"):
        days(tmp_path)


FOUND = Stale(
    text="headline", change="figure-0", start=0, end=4, exact="Four", sentence="Four boats missing", sentence_start=0,
    says="4 missing", stands="2", replacement="Two", confidence=90, rule="test.one",
)  # fmt: skip


@pytest.mark.parametrize(
    ("found", "counts", "exact"),
    [
        ([FOUND, replace(FOUND, text="first", start=20, end=24)], (2, 0, 0), (2, 0, 0)),
        ([FOUND, replace(FOUND, text="first", start=20, end=30)], (2, 0, 0), (1, 1, 1)),
        ([FOUND], (1, 0, 1), (1, 0, 0)),
        ([FOUND, FOUND], (1, 1, 1), (1, 0, 0)),
        ([replace(FOUND, text="sent")], (0, 1, 2), (0, 0, 0)),
        ([], (0, 0, 2), (0, 0, 0)),
    ],
)
def test_what_a_sweep_says_wrongly_or_misses_is_counted(
    day: Day, found: list[Stale], counts: tuple[int, int, int], exact: tuple[int, int, int]
) -> None:
    scores = Scores()
    count(scores, day, found)
    for name, expected in ((STALE, counts), (EXACT, exact)):
        task = scores[name]
        assert (task.right, task.extra, task.missed) == expected
    assert len(scores[STALE].errors) == counts[1] + counts[2]


def test_of_a_state_the_sentence_counts_and_of_a_figure_its_number(day: Day) -> None:
    beside = replace(FOUND, start=5, end=10, exact="boats")
    switched = Switched(key="figure-0", label="boats", new=Value(words="ashore"))
    for changes, right in ((day.changes, 0), ((switched,), 1)):
        scores = Scores()
        count(scores, replace(day, changes=changes), [beside])
        assert (scores[STALE].right, scores[STALE].extra, scores[EXACT].right) == (right, 1 - right, 0)


def test_there_are_a_hundred_and_ninety_eight_days_in_three_languages_and_some_have_nothing_stale() -> None:
    all_days = days()
    assert len(all_days) == 198
    assert {day.language for day in all_days} == {"en", "de", "es"}
    assert sum(not day.stale for day in all_days) >= 3
    assert all(4 <= sum(bool(text.view.id) for text in day.texts) <= 12 for day in all_days)


def test_days_that_were_set_aside_are_others() -> None:
    assert not {day.name for day in days(DAYS / HELD)} & {day.name for day in days()}
