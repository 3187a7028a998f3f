"""The events that a reader missed: those after the cursor in Last-Event-ID.

Owns the proof that they have no gap. Without it the reader gets a reset, never a part of them.
Look next: news.py, which reads events; room.py, which keeps the newest.
"""

import re
from collections.abc import Awaitable, Callable
from typing import Final

from asithappened.delivery import compose, news
from asithappened.delivery.library_threads import LibraryThreads
from asithappened.delivery.room import Room
from asithappened.delivery.single_flight import SingleFlight
from asithappened.published.read import Blog, Frame, Library, Part

_CANONICAL: Final = re.compile(r"0|[1-9][0-9]{0,14}", re.ASCII)


class CatchingUp:
    """Looks up missed events, once for all readers who return at the same time with the same cursor."""

    def __init__(self, library: LibraryThreads, *, up_to_date: Callable[[], Awaitable[None]]) -> None:
        """`up_to_date`: brings all rooms up to date."""
        self._library, self._up_to_date = library, up_to_date
        self._look_ups = SingleFlight[tuple[int, int], None]()

    def cached(self, room: Room, cursor: str) -> bytes | None:
        """Return the events after a cursor, if the room has them."""
        seq = _seq(room.blog, cursor)
        return None if seq is None else room.since(seq)

    async def missed(self, room: Room, cursor: str) -> bytes | None:
        """Return the events after a cursor, up to the room's head as it is when this returns.

        None if it cannot be proved that they have no gap.
        """
        seq = _seq(room.blog, cursor)
        if seq is not None and room.since(seq) is None and not room.full:
            wanted = seq
            await self._look_ups.result((room.blog.id, seq), lambda: self._look_up(room, wanted))
        return self.cached(room, cursor)

    async def _look_up(self, room: Room, seq: int) -> None:
        """Have the room keep the events after a seq."""
        was = room.blog

        def read(library: Library) -> tuple[Blog, list[Frame], list[Part]]:
            [now] = library.blogs([was.id])
            return (now, *news.since(library, now, seq, was.head))

        blog, frames, parts = await self._library.run(read)
        await self._up_to_date()
        same = (blog.epoch, blog.generation) == (room.blog.epoch, room.blog.generation)
        if same and frames and compose.is_gapless(frames, seq, was.head):
            room.keep_older(news.batches(blog.epoch, frames, parts))


def _seq(blog: Blog, cursor: str) -> int | None:
    """Return a cursor's seq, if it is one of this log and not too far behind."""
    epoch, _, digits = cursor.partition("-")
    if epoch != blog.epoch or not _CANONICAL.fullmatch(digits):
        return None
    seq = int(digits)
    return seq if blog.floor <= seq <= blog.head <= seq + news.CATCHUP_EVENTS else None
