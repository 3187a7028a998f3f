"""Promises of `desk.replay`: what the log knows happens again, in order, paced, once; nothing that was taken back."""

import contextlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from asithappened import press
from asithappened.core import body, fold
from asithappened.core import events as e
from asithappened.core.state import PostState, State, Status
from asithappened.desk import actions
from asithappened.desk import replay as r
from asithappened.desk.score import GAP_S
from asithappened.log import read
from asithappened.syndication import json_lines
from tests.press.happenings import Happening, Newsroom, days

pytestmark = [pytest.mark.both, pytest.mark.django_db]

NINE = datetime(2024, 3, 25, 9, 0, tzinfo=UTC)


def closed(blog: int) -> None:
    """Close a blog, if it is not: nothing else is replayed."""
    if read.blog(blog).status is Status.LIVE:
        press.publish(blog, [e.BlogClosed()])


class Clock:
    """A clock that only pauses move; it keeps them, and can die in one."""

    def __init__(self, dies_after: int = 10_000) -> None:
        self.now, self.dies_after = NINE, dies_after
        self.pauses: list[float] = []

    def __call__(self) -> datetime:
        return self.now

    def sleep(self, seconds: float) -> None:
        if len(self.pauses) >= self.dies_after:
            raise KeyboardInterrupt
        self.pauses.append(seconds)
        self.now += timedelta(seconds=seconds)


def words(text: str) -> body.Doc:
    """Make a body of one paragraph."""
    return body.with_ids(body.Doc(content=(body.paragraph(text),)), seed=text)


def at(minutes: float) -> datetime:
    """Return a moment of the original's day."""
    return NINE + timedelta(minutes=minutes)


def archive(slug: str, events: Sequence[e.Event], origin: e.Origin = e.Origin.IMPORT, *, closed: bool = True) -> int:
    """Publish a blog to be replayed."""
    opened = e.BlogOpened(slug=slug, title="A vote", zone="Europe/London", audience=e.Audience.MEMBERS)
    blog = press.publish(None, [opened], origin=origin).blog
    for event in events:
        press.publish(blog, [event], origin=origin)
    if closed and read.blog(blog).status is Status.LIVE:
        press.publish(blog, [e.BlogClosed()], origin=origin)
    return blog


def post(id_: str, minutes: float | None, **fields: object) -> e.PostPublished:
    """Make a post of the original, at some minutes past nine."""
    known = None if minutes is None else at(minutes)
    return e.PostPublished(post=id_, title=id_.title(), body=words(id_), published_at=known, **fields)  # type: ignore[arg-type]


def told(slug: str) -> tuple[Status, list[tuple[str, str, bool, e.PostKind, int]], tuple[str, ...]]:
    """Return what readers see of a blog that a replay has to give again."""
    blog = read.blog_id(slug)
    assert blog is not None
    posts = read.posts(blog)
    return (
        read.blog(blog).status,
        [(p.id, body.plain(p.body), p.updated, p.kind, p.revision) for p in posts],
        read.blog(blog).pins,
    )


def test_an_archive_happens_again_in_the_order_of_its_day_with_the_gaps_divided() -> None:
    archive("vote", [post("last", 40), post("first", 0), post("middle", 10, kind=e.PostKind.KEY_EVENT), e.BlogClosed()])
    clock = Clock()
    played = r.replay("vote", speed=60, clock=clock, sleep=clock.sleep)
    assert (played.slug, played.steps, played.new) == ("vote-replay", 4, 4)
    assert clock.pauses == [10.0, 30.0, GAP_S / 60]
    assert told("vote-replay") == told("vote")
    target = read.blog_id("vote-replay")
    assert target is not None
    assert [p.published_at for p in reversed(read.posts(target))] == [
        NINE,
        NINE + timedelta(seconds=10),
        NINE + timedelta(seconds=40),
    ]


def test_where_times_are_unknown_the_gaps_are_equal_and_the_order_is_that_of_the_page() -> None:
    posts = [post(name, None, position=position) for position, name in ((3, "c"), (1, "a"), (2, "b"))]
    archive("page", posts)
    clock = Clock()
    r.replay("page", speed=6, clock=clock, sleep=clock.sleep)
    assert clock.pauses == [10.0, 10.0, 10.0]
    assert told("page-replay") == told("page")


def test_an_archive_that_grew_after_it_was_closed_closes_last() -> None:
    archive("grown", [post("a", 0), e.BlogClosed(), post("b", 5)])
    r.replay("grown", sleep=lambda _: None)
    assert told("grown-replay") == told("grown")


def test_everything_a_replay_appends_says_that_it_is_one_and_is_for_no_more_readers_than_the_original() -> None:
    archive("quiet", [post("a", 0)])
    r.replay("quiet", into="again", sleep=lambda _: None)
    blog = read.blog_id("again")
    assert blog is not None
    assert {fact.origin for fact in read.facts(blog)} == {e.Origin.REPLAY}
    assert read.blog(blog).audience is e.Audience.MEMBERS


def test_a_replay_does_not_write_into_a_blog_that_is_not_its_own() -> None:
    archive("mine", [post("a", 0)])
    other = archive("yours", [], e.Origin.LIVE, closed=False)
    head = read.head(other)
    with pytest.raises(r.NotPlayed, match="--into"):
        r.replay("mine", into="yours", sleep=lambda _: None)
    assert read.head(other) == head


def test_what_is_not_there_or_was_taken_down_is_not_replayed() -> None:
    with pytest.raises(r.NoSuchBlog):
        r.replay("never")
    archive("gone", [post("a", 0), e.BlogTakenDown()])
    with pytest.raises(r.NotPlayed, match="taken down"):
        r.replay("gone")


law = settings(
    max_examples=10 if connection.vendor == "sqlite" else 4,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@law
@given(days(10), st.lists(st.integers(0, 4), max_size=6))
def test_killed_at_any_moments_and_run_again_it_loses_nothing_and_doubles_nothing(
    day: list[list[Happening]], deaths: list[int]
) -> None:
    room = Newsroom().open()
    for _ in room.play(day):
        pass
    closed(room.blog)
    slug = read.blog(room.blog).slug
    r.replay(slug, into=f"{slug}-whole", sleep=lambda _: None)
    clock = Clock()
    for lives in deaths:
        clock.dies_after = len(clock.pauses) + lives
        with contextlib.suppress(KeyboardInterrupt):
            r.replay(slug, into=f"{slug}-killed", clock=clock, sleep=clock.sleep)
    clock.dies_after = 10_000
    r.replay(slug, into=f"{slug}-killed", clock=clock, sleep=clock.sleep)
    assert r.replay(slug, into=f"{slug}-killed", sleep=lambda _: pytest.fail("nothing is new")).new == 0
    whole, killed = (list(read.facts(read.blog_id(f"{slug}-{name}") or 0)) for name in ("whole", "killed"))
    assert _told_once(killed) == _told_once(whole)
    assert read.blog(read.blog_id(f"{slug}-killed") or 0).status is Status.CLOSED
    assert told(f"{slug}-killed")[1:] == told(f"{slug}-whole")[1:]


def _told_once(facts: list[e.Fact]) -> list[tuple[str, e.Event | None]]:
    """Return what a replay told, without the closing and opening again of one that was interrupted."""
    ends = (e.BlogClosed.KIND, e.BlogReopened.KIND)
    return [_timeless(fact) for fact in facts[1:] if fact.kind not in ends]


def _timeless(fact: e.Fact) -> tuple[str, e.Event | None]:
    event = fact.event
    if isinstance(event, e.PostPublished | e.PostRevised):
        event = replace(event, published_at=None, position=0)
    return fact.kind, event


@law
@given(
    days(
        14,
        kinds=("publish", "publish", "revise", "withdraw", "erase", "trim", "pin", "kind", "describe", "join", "close"),
        posts=3,
    )
)
def test_a_replayed_day_ends_as_the_day_ended_and_holds_no_word_that_was_taken_back(day: list[list[Happening]]) -> None:
    room = Newsroom().open()
    for _ in room.play(day):
        pass
    closed(room.blog)
    slug = read.blog(room.blog).slug
    r.replay(slug, sleep=lambda _: None)
    target = read.blog_id(f"{slug}-replay")
    assert target is not None
    lived, again = fold.fold(read.facts(room.blog)), fold.fold(read.facts(target))
    assert _told(lived) == _told(again)
    logged = repr([fact.event for fact in read.facts(target)])
    assert not [canary for canary in room.taken_back() if canary in logged]


def _told(state: State) -> object:
    assert state.blog is not None
    visible: dict[str, PostState] = {id_: p for id_, p in state.posts.items() if p.visible}
    return (
        state.blog.title, state.blog.standfirst, state.blog.status, state.blog.pins, state.blog.contributors,
        {id_: (p.title, p.body, p.kind, p.bylines) for id_, p in visible.items()},
    )  # fmt: skip


@law
@given(days(12, kinds=("publish", "publish", "revise", "withdraw", "erase", "trim"), posts=2))
def test_the_log_as_lines_of_json_counts_every_fact_and_holds_no_word_that_was_taken_back(
    day: list[list[Happening]],
) -> None:
    room = Newsroom().open()
    for _ in room.play(day):
        pass
    facts = list(read.facts(room.blog))
    lines = list(json_lines.lines(facts, json_lines.taken_back(facts)))
    assert [line["seq"] for line in lines] == list(range(1, len(facts) + 1))
    printed = repr(lines)
    gone = room.taken_back()
    for canary in room.words:
        assert (canary in printed) == (canary not in gone)


def replayed(slug: str = "vote", audience: e.Audience | None = None) -> int:
    """Replay a blog, and return the new one."""
    r.replay(slug, sleep=lambda _: None, audience=audience)
    blog = read.blog_id(f"{slug}-replay")
    assert blog is not None
    return blog


def public(slug: str, events: Sequence[e.Event] = ()) -> int:
    """Publish a blog for everyone that this newsroom covered itself, and close it."""
    blog = press.publish(None, [e.BlogOpened(slug=slug, title="A vote", audience=e.Audience.EVERYONE)]).blog
    for event in events:
        press.publish(blog, [event])
    closed(blog)
    return blog


@pytest.mark.parametrize(
    ("of", "asked", "gets"),
    [("everyone", None, "members"), ("everyone", "everyone", "everyone"), ("everyone", "nobody", "nobody"),
     ("members", None, "members"), ("nobody", None, "nobody")],
)  # fmt: skip
def test_a_replay_is_for_members_unless_told_otherwise(of: str, asked: str | None, gets: str) -> None:
    blog = public("vote")
    if of != "everyone":
        press.publish(blog, [e.AudienceSet(audience=e.Audience(of))])
    assert read.blog(replayed(audience=e.Audience(asked) if asked else None)).audience == gets


def test_a_replay_is_for_nobody_who_may_not_read_the_original() -> None:
    archive("vote", [post("a", 0)])
    with pytest.raises(r.NotPlayed, match="for members"):
        replayed(audience=e.Audience.EVERYONE)
    assert read.blog_id("vote-replay") is None


def test_what_is_still_live_and_what_is_a_replay_itself_is_not_replayed() -> None:
    archive("live", [post("a", 0)], closed=False)
    with pytest.raises(r.NotPlayed, match="Close it first"):
        r.replay("live")
    assert read.blog_id("live-replay") is None
    archive("vote", [post("a", 0)])
    replayed()
    with pytest.raises(r.NotPlayed, match="Replay its original"):
        r.replay("vote-replay")


def test_interrupted_it_is_closed_and_started_again_it_is_open_until_its_end() -> None:
    archive("vote", [post("a", 0), post("b", 1), post("c", 2)])
    clock = Clock(dies_after=1)
    with pytest.raises(KeyboardInterrupt):
        r.replay("vote", clock=clock, sleep=clock.sleep)
    target = read.blog_id("vote-replay") or 0
    assert read.blog(target).status is Status.CLOSED
    assert [one.id for one in read.posts(target)] == ["b", "a"]
    seen: list[Status] = []
    r.replay("vote", sleep=lambda _: seen.append(read.blog(target).status))
    assert seen == [Status.LIVE]
    assert told("vote-replay") == told("vote")
    head = read.head(target)
    assert r.replay("vote", sleep=lambda _: None).new == 0
    assert read.head(target) == head


def test_what_is_taken_back_while_it_is_played_is_not_played() -> None:
    source = public("vote", [post("a", 0), post("b", 1), post("c", 2)])
    by = actions.System(name="test")

    def meanwhile(_: float) -> None:
        if read.post(source, "c").visible:
            actions.erase_post(source, by=by, post="c")
            actions.withdraw_post(source, by=by, post="a")

    r.replay("vote", sleep=meanwhile)
    target = read.blog_id("vote-replay") or 0
    assert {one.id for one in read.posts(target)} == {"b"}
    assert read.post(target, "c") is None
    assert read.blog(target).status is Status.CLOSED
