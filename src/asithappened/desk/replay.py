"""Replay: the events of a finished live blog happen again, in a new one, at a pace.

Owns playing what `score` returns. The new blog is for members unless told otherwise, says that it is a replay, and is
kept in line with its original (`actions.copies`). It is always closed in the end: by itself, on an interrupt, or by
the next process that finds it abandoned (`end_interrupted`). Publishes only by `desk.actions`. Killed and started
again with the same `into`, it goes on where it was: every step has its own key. Look next: `demo.play`, a sibling.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from msgspec import UNSET
from msgspec.structs import replace

from asithappened.core import events as e
from asithappened.core.state import BlogState, Status
from asithappened.desk import actions
from asithappened.desk.actions import copies
from asithappened.desk.playing import played
from asithappened.desk.score import Note, score
from asithappened.log import read

_OPENNESS: Final = (e.Audience.NOBODY, e.Audience.MEMBERS, e.Audience.EVERYONE)
_BY: Final = actions.System(name="replay")


_TRIES: Final = 10
_TRY_S: Final = 0.1


class NotPlayed(Exception):
    """This replay is impossible. The message says why and what to do; nothing was written."""


class NoSuchBlog(NotPlayed):
    """There is no such live blog."""


@dataclass(frozen=True, kw_only=True)
class Played:
    """The result of a replay. `steps`: how many there are; `new`: how many of them this call published."""

    slug: str
    steps: int
    new: int


Progress = Callable[[int, int], None]
"""Called after each step with the number of played steps and the number of all."""


def replay(
    slug: str,
    *,
    speed: float = 1.0,
    into: str | None = None,
    audience: e.Audience | None = None,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    sleep: Callable[[float], None] = time.sleep,
    progress: Progress | None = None,
) -> Played:
    """Replay a live blog in a new one; the gaps of the original are divided by `speed`.

    `into`: the new blog's slug, by default `<slug>-replay`; if this replay began that one, it goes on. `audience`: of
    the new one, by default members, and never wider than the original's. Raises NotPlayed.
    """
    source = read.blog_id(slug)
    if source is None:
        raise NoSuchBlog(f"There is no live blog at /live/{slug}/.")
    state = read.blog(source)
    _check(slug, state, audience)
    target = _open(source, state, into or f"{state.slug}-replay", audience)
    for _ in range(_TRIES):  # a process that checks whether it was interrupted holds the lock for a moment
        with played(target) as mine:
            if mine:
                try:
                    return _play(source, target, speed=speed, clock=clock, sleep=sleep, progress=progress)
                finally:
                    _end(target)
        time.sleep(_TRY_S)
    raise NotPlayed(f"Somebody plays /live/{read.blog(target).slug}/ at this moment. Nothing was changed.")


def _check(slug: str, state: BlogState, audience: e.Audience | None) -> None:
    if state.status is Status.GONE:
        raise NotPlayed(f"The live blog at /live/{slug}/ was taken down. It is not shown again.")
    if state.status is Status.LIVE:
        raise NotPlayed(
            f"The live blog at /live/{slug}/ is live. A replay beside it would be taken for it. Close it first; "
            "nothing was changed."
        )
    if state.replay:
        raise NotPlayed(f"The live blog at /live/{slug}/ is a replay itself. Replay its original; nothing was changed.")
    if audience is not None and _OPENNESS.index(audience) > _OPENNESS.index(state.audience):
        raise NotPlayed(
            f"The live blog at /live/{slug}/ is for {state.audience.value}, and its replay cannot be for "
            f"{audience.value}. Open the original to them first; nothing was changed."
        )


def _play(
    source: int,
    target: int,
    *,
    speed: float,
    clock: Callable[[], datetime],
    sleep: Callable[[float], None],
    progress: Progress | None,
) -> Played:
    seen, notes = _score_of(source)
    copies.bring_in_line(target, source)
    number, new = _begun(target, notes), 0
    while number < len(notes) and read.blog(target).status is not Status.GONE:
        note = notes[number]
        if new:  # the first step after a restart comes without a pause
            sleep(note.gap_s / speed)
            if read.head(source) != seen:  # something was withdrawn or erased meanwhile and must not be played
                done = {one.key for one in notes[:number]}
                seen, again = _score_of(source)
                notes = [*notes[:number], *(one for one in again if one.key not in done)]
                copies.bring_in_line(target, source)
                continue
        new += perform(target, note.events, by=_BY, key=note.key, at=clock())
        number += 1
        if progress:
            progress(number, len(notes))
    if read.head(source) != seen:
        copies.bring_in_line(target, source)
    return Played(slug=read.blog(target).slug, steps=len(notes), new=new)


def _begun(target: int, notes: Sequence[Note]) -> int:
    """Return how many steps were played before. Reopens the replay if an interrupt had closed it."""
    done = {key.partition(".")[0] for key in read.once_keys(target)}
    begun = max((number for number, note in enumerate(notes, 1) if note.key in done), default=0)
    goes_on = any(isinstance(event, e.PostPublished) for note in notes[begun:] for event in note.events)
    if goes_on and _live_after(notes[:begun]) and read.blog(target).status is Status.CLOSED:
        actions.happen(target, [e.BlogReopened()], by=_BY)
    return begun


def _live_after(notes: Sequence[Note]) -> bool:
    ends = [event for note in notes for event in note.events if isinstance(event, e.BlogClosed | e.BlogReopened)]
    return not ends or isinstance(ends[-1], e.BlogReopened)


def _score_of(source: int) -> tuple[tuple[str, int], list[Note]]:
    head = read.head(source)
    return head, score(list(read.facts(source, upto=head[1])))


def _end(target: int) -> None:
    if read.blog(target).status is Status.LIVE:
        actions.happen(target, [e.BlogClosed()], by=_BY)


def end_interrupted() -> list[str]:
    """Close the replays that no process is playing, and return their slugs."""
    ended = []
    for blog, state in read.blogs(status=Status.LIVE):
        if state.replay:
            # Inside the lock, so that a process that starts to play it a moment later is not closed meanwhile.
            with played(blog) as free:
                if free:
                    _end(blog)
                    ended.append(state.slug)
    return ended


def bring_all_in_line() -> None:
    """Bring every replay in line with its original, in case a process was killed between the two acts."""
    for blog, state in read.blogs():
        if state.replay and (source := copies.source_of(blog, state)) is not None:
            copies.bring_in_line(blog, source)


def _open(source: int, state: BlogState, into: str, audience: e.Audience | None) -> int:
    first = next(read.facts(source, upto=1)).event
    assert isinstance(first, e.BlogOpened)
    # Only people who may read the original may read the replay, and by default only members.
    least = min(state.audience, e.Audience.MEMBERS, key=_OPENNESS.index)
    of = e.ReplayOf(slug=state.slug, opened_at=state.opened_at)
    opening = replace(first, slug=into, audience=audience or least, replay_of=of)
    try:
        target = actions.happen(None, [opening], by=_BY, once=copies.key_of(source, into)).blog
    except actions.Refused as refused:
        there = read.blog_id(into)
        if refused.refusal.code == "slug_taken":
            raise NotPlayed(
                f"Another live blog has the address /live/{into}/, and a replay will not write into it. "
                "Give the replay an address of its own with --into."
            ) from refused
        if refused.refusal.code != "once_reused" or there is None:
            raise NotPlayed(str(refused)) from refused
        target = there  # this replay began it, in an earlier version or when the original had a narrower audience
    if audience is not None and read.blog(target).audience is not audience:
        actions.happen(target, [e.AudienceSet(audience=audience)], by=_BY)
    return target


def perform(blog: int, events: Sequence[e.Event], *, by: actions.System, key: str, at: datetime) -> bool:
    """Publish one step now; return False if it was published before, or changes nothing."""
    happening = list(as_of_now(blog, events, at))
    if not happening:
        return False
    try:
        return not actions.happen(blog, happening, by=by, once=key).repeated
    except actions.Refused as refused:
        if refused.refusal.code == "closed" and len(happening) == 1 and isinstance(refused.event, e.BlogClosed):
            return False  # an interrupt has closed it already
        if refused.refusal.code != "once_reused" and len(happening) > 1:
            # One of several events changes nothing any more, so the others are published one by one.
            return sum(perform(blog, [one], by=by, key=f"{key}.{n}", at=at) for n, one in enumerate(happening)) > 0
        # The key was used: the step was published at another time, so its words have another date.
        if refused.refusal.code in {"once_reused", "unchanged"}:
            return False
        raise NotPlayed(f"The replay stopped: {refused} What was played is whole.") from refused


def as_of_now(blog: int, events: Iterable[e.Event], at: datetime) -> Iterable[e.Event]:
    """Yield events with times of the new blog: publications and rows are now, and a revision keeps its post's place."""
    just_published: set[str] = set()  # in this append, so the database does not have them yet
    for event in events:
        match event:
            case e.PostPublished():
                just_published.add(event.post)
                yield replace(event, published_at=at, position=UNSET, updated_at=None)
            case e.PostRevised() if event.post in just_published:
                yield replace(event, published_at=at, position=UNSET, updated_at=None)
            case e.PostRevised():
                post = read.post(blog, event.post)
                assert post is not None, "score puts a publication before every revision"
                yield replace(event, published_at=post.published_at, position=post.position, updated_at=None)
            case e.SeriesMoved():
                yield replace(event, as_of=at)
            case e.StatementRecorded():
                yield replace(event, stated_at=at)
            case _:
                yield event
