"""Promises of the demonstration's player: the page is full at once, the rest comes at its pace, no day is the last."""

from datetime import UTC, datetime

import pytest

from asithappened.accounts.models import User
from asithappened.core import events as e
from asithappened.core.ledger_state import Correction, Series, Statement
from asithappened.core.state import Status
from asithappened.desk import actions
from asithappened.desk.actions import forgetting, reaching, sources
from asithappened.desk.demo import play, script
from asithappened.desk.models import Source
from asithappened.log import read

pytestmark = pytest.mark.django_db


class Pauses:
    """Waits that take no time; tells the player to stop after so many."""

    def __init__(self, most: int = 10_000) -> None:
        self.most = most
        self.seconds: list[float] = []

    def __call__(self, seconds: float) -> bool:
        self.seconds.append(seconds)
        return len(self.seconds) > self.most


def test_what_came_before_the_afternoon_is_there_at_once_with_times_that_are_past() -> None:
    day = play.begin()
    assert day.slug == "storm-isolde"
    assert all(step.live for step in day.steps)
    posts = read.posts(day.blog)
    assert len(posts) > 10
    assert all(post.published_at is not None and post.published_at < datetime.now(UTC) for post in posts)
    assert read.blog(day.blog).audience is e.Audience.EVERYONE


def test_the_rest_happens_at_its_pace_and_ends_as_the_script_ends() -> None:
    day, pauses = play.begin(), Pauses()
    assert play.play(day, pause=pauses, speed=2)
    assert set(pauses.seconds) == {play.PACE_S / 2}
    assert len(pauses.seconds) == len(day.steps) - 1
    assert read.blog(day.blog).status is Status.CLOSED
    written = [event.KIND for step in script.load() for event in step.events]
    assert [fact.kind for fact in read.facts(day.blog)] == written
    assert not any(fact.origin is e.Origin.IMPORT for fact in read.facts(day.blog))


def test_stopped_and_started_again_it_goes_on_where_it_was() -> None:
    assert not play.play(play.begin(), pause=Pauses(5))
    day = play.begin()
    ends, seq = [], 0
    for step in script.load():
        seq += len(step.events)
        ends.append(seq)
    played = ends.index(read.head(day.blog)[1]) + 1
    pauses = Pauses()
    assert play.play(day, pause=pauses)
    assert read.head(day.blog)[1] == ends[-1]
    assert len(pauses.seconds) == len(ends) - played - 1, "no pause for what had happened already"


def test_a_day_that_is_over_is_followed_by_the_next_and_leads_on_to_it() -> None:
    play.play(play.begin(), pause=Pauses())
    day = play.begin()
    assert day.slug == "storm-isolde-2"
    first = read.blog_id("storm-isolde")
    assert first is not None
    successor = read.blog(first).successor
    assert successor is not None
    assert successor.slug == day.slug
    assert play.begin().slug == day.slug


def test_the_first_day_stays_and_leads_on_and_later_ones_are_taken_down_and_nobody_elses(owner: User) -> None:
    theirs = actions.open_blog(by=owner, slug="ours", title="Ours", audience=e.Audience.EVERYONE).blog
    actions.close_blog(theirs, by=owner)
    for _ in range(3):
        play.play(play.begin(), pause=Pauses())
    play.begin()
    states = [read.blog(read.blog_id(f"storm-isolde{n}") or 0).status for n in ("", "-2", "-3", "-4")]
    assert states == [Status.CLOSED, Status.GONE, Status.GONE, Status.LIVE]
    successor = read.blog(read.blog_id("storm-isolde") or 0).successor
    assert successor is not None
    assert successor.slug == "storm-isolde-4"
    assert read.blog(theirs).status is Status.CLOSED


def test_a_day_that_somebody_opened_at_its_next_address_is_left_alone(owner: User) -> None:
    play.play(play.begin(), pause=Pauses())
    theirs = actions.open_blog(by=owner, slug="storm-isolde-2", title="Ours", audience=e.Audience.EVERYONE).blog
    assert play.begin().slug == "storm-isolde-3"
    assert play.begin().slug == "storm-isolde-3"
    assert read.head(theirs)[1] == 1


def test_it_plays_on_until_it_is_told_to_stop() -> None:
    live = sum(step.live for step in script.load())
    play.play_on(play.begin(), pause=Pauses(live + 3))
    assert read.blog_id("storm-isolde-2") is not None


def test_its_sources_are_on_the_houses_list_as_those_of_accepted_rows_and_some_have_aliases() -> None:
    day = play.begin()
    assert sources.find("NWS") == sources.find("National Weather Service") is not None
    play.play(day, pause=Pauses())
    named = {name for name, about in script.sources().items() if about["kind"] != "anonymous"}
    assert {source.name for source in Source.objects.all()} == named
    keys = set(Source.objects.values_list("key", flat=True))
    rows = [row for row in read.rows(day.blog, e.STATEMENT) if isinstance(row, Statement)]
    moves = [row for row in read.rows(day.blog, e.SERIES) if isinstance(row, Series)]
    said = [row.by for row in rows] + [value.by for row in moves for value in row.values]
    assert {by.source for by in said if by and by.kind is not e.SourceKind.ANONYMOUS} == keys


def test_a_source_that_is_erased_while_it_plays_does_not_come_back(admin: User) -> None:
    day = play.begin()
    source = sources.find("Coastgrid")
    assert source is not None
    sources.forget_source(source, by=admin)
    assert not play.play(play.begin(), pause=Pauses(30)), "nor while a worker has not yet erased it"
    forgetting.forget(source.key, by=admin)
    assert play.play(play.begin(), pause=Pauses())
    play.begin()
    assert sources.find("Coastgrid") is None
    said = [row.by for row in read.rows(day.blog, e.STATEMENT) if isinstance(row, Statement)]
    moves = [row for row in read.rows(day.blog, e.SERIES) if isinstance(row, Series)]
    names = {by.name for by in (*said, *(value.by for row in moves for value in row.values)) if by}
    assert "Orran Police" in names
    assert "Coastgrid" not in names


def test_the_reach_of_corrections_is_noted_when_readers_were_there_to_see_them() -> None:
    day = play.begin()
    assert reaching.awaited(day.blog) == set(), "made in the morning, before anybody could read it here"
    play.play(day, pause=Pauses())
    made = sorted(
        (row for row in read.rows(day.blog, e.CORRECTION) if isinstance(row, Correction)),
        key=lambda row: row.content_seq,
    )
    assert len(made) == 5
    assert reaching.awaited(day.blog) == {row.content_seq for row in made[1:]}


def test_what_moves_while_it_plays_has_its_own_time() -> None:
    day = play.begin()
    play.play(day, pause=Pauses())
    moves = [row for row in read.rows(day.blog, e.SERIES) if isinstance(row, Series)]
    assert all(value.as_of is not None for row in moves for value in row.values)
