"""A reader's stream on the fast lane: a bare socket.

Owns what waits for one reader, and its bound: who takes too little is cut, and comes back whole. Neither blocks nor
raises when it is pushed to. Look next: room.py, which pushes; lane.py, which makes one of a connection.
"""

import os
import socket
from asyncio import AbstractEventLoop, Transport
from typing import Final, Protocol

from asithappened.delivery.room import QUEUE_BYTES, STUCK_S, Room
from asithappened.delivery.streams import Streams
from asithappened.published.tickets import Ticket

SEND_BUFFER: Final = 64 * 1024  # in the kernel, for a stream: what a reader who never reads costs there
CHATTER_BYTES: Final = 64 * 1024  # that a reader may send on a stream, where there is nothing to say


class Connection(Protocol):
    """What is taken over."""

    transport: Transport
    loop: AbstractEventLoop

    def abort(self) -> None:
        """Close at once, and leave nothing in the kernel."""


class SocketSink:
    """A reader's stream as a bare socket. Only of blogs that are everyone's."""

    ticket: Ticket | None = None
    at_desk = False
    __slots__ = (
        "_address", "_chatter", "_connection", "_fd", "_room", "_slow_since", "_streams", "_transport",
        "ends_at", "written_at",
    )  # fmt: skip

    def __init__(self, connection: Connection, streams: Streams, room: Room, address: str) -> None:
        """Take a connection over, of which nothing waits to be written, for a stream that was let in."""
        self._connection, self._streams, self._room = connection, streams, room
        self._address: str | None = address  # None: has left
        transport = self._transport = connection.transport
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
            self._slow_since = self._connection.loop.time()

    def _wait(self, data: bytes) -> None:
        """Queue behind what waits in the transport: never write past it."""
        if self._address is None or self._transport.is_closing():
            return
        waiting = self._transport.get_write_buffer_size()
        if waiting + len(data) > QUEUE_BYTES and waiting:
            self.cut()
            return
        self._transport.write(data)
        self._slow_since = self._slow_since or self._connection.loop.time()

    def end(self) -> None:
        """Close after what waits."""
        self._leave()
        self._fd = -1
        self._transport.close()

    def cut(self) -> None:
        """Close at once."""
        self._leave(cut=True)
        self._fd = -1
        self._connection.abort()

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

    def _leave(self, *, cut: bool = False) -> None:
        if self._address is not None:
            self._streams.leave(self, self._room, self._address, cut=cut)
            self._address = None
