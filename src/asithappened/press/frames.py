"""What one fact does to an open page.

Owns the frame of every kind of event, and which earlier frames it takes back. The parts of the page (headline, key
events, …) are not in frames: they go to open pages as they stand now, never as they once were.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Final

import msgspec

from asithappened.core import events as e
from asithappened.core.state import PostState
from asithappened.published.write import FrameBytes, empty_frame

_ENCODER: Final = msgspec.json.Encoder()


def frame(
    fact: e.Fact, before: PostState | None, after: PostState | None, fragment: Callable[[PostState], bytes]
) -> FrameBytes:
    """Make the frame of a fact; `before` and `after` are its post around it."""
    ops: list[dict[str, str]] = []
    match fact.event:
        case e.PostPublished() | e.PostRevised() | e.PostKindSet() | e.PayloadErased() if after and after.visible:
            ops = [{"op": "put", "post": after.id, "html": fragment(after).decode()}]
        # Of a post withdrawn before it was erased too: the withdrawal's own frame is emptied by the erasure, and a page
        # from before both has only this one to go by.
        case e.PostWithdrawn() | e.PayloadErased() if before:
            ops = [{"op": "drop", "post": before.id}]
        case None:
            return FrameBytes(seq=fact.seq, data=empty_frame(fact.seq))
        case _:
            pass
    message: dict[str, object] = {"s": fact.seq, "t": instant(fact.at), "k": fact.kind}
    if ops:
        message["ops"] = ops
    return FrameBytes(seq=fact.seq, data=_ENCODER.encode(message))


def instant(at: datetime) -> str:
    """Write an instant as the wire has it: UTC, milliseconds, Z."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def taken_back(fact: e.Fact, earlier: Iterable[int]) -> set[int]:
    """Return the seqs of a post's earlier frames that may not be served once this fact is one.

    `earlier`: seqs of all the post's frames so far. With an erased revision go its frame and all after it: those give
    the reasons of earlier edits too, and the erasure's own frame puts the post as it stands now.
    """
    match fact.event:
        case e.PostWithdrawn() | e.PayloadErased(whole=True):
            return set(earlier)
        case e.PayloadErased(seqs=seqs):
            return {seq for seq in earlier if seq >= min(seqs)}
        case _:
            return set()
