"""The fast lane: uvicorn's protocol, with the reader's commonest requests answered before they become requests.

Owns two shortcuts. A complete GET or HEAD whose answer is kept finished is written as it is; a stream takes its
connection over, so that a room is a list of sockets. Everything else falls through whole to uvicorn and the plain
application. Leans on uvicorn's internals (its version is pinned), as guard.py does, which has the limits.
"""

import re
from asyncio import Task
from collections import deque
from typing import Final

from uvicorn._types import ASGI3Application
from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

from asithappened.delivery.documents import Document, encoding_for
from asithappened.delivery.door import host_of
from asithappened.delivery.guard import HEAD_BYTES, Guard
from asithappened.delivery.room import Room
from asithappened.delivery.routes import Kind, Resource, parse
from asithappened.delivery.socket_sink import SocketSink
from asithappened.delivery.static_files import static_file
from asithappened.delivery.streams import Streams

REMEMBERED: Final = 4_096  # requests, byte for byte: browsers of one kind send the same, so most are met again
REMEMBERED_BYTES: Final = 2_048  # of each: 8 MB at the most, whatever strangers send

ANSWER_BYTES: Final = 256 * 1024  # of an answer that is kept whole beside its document, until the next sweep

_LINE: Final = re.compile(rb"(GET|HEAD) (/[!-~]*) HTTP/1\.1")
_HEADER: Final = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\t -~\x80-\xff]*)")
# With any of these a request means more than its path says. `Cookie` may be a ticket, `Grip-…` an edge's.
_NOT_SIMPLE: Final = frozenset(
    b"content-length transfer-encoding upgrade expect cookie authorization http2-settings grip-sig grip-last"
    b" range if-range".split()
)

# In place of each stream's own: an empty deque is 760 bytes.
_NOTHING_ASKED: Final[deque[tuple[RequestResponseCycle, ASGI3Application]]] = deque()


class Simple:
    """A request that needs no more than its path: what it asks for, and how."""

    __slots__ = ("close", "encoding", "forwarded_for", "head", "if_none_match", "last_event_id", "path", "resource")

    def __init__(self, path: bytes, resource: Resource | None, head: bool, headers: dict[bytes, bytes]) -> None:
        """Keep what the answer depends on."""
        self.path, self.resource, self.head = path, resource, head
        self.encoding = encoding_for(headers.get(b"accept-encoding", b""))
        self.if_none_match = headers.get(b"if-none-match", b"")
        self.last_event_id = headers.get(b"last-event-id", b"")
        self.forwarded_for = headers.get(b"x-forwarded-for", b"")
        self.close = headers.get(b"connection", b"").lower() == b"close"


def read_simple(data: bytes, hosts: frozenset[str]) -> Simple | None:
    """Read a request, if it is exactly one, whole and simple; None sends it the long way, which reads it again.

    Stricter than any parser behind: what two parsers could read in two ways is not read here at all.
    """
    if len(data) > HEAD_BYTES or not data.endswith(b"\r\n\r\n") or data.count(b"\r\n\r\n") != 1:
        return None
    first, *lines = data[:-4].split(b"\r\n")
    line = _LINE.fullmatch(first)
    if line is None:
        return None
    headers: dict[bytes, bytes] = {}
    for text in lines:
        header = _HEADER.fullmatch(text)
        if header is None:
            return None
        name = header[1].lower()
        if name in headers or name in _NOT_SIMPLE:
            return None
        headers[name] = header[2].strip()
    if host_of(headers.get(b"host", b"")) not in hosts:
        return None
    if headers.get(b"connection", b"").lower() not in {b"", b"keep-alive", b"close"}:
        return None
    path = line[2]
    return Simple(path, parse_path(path), line[1] == b"HEAD", headers)


def parse_path(path: bytes) -> Resource | None:
    """Return the resource that a path without a query names, if it is canonical."""
    found = None if b"%" in path or b"?" in path else parse(path.decode("ascii"))
    return found if isinstance(found, Resource) else None


class Lane(Guard):
    """A connection. With `fast` off it only keeps the limits that both lanes share."""

    streams: Streams
    remembered: dict[bytes, Simple]

    # --- reading

    def data_received(self, data: bytes) -> None:
        """Answer at once if that is all there is to it; else let uvicorn read."""
        if self.sink is not None:
            self.sink.chatter(len(data))
            return
        # Within a message these bytes are its body, however much they look like a request: an answer to them would be
        # taken for the answer to somebody else's, where a proxy shares this connection among its readers.
        if self.fast and not self.in_message and self.between_requests and not self.flow.write_paused:
            site = self.site
            answer = site.finished.answers.get(data)
            if answer is not None and site.freshness.current:
                self._unset_keepalive_if_required()
                self.active_at = site.now_s
                self.transport.write(answer)
                return
            simple = self.remembered.get(data) or self._read(data)
            if simple is not None and (self.answered(simple, data) or self._put_off(simple, data)):
                return
        self._read_slowly(data)

    def _put_off(self, simple: Simple, data: bytes) -> bool:
        """Answer a little later, if only a look at the heads is missing: a herd waits for one, not each for its own."""
        site, resource = self.site, simple.resource
        if resource is None or resource.kind is Kind.ENTER or site.room_at_hand(resource.slug) is not None:
            return False
        self.transport.pause_reading()
        site.arrival(resource.slug).add_done_callback(lambda looked: self._take_up(looked, simple, data))
        return True

    def _take_up(self, looked: Task[Room | None], simple: Simple, data: bytes) -> None:
        if not looked.cancelled():
            looked.exception()  # noted here; the long way meets the same fault, and says so
        if not self.transport.is_closing():
            self.transport.resume_reading()
            if not self.answered(simple, data):
                self._read_slowly(data)

    def _read(self, data: bytes) -> Simple | None:
        simple = read_simple(data, self.door.hosts)
        if simple is not None and len(data) <= REMEMBERED_BYTES:
            if len(self.remembered) >= REMEMBERED:
                self.remembered.clear()
            self.remembered[data] = simple
        return simple

    # --- the shortcuts

    def answered(self, simple: Simple, data: bytes) -> bool:
        """Answer from what is kept, or say that it has to go the long way."""
        document = self.site.document_at_hand(simple.path)
        if document is None and simple.resource is not None and simple.resource.kind is Kind.STREAM:
            return self._taken_over(simple)
        if document is None and simple.path.startswith(b"/static/"):
            document = static_file(simple.path.decode("ascii"))
        if document is None:
            return False
        self._write(simple, document, data)
        return True

    def _write(self, simple: Simple, document: Document, data: bytes) -> None:
        self._unset_keepalive_if_required()
        self.active_at = self.site.now_s
        unchanged = bool(simple.if_none_match) and document.had_by(simple.if_none_match)
        answer = document.wire(
            simple.encoding, unchanged=unchanged, head=simple.head, close=simple.close, more=self.door.every_line
        )
        self.transport.write(answer)
        if not simple.close and data in self.remembered and document.length <= ANSWER_BYTES:
            self.site.finished.answers[data] = answer
        if simple.close:
            self.transport.close()

    def _taken_over(self, simple: Simple) -> bool:
        """Make a stream of this connection, if nothing has to be looked up for it."""
        assert simple.resource is not None
        room = self.site.room_at_hand(simple.resource.slug)
        if room is None or simple.head or simple.resource.slug != room.blog.slug or not room.blog.public:
            return False
        if self.transport.get_write_buffer_size():
            return False  # of the answer before: writing past the transport would put the stream in the middle of it
        opening = self.streams.opening_at_hand(room, simple.last_event_id.decode("latin-1"))
        if opening is None:
            return False
        address = self.door.proxies.client(self.peer, simple.forwarded_for)
        if not self.streams.admit(address):
            return False
        self._unset_keepalive_if_required()
        self.sink = SocketSink(self, self.streams, room, address)
        room.join(self.sink)
        begun, missed = opening
        self.sink.push(self.streams.head + begun)
        if missed:
            self.sink.push(missed)
        # A stream reads nothing more: what uvicorn keeps to parse requests with, and to answer them, is 5 KB a reader.
        self.parser = self.flow = None  # type: ignore[assignment]
        self.scope = self.headers = None  # type: ignore[assignment]
        self.pipeline = _NOTHING_ASKED
        return True

    def pause_writing(self) -> None:
        """Have answers wait; of a stream, its sink knows."""
        if self.sink is None:
            super().pause_writing()

    def resume_writing(self) -> None:
        """Let answers go on."""
        if self.sink is None and self.flow is not None:
            super().resume_writing()

    # --- the end

    def eof_received(self) -> bool | None:  # type: ignore[override]
        """Still answer what was asked by who then closed its half (`nc`, some proxies); anything else is the end."""
        if self.sink is not None or self.in_message or self.between_requests or self.cycle.response_started:
            return None
        self.cycle.keep_alive = False
        return True

    def connection_lost(self, exc: Exception | None) -> None:
        """Leave the room before the descriptor can be another's: loops close it only after this call."""
        if self.sink is not None:
            self.sink.lost()
            self.sink = None
        super().connection_lost(exc)

    def shutdown(self) -> None:
        """End in good order, as the server stops."""
        if self.sink is not None:
            self.sink.end()
        else:
            super().shutdown()
