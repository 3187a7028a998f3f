"""A reader's stream on the plain lane: bytes wait for its coroutine.

Owns what waits for one reader, and its bound: who takes too little is cut, and comes back whole. Neither blocks nor
raises when it is pushed to. Look next: room.py, which pushes; streams.py, which sends.
"""

import asyncio
from collections.abc import Callable

from asithappened.delivery.room import QUEUE_BYTES, Room
from asithappened.published.tickets import Ticket


class QueuedSink:
    """A reader on the plain lane: bytes wait here for its coroutine."""

    ends_at = written_at = 0.0
    was_cut = False

    def __init__(
        self,
        room: Room,
        hang_up: Callable[[], None] | None = None,
        ticket: Ticket | None = None,
        *,
        at_desk: bool = False,
    ) -> None:
        """Start empty. `hang_up` closes the connection at once, where the server can do that."""
        self.room, self.ticket, self.at_desk, self._hang_up = room, ticket, at_desk, hang_up
        self._waiting: list[bytes] = []
        self.queued = 0
        self._ended = False
        self._news = asyncio.Event()

    def push(self, data: bytes) -> None:
        """Keep bytes for the coroutine; too many, and the stream ends: its reader comes back and misses nothing."""
        if self.queued + len(data) > QUEUE_BYTES and self._waiting:
            self.cut()
        if not self._ended:
            self._waiting.append(data)
            self.queued += len(data)
            self._news.set()

    def end(self) -> None:
        """End after what waits."""
        self._ended = True
        self._news.set()

    def cut(self) -> None:
        """End now."""
        self._waiting.clear()
        self.queued = 0
        if self._hang_up is not None and not self.was_cut:
            self._hang_up()
        self.was_cut = True
        self.end()

    def stuck(self, now: float) -> bool:
        """Never: the coroutine's own sending has a time limit."""
        del now
        return False

    async def pulled(self) -> bytes | None:
        """Return what waits, joined, once something does; None at the end."""
        await self._news.wait()
        self._news.clear()
        data = b"".join(self._waiting)
        self._waiting.clear()
        self.queued = 0
        if self._ended:
            self._news.set()
        return data if data or not self._ended else None
