"""What a reader of a stream has missed: the events after the cursor that a plain EventSource returns with.

Owns the proof that no gap is left. Without one, the reader is told to begin again, and never given less.
Look next: news.py for what is read, room.py for what is kept.
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
    """Looks up what readers missed who return: once for a herd that comes with the same cursor."""

    def __init__(self, library: LibraryThreads, *, up_to_date: Callable[[], Awaitable[None]]) -> None:
        """Know where events are read from, and how to bring rooms up to date."""
        self._library, self._up_to_date = library, up_to_date
        self._look_ups = SingleFlight[tuple[int, int], None]()

    def cached(self, room: Room, cursor: str) -> bytes | None:
        """Return what a stream has to send after a cursor, if nothing has to be looked up for it."""
        seq = _seq(room.blog, cursor)
        return None if seq is None else room.since(seq)

    async def missed(self, room: Room, cursor: str) -> bytes | None:
        """Return what a stream has to send after a cursor, up to the room's head as it is when this returns.

        None if it cannot be proved that there is no gap.
        """
        seq = _seq(room.blog, cursor)
        if seq is not None and room.since(seq) is None and not room.full:
            wanted = seq
            await self._look_ups.result((room.blog.id, seq), lambda: self._look_up(room, wanted))
        return self.cached(room, cursor)

    async def _look_up(self, room: Room, seq: int) -> None:
        """Have the room keep what came after a seq."""
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
    """Return the seq that a cursor names, if a reader can be brought on from there."""
    epoch, _, digits = cursor.partition("-")
    if epoch != blog.epoch or not _CANONICAL.fullmatch(digits):
        return None
    seq = int(digits)
    return seq if blog.floor <= seq <= blog.head <= seq + news.CATCHUP_EVENTS else None
