"""A reader's stream on either lane: a queue for a coroutine, or a bare socket.

Owns what waits for one reader, and its bound: who takes too little is cut, and comes back whole. Neither kind blocks or
raises when it is pushed to. Look next: room.py, which pushes; lane.py and app.py, which make them.
"""

import asyncio
import os
import socket
from asyncio import Transport
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from asithappened.delivery.room import Room
from asithappened.published.tickets import Ticket

if TYPE_CHECKING:
    from asithappened.delivery.lane import Lane

QUEUE_BYTES: Final = 256 * 1024  # waiting for one reader, in this process; more, and the reader is cut
STUCK_S: Final = 12.0  # a reader who takes nothing for this long is cut; heartbeats find the idle ones
SEND_BUFFER: Final = 64 * 1024  # in the kernel, for a stream: what a reader who never reads costs there
CHATTER_BYTES: Final = 64 * 1024  # that a reader may send on a stream, where there is nothing to say


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


class StreamSink:
    """A reader's stream as a bare socket. Only of blogs that are everyone's."""

    ticket: Ticket | None = None
    at_desk = False
    __slots__ = ("_address", "_chatter", "_fd", "_lane", "_room", "_slow_since", "_transport", "ends_at", "written_at")

    def __init__(self, lane: "Lane", room: Room, address: str) -> None:
        """Take a connection over, of which nothing waits to be written."""
        self._lane, self._room = lane, room
        self._address: str | None = address  # None: has left
        transport: Transport = lane.transport
        self._transport = transport
        self._slow_since = 0.0  # when bytes began to wait in the transport; 0 only if none do
        self._chatter = 0
        self.ends_at = self.written_at = 0.0
        # Under TLS in this process the descriptor carries ciphertext: only the transport may write.
        plain = transport.get_extra_info("ssl_object") is None
        raw = transport.get_extra_info("socket")
        self._fd: int = raw.fileno() if plain and raw is not None else -1
        if raw is not None:
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)

    @property
    def queued(self) -> int:
        """Bytes that wait in the transport; whoever is not slow has none."""
        return self._transport.get_write_buffer_size() if self._slow_since else 0

    def push(self, data: bytes) -> None:
        """Write to the socket; what it does not take waits in the transport, up to QUEUE_BYTES."""
        # A quick reader costs its descriptor and the system call, and nothing else of its own is even looked at: by the
        # time its turn comes again, ten thousand others have pushed everything of it out of the processor's cache.
        if self._slow_since and not self._transport.get_write_buffer_size():
            self._slow_since = 0.0
        if self._slow_since or self._fd < 0:
            self._wait(data)
            return
        try:
            written = os.write(self._fd, data)
        except (BlockingIOError, InterruptedError):
            written = 0
        except OSError:
            # The connection is gone; its transport has not noticed yet.
            self._fd = -1
            self._transport.abort()
            return
        if written < len(data):
            # A view, since a thousand slow readers wait for the same bytes and need no copies of them.
            self._transport.write(memoryview(data)[written:])
            self._slow_since = self._lane.loop.time()

    def _wait(self, data: bytes) -> None:
        """Queue behind what waits in the transport: never write past it."""
        if self._address is None or self._transport.is_closing():
            return
        waiting = self._transport.get_write_buffer_size()
        if waiting + len(data) > QUEUE_BYTES and waiting:
            self.cut()
            return
        self._transport.write(data)
        self._slow_since = self._slow_since or self._lane.loop.time()

    def end(self) -> None:
        """Close after what waits."""
        self._leave()
        self._fd = -1
        self._transport.close()

    def cut(self) -> None:
        """Close at once."""
        self._lane.delivery.site.metrics.cuts.inc()
        self._leave()
        self._fd = -1
        self._lane.abort()

    def stuck(self, now: float) -> bool:
        """Say whether bytes have been waiting for too long; a reader who has taken them all is quick again."""
        if self._slow_since and not self._transport.get_write_buffer_size():
            self._slow_since = 0.0
        return bool(self._slow_since) and now - self._slow_since > STUCK_S

    def chatter(self, count: int) -> None:
        """Ignore what a reader says, up to a limit."""
        self._chatter += count
        if self._chatter > CHATTER_BYTES and self._address is not None:
            self.cut()

    def lost(self) -> None:
        """The connection is gone: write to its descriptor no more, it will be another's."""
        self._fd = -1
        self._leave()

    def _leave(self) -> None:
        if self._address is not None:
            self._room.leave(self)
            self._lane.delivery.admission.leave(self._address)
            self._lane.delivery.site.metrics.readers.dec()
            self._address = None
