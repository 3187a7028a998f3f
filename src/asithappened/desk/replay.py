"""Replay: a finished live blog happens again, in a new one, at a pace.

Owns what of a log is played (`score`), and playing it (`replay`). The words of a post that was withdrawn, and revisions
that were erased, are not played; a post of which only the final text is known is published once.
Never sends anything but by `desk.actions`; whoever is killed and started again with the same `into` goes on where it
was, because every step has a key of its own. Look next: `demo.play`, which conducts a script in the same way.
"""

import hashlib
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from msgspec import UNSET
from msgspec.structs import replace

from asithappened.core import events as e
from asithappened.core import fold
from asithappened.core.state import BlogState, PostState, Status
from asithappened.desk import actions
from asithappened.log import read

GAP_S: Final = 60.0
"""Seconds of the original between two events of which it is not known when they happened."""

# Seen again these say something that is no longer so, or was never about the words.
_NOT_PLAYED: Final = (
    e.BlogOpened, e.BlogRenamed, e.BlogDated, e.AudienceSet, e.BlogTakenDown, e.BlogContinued, e.PayloadErased,
    e.PostWithdrawn,
)  # fmt: skip


class NotPlayed(Exception):
    """A replay that cannot be. The message says why and what to do; nothing was written."""


class NoSuchBlog(NotPlayed):
    """There is nothing to replay."""


@dataclass(frozen=True, kw_only=True)
class Note:
    """One step: events that happened together. `gap_s`: seconds of the original since the step before."""

    key: str
    events: tuple[e.Event, ...]
    gap_s: float


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
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    sleep: Callable[[float], None] = time.sleep,
    progress: Progress | None = None,
) -> Played:
    """Let a live blog happen again in a new one, the gaps of the original divided by `speed`.

    `into`: the new blog's slug, `<slug>-replay` unless said; one that this same replay began goes on.
    Raises NotPlayed.
    """
    source = read.blog_id(slug)
    if source is None:
        raise NoSuchBlog(f"There is no live blog at /live/{slug}/. `asithappened doctor` counts those there are.")
    state = read.blog(source)
    if state.status is Status.GONE:
        raise NotPlayed(f"The live blog at /live/{slug}/ was taken down. It is not shown again.")
    into = into or f"{state.slug}-replay"
    by = actions.System(name="replay")
    target = _open(source, state, into, by)
    notes = score(list(read.facts(source)))
    new = 0
    for number, note in enumerate(notes, 1):
        if new:  # steps that were there already are passed over without a pause
            sleep(note.gap_s / speed)
        new += perform(target, note.events, by=by, key=note.key, at=clock())
        if progress:
            progress(number, len(notes))
    return Played(slug=read.blog(target).slug, steps=len(notes), new=new)


def _open(source: int, state: BlogState, into: str, by: actions.System) -> int:
    first = next(read.facts(source, upto=1)).event
    assert isinstance(first, e.BlogOpened)
    key = "replay-" + hashlib.blake2s(f"{source}\0{into}".encode(), digest_size=16).hexdigest()
    # Nobody may read the new one who may not read the old.
    opening = replace(first, slug=into, audience=state.audience)
    try:
        return actions.happen(None, [opening], by=by, once=key).blog
    except actions.Refused as refused:
        there = read.blog_id(into)
        if refused.refusal.code == "once_reused" and there is not None:
            return there  # begun by this replay before the audience changed
        if refused.refusal.code == "slug_taken":
            raise NotPlayed(
                f"Another live blog has the address /live/{into}/, and a replay will not write into it. "
                "Give the replay an address of its own with --into."
            ) from refused
        raise NotPlayed(str(refused)) from refused


def perform(blog: int, events: Sequence[e.Event], *, by: actions.System, key: str, at: datetime) -> bool:
    """Make one step happen now; return False if it had happened already, or changes nothing."""
    happening = list(as_of_now(blog, events, at))
    if not happening:
        return False
    try:
        return not actions.happen(blog, happening, by=by, once=key).repeated
    except actions.Refused as refused:
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


def score(facts: Sequence[e.Fact]) -> list[Note]:
    """Return what of a log is played, in the order in which it happened, with the gaps.

    An import's facts are in the order of its file and all of one moment; they are put where their posts' own times say.
    """
    shown_since = _shown_since(facts)
    played = [fact for fact in _refilled(facts, shown_since) if _is_played(fact, shown_since)]
    lived_from = next((f.seq for f in facts if f.origin is not e.Origin.IMPORT), len(facts) + 1)
    imported = _closed_last(_in_time([fact for fact in played if fact.seq < lived_from]))
    lived = [(fact.at, fact) for fact in played if fact.seq >= lived_from]
    groups: list[tuple[datetime | None, list[e.Fact]]] = []
    for at, fact in [*imported, *lived]:
        together = groups and fact.origin is not e.Origin.IMPORT and groups[-1][1][-1].at == fact.at
        if together and fact.seq == groups[-1][1][-1].seq + 1:  # one append: a correction with its edit, say
            groups[-1][1].append(fact)
        else:
            groups.append((at, [fact]))
    notes, before = [], None
    for number, (at, group) in enumerate(groups):
        known = number > 0 and at is not None and before is not None
        gap = max(0.0, (at - before).total_seconds()) if known and at and before else GAP_S
        events = tuple(fact.event for fact in group if fact.event is not None)
        notes.append(Note(key=f"replay-{group[0].seq}", events=events, gap_s=gap if number else 0.0))
        before = at
    return notes


def _closed_last(timed: list[tuple[datetime | None, e.Fact]]) -> list[tuple[datetime | None, e.Fact]]:
    """Put the closing of an archive behind all of it: one that was imported again grew after it was closed."""
    closings = [one for one in timed if isinstance(one[1].event, e.BlogClosed | e.BlogReopened)]
    last = closings[-1:] if closings and isinstance(closings[-1][1].event, e.BlogClosed) else []
    return [one for one in timed if one not in closings] + [(None, fact) for _, fact in last]


def _shown_since(facts: Sequence[e.Fact]) -> dict[str, int]:
    """Return, for each post that readers may see now, the seq from which its words may be shown again."""
    posts: dict[str, PostState] = {}
    since: dict[str, int] = {}
    for fact in facts:
        after = fold.apply_post(posts.get(fact.post), fact)
        if after is None:
            continue
        posts[fact.post] = after
        if not after.visible:
            since.pop(fact.post, None)
        else:
            since.setdefault(fact.post, fact.seq)
    return since


def _refilled(facts: Sequence[e.Fact], shown_since: dict[str, int]) -> list[e.Fact]:
    """Put the oldest words that are left of a post into its publication, where those were erased."""
    refilled = {fact.seq: fact for fact in facts}
    words_of: dict[str, list[e.Fact]] = {}
    for fact in facts:
        if fact.position is not None and fact.seq >= shown_since.get(fact.post, fact.seq + 1):
            words_of.setdefault(fact.post, []).append(fact)
    for post, words in words_of.items():
        oldest = next((fact for fact in words if fact.event is not None), None)
        if oldest is None or not isinstance(oldest.event, e.PostRevised):
            continue
        event = oldest.event
        published = e.PostPublished(
            post=post,
            title=event.title,
            body=event.body,
            kind=event.kind,
            bylines=event.bylines,
            published_at=event.published_at,
            updated=True,
        )
        refilled[oldest.seq] = replace(oldest, event=None)
        refilled[words[0].seq] = replace(words[0], event=published)
    return list(refilled.values())


def _is_played(fact: e.Fact, shown_since: dict[str, int]) -> bool:
    if fact.event is None or isinstance(fact.event, _NOT_PLAYED):
        return False
    return not fact.post or fact.seq >= shown_since.get(fact.post, fact.seq + 1)


def _in_time(facts: Sequence[e.Fact]) -> list[tuple[datetime | None, e.Fact]]:
    """Put an import's facts in the order in which they happened, each with its time where that is known."""
    placed: list[tuple[int, datetime | None, e.Fact]] = []
    newest: tuple[int, datetime | None] = (-1, None)
    for fact in facts:
        at: datetime | None = None
        match fact.event:
            case e.PostPublished(published_at=published_at):
                at, place = published_at, fact.position or 0
            case e.PostRevised(updated_at=datetime() as updated_at):
                at, place = updated_at, max(fold.microseconds(updated_at), fact.position or 0)
            case _:  # when is not said: after the newest that the file held so far
                place, at = newest
        newest = max(newest, (place, at), key=lambda one: one[0])
        placed.append((place, at, fact))
    return [(at, fact) for _, at, fact in sorted(placed, key=lambda one: one[0])]
