"""Playing the demonstration: opens the day's live blog, fills its page, and lets the rest happen while readers watch.

Owns the pace and what is played next: whoever starts it again goes on where it was, and a day that is over is followed
by the next. Never sends anything but by `desk.actions`. Look next: `script.py` for what happens.
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

PACE_S: Final = 6.0  # between two events: a reader has read the last and not yet looked away
REST_S: Final = 60.0  # between the closing of one day and the opening of the next
BATCH: Final = 50  # events an append of what came before: short appends keep the lock short

_BY: Final = actions.System(name=NAME)

Pause = Callable[[float], bool]
"""Waits some seconds; True if it is time to stop."""


@dataclass(frozen=True, kw_only=True)
class Day:
    """A day of the demonstration that has begun."""

    blog: int
    slug: str
    steps: tuple[script.Step, ...]


def begin() -> Day:
    """Open the day's live blog with everything up to the afternoon, or find the one that is not over."""
    now = datetime.now(UTC)
    opening = script.load()[0].event
    assert isinstance(opening, e.BlogOpened)
    first: int | None = None  # whose address was printed: it stays, and leads on
    for number in count(1):
        slug = opening.slug if number == 1 else f"{opening.slug}-{number}"
        blog = read.blog_id(slug)
        if blog is not None and not openings().filter(blog_id=blog).exists():
            continue  # somebody at the desk has opened a live blog there
        if blog is None or read.blog(blog).status is Status.LIVE:
            return _begun(slug, first, now)
        if first is None and read.blog(blog).status is Status.CLOSED:
            first = blog
    raise AssertionError("counting does not end")


def _begun(slug: str, first: int | None, now: datetime) -> Day:
    steps = script.load(when=_pressed(script.load(), now))
    opening = steps[0].event
    assert isinstance(opening, e.BlogOpened)
    there = read.blog_id(slug)
    if there is None:
        there = actions.open_blog(
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
            _clear_away(keep=(there, first))
    earlier = [event for step in steps[1:] if not step.live for event in step.events]
    for start in range(0, len(earlier), BATCH):
        _catch_up(there, earlier[start : start + BATCH], key=f"demo-earlier-{start}")
    return Day(blog=there, slug=slug, steps=tuple(step for step in steps if step.live))


def _clear_away(keep: tuple[int, ...]) -> None:
    """Take down the demonstration's own finished days but the first: one comes every seven minutes."""
    for blog in openings().exclude(blog_id__in=keep).values_list("blog_id", flat=True):
        if read.blog(blog).status is Status.CLOSED:
            actions.take_down_blog(blog, by=_BY, reason="A demonstration that is over.")


def _catch_up(blog: int, events: list[e.Event], *, key: str) -> None:
    try:
        actions.happen(blog, events, by=_BY, once=key)
    except actions.Refused as refused:
        if refused.refusal.code != "once_reused":  # published by an earlier start, which had another now
            raise


def _pressed(steps: tuple[script.Step, ...], now: datetime) -> When:
    """Return a clock on which the afternoon begins now: before it in its own pace, after it a step every PACE_S."""
    live = sorted({step.at_s for step in steps if step.live})

    def when(at_s: int) -> datetime:
        if at_s < script.LIVE_FROM_S:
            return now - timedelta(seconds=script.LIVE_FROM_S - at_s)
        return now + timedelta(seconds=PACE_S * bisect_left(live, at_s))

    return when


def play(day: Day, *, pause: Pause, speed: float = 1.0) -> bool:
    """Let the rest of a day happen, a step every PACE_S / speed seconds; return False if it ended before its end.

    Somebody at the desk may have withdrawn a post that the script would edit, or closed the blog: what cannot happen
    any more is left out.
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
    """Play day after day until told to stop, or until somebody at the desk has removed the sample."""
    while play(day, pause=pause, speed=speed) and not pause(REST_S / speed):
        if read.blog(day.blog).status is Status.GONE:
            return
        day = begin()
