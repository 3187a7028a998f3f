"""The fast lane: uvicorn's protocol, which answers readers' commonest requests before it parses them.

Owns two shortcuts. A complete GET or HEAD whose answer is cached is written as it is; a stream takes its connection
over, so that a room is a list of sockets. Everything else goes whole to uvicorn and the plain application. Leans on
uvicorn's internals (its version is pinned), as guard.py does, which has the limits.
"""

import re
from asyncio import Task
from collections import deque
from typing import Final

from uvicorn._types import ASGI3Application
from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

from asithappened.delivery.documents import Document, encoding_for
from asithappened.delivery.guard import HEAD_BYTES, Guard
from asithappened.delivery.ingress import host_of
from asithappened.delivery.raw_response import send
from asithappened.delivery.room import Room
from asithappened.delivery.routes import Kind, Resource, parse
from asithappened.delivery.socket_sink import SocketSink
from asithappened.delivery.static_files import static_file
from asithappened.delivery.streams import Place, Streams

PARSED: Final = 4_096  # requests that are kept with what they mean: browsers of one kind send the same bytes
PARSED_BYTES: Final = 2_048  # of each: 8 MB at the most, whatever strangers send

ANSWER_BYTES: Final = 256 * 1024  # of an answer beside its document, until the next sweep

_LINE: Final = re.compile(rb"(GET|HEAD) (/[!-~]*) HTTP/1\.1")
_HEADER: Final = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\t -~\x80-\xff]*)")
# With any of these a request means more than its path says. `Cookie` may be a ticket, `Grip-…` an edge's.
_NOT_SIMPLE: Final = frozenset(
    b"content-length transfer-encoding upgrade expect cookie authorization http2-settings grip-sig grip-last"
    b" range if-range".split()
)

# In place of each stream's own: an empty deque is 760 bytes.
_EMPTY_PIPELINE: Final[deque[tuple[RequestResponseCycle, ASGI3Application]]] = deque()


class SimpleRequest:
    """A request whose answer depends on nothing but these."""

    __slots__ = ("close", "encoding", "forwarded_for", "head", "if_none_match", "last_event_id", "path", "resource")

    def __init__(self, path: bytes, resource: Resource | None, head: bool, headers: dict[bytes, bytes]) -> None:
        self.path, self.resource, self.head = path, resource, head
        self.encoding = encoding_for(headers.get(b"accept-encoding", b""))
        self.if_none_match = headers.get(b"if-none-match", b"")
        self.last_event_id = headers.get(b"last-event-id", b"")
        self.forwarded_for = headers.get(b"x-forwarded-for", b"")
        self.close = headers.get(b"connection", b"").lower() == b"close"


def parse_simple(data: bytes, hosts: frozenset[str]) -> SimpleRequest | None:
    """Read a request, if it is exactly one, whole and simple; None sends it to uvicorn, which reads it again.

    Stricter than any parser behind: what two parsers could read in two ways is left to uvicorn.
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
    return SimpleRequest(path, parse_path(path), line[1] == b"HEAD", headers)


def parse_path(path: bytes) -> Resource | None:
    """Return the resource that a path without a query names, if it is canonical."""
    found = None if b"%" in path or b"?" in path else parse(path.decode("ascii"))
    return found if isinstance(found, Resource) else None


class Lane(Guard):
    """A connection. With `fast` off it only keeps the limits that both lanes share."""

    streams: Streams
    parsed: dict[bytes, SimpleRequest]

    # --- reading

    def data_received(self, data: bytes) -> None:
        """Answer at once if the answer is cached; otherwise let uvicorn parse."""
        if self.sink is not None:
            self.sink.chatter(len(data))
            return
        # Within a message these bytes are its body, however much they look like a request: an answer to them would be
        # taken for the answer to somebody else's, where a proxy shares this connection among its readers.
        if self.fast and not self.in_message and self.between_requests and not self.flow.write_paused:
            site = self.site
            answer = site.cache.responses.get(data)
            if answer is not None and site.freshness.current:
                self._unset_keepalive_if_required()
                self.active_at = site.now_s
                if answer.file is None:  # as `send` does, whose call would be a thirtieth of what a page costs
                    self.transport.write(answer.head)
                else:
                    send(self.transport, answer)
                return
            simple = self.parsed.get(data) or self._read(data)
            if simple is not None and (self.answered(simple, data) or self._defer(simple, data)):
                return
        self._parse(data)

    def _defer(self, simple: SimpleRequest, data: bytes) -> bool:
        """Answer a little later, if only the room has to be looked up: a herd waits for one look-up."""
        site, resource = self.site, simple.resource
        if resource is None or resource.kind is Kind.ENTER or site.cached_room(resource.slug) is not None:
            return False
        self.transport.pause_reading()
        site.room_lookup(resource.slug).add_done_callback(lambda looked: self._resume(looked, simple, data))
        return True

    def _resume(self, looked: Task[Room | None], simple: SimpleRequest, data: bytes) -> None:
        if not looked.cancelled():
            looked.exception()  # taken note of; the plain application meets the same fault, and answers so
        if not self.transport.is_closing():
            self.transport.resume_reading()
            if not self.answered(simple, data):
                self._parse(data)

    def _read(self, data: bytes) -> SimpleRequest | None:
        simple = parse_simple(data, self.ingress.hosts)
        if simple is not None and len(data) <= PARSED_BYTES:
            if len(self.parsed) >= PARSED:
                self.parsed.clear()
            self.parsed[data] = simple
        return simple

    # --- the shortcuts

    def answered(self, simple: SimpleRequest, data: bytes) -> bool:
        """Answer from what is cached, or return False."""
        document = self.site.cached_document(simple.path)
        if document is None and simple.resource is not None and simple.resource.kind is Kind.STREAM:
            return self._open_stream(simple)
        if document is None and simple.path.startswith(b"/static/"):
            document = static_file(simple.path.decode("ascii"))
        if document is None:
            return False
        self._write(simple, document, data)
        return True

    def _write(self, simple: SimpleRequest, document: Document, data: bytes) -> None:
        self._unset_keepalive_if_required()
        self.active_at = self.site.now_s
        unchanged = bool(simple.if_none_match) and document.had_by(simple.if_none_match)
        answer = document.raw_response(
            simple.encoding, unchanged=unchanged, head=simple.head, close=simple.close, more=self.ingress.every_line
        )
        send(self.transport, answer)
        if not simple.close and data in self.parsed and len(answer.head) <= ANSWER_BYTES:
            self.site.cache.responses[data] = answer
        if simple.close:
            self.transport.close()

    def _open_stream(self, simple: SimpleRequest) -> bool:
        """Make a stream of this connection, if nothing has to be looked up for it."""
        assert simple.resource is not None
        room = self.site.cached_room(simple.resource.slug)
        if room is None or simple.head or simple.resource.slug != room.blog.slug or not room.blog.public:
            return False
        if self.transport.get_write_buffer_size():
            return False  # of the answer before: writing past the transport would put the stream in the middle of it
        opening = self.streams.cached_opening(room, simple.last_event_id.decode("latin-1"))
        if opening is None:
            return False
        address = self.ingress.proxies.client(self.peer, simple.forwarded_for)
        hello, *missed = opening
        if self.streams.enter(room, address, [self.streams.head + hello, *missed], self._make_sink) is None:
            return False
        self._unset_keepalive_if_required()
        # A stream reads nothing more: what uvicorn keeps to parse requests with, and to answer them, is 5 KB a reader.
        self.parser = self.flow = None  # type: ignore[assignment]
        self.scope = self.headers = None  # type: ignore[assignment]
        self.pipeline = _EMPTY_PIPELINE
        return True

    def _make_sink(self, place: Place) -> SocketSink:
        self.sink = SocketSink(self, place)
        return self.sink

    def pause_writing(self) -> None:
        """Have answers wait. A stream's sink does so itself."""
        if self.sink is None:
            super().pause_writing()

    def resume_writing(self) -> None:
        if self.sink is None and self.flow is not None:
            super().resume_writing()

    # --- the end

    def eof_received(self) -> bool | None:  # type: ignore[override]
        """Still answer a client that closed its half after its request (`nc`, some proxies); otherwise close."""
        if self.sink is not None or self.in_message or self.between_requests or self.cycle.response_started:
            return None
        self.cycle.keep_alive = False
        return True

    def connection_lost(self, exc: Exception | None) -> None:
        """Leave the room before the descriptor can be another's: loops close it after this call."""
        if self.sink is not None:
            self.sink.lost()
            self.sink = None
        super().connection_lost(exc)

    def shutdown(self) -> None:
        if self.sink is not None:
            self.sink.end()
        else:
            super().shutdown()
