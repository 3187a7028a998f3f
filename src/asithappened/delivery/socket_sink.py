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
        "_chatter", "_connection", "_fd", "_place", "_slow_since", "_transport", "_waiting", "_waiting_bytes",
        "ends_at", "written_at",
    )  # fmt: skip

    def __init__(self, connection: Connection, place: Place) -> None:
        """Take over a connection whose write buffer is empty."""
        self._connection, self._place = connection, place
        self._transport = connection.transport
        self._slow_since = 0.0  # since when the transport has bytes that the kernel does not take; 0 if it has none
        self._waiting: list[bytes] | None = None  # after those; None: no list for each of ten thousand quick readers
        self._waiting_bytes = 0
        self._chatter = 0
        self.ends_at = self.written_at = 0.0
        raw = self._transport.get_extra_info("socket")
        if raw is not None:
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
        self._fd = self._descriptor()
        # `drained` is called whenever all of them are written. Under TLS 0 would be reached before there are any.
        self._transport.set_write_buffer_limits(high=1 if self._tls else 0)

    @property
    def _tls(self) -> bool:
        return self._transport.get_extra_info("ssl_object") is not None

    def _descriptor(self) -> int:
        """Return the descriptor to write to while nothing waits; under TLS only the transport can write."""
        raw = self._transport.get_extra_info("socket")
        return _THROUGH_TRANSPORT if raw is None or self._tls or self._transport.is_closing() else raw.fileno()

    @property
    def queued(self) -> int:
        """Bytes that wait for this reader."""
        return self._transport.get_write_buffer_size() + self._waiting_bytes if self._slow_since else 0

    def push(self, data: bytes) -> None:
        """Write to the socket; what it does not take waits, up to QUEUE_BYTES."""
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
            self._hand_over(memoryview(data)[written:])

    def _hand_over(self, data: bytes | memoryview) -> None:
        """Write through the transport, and never past what waits there."""
        self._fd = _THROUGH_TRANSPORT
        self._transport.write(data)
        if self._transport.get_write_buffer_size():
            self._slow_since = self._connection.loop.time()
        else:
            self._fd = self._descriptor()

    def _queue(self, data: bytes) -> None:
        """Write through the transport if nothing waits; else keep bytes until then, or cut if they are too many."""
        if self._transport.is_closing():
            return
        if not self._slow_since:
            self._hand_over(data)
        elif self.queued + len(data) > QUEUE_BYTES:
            self.cut()
        else:
            # Not in the transport, which keeps half a kilobyte of its own for each event that waits for each reader.
            self._waiting = self._waiting or []
            self._waiting.append(data)
            self._waiting_bytes += len(data)

    def drained(self) -> None:
        """Write on, now that the transport has nothing that waits."""
        self._slow_since = 0.0
        self._fd = self._descriptor()
        for data in self._take():
            self.push(data)

    def _take(self) -> list[bytes]:
        waiting, self._waiting, self._waiting_bytes = self._waiting or [], None, 0
        return waiting

    def end(self) -> None:
        """Close after the transport has written what waits."""
        self._place.leave(self)
        self._fd = _THROUGH_TRANSPORT
        self._transport.writelines(self._take())
        self._transport.close()

    def cut(self) -> None:
        """Close at once."""
        self._place.leave(self, cut=True)
        self._fd = _THROUGH_TRANSPORT
        self._take()
        self._connection.abort()

    def stuck(self, now: float) -> bool:
        """Say whether bytes have been waiting for too long."""
        return bool(self._slow_since) and now - self._slow_since > STUCK_S

    def chatter(self, count: int) -> None:
        """Ignore what a reader sends, up to a limit."""
        self._chatter += count
        if self._chatter > CHATTER_BYTES and not self._transport.is_closing():
            self.cut()

    def lost(self) -> None:
        """Write no more to the descriptor of a lost connection, which will be reused."""
        self._fd = _THROUGH_TRANSPORT
        self._take()
        self._place.leave(self)
        self._transport.abort()
