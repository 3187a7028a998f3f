"""A reader's stream on the fast lane: a bare socket.

Owns the bytes that wait for one reader, and their bound. A reader who reads too slowly is cut, and catches up on
return. Pushing neither blocks nor raises. Look next: room.py, which pushes; lane.py, which takes over a connection.
"""

import os
import socket
from asyncio import AbstractEventLoop, Transport
from typing import Final, Protocol

from asithappened.delivery.room import QUEUE_BYTES, STUCK_S
from asithappened.delivery.streams import Place
from asithappened.published.tickets import Ticket

SEND_BUFFER: Final = 64 * 1024  # a stream's in the kernel, which a reader who never reads fills
CHATTER_BYTES: Final = 64 * 1024  # a reader may send so many on a stream, where nothing is expected
_THROUGH_TRANSPORT: Final = -1  # in place of a descriptor


class Connection(Protocol):
    """A connection that a stream takes over."""

    transport: Transport
    loop: AbstractEventLoop

    def abort(self) -> None:
        """Close at once, and leave nothing in the kernel."""


class SocketSink:
    """A stream as a socket. Only for blogs that are everyone's."""

    ticket: Ticket | None = None
    at_desk = False
    __slots__ = (
        "_chatter", "_connection", "_fd", "_place", "_slow_since", "_transport", "ends_at", "written_at",
    )  # fmt: skip

    def __init__(self, connection: Connection, place: Place) -> None:
        """Take over a connection whose write buffer is empty."""
        self._connection, self._place = connection, place
        self._transport = connection.transport
        self._slow_since = 0.0  # when bytes began to wait in the transport; 0 if none do
        self._chatter = 0
        self.ends_at = self.written_at = 0.0
        raw = self._transport.get_extra_info("socket")
        if raw is not None:
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
        self._fd = self._descriptor()

    def _descriptor(self) -> int:
        """Return the descriptor to write to while nothing waits; under TLS only the transport can write."""
        raw, tls = self._transport.get_extra_info("socket"), self._transport.get_extra_info("ssl_object")
        return _THROUGH_TRANSPORT if raw is None or tls is not None or self._transport.is_closing() else raw.fileno()

    @property
    def queued(self) -> int:
        """Bytes that wait in the transport."""
        return self._transport.get_write_buffer_size() if self._slow_since else 0

    def push(self, data: bytes) -> None:
        """Write to the socket; what it does not take waits in the transport, up to QUEUE_BYTES."""
        # A quick reader costs one look at its descriptor, and the system call. Nothing else of it is touched: between
        # two pushes ten thousand others evict it from the processor's cache.
        if self._fd < 0:
            self._queue(data)
            return
        try:
            written = os.write(self._fd, data)
        except (BlockingIOError, InterruptedError):
            written = 0
        except OSError:
            # The connection is gone; its transport has not noticed yet.
            self._fd = _THROUGH_TRANSPORT
            self._transport.abort()
            return
        if written < len(data):
            # A view, since a thousand slow readers wait for the same bytes and need no copies of them.
            self._transport.write(memoryview(data)[written:])
            self._slow_since = self._connection.loop.time()
            self._fd = _THROUGH_TRANSPORT  # never write past what waits there

    def _queue(self, data: bytes) -> None:
        """Write through the transport, or to the socket again if nothing waits any more."""
        if self._transport.is_closing():
            return
        waiting = self._transport.get_write_buffer_size()
        if not waiting and self._slow_since:
            self._catch_up()
            self.push(data)
            return
        if waiting + len(data) > QUEUE_BYTES and waiting:
            self.cut()
            return
        self._transport.write(data)
        self._slow_since = self._slow_since or self._connection.loop.time()

    def _catch_up(self) -> None:
        """Note that nothing waits any more."""
        self._slow_since = 0.0
        self._fd = self._descriptor()

    def end(self) -> None:
        """Close after the transport has written what waits."""
        self._place.leave(self)
        self._fd = _THROUGH_TRANSPORT
        self._transport.close()

    def cut(self) -> None:
        """Close at once."""
        self._place.leave(self, cut=True)
        self._fd = _THROUGH_TRANSPORT
        self._connection.abort()

    def stuck(self, now: float) -> bool:
        """Say whether bytes have been waiting for too long."""
        if self._slow_since and not self._transport.get_write_buffer_size():
            self._catch_up()
        return bool(self._slow_since) and now - self._slow_since > STUCK_S

    def chatter(self, count: int) -> None:
        """Ignore what a reader sends, up to a limit."""
        self._chatter += count
        if self._chatter > CHATTER_BYTES and not self._transport.is_closing():
            self.cut()

    def lost(self) -> None:
        """Write no more to the descriptor of a lost connection, which will be reused."""
        self._fd = _THROUGH_TRANSPORT
        self._place.leave(self)
        self._transport.abort()
