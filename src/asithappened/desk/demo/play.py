"""Plays the demonstration: opens the day's live blog, publishes the morning at once, and the afternoon step by step.

Owns the pace and what is played next: a restart continues where the last run stopped, and after a finished day comes
the next. Publishes only by `desk.actions`. Look next: `script.py` for the steps.
"""

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Final

from asithappened.core import events as e
from asithappened.core.state import Status
from asithappened.desk import actions
from asithappened.desk.demo import script
from asithappened.desk.demo.clock import When
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
    for start in range(0, len(earlier), BATCH):
        _catch_up(blog, earlier[start : start + BATCH], key=f"demo-earlier-{start}")
    return Day(blog=blog, slug=slug, steps=tuple(step for step in steps if step.live))


def _clear_away(keep: tuple[int, ...]) -> None:
    """Take down the demonstration's finished days except the first, because there is a new one every seven minutes."""
    for blog in openings().exclude(blog_id__in=keep).values_list("blog_id", flat=True):
        if read.blog(blog).status is Status.CLOSED:
            actions.take_down_blog(blog, by=_BY, reason="A demonstration that is over.")


def _catch_up(blog: int, events: list[e.Event], *, key: str) -> None:
    try:
        actions.happen(blog, events, by=_BY, once=key)
    except actions.Refused as refused:
        if refused.refusal.code != "once_reused":  # an earlier run published it, with other times
            raise


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
    new = False
    for number, step in enumerate(day.steps):
        if new and pause(PACE_S / speed):
            return False
        try:
            new = perform(day.blog, step.events, by=_BY, key=f"demo-live-{number}", at=datetime.now(UTC))
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
