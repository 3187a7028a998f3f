"""A connection and its limits: uvicorn's protocol, with a limit for everything that a client can make long or slow.

Owns the limits of one connection on either lane: size and time of a request's headers, size and pace of its body,
memory of unanswered bodies, its place among all connections; the client's address; and how a request is refused.
Relies on uvicorn's internals (its version is pinned): parser, cycle, pipeline, keep-alive. Look next: lane.py.
"""

import socket
import struct
import sys
from asyncio import AbstractEventLoop, Transport
from contextlib import suppress
from typing import Any, Final

from uvicorn._types import ASGI3Application
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle
from uvicorn.server import ServerState

from asithappened.delivery import bodies, refusals
from asithappened.delivery.connections import PROBATION_S
from asithappened.delivery.documents import IDENTITY
from asithappened.delivery.ingress import Ingress
from asithappened.delivery.proxies import FORWARDED
from asithappened.delivery.raw_response import send
from asithappened.delivery.refusals import Refusal
from asithappened.delivery.site import Site
from asithappened.delivery.socket_sink import SocketSink
from asithappened.delivery.streams import ABORT

HEADERS_BYTES: Final = 16 * 1024  # of a request's line and headers; more is an attack or a broken proxy
HEADERS_S: Final = 10.0  # for all of a request's headers to arrive: a slowloris sends a byte a second
UNSENT_S: Final = 20.0  # a client that took nothing of an answer for this long will not take the rest
# A client that is refused in the middle of a body goes on sending. If we closed at once, its system would drop our
# answer.
LINGER_S: Final = 2.0
LINGER_BYTES: Final = 2 * bodies.DESK_BYTES
_LINGER_NOT: Final = struct.pack("ii", 1, 0)


class Refused(Exception):
    """Stops the parser, because the request is refused."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.name)
        self.refusal = refusal


class Guard(HttpToolsProtocol):
    """One connection."""

    site: Site
    ingress: Ingress
    fast = True
    sink: SocketSink | None = None

    # On the class, to save memory for ten thousand readers: most never send a body and are never refused.
    body_bytes = body_wire = body_most = body_held = lingered = 0
    body_began = refused_at = 0.0
    refused = probation = signed_in = False

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.running: RequestResponseCycle | None = None
        self.in_message = self.in_headers = False
        self.messages = self.headers_bytes = 0
        self.headers_began = 0.0
        self.unsent, self.unsent_since = 0, 0.0
        self.made_at = self.active_at = self.loop.time()
        self.peer = self.address = ""  # of the other end, and of the newest request's client, behind proxies

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.peer = self.address = self.client[0] if self.client else ""
        self.ingress.connections.enter(self)

    def on_probation(self) -> None:
        self.probation, self.fast = True, False

    # --- reading

    @property
    def between_requests(self) -> bool:
        """Whether every request on this connection has been answered."""
        cycle: RequestResponseCycle | None = self.cycle
        return cycle is None or cycle.response_complete

    @property
    def in_body(self) -> bool:
        """Whether a request's headers have arrived, and its body not yet."""
        return self.in_message and not self.in_headers

    def _parse(self, data: bytes) -> None:
        if self.refused:
            self._linger(len(data))
            return
        self.active_at = self.site.now_s
        before, in_body = self.messages, self.in_body
        super().data_received(data)
        if self.messages != before or self.transport.is_closing():
            return  # a message ended within these bytes, and it is unknown where: the next one counts from here
        if self.in_headers:
            self.headers_bytes += len(data)
            if self.headers_bytes > HEADERS_BYTES:
                self.refuse(refusals.HEADERS_LARGE)
        elif in_body:
            self.body_wire += len(data)
            if self.body_wire > bodies.FRAMING * self.body_most + HEADERS_BYTES:
                self.refuse(refusals.BODY_LARGE)

    def on_message_begin(self) -> None:
        self.in_message = self.in_headers = True
        self.headers_bytes, self.headers_began = 0, self.loop.time()
        super().on_message_begin()
        self.scope[ABORT] = self.abort  # type: ignore[typeddict-unknown-key]

    def on_header(self, name: bytes, value: bytes) -> None:
        """Keep a header, but not a trailer after a body, which could be taken for a header."""
        if self.in_headers:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Refuse a request as soon as its headers show that it must be."""
        if len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers) > HEADERS_BYTES:
            raise Refused(refusals.HEADERS_LARGE)
        length = self._read_headers()
        if self.probation:
            if not self.signed_in and self.ingress.connections.short:
                raise Refused(refusals.FULL)
            self.ingress.connections.proved(self)
        self.body_most = bodies.most(self.url)
        if length > self.body_most:
            raise Refused(refusals.BODY_LARGE)
        self.body_bytes = self.body_wire = 0
        self.body_began = self.loop.time()
        self.in_headers = False
        if self.parser.should_upgrade():
            self.fast = False  # we speak no other protocol; the parser reads the rest
        super().on_headers_complete()

    def _read_headers(self) -> int:
        """Find a request's client and session, and return its length. Headers that only a proxy may set are dropped."""
        length, forwarded_for, scheme, spoken = 0, b"", b"", False
        for name, value in self.headers:
            if name == b"content-length":
                length = int(value)
            elif name in FORWARDED:
                spoken = True
                forwarded_for += b"," + value if name == b"x-forwarded-for" else b""
                scheme = value if name == b"x-forwarded-proto" else scheme
        self.address = self.peer
        if spoken:
            self.headers[:] = [header for header in self.headers if header[0] not in FORWARDED]
            if self.ingress.proxies.trusts(self.peer):
                self.address = self.ingress.proxies.client(self.peer, forwarded_for.lstrip(b","))
                if self.address != self.peer:
                    self.scope["client"] = (self.address, 0)
                if scheme.strip().lower() == b"https":
                    self.scope["scheme"] = "https"
        recognised = self.ingress.recognised
        signed_in = recognised.knows(recognised.session(self.headers))
        if signed_in is not self.signed_in:
            self.ingress.connections.recognise(self, signed_in=signed_in)
        return length

    def on_body(self, body: bytes) -> None:
        """Keep a piece of a body, if there is memory for it."""
        self.body_bytes += len(body)
        if self.body_bytes > self.body_most:
            raise Refused(refusals.BODY_LARGE)
        if not self.cycle.response_complete:
            if not self.ingress.bodies.take(len(body), so_far=self.body_bytes, signed_in=self.signed_in):
                raise Refused(refusals.BODIES_FULL)
            self.body_held += len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        self.in_message = False
        self.messages += 1
        super().on_message_complete()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGI3Application) -> None:
        self.running = cycle
        super()._start_asgi_task(cycle, app)

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self.between_requests:
            self._release()

    def _release(self) -> None:
        if self.body_held:
            self.ingress.bodies.release(self.body_held)
            self.body_held = 0

    # --- refusing

    def send_400_response(self, msg: str) -> None:
        """Refuse the request at which the parser stopped."""
        del msg
        error = sys.exc_info()[1]
        cause = error.__context__ if error is not None else None
        self.refuse(cause.refusal if isinstance(cause, Refused) else refusals.UNREADABLE)

    def refuse(self, refusal: Refusal) -> None:
        """Close, with an answer unless the client would take it for the answer to another request."""
        if self.refused:
            return
        self.refused, self.fast, self.refused_at = True, False, self.loop.time()
        self.ingress.refusals.note(refusal, self.address)
        if not self.between_requests:
            if not self.in_body:
                self._close_after(self.cycle)
                return
            if self.cycle is not self.running:  # it waits behind others in the pipeline, and is never begun
                self.pipeline.popleft()
                self._close_after(self.pipeline[0][0] if self.pipeline else self.running)
                return
            self.cycle.disconnected = True
            self.cycle.message_event.set()
            if self.cycle.response_started:
                self.transport.close()
                return
        elif self.in_body:
            self._close_softly()  # it was answered before its body had arrived
            return
        self._unset_keepalive_if_required()
        answer = self.ingress.refusals.answer(refusal, self.headers or ())
        send(
            self.transport,
            answer.raw_response(
                IDENTITY, unchanged=False, without_body=False, close=True, more=self.ingress.every_line
            ),
        )
        if self.in_message and refusal.status != 408:  # after a timeout there is nothing to wait for
            self._close_softly()
        else:
            self.transport.close()

    def _close_after(self, cycle: RequestResponseCycle | None) -> None:
        """Close when an earlier request is answered, and read nothing more until then."""
        assert cycle is not None
        cycle.keep_alive = False
        self.flow.pause_reading()

    def _close_softly(self) -> None:
        """Close our side, and read and discard what the client still sends: for LINGER_S, up to LINGER_BYTES."""
        if self.transport.can_write_eof() and not self.transport.is_closing():
            self.flow.resume_reading()
            self.transport.write_eof()
        else:
            self.transport.close()

    def _linger(self, count: int) -> None:
        self.lingered += count
        if self.lingered > LINGER_BYTES:
            self.abort()

    # --- the end

    def connection_lost(self, exc: Exception | None) -> None:
        self.ingress.connections.leave(self)
        self._release()
        # uvicorn tells only the newest of pipelined requests that its client is gone.
        self.pipeline.clear()
        if self.running is not None:
            self.running.disconnected = True
            self.running.message_event.set()
        super().connection_lost(exc)
        self._unset_keepalive_if_required()  # uvicorn does not do so for a broken connection
        # Request, callbacks and connection refer to one another, and garbage is collected late (runner.py): a flood of
        # half-sent bodies would stay in memory until then.
        self.cycle = self.running = self.scope = self.headers = self.flow = None  # type: ignore[assignment]

    def abort(self) -> None:
        """Close at once. Without SO_LINGER 0 an abort leaves 2.8 MB of a silent reader in the kernel, in FIN-WAIT-1."""
        raw = self.transport.get_extra_info("socket")
        if raw is not None:
            with suppress(OSError):
                raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_NOT)
        self.transport.abort()

    def idle_since(self) -> float | None:
        """Return since when a stranger is idle; None for a stream, and while we owe an answer."""
        if self.sink is not None or self.signed_in or self.transport.is_closing():
            return None
        if self.refused:
            return self.refused_at if self.between_requests or self.cycle.disconnected else None
        if self.in_body:
            return self.body_began
        if not self.between_requests:
            return None
        return self.headers_began if self.in_headers else self.active_at

    def idle_too_long(self, now: float) -> None:
        """Close if the client does not read an answer, sends a request too slowly, or sends none."""
        closing = self.transport.is_closing()
        if self.sink is not None and not closing:
            return
        unsent = self.transport.get_write_buffer_size()
        if unsent != self.unsent:
            self.unsent, self.unsent_since = unsent, now
        elif unsent and now - self.unsent_since > UNSENT_S:
            self.abort()
        if closing or unsent:
            return
        if self.refused:
            if now - self.refused_at > LINGER_S and (self.between_requests or self.cycle.disconnected):
                self.abort()
        elif self.in_body:
            if self.flow.read_paused:
                self.body_began = now  # we are not reading: the client is not slow
            elif bodies.too_slow(now, self.body_began, self.body_bytes):
                self.refuse(refusals.BODY_SLOW)
        elif not self.between_requests:
            return
        elif self.in_headers and now - self.headers_began > HEADERS_S:
            self.refuse(refusals.HEADERS_SLOW)
        elif self.probation and now - self.made_at > PROBATION_S:
            self.refuse(refusals.FULL)
        elif self.timeout_keep_alive_task is None and now - self.active_at > max(self.timeout_keep_alive, HEADERS_S):
            self.transport.close()
