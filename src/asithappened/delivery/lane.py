"""The fast lane: uvicorn's protocol, which answers readers' most frequent requests before uvicorn parses them.

Owns two shortcuts. The answer to a complete GET or HEAD is written as it is if it is cached; a stream takes over its
connection, so that a room is a list of sockets. Everything else goes unchanged to uvicorn and the plain lane. Relies on
uvicorn's internals (its version is pinned), like guard.py, which has the limits.
"""

import re
from asyncio import Task
from collections import deque
from typing import Final

from uvicorn._types import ASGI3Application
from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

from asithappened.delivery.documents import Document, encoding_for
from asithappened.delivery.guard import HEADERS_BYTES, Guard
from asithappened.delivery.ingress import host_of
from asithappened.delivery.raw_response import RawResponse, send
from asithappened.delivery.room import Room
from asithappened.delivery.routes import Kind, Resource, parse
from asithappened.delivery.socket_sink import SocketSink
from asithappened.delivery.static_files import static_file
from asithappened.delivery.streams import Place, Streams

PARSED: Final = 4_096  # requests cached with their parsed form: browsers of one kind send the same bytes
PARSED_BYTES: Final = 2_048  # of each, so that strangers can fill 8 MB at most

ANSWER_BYTES: Final = 256 * 1024  # the largest answer that is cached by its request, until the next sweep

_LINE: Final = re.compile(rb"(GET|HEAD) (/[!-~]*) HTTP/1\.1")
_HEADER: Final = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\t -~\x80-\xff]*)")
# With any of these the answer depends on more than the path. `Cookie` may be a ticket, `Grip-…` an edge's.
_NOT_SIMPLE: Final = frozenset(
    b"content-length transfer-encoding upgrade expect cookie authorization http2-settings grip-sig grip-last"
    b" range if-range".split()
)

# Shared by all streams: an empty deque is 760 bytes.
_EMPTY_PIPELINE: Final[deque[tuple[RequestResponseCycle, ASGI3Application]]] = deque()


class SimpleRequest:
    """A request whose answer depends on these fields alone."""

    __slots__ = ("close", "encoding", "forwarded_for", "if_none_match", "is_head", "last_event_id", "path", "resource")

    def __init__(self, path: bytes, resource: Resource | None, is_head: bool, headers: dict[bytes, bytes]) -> None:
        self.path, self.resource, self.is_head = path, resource, is_head
        self.encoding = encoding_for(headers.get(b"accept-encoding", b""))
        self.if_none_match = headers.get(b"if-none-match", b"")
        self.last_event_id = headers.get(b"last-event-id", b"")
        self.forwarded_for = headers.get(b"x-forwarded-for", b"")
        self.close = headers.get(b"connection", b"").lower() == b"close"


def parse_simple(data: bytes, hosts: frozenset[str]) -> SimpleRequest | None:
    """Parse the bytes if they are exactly one whole, simple request; None: uvicorn parses them.

    Stricter than uvicorn's parser: a request that two parsers could read differently is left to it.
    """
    if len(data) > HEADERS_BYTES or not data.endswith(b"\r\n\r\n") or data.count(b"\r\n\r\n") != 1:
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
        # Within a message these bytes are its body, even if they look like a request: a proxy that shares this
        # connection among its readers would take an answer to them for the answer to another reader's request.
        if self.fast and not self.in_message and self.between_requests and not self.flow.write_paused:
            site = self.site
            answer = site.cache.responses.get(data)
            if answer is not None and site.freshness.current:
                self._unset_keepalive_if_required()
                self.active_at = site.now_s
                if answer.file is None:  # like `send`, of which the call alone is a thirtieth of a page's cost
                    self.transport.write(answer.start)
                else:
                    send(self.transport, answer)
                return
            simple = self.parsed.get(data) or self._read(data)
            if simple is not None and (self.answered(simple, data) or self._defer(simple, data)):
                return
        self._parse(data)

    def _defer(self, simple: SimpleRequest, data: bytes) -> bool:
        """Answer after one look-up, shared by all who wait for it, if only the room is missing."""
        site, resource = self.site, simple.resource
        if resource is None or resource.kind is Kind.ENTER or site.cached_room(resource.slug) is not None:
            return False
        self.transport.pause_reading()
        site.room_lookup(resource.slug).add_done_callback(lambda looked: self._resume(looked, simple, data))
        return True

    def _resume(self, looked: Task[Room | None], simple: SimpleRequest, data: bytes) -> None:
        if not looked.cancelled():
            looked.exception()  # marks it as retrieved; the plain lane meets the same error, and answers it
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
        answer = self._write(simple, document)
        if not simple.close and data in self.parsed and len(answer.start) <= ANSWER_BYTES:
            self.site.cache.responses[data] = answer
        return True

    def _write(self, simple: SimpleRequest, document: Document) -> RawResponse:
        self._unset_keepalive_if_required()
        self.active_at = self.site.now_s
        unchanged = bool(simple.if_none_match) and document.had_by(simple.if_none_match)
        answer = document.raw_response(
            simple.encoding,
            unchanged=unchanged,
            without_body=simple.is_head,
            close=simple.close,
            more=self.ingress.every_line,
        )
        send(self.transport, answer)
        if simple.close:
            self.transport.close()
        return answer

    def _open_stream(self, simple: SimpleRequest) -> bool:
        """Turn this connection into a stream, or refuse that, if it needs no look-up."""
        assert simple.resource is not None
        room = self.site.cached_room(simple.resource.slug)
        if room is None or simple.is_head or simple.resource.slug != room.blog.slug or not room.blog.public:
            return False
        if self.transport.get_write_buffer_size():
            return False  # of the last answer: the sink writes past the transport, and would write into its middle
        opening = self.streams.cached_opening(room, simple.last_event_id.decode("latin-1"))
        if opening is None:
            return False
        address = self.ingress.proxies.client(self.peer, simple.forwarded_for)
        hello, *missed = opening
        if self.streams.enter(room, address, [self.streams.response_start + hello, *missed], self._make_sink) is None:
            # Not by the plain lane: a moment later it may admit it, and there a stream costs twice as much, for as long
            # as it lasts. Of 5,000 readers who return at once 200 had such a stream.
            self._write(simple, self.streams.refusal())
            return True
        self._unset_keepalive_if_required()
        # A stream parses no more requests: uvicorn's state for that is 5 KB a reader.
        self.parser = self.flow = None  # type: ignore[assignment]
        self.scope = self.headers = None  # type: ignore[assignment]
        self.pipeline = _EMPTY_PIPELINE
        return True

    def _make_sink(self, place: Place) -> SocketSink:
        self.sink = SocketSink(self, place)
        return self.sink

    def pause_writing(self) -> None:
        """Apply back-pressure to answers. A stream's sink has its own."""
        if self.sink is None:
            super().pause_writing()

    def resume_writing(self) -> None:
        if self.sink is not None:
            self.sink.drained()
        elif self.flow is not None:
            super().resume_writing()

    # --- the end

    def eof_received(self) -> bool | None:  # type: ignore[override]
        """Still answer a client that closed its half after its request (`nc`, some proxies); otherwise close."""
        if self.sink is not None or self.in_message or self.between_requests or self.cycle.response_started:
            return None
        self.cycle.keep_alive = False
        return True

    def connection_lost(self, exc: Exception | None) -> None:
        """Leave the room before the descriptor can be reused: the loop closes it after this call."""
        if self.sink is not None:
            self.sink.lost()
            self.sink = None
        super().connection_lost(exc)

    def shutdown(self) -> None:
        if self.sink is not None:
            self.sink.end()
        else:
            super().shutdown()
