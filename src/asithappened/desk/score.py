"""The score of a replay: which events of a log it plays, in which order, with which pauses.

Words of a withdrawn post and erased revisions are not played; a post of which only the final text is known is
published once. Pure. Look next: `replay`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, assert_never

from msgspec.structs import replace

from asithappened.core import events as e
from asithappened.core import fold

GAP_S: Final = 60.0
"""Seconds of the original between two events with unknown times."""


@dataclass(frozen=True, kw_only=True)
class Note:
    """One step: events that happened together. `gap_s`: seconds of the original since the step before."""

    key: str
    events: tuple[e.Event, ...]
    gap_s: float


def score(facts: Sequence[e.Fact]) -> list[Note]:
    """Return the events of a log that are played, in the order in which they happened, with the gaps.

    An import's facts are in the order of its file and have one time; they are sorted by their posts' own times.
    """
    shown_since = _shown_since(facts)
    pinned = _repinned(_refilled(facts, shown_since), shown_since)
    played = [fact for fact in pinned if _is_played(fact, shown_since)]
    lived_from = next((f.seq for f in facts if f.origin is not e.Origin.IMPORT), len(facts) + 1)
    imported = _closed_last(_in_time([fact for fact in played if fact.seq < lived_from]))
    lived = [(fact.at, fact) for fact in played if fact.seq >= lived_from]
    groups: list[tuple[datetime | None, list[e.Fact]]] = []
    for at, fact in [*imported, *lived]:
        last = groups[-1][1][-1] if groups else None
        one_append = last and fact.origin is not e.Origin.IMPORT and (last.at, last.seq + 1) == (fact.at, fact.seq)
        if last and (one_append or last.seq == fact.seq):  # a correction with its edit, say
            groups[-1][1].append(fact)
        else:
            groups.append((at, [fact]))
    notes, before = [], None
    for number, (at, group) in enumerate(groups):
        known = number > 0 and at is not None and before is not None
        gap = max(0.0, (at - before).total_seconds()) if known and at and before else GAP_S
        events = tuple(_again(fact.event) for fact in group if fact.event is not None)
        notes.append(Note(key=f"replay-{group[0].seq}", events=events, gap_s=gap if number else 0.0))
        before = at
    return notes


def _again(event: e.Event) -> e.Event:
    """Return an event for a replay: without an ending time, and without pictures of people, who may have left since."""
    match event:
        case e.BlogClosed():
            return e.BlogClosed()
        case e.ContributorDescribed():
            return replace(event, picture=None)
        case _:
            return event


def _closed_last(timed: list[tuple[datetime | None, e.Fact]]) -> list[tuple[datetime | None, e.Fact]]:
    """Move the closing of an archive to the end: an archive that was imported again grew after it was closed."""
    closings = [one for one in timed if isinstance(one[1].event, e.BlogClosed | e.BlogReopened)]
    last = closings[-1:] if closings and isinstance(closings[-1][1].event, e.BlogClosed) else []
    return [one for one in timed if one not in closings] + [(None, fact) for _, fact in last]


def _shown_since(facts: Sequence[e.Fact]) -> dict[str, int]:
    """Return, for each post that readers may see now, the seq from which on its words may be shown."""
    since: dict[str, int] = {}
    for step in fold.steps(facts, fold.Folding()):
        if step.fact.subject.about != e.POST or step.after is None:
            continue
        if not step.after.visible:
            since.pop(step.fact.post, None)
        else:
            since.setdefault(step.fact.post, step.fact.seq)
    return since


def _refilled(facts: Sequence[e.Fact], shown_since: dict[str, int]) -> list[e.Fact]:
    """If the words of a post's publication were erased, replace them by the oldest words that are left."""
    refilled = {fact.seq: fact for fact in facts}
    words_of: dict[str, list[e.Fact]] = {}
    for fact in facts:
        if fact.carries_words and fact.seq >= shown_since.get(fact.post, fact.seq + 1):
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
            signed=event.signed,
            published_at=event.published_at,
            graphic=event.graphic,
            updated=True,
        )
        refilled[oldest.seq] = replace(oldest, event=None)
        refilled[words[0].seq] = replace(words[0], event=published)
    return list(refilled.values())


def _repinned(facts: Sequence[e.Fact], shown_since: dict[str, int]) -> list[e.Fact]:
    """Keep the effects of pins that are not played on the others, and the places of those that are.

    One fact can become several of the same seq.
    """
    told: list[e.Fact] = []
    played: tuple[str, ...] = ()
    for step in fold.steps(facts, fold.Folding()):
        fact, event = step.fact, step.fact.event
        if not isinstance(event, e.PostPinned | e.PostUnpinned) or step.now is None:
            told.append(fact)
            continue
        comes = isinstance(event, e.PostPinned) and _is_played(fact, shown_since)
        now = tuple(pin for pin in step.now.pins if pin in played or (comes and pin == event.post))
        if isinstance(event, e.PostPinned) and comes:
            events: list[e.PostPinned | e.PostUnpinned] = []
            if now != played:
                events.append(e.PostPinned(post=event.post, place=now.index(event.post), alone=event.alone))
        else:
            events = [e.PostUnpinned(post=pin) for pin in played if pin not in now]
        told += [replace(fact, subject=event.subject, event=event) for event in events]
        played = now
    return told


def _is_played(fact: e.Fact, shown_since: dict[str, int]) -> bool:
    match fact.event:
        case e.PostPublished() | e.PostRevised() | e.PostKindSet() | e.PostPinned() | e.PostUnpinned():
            return fact.seq >= shown_since.get(fact.post, fact.seq + 1)
        case e.BlogDescribed() | e.BlogClosed() | e.BlogReopened() | e.RelatedSet():
            return True
        case e.ContributorJoined() | e.ContributorLeft() | e.ContributorDescribed():
            return True
        # Repeated, these would say something that is no longer true, or that is not about the words.
        case e.BlogOpened() | e.BlogRenamed() | e.BlogDated() | e.AudienceSet() | e.BlogTakenDown():
            return False
        case e.BlogContinued() | e.BlogContinuationEnded() | e.BlogPreceded():
            return False
        case e.EmbeddersSet() | e.ContributionsSet() | e.AlertsSet() | e.LiveVideoSet():
            return False
        case e.PayloadErased() | e.PostWithdrawn() | None:
            return False
        # A replay shows how a day was told; the ledger stays with the original.
        case e.LedgerEvent():
            return False
        case _:
            assert_never(fact.event)


def _in_time(facts: Sequence[e.Fact]) -> list[tuple[datetime | None, e.Fact]]:
    """Sort an import's facts into the order in which they happened, each with its time if that is known."""
    placed: list[tuple[int, datetime | None, e.Fact]] = []
    newest: tuple[int, datetime | None] = (-1, None)
    for fact in facts:
        at: datetime | None = None
        match fact.event:
            case e.PostPublished(published_at=published_at):
                at, place = published_at, fact.position or 0
            case e.PostRevised(updated_at=datetime() as updated_at):
                at, place = updated_at, max(fold.microseconds(updated_at), fact.position or 0)
            case _:  # without a time: after the newest event that the file had so far
                place, at = newest
        newest = max(newest, (place, at), key=lambda one: one[0])
        placed.append((place, at, fact))
    return [(at, fact) for _, at, fact in sorted(placed, key=lambda one: one[0])]
