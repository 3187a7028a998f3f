"""A finished answer as bytes of HTTP, and sending it.

It is written, or the kernel sends its body from a file, which copies none of it through this process. The bytes that
the kernel does not take, for whatever reason, are written from memory.
Look next: documents.py, which makes responses; lane.py, which sends them.
"""

import os
import socket
from asyncio import Transport
from contextlib import suppress
from typing import Final

# With this flag, headers and file leave in one packet, like a single write. On a system without it, nothing is sent
# from a file.
_MORE: Final[int] = getattr(socket, "MSG_MORE", 0)


class OpenFile:
    """A descriptor to send from. `close` closes it at once; otherwise its last reference does."""

    __slots__ = ("descriptor",)

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor

    def close(self) -> None:
        """Close it. A response that still refers to it is sent from memory."""
        if self.descriptor >= 0:
            os.close(self.descriptor)
            self.descriptor = -1

    __del__ = close


class RawResponse:
    """`start`: status line and headers, and without a `file` the body too. `file`: has the same bytes as `body`."""

    __slots__ = ("body", "file", "start")

    def __init__(self, start: bytes, body: bytes = b"", file: OpenFile | None = None) -> None:
        self.start, self.body, self.file = start, body, file


def send(transport: Transport, response: RawResponse) -> None:
    """Send a response. What the socket does not take waits in the transport, as a view of the body and not a copy."""
    file = response.file
    if file is None:
        transport.write(response.start)
        return
    sent = 0
    if _MORE and file.descriptor >= 0 and _is_next(transport):
        sent = _sent(transport.get_extra_info("socket").fileno(), response, file.descriptor)
    of_body = sent - len(response.start)
    if of_body < 0:
        transport.write(response.start[sent:])
        of_body = 0
    if of_body < len(response.body):
        transport.write(memoryview(response.body)[of_body:])


def _is_next(transport: Transport) -> bool:
    """Say whether bytes may be written to the socket directly: nothing waits, and this process does no TLS."""
    return not transport.get_write_buffer_size() and transport.get_extra_info("ssl_object") is None


def _sent(connection: int, response: RawResponse, file: int) -> int:
    """Return how many bytes the socket took. It may be full, or closed, which its transport will notice."""
    sent = 0
    # The base class of socket.socket saves one microsecond of twenty. The family matters only for addresses, of which
    # none is used here.
    plain = socket.SocketType(socket.AF_INET, socket.SOCK_STREAM, 0, connection)
    try:
        with suppress(OSError):
            sent = plain.send(response.start, _MORE)
            if sent == len(response.start):
                sent += os.sendfile(connection, file, 0, len(response.body))
    finally:
        plain.detach()
    return sent
