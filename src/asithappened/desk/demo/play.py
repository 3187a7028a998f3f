"""Plays the demonstration: opens the day's live blog, publishes the morning at once, and the afternoon step by step.

Owns the pace and what is played next: a restart continues where the last run stopped, and after a finished day comes
the next. Publishes only by `desk.actions`. Look next: `script.py` for the steps.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Final

from msgspec.structs import replace

from asithappened.core import events as e
from asithappened.core.state import Status
from asithappened.desk import actions
from asithappened.desk.actions import sources
from asithappened.desk.demo import script
from asithappened.desk.demo.clock import When
from asithappened.desk.erased_names import ErasedNames
from asithappened.desk.replay import NotPlayed, perform
from asithappened.desk.sample import NAME, openings
from asithappened.log import read

PACE_S: Final = 6.0  # between two events: enough to read the last one, and too short to look away
REST_S: Final = 60.0  # between the closing of one day and the opening of the next
BATCH: Final = 50  # events of the morning an append, so that the lock is held only briefly

_BY: Final = actions.System(name=NAME)

Pause = Callable[[float], bool]
"""Waits some seconds; True if it is time to stop."""


@dataclass(frozen=True, kw_only=True)
class Day:
    blog: int
    slug: str
    steps: tuple[script.Step, ...]


def begin() -> Day:
    """Open the day's live blog and publish the morning, or continue the day that is not finished."""
    now = datetime.now(UTC)
    opening = script.load()[0].event
    assert isinstance(opening, e.BlogOpened)
    first: int | None = None  # `make demo` printed its address: it stays, and links to the next day
    for number in count(1):
        slug = opening.slug if number == 1 else f"{opening.slug}-{number}"
        blog = read.blog_id(slug)
        if blog is not None and not openings().filter(blog_id=blog).exists():
            continue  # somebody at the desk has opened a live blog under this slug
        if blog is None or read.blog(blog).status is Status.LIVE:
            return _begun(slug, first, now)
        if first is None and read.blog(blog).status is Status.CLOSED:
            first = blog
    raise AssertionError("count() is endless")


def _begun(slug: str, first: int | None, now: datetime) -> Day:
    steps = script.load(when=_compressed(script.load(), now))
    opening = steps[0].event
    assert isinstance(opening, e.BlogOpened)
    blog = read.blog_id(slug)
    if blog is None:
        _introduce()
        blog = actions.open_blog(
            by=_BY,
            slug=slug,
            title=opening.title,
            standfirst=opening.standfirst,
            language=opening.language,
            zone=opening.zone,
            audience=opening.audience,
            tags=opening.tags,
            once=f"demo-{slug}",
        ).blog
        if first is not None:
            actions.continue_blog(first, by=_BY, slug=slug)
            _clear_away(keep=(blog, first))
    earlier = [event for step in steps[1:] if not step.live for event in step.events]
    done = set(read.once_keys(blog))  # an earlier run published these, with other times
    for start in range(0, len(earlier), BATCH):
        if (key := f"demo-earlier-{start}") not in done:
            actions.happen(blog, list(_sourced(earlier[start : start + BATCH])), by=_BY, once=key)
    return Day(blog=blog, slug=slug, steps=tuple(step for step in steps if step.live))


def _clear_away(keep: tuple[int, ...]) -> None:
    """Take down the demonstration's finished days except the first, because there is a new one every seven minutes."""
    for blog in openings().exclude(blog_id__in=keep).values_list("blog_id", flat=True):
        if read.blog(blog).status is Status.CLOSED:
            actions.take_down_blog(blog, by=_BY, reason="A demonstration that is over.")


def _introduce() -> None:
    """Add the sources that the newsroom knows by several names to the house's list, unless they are or were there."""
    erased = ErasedNames()
    for name, about in script.sources().items():
        if "aliases" not in about or sources.find(name) is not None or erased.among([name]):
            continue
        try:
            sources.add_source(
                by=_BY,
                name=name,
                aliases=about["aliases"],
                kind=e.SourceKind(about["kind"]),
                role=about.get("role", ""),
            )
        except actions.Refused as refused:
            if refused.refusal.code not in {"name_taken", "being_erased"}:  # an alias of another source at this desk
                raise


def _sourced(events: Iterable[e.Event]) -> Iterator[e.Event]:
    """Yield events with the house's sources in their rows, which are added as they are when an editor accepts a row."""
    erased = ErasedNames()
    for event in events:
        if isinstance(event, e.StatementRecorded | e.SeriesMoved) and event.by is not None:
            yield replace(event, by=_source(event.by, erased))
        else:
            yield event


def _source(said_by: e.SaidBy, erased: ErasedNames) -> e.SaidBy | None:
    """Return a source of the house, None if its name was or is being erased."""
    if sources.find(said_by.name) is None and erased.among([said_by.name]):
        return None
    try:
        return sources.said_by(said_by.name, kind=said_by.kind, role=said_by.role, by=_BY)
    except actions.Refused as refused:
        if refused.refusal.code != "being_erased":
            raise
        return None


def _compressed(steps: tuple[script.Step, ...], now: datetime) -> When:
    """Return a clock whose afternoon begins now, with a step every PACE_S; the morning keeps its pace before that."""
    live = sorted({step.at_s for step in steps if step.live})

    def when(at_s: int) -> datetime:
        if at_s < script.LIVE_FROM_S:
            return now - timedelta(seconds=script.LIVE_FROM_S - at_s)
        return now + timedelta(seconds=PACE_S * bisect_left(live, at_s))

    return when


def play(day: Day, *, pause: Pause, speed: float = 1.0) -> bool:
    """Play the rest of a day, a step every PACE_S / speed seconds; return False if it was stopped before its end.

    Steps that are refused are skipped: somebody at the desk may have withdrawn a post that the script edits, or closed
    the blog.
    """
    new, done = False, set(read.once_keys(day.blog))
    for number, step in enumerate(day.steps):
        if new and pause(PACE_S / speed):
            return False
        key, live = f"demo-live-{number}", read.blog(day.blog).status is Status.LIVE
        events = list(_sourced(step.events)) if live and key not in done else step.events
        try:
            new = perform(day.blog, events, by=_BY, key=key, at=datetime.now(UTC))
        except NotPlayed:
            if read.blog(day.blog).status is Status.GONE:
                return False
            new = False
    return True


def play_on(day: Day, *, pause: Pause, speed: float = 1.0) -> None:
    """Play day after day until stopped, or until somebody at the desk has removed the sample."""
    while play(day, pause=pause, speed=speed) and not pause(REST_S / speed):
        if read.blog(day.blog).status is Status.GONE:
            return
        day = begin()
