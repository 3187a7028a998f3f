"""A reader's stream on the plain lane: a queue of bytes, and a coroutine that sends them.

Owns the queue, its bound, and the sending. A reader who reads too slowly is cut, and catches up on return.
Pushing neither blocks nor raises. Look next: room.py, which pushes; streams.py.
"""

import asyncio
from collections.abc import Callable

from asithappened.delivery.asgi import Receive, Send
from asithappened.delivery.documents import Headers
from asithappened.delivery.room import QUEUE_BYTES, STUCK_S
from asithappened.delivery.streams import Place
from asithappened.published.tickets import Ticket


class QueuedSink:
    """A stream as a queue of bytes. `abort` closes the connection at once, if the server can do that."""

    def __init__(self, place: Place, *, ticket: Ticket | None, at_desk: bool, abort: Callable[[], None] | None) -> None:
        self.ticket, self.at_desk = ticket, at_desk
        self.ends_at = self.written_at = 0.0
        self.queued = 0
        self._place, self._abort = place, abort
        self._waiting: list[bytes] = []
        self._ended = self._was_cut = False
        self._news = asyncio.Event()

    def push(self, data: bytes) -> None:
        """Queue bytes; cut the stream if there are too many: its reader returns and misses nothing."""
        if self.queued + len(data) > QUEUE_BYTES and self._waiting:
            self.cut()
        if not self._ended:
            self._waiting.append(data)
            self.queued += len(data)
            self._news.set()

    def end(self) -> None:
        """End after the queue is sent."""
        self._place.leave(self)
        self._ended = True
        self._news.set()

    def cut(self) -> None:
        """End at once."""
        self._place.leave(self, cut=True)
        self._waiting.clear()
        self.queued = 0
        if self._abort is not None and not self._was_cut:
            self._abort()
        self._was_cut = True
        self.end()

    def stuck(self, now: float) -> bool:
        """Return False: each send has a time limit of its own."""
        del now
        return False

    async def pump(self, headers: Headers, receive: Receive, send: Send) -> None:
        """Send pushed bytes, until the stream ends or its reader reads nothing."""
        disconnected = asyncio.ensure_future(self._end_with_the_connection(receive))
        try:
            async with asyncio.timeout(STUCK_S):
                await send({"type": "http.response.start", "status": 200, "headers": headers})
            while (data := await self._pull()) is not None:
                async with asyncio.timeout(STUCK_S):
                    await send({"type": "http.response.body", "body": data, "more_body": True})
            async with asyncio.timeout(STUCK_S):
                await send({"type": "http.response.body", "body": b""})
        except TimeoutError:
            self.cut()
        finally:
            self.end()
            if self._was_cut:
                # Until the server has noticed: otherwise it would log an answer without an end.
                await asyncio.wait([disconnected], timeout=1)
            disconnected.cancel()

    async def _pull(self) -> bytes | None:
        """Wait for bytes in the queue, and return them joined; None at the end."""
        await self._news.wait()
        self._news.clear()
        data = b"".join(self._waiting)
        self._waiting.clear()
        self.queued = 0
        if self._ended:
            self._news.set()
        return data if data or not self._ended else None

    async def _end_with_the_connection(self, receive: Receive) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        self.end()
