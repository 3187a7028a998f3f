"""Promises of `log.follow`: every fact once and in order despite any interruption, and no work without new facts."""

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from asithappened import press
from asithappened.core import events as e
from asithappened.log import follow, read
from asithappened.log.models import Cursor
from tests.log.notes import Notes
from tests.log.test_read import open_blog, publish
from tests.press.happenings import Happening, Newsroom, days
from tests.tables import new_home

pytestmark = [pytest.mark.both, pytest.mark.django_db]

law = settings(
    max_examples=12 if connection.vendor == "sqlite" else 6,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


class Interrupted(Exception):
    """Stops a follower in a test."""


def kinds(blog: int, version: str = "1") -> list[str]:
    """Return what a follower of this version should have noted of a blog."""
    return [f"{version} {fact.kind}" for fact in read.facts(blog)]


def interrupted(at: list[bool]) -> Callable[[int], None]:
    """Return a step that fails where the list says so, and no more when it is used up."""
    points = iter(at)

    def step(_: int) -> None:
        if next(points, False):
            raise Interrupted

    return step


def test_a_follower_goes_on_from_where_it_stopped_in_every_blog_new_ones_too() -> None:
    storm, notes = open_blog("storm"), Notes()
    publish(storm, "p1")
    assert follow.catch_up(notes) == 1
    publish(storm, "p2")
    flood = open_blog("flood")
    assert follow.catch_up(notes) == 2
    assert follow.catch_up(notes) == 0
    assert (notes.noted(storm), notes.noted(flood)) == (kinds(storm), kinds(flood))
    assert follow.cursors("notes") == {storm: 3, flood: 1}


def test_a_long_log_is_consumed_in_batches_and_holds_up_no_other_blog(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(follow, "BATCH", 2)
    storm, flood, notes, order = open_blog("storm"), open_blog("flood"), Notes(), list[int]()
    for n in range(4):
        publish(storm, f"p{n}")
    notes.before = order.append
    assert follow.catch_up(notes) == 4
    assert order == [storm, flood, storm, storm], "a batch a blog, by turns"
    assert notes.noted(storm) == kinds(storm)


def test_with_nothing_new_all_blogs_cost_two_questions(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for n in range(5):
        open_blog(f"storm-{n}")
    notes = Notes()
    follow.catch_up(notes)
    with django_assert_num_queries(2):
        assert follow.catch_up(notes) == 0


def test_what_is_left_for_all_followers_is_one_question_and_one_that_begins_anew_is_not_in_the_answer(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    notes, others = Notes(), Notes(NAME="others")
    assert follow.behind([notes, others]) == {}
    follow.catch_up(others)
    assert follow.behind([notes, others]) == {"others": 0}, "without a blog"
    storm = open_blog("storm")
    open_blog("flood")
    follow.catch_up(notes)
    publish(storm, "p1")
    with django_assert_num_queries(1):
        assert follow.behind([notes, others]) == {"notes": 1, "others": 3}
    follow.catch_up(notes)
    Cursor.objects.filter(follower="notes", blog=storm).update(epoch="before")
    assert follow.behind([notes]) == {"notes": 2}, "a log in place of another"
    follow.catch_up(others)
    assert follow.behind([replace(others, of="2")]) == {}
    follow.begin_anew("notes")
    assert follow.behind([notes, others]) == {"others": 0}


def test_another_version_begins_anew_once_and_leaves_other_followers_where_they_are() -> None:
    storm, notes, others = open_blog("storm"), Notes(), Notes(NAME="others")
    publish(storm, "p1")
    follow.catch_up(notes)
    follow.catch_up(others)
    notes.of = "2"
    assert (follow.catch_up(notes), follow.catch_up(notes), follow.catch_up(others)) == (1, 0, 0)
    assert notes.begun == ["1", "2"]
    assert (notes.noted(storm), others.noted(storm)) == (kinds(storm, "2"), kinds(storm))
    follow.begin_anew("notes")
    assert follow.catch_up(notes) == 1
    assert notes.begun == ["1", "2", "2"]


def test_a_blog_of_another_epoch_begins_anew() -> None:
    storm, notes, asked = open_blog("storm"), Notes(), list[int]()
    publish(storm, "p1")
    follow.catch_up(notes)
    press.begin_anew()
    notes.before = asked.append
    assert follow.catch_up(notes) == 1
    assert asked == [storm]
    assert notes.noted(storm) == kinds(storm)


def test_what_is_published_meanwhile_has_it_made_again_and_never_written_as_it_was() -> None:
    storm, notes, made = open_blog("storm"), Notes(), Counter[int]()

    def publish_meanwhile(blog: int) -> None:
        made[blog] += 1
        if made[blog] <= 2:
            publish(blog, f"p{made[blog]}")

    written = list[int]()
    notes.before, notes.during = publish_meanwhile, written.append
    assert follow.catch_up(notes) == 1
    assert (made[storm], written) == (3, [storm])
    assert notes.noted(storm) == kinds(storm)


def test_a_blog_that_is_published_to_all_the_time_is_consumed_under_its_lock() -> None:
    storm, notes, made = open_blog("storm"), Notes(), Counter[int]()

    def publish_whenever_that_is_possible(blog: int) -> None:
        made[blog] += 1
        if made[blog] <= follow.TRIES:  # from then on a publish would wait for the lock that this one is made under
            publish(blog, f"p{made[blog]}")

    notes.before = publish_whenever_that_is_possible
    assert follow.catch_up(notes) == 1
    assert made[storm] == follow.TRIES + 1
    assert notes.noted(storm) == kinds(storm)


def test_a_blog_that_cannot_be_consumed_is_said_in_the_end_and_holds_up_no_other() -> None:
    storm, flood, notes = open_blog("storm"), open_blog("flood"), Notes()

    def fail(blog: int) -> None:
        if blog == storm:
            raise Interrupted

    for where in ("before", "during"):
        setattr(notes, where, fail)
        with pytest.raises(ExceptionGroup, match=f"notes could not follow the log of blog {storm}$"):
            follow.catch_up(notes)
        setattr(notes, where, lambda blog: None)
    assert (notes.noted(storm), notes.noted(flood)) == ([], kinds(flood))
    follow.catch_up(notes)
    assert notes.noted(storm) == kinds(storm)


def test_a_follower_that_is_told_to_stop_does_after_the_batch_it_is_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(follow, "BATCH", 1)
    storm, notes, asked = open_blog("storm"), Notes(), list[bool]()
    publish(storm, "p1")
    publish(storm, "p2")

    def stop() -> bool:
        asked.append(True)
        return len(asked) > 2

    assert follow.catch_up(notes, stop=stop) == 2
    assert notes.noted(storm) == kinds(storm)[:2]


@law
@given(days(), st.lists(st.booleans(), max_size=20), st.lists(st.booleans(), max_size=20))
def test_whatever_interrupts_it_following_to_the_end_is_following_from_scratch(
    day: list[list[Happening]], reading: list[bool], writing: list[bool]
) -> None:
    room = Newsroom().open()
    notes = Notes(NAME=f"lived {room.blog}")
    for number, happening in enumerate([[], *day]):
        if number:
            room.append(happening)
        # Each time round anew: a follower is interrupted at the first facts of a blog as well as at later ones.
        notes.before, notes.during = interrupted(reading[number:]), interrupted(writing[number:])
        try:
            follow.catch_up(notes)
        except ExceptionGroup:
            continue
    notes.before = notes.during = lambda blog: None
    follow.catch_up(notes)
    scratch = Notes(NAME=f"scratch {room.blog}")
    follow.catch_up(scratch)
    assert notes.noted(room.blog) == scratch.noted(room.blog) == kinds(room.blog)


def test_facts_that_were_erased_are_counted_and_say_nothing() -> None:
    storm, notes = open_blog("storm"), Notes()
    seq = publish(storm, "p1").first
    press.publish(storm, [e.PayloadErased(of=e.post("p1"), seqs=(seq,), whole=True)])
    events = list[e.Event | None]()
    notes.before = lambda blog: events.extend(fact.event for fact in read.facts(blog))
    follow.catch_up(notes)
    assert events[1] is None
    assert notes.noted(storm) == kinds(storm)


FOLLOWER = """
import os, signal, sys
from asithappened.wiring import home
home.prepare()
from asithappened import press
from asithappened.core import events as e
from asithappened.log import follow, read
from tests.log.notes import Notes
from tests.log.test_read import publish

follow.BATCH = 3
blog = press.publish(None, [e.BlogOpened(slug="storm", title="Storm")], once="open").blog
for n in range(10):
    publish(blog, f"p{n}") if not read.post(blog, f"p{n}") else None
die_at, lived = int(sys.argv[1]), []

def step(blog):
    lived.append(blog)
    if len(lived) == die_at:
        os.kill(os.getpid(), signal.SIGKILL)

notes = Notes(before=step, during=step)
follow.catch_up(notes)
assert notes.noted(blog) == [f"1 {fact.kind}" for fact in read.facts(blog)]
print("whole", len(lived))
"""


@pytest.mark.terminal
@pytest.mark.skipif(connection.vendor != "sqlite", reason="a home of its own is on SQLite")
def test_a_follower_killed_between_what_it_wrote_and_its_place_loses_nothing_and_doubles_nothing(
    tmp_path: Path, root: Path
) -> None:
    environment = os.environ | {"ASITHAPPENED_HOME": str(new_home(tmp_path / "home")), "PYTHONPATH": str(root)}

    def live(die_at: int) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", FOLLOWER, str(die_at)]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    # Killed as it has read, as it has written; each next life goes on from what the one before has committed.
    deaths = [live(die_at).returncode for die_at in (1, 2, 4)]
    assert deaths == [-signal.SIGKILL] * 3
    last = live(0)
    assert last.returncode == 0, last.stderr
    assert last.stdout.split() == ["whole", "6"], "one of four batches was committed in the lives before"
