"""Replay: a finished live blog happens again, in a new one, at a pace.

Owns playing what `score` found. For members unless told otherwise; it says that it is a replay, and goes with its
original (`actions.copies`). However it ends it is closed: by itself, when interrupted, or by who finds it so
(`end_interrupted`). Never sends anything but by `desk.actions`; killed and started again with the same `into` it goes
on where it was, because every step has a key of its own. Look next: `demo.play`, which conducts a script likewise.
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
    """A replay that cannot be. The message says why and what to do; nothing was written."""


class NoSuchBlog(NotPlayed):
    """There is nothing to replay."""


@dataclass(frozen=True, kw_only=True)
class Played:
    """What a replay did. `steps`: how many there are; `new`: how many this call made, the others were there."""

    slug: str
    steps: int
    new: int


Progress = Callable[[int, int], None]
"""Told after each step: how many were played, and how many there are."""


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
    """Let a live blog happen again in a new one, the gaps of the original divided by `speed`.

    `into`: the new blog's slug, `<slug>-replay` unless said; one that this same replay began goes on. `audience`: of
    the new one, members unless said, and never more than may read the original. Raises NotPlayed.
    """
    source = read.blog_id(slug)
    if source is None:
        raise NoSuchBlog(f"There is no live blog at /live/{slug}/.")
    state = read.blog(source)
    _check(slug, state, audience)
    target = _open(source, state, into or f"{state.slug}-replay", audience)
    for _ in range(_TRIES):  # who looks whether it was interrupted holds the lock for a moment
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
        if new:  # the first one goes on where somebody stopped
            sleep(note.gap_s / speed)
            if read.head(source) != seen:  # something was taken back meanwhile: none of it is played
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
    """Return how many steps happened before, after opening again what was closed as they were interrupted."""
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
    """Close the replays that nobody plays any more, and return their slugs."""
    ended = []
    for blog, state in read.blogs(status=Status.LIVE):
        if state.replay:
            # Inside the lock: somebody who begins to play it a moment later would find it closed under them.
            with played(blog) as free:
                if free:
                    _end(blog)
                    ended.append(state.slug)
    return ended


def bring_all_in_line() -> None:
    """Bring every replay in line with its original, should somebody have been killed between the two."""
    for blog, state in read.blogs():
        if state.replay and (source := copies.source_of(blog, state)) is not None:
            copies.bring_in_line(blog, source)


def _open(source: int, state: BlogState, into: str, audience: e.Audience | None) -> int:
    first = next(read.facts(source, upto=1)).event
    assert isinstance(first, e.BlogOpened)
    # Nobody may read the new one who may not read the old, and members only may read it unless somebody said so.
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
        target = there  # begun by this replay, by another version or before the original was opened to others
    if audience is not None and read.blog(target).audience is not audience:
        actions.happen(target, [e.AudienceSet(audience=audience)], by=_BY)
    return target


def perform(blog: int, events: Sequence[e.Event], *, by: actions.System, key: str, at: datetime) -> bool:
    """Make one step happen now; return False if it had happened already, or changes nothing."""
    happening = list(as_of_now(blog, events, at))
    if not happening:
        return False
    try:
        return not actions.happen(blog, happening, by=by, once=key).repeated
    except actions.Refused as refused:
        if refused.refusal.code == "closed" and len(happening) == 1 and isinstance(refused.event, e.BlogClosed):
            return False  # so it is, since it was interrupted
        if refused.refusal.code != "once_reused" and len(happening) > 1:
            # One of several changes nothing any more: the others happen one by one.
            return sum(perform(blog, [one], by=by, key=f"{key}.{n}", at=at) for n, one in enumerate(happening)) > 0
        # The key was used: the step happened, at another time, so that its words have another date.
        if refused.refusal.code in {"once_reused", "unchanged"}:
            return False
        raise NotPlayed(f"The replay stopped: {refused} What was played is whole.") from refused


def as_of_now(blog: int, events: Iterable[e.Event], at: datetime) -> Iterable[e.Event]:
    """Yield events with their posts' times as they are in the new blog: published now, revised where they stand."""
    just_published: set[str] = set()  # in this very append, so that no row says so yet
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
            case _:
                yield event
