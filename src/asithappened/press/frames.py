"""What one fact does to an open page.

Owns the frame of every kind of event, and which earlier frames it takes back. The parts of the page (headline, key
events, …) are not in frames: they go to open pages as they stand now, never as they once were.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Final, assert_never

import msgspec

from asithappened.core import events as e
from asithappened.core.state import PostState, SubjectState
from asithappened.published.write import FrameBytes, empty_frame

_ENCODER: Final = msgspec.json.Encoder()


def frame(
    fact: e.Fact, before: SubjectState | None, after: SubjectState | None, fragment: Callable[[PostState], bytes]
) -> FrameBytes:
    """Make the frame of a fact; `before` and `after` are its subject around it."""
    if fact.event is None:
        return FrameBytes(seq=fact.seq, data=empty_frame(fact.seq))
    message: dict[str, object] = {"s": fact.seq, "t": instant(fact.at), "k": fact.kind}
    if ops := _ops(fact.event, before, after, fragment):
        message["ops"] = ops
    return FrameBytes(seq=fact.seq, data=_ENCODER.encode(message))


def _ops(
    event: e.Event, before: SubjectState | None, after: SubjectState | None, fragment: Callable[[PostState], bytes]
) -> list[dict[str, str]]:
    match event:
        case e.PostPublished() | e.PostRevised() | e.PostKindSet() | e.PostWithdrawn() | e.PayloadErased():
            if after and after.visible:
                return [{"op": "put", "post": after.id, "html": fragment(after).decode()}]
            # Of a post withdrawn before it was erased too: the withdrawal's own frame is emptied by the erasure, and a
            # page from before both has only this one to go by.
            return [{"op": "drop", "post": before.id}] if before else []
        case e.SilentPostEvent() | e.BlogEvent():
            return []
        case _:
            assert_never(event)


def instant(at: datetime) -> str:
    """Write an instant as the wire has it: UTC, milliseconds, Z."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def takes_back(fact: e.Fact) -> bool:
    """Say whether a fact takes words of its subject back from readers: all of them, or those of single revisions."""
    match fact.event:
        case e.PostWithdrawn() | e.PayloadErased():
            return True
        case e.PostPublished() | e.PostRevised() | e.PostKindSet() | e.SilentPostEvent() | e.BlogEvent() | None:
            return False
        case _:
            assert_never(fact.event)


def taken_back(fact: e.Fact, earlier: Iterable[int]) -> set[int]:
    """Return the seqs of a subject's earlier frames that may not be served once this fact is one.

    `earlier`: seqs of all the subject's frames so far. With an erased revision go its frame and all after it: those
    give the reasons of earlier edits too, and the erasure's own frame puts the post as it stands now.
    """
    if not takes_back(fact):
        return set()
    event = fact.event
    least = min(event.seqs) if isinstance(event, e.PayloadErased) and not event.whole else 0
    return {seq for seq in earlier if seq >= least}
