"""The fast lane: uvicorn's protocol, with the reader's commonest requests answered before they become requests.

Owns two shortcuts. A complete GET or HEAD whose answer is kept finished is written as it is; a stream takes its
connection over, so that a room is a list of sockets. Everything else falls through whole to uvicorn and the plain
application. Leans on uvicorn's internals (its version is pinned): parser, cycle, pipeline, keep-alive. Keep it small.
"""

import re
import socket
import struct
import sys
from asyncio import AbstractEventLoop, Task
from collections import deque
from contextlib import suppress
from typing import Any, Final

from uvicorn._types import ASGI3Application
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle
from uvicorn.server import ServerState

from asithappened.delivery import documents
from asithappened.delivery.app import CUT, Delivery, host_of, static_file
from asithappened.delivery.documents import Document, encoding_for
from asithappened.delivery.room import Room
from asithappened.delivery.routes import Kind, Resource, parse
from asithappened.delivery.sinks import StreamSink

HEAD_BYTES: Final = 16 * 1024  # of a request's line and headers; more is an attack or a broken proxy
HEAD_S: Final = 10.0  # for all of a request's head to arrive: a slowloris sends a byte a second
UNSENT_S: Final = 20.0  # an answer of which nothing was taken for this long: its reader will not come for the rest
REMEMBERED: Final = 4_096  # requests, byte for byte: browsers of one kind send the same, so most are met again
REMEMBERED_BYTES: Final = 2_048  # of each: 8 MB at the most, whatever strangers send
_LINGER_NOT: Final = struct.pack("ii", 1, 0)

_LINE: Final = re.compile(rb"(GET|HEAD) (/[!-~]*) HTTP/1\.1")
_HEADER: Final = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\t -~\x80-\xff]*)")
# With any of these a request means more than its path says. `Cookie` may be a ticket, `Grip-…` an edge's.
_NOT_SIMPLE: Final = frozenset(
    b"content-length transfer-encoding upgrade expect cookie authorization http2-settings grip-sig grip-last".split()
)
_STREAM_HEAD: Final = b"HTTP/1.1 200 OK\r\n%bconnection: close\r\n\r\n" % b"".join(
    b"%b: %b\r\n" % header for header in documents.STREAM_HEADERS
)


# In place of each stream's own: an empty deque is 760 bytes.
_NOTHING_ASKED: Final[deque[tuple[RequestResponseCycle, ASGI3Application]]] = deque()


class Simple:
    """A request that needs no more than its path: what it asks for, and how."""

    __slots__ = ("close", "encoding", "head", "if_none_match", "last_event_id", "path", "resource")

    def __init__(self, path: bytes, resource: Resource | None, head: bool, headers: dict[bytes, bytes]) -> None:
        """Keep what the answer depends on."""
        self.path, self.resource, self.head = path, resource, head
        self.encoding = encoding_for(headers.get(b"accept-encoding", b""))
        self.if_none_match = headers.get(b"if-none-match", b"")
        self.last_event_id = headers.get(b"last-event-id", b"")
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


class HeadTooLarge(Exception):
    """A request's head is larger than HEAD_BYTES."""


class Lane(HttpToolsProtocol):
    """A connection. With `fast` off it only keeps the limits that both lanes share."""

    delivery: Delivery
    fast = True
    remembered: dict[bytes, Simple]

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: AbstractEventLoop | None = None,
    ) -> None:
        """Start as uvicorn does, with nothing read."""
        super().__init__(config, server_state, app_state, _loop)
        self.sink: StreamSink | None = None
        self.running: RequestResponseCycle | None = None
        self.in_message = self.in_head = self.ended = False
        self.head_bytes = 0
        self.head_began = 0.0
        self.unsent, self.unsent_since = 0, 0.0
        self.active_at = self.loop.time()

    # --- reading

    def data_received(self, data: bytes) -> None:
        """Answer at once if that is all there is to it; else let uvicorn read."""
        if self.sink is not None:
            self.sink.chatter(len(data))
            return
        # Within a message these bytes are its body, however much they look like a request: an answer to them would be
        # taken for the answer to somebody else's, where a proxy shares this connection among its readers.
        if self.fast and not self.in_message and self.between_requests and not self.flow.write_paused:
            site = self.delivery.site
            answer = site.answers.get(data)
            if answer is not None and site.current:
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
        site, resource = self.delivery.site, simple.resource
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
        simple = read_simple(data, self.delivery.hosts)
        if simple is not None and len(data) <= REMEMBERED_BYTES:
            if len(self.remembered) >= REMEMBERED:
                self.remembered.clear()
            self.remembered[data] = simple
        return simple

    @property
    def between_requests(self) -> bool:
        """Whether everything that was asked on this connection has been answered."""
        cycle: RequestResponseCycle | None = self.cycle
        return cycle is None or cycle.response_complete

    def _read_slowly(self, data: bytes) -> None:
        self.active_at = self.delivery.site.now_s
        self.ended = False
        super().data_received(data)
        if self.in_head and not self.transport.is_closing():
            # Where a message ended in the same bytes nobody knows where this head began: it is counted from the next.
            self.head_bytes += 0 if self.ended else len(data)
            if self.head_bytes > HEAD_BYTES:
                self._refuse(b"431 Request Header Fields Too Large")

    def on_message_begin(self) -> None:
        """Note that a head has begun."""
        self.in_message = self.in_head = True
        self.head_bytes, self.head_began = 0, self.loop.time()
        super().on_message_begin()
        self.scope[CUT] = self.abort  # type: ignore[typeddict-unknown-key]

    def on_headers_complete(self) -> None:
        """Note that a head has ended."""
        self.in_head = False
        if len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers) > HEAD_BYTES:
            raise HeadTooLarge
        if self.parser.should_upgrade():
            self.fast = False  # to what we do not speak; what comes next is the parser's business
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Note that a message has ended."""
        self.in_message, self.ended = False, True
        super().on_message_complete()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGI3Application) -> None:
        self.running = cycle
        super()._start_asgi_task(cycle, app)

    def send_400_response(self, msg: str) -> None:
        """Refuse what cannot be read."""
        error = sys.exc_info()[1]
        too_large = error is not None and isinstance(error.__context__, HeadTooLarge)
        self._refuse(b"431 Request Header Fields Too Large" if too_large else b"400 Bad Request")

    def _refuse(self, status: bytes) -> None:
        if not self.between_requests:
            # What was asked before is answered first; this would be taken for the answer to it.
            self.cycle.keep_alive = False
            self.flow.pause_reading()
            return
        lines = [b"HTTP/1.1 " + status, *(b"%b: %b" % header for header in self.server_state.default_headers)]
        lines += [b"content-length: 0", b"cache-control: no-store", b"connection: close", b"", b""]
        self.transport.write(b"\r\n".join(lines))
        self.transport.close()

    # --- the shortcuts

    def answered(self, simple: Simple, data: bytes) -> bool:
        """Answer from what is kept, or say that it has to go the long way."""
        site = self.delivery.site
        if not site.current:
            return False
        kept = site.hot.get(simple.path)
        if kept is not None:
            room, document = kept
            if document.version != room.version:
                return False
        elif simple.resource is not None and simple.resource.kind is Kind.STREAM:
            return self._taken_over(simple)
        elif simple.path.startswith(b"/static/"):
            found = static_file(simple.path.decode("ascii"))
            if found is None:
                return False
            document = found
        else:
            return False
        self._write(simple, document, data)
        return True

    def _write(self, simple: Simple, document: Document, data: bytes) -> None:
        self._unset_keepalive_if_required()
        self.active_at = self.delivery.site.now_s
        unchanged = bool(simple.if_none_match) and document.had_by(simple.if_none_match)
        answer = document.wire(simple.encoding, unchanged=unchanged, head=simple.head, close=simple.close)
        self.transport.write(answer)
        if not simple.close and data in self.remembered:
            self.delivery.site.answers[data] = answer
        if simple.close:
            self.transport.close()

    def _taken_over(self, simple: Simple) -> bool:
        """Make a stream of this connection, if nothing has to be looked up for it."""
        assert simple.resource is not None
        delivery = self.delivery
        room = delivery.site.room_at_hand(simple.resource.slug)
        if room is None or simple.head or simple.resource.slug != room.blog.slug:
            return False
        if room.blog.audience != "everyone" or room.blog.status == "gone":
            return False
        if self.transport.get_write_buffer_size():
            return False  # of the answer before: writing past the transport would put the stream in the middle of it
        opening = delivery.opening_at_hand(room, simple.last_event_id.decode("latin-1"))
        if opening is None:
            return False
        address = self.client[0] if self.client else ""
        if not delivery.admission.admit(address, lag_s=delivery.site.lag_s):
            return False
        delivery.site.metrics.readers.inc()
        self._unset_keepalive_if_required()
        self.sink = StreamSink(self, room, address)
        room.join(self.sink)
        begun, missed = opening
        self.sink.push(_STREAM_HEAD + begun)
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
        # uvicorn tells only the newest of pipelined requests that nobody waits for its answer.
        self.pipeline.clear()
        if self.running is not None:
            self.running.disconnected = True
            self.running.message_event.set()
        super().connection_lost(exc)

    def shutdown(self) -> None:
        """End in good order, as the server stops."""
        if self.sink is not None:
            self.sink.end()
        else:
            super().shutdown()

    def abort(self) -> None:
        """Close at once. Without SO_LINGER 0 an abort leaves 2.8 MB of a silent reader in the kernel, in FIN-WAIT-1."""
        raw = self.transport.get_extra_info("socket")
        if raw is not None:
            with suppress(OSError):
                raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_NOT)
        self.transport.abort()

    def idle_too_long(self, now: float) -> None:
        """Close who takes nothing of an answer, sends half a head for too long, or nothing since its last answer."""
        closing = self.transport.is_closing()
        if self.sink is not None and not closing:
            return
        unsent = self.transport.get_write_buffer_size()
        if unsent != self.unsent:
            self.unsent, self.unsent_since = unsent, now
        elif unsent and now - self.unsent_since > UNSENT_S:
            self.abort()
        if closing or unsent or not self.between_requests:
            return
        if self.in_head and now - self.head_began > HEAD_S:
            self._refuse(b"408 Request Timeout")
        elif self.timeout_keep_alive_task is None and now - self.active_at > max(self.timeout_keep_alive, HEAD_S):
            self.transport.close()
