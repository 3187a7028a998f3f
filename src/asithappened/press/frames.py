"""The frame of a fact, which changes an open page.

Owns the frame of every kind of event, and which earlier frames an event takes back. The parts of the page (headline,
key events, …) are not in frames: open pages get only their present version.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import assert_never

from asithappened.core import events as e
from asithappened.core.state import PostState, SubjectState
from asithappened.published import wire
from asithappened.published.write import FrameBytes, empty_frame


def frame(
    fact: e.Fact,
    before: SubjectState | None,
    after: SubjectState | None,
    fragment: Callable[[PostState], bytes],
    annotations: Sequence[wire.Annotate] = (),
) -> FrameBytes:
    """Return the frame of a fact. `before`, `after`: its subject before and after it."""
    if fact.event is None:
        return FrameBytes(seq=fact.seq, data=empty_frame(fact.seq))
    ops = (*_ops(fact.event, before, after, fragment), *annotations)
    return FrameBytes(seq=fact.seq, data=wire.encode(wire.Frame(s=fact.seq, t=instant(fact.at), k=fact.kind, ops=ops)))


def puts(fact: e.Fact, after: SubjectState | None) -> bool:
    """Say whether a fact's frame puts the post that it is about, whole and with an empty slot."""
    match fact.event:
        case e.PostPublished() | e.PostRevised() | e.PostKindSet() | e.PostWithdrawn() | e.PayloadErased():
            return isinstance(after, PostState) and after.visible
        case e.SilentPostEvent() | e.BlogEvent() | e.LedgerEvent() | None:
            return False
        case _:
            assert_never(fact.event)


def _ops(
    event: e.Event, before: SubjectState | None, after: SubjectState | None, fragment: Callable[[PostState], bytes]
) -> list[wire.Op]:
    match event:
        case e.PostPublished() | e.PostRevised() | e.PostKindSet() | e.PostWithdrawn() | e.PayloadErased():
            if before is not None and not isinstance(before, PostState):
                return []  # a row of the ledger is shown by annotations only
            if isinstance(after, PostState) and after.placed:
                return [wire.Put(post=after.id, html=fragment(after).decode())]
            # Also for a post that was withdrawn before: the erasure empties the withdrawal's frame, so a page from
            # before both needs this one.
            return [wire.Drop(post=before.id)] if before else []
        case e.SilentPostEvent() | e.BlogEvent() | e.LedgerEvent():
            return []
        case _:
            assert_never(event)


@lru_cache(maxsize=1)  # the facts of an append have one time
def instant(at: datetime) -> str:
    """Format an instant for the wire: UTC, milliseconds, Z."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def takes_back(fact: e.Fact) -> bool:
    """Say whether a fact takes back words of its subject from readers: all of them, or those of single revisions."""
    match fact.event:
        case e.PostWithdrawn() | e.LedgerRemoved() | e.SeriesValueRemoved() | e.PayloadErased():
            return True
        case e.LedgerEvent() | e.PostPublished() | e.PostRevised() | e.PostKindSet() | e.SilentPostEvent():
            return False
        case e.BlogEvent() | None:
            return False
        case _:
            assert_never(fact.event)


def taken_back(fact: e.Fact, earlier: Iterable[int]) -> set[int]:
    """Return the seqs of a subject's earlier frames that may not be served after this fact.

    `earlier`: seqs of all the subject's frames so far. An erased revision takes back its frame and all later ones,
    because these also show the reasons of earlier edits; the erasure's own frame has the post as it is now.
    """
    if not takes_back(fact):
        return set()
    event = fact.event
    least = min(event.seqs) if isinstance(event, e.PayloadErased) and not event.whole else 0
    return {seq for seq in earlier if seq >= least}
