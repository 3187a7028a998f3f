"""What goes out: everything a reader gets, as one raw ASGI application.

Owns the order of questions: which resource, who may have it, does the asker have it already. Finished documents come
from the site; streams join a room. What is not a reader's path goes on to the application behind. Never a cookie but a
member's ticket, never Django. The fast lane (lane.py) answers the commonest of the same questions without coming here.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from typing import Any, Final

from asithappened.delivery import documents, grip, permits
from asithappened.delivery.admission import Admission
from asithappened.delivery.behind import Behind
from asithappened.delivery.bodies import Bodies
from asithappened.delivery.connections import Connections
from asithappened.delivery.disk import Disk
from asithappened.delivery.documents import Document, encoding_for
from asithappened.delivery.library_threads import Unreadable
from asithappened.delivery.proxies import Proxies
from asithappened.delivery.recognised import Recognised
from asithappened.delivery.refusals import Refusals
from asithappened.delivery.room import Room
from asithappened.delivery.routes import PAGES, Elsewhere, Followed, Kind, Resource, followed, parse, path_of
from asithappened.delivery.sinks import STUCK_S, QueuedSink
from asithappened.delivery.site import Site
from asithappened.published import assets, tickets
from asithappened.published.tickets import Ticket

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

CUT: Final = "asithappened.cut"  # in the scope, from our own protocol: closes the connection at once
PROBES: Final = frozenset(("/healthz", "/readyz"))
_APART: Final = "This server serves readers only. The newsroom's desk is served by another: ask for it there."

log = logging.getLogger("asithappened.delivery")


class Delivery:
    """The application. `behind`: who answers everything that is not a reader's."""

    def __init__(
        self,
        site: Site,
        *,
        behind: App | None = None,
        apart: tuple[str, ...] = (),
        hosts: frozenset[str],
        ticket_key: bytes,
        secure: bool = False,
        edges: Sequence[grip.Edge] = (),
        proxies: Proxies | None = None,
        session_cookie: str = "",
        disk: Disk | None = None,
    ) -> None:
        """Know the site, the hosts that this installation answers to, the key of its members' tickets, and edges.

        `proxies`: whose word is taken on whom a request is from; `session_cookie`: by which the application behind
        knows people; `disk`: without which the newsroom is not ready; `apart`: what other processes answer, by how
        their paths begin, where there is nobody behind.
        """
        self.site, self.hosts, self.edges = site, hosts, edges
        self.proxies = proxies or Proxies()
        self.admission = Admission(proxies=self.proxies)
        self.refusals = Refusals(site.metrics)
        self.connections = Connections(self.proxies, self.refusals)
        self.bodies = Bodies()
        self.recognised = Recognised(session_cookie)
        self._apart = apart
        self.behind = behind and Behind(behind, self.recognised, self.refusals, site.metrics)
        self.ready = False
        self._ticket_key, self._secure, self._disk = ticket_key, secure, disk
        self._everywhere = documents.HSTS if secure else []
        self.every_answer = documents.lines(self._everywhere)  # what the lane adds to each, as bytes
        stream = documents.lines([*documents.STREAM_HEADERS, *self._everywhere])
        self.stream_head = b"HTTP/1.1 200 OK\r\n%bconnection: close\r\n\r\n" % stream

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or live through one lifespan."""
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
            return
        path = scope["path"]
        if scope["type"] == "http" and path.startswith("/live/"):
            await self._live(scope, receive, send)
        elif scope["type"] == "http" and (asked := followed(path)):
            await self._send(scope, send, await self._followed(scope, asked))
        elif scope["type"] == "http" and (path.startswith(assets.PREFIX) or path in PROBES):
            await self._send(scope, send, await self._aside(scope))
        elif self.behind is not None:
            await self.behind(scope, receive, send)
        elif scope["type"] == "http" and path.startswith(self._apart):
            await self._send(scope, send, documents.refusal(503, _APART))
        elif scope["type"] == "http":
            await self._send(scope, send, self.site.nowhere)

    def report(self, now: float) -> None:
        """Say in metrics and log what is held and what was refused; `now` on the loop's clock. Called every 2 s."""
        self.site.metrics.connections.set(len(self.connections.open))
        self.site.metrics.body_bytes.set(self.bodies.held)
        self.refusals.report(now)

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await self.site.start()
                self.ready = True
                await send({"type": "lifespan.startup.complete"})
            else:
                await self.site.stop()
                await send({"type": "lifespan.shutdown.complete"})
                return

    # --- documents

    async def _aside(self, scope: Scope) -> Document:
        if refusal := self._not_readable(scope, named=scope["path"] not in PROBES):
            return refusal
        path = scope["path"]
        if path == "/healthz":
            return Document(b"alive\n", kind=b"text/plain", cache=documents.NO_STORE)
        if path == "/readyz":
            writable = self._disk is None or await self._disk.writable()
            status = 200 if self.ready and writable else 503
            words = b"draining\n" if not self.ready else b"ready\n" if writable else b"the disk cannot be written\n"
            return Document(words, kind=b"text/plain", cache=documents.NO_STORE, status=status)
        return static_file(path) or documents.refusal(404, "There is no such file.")

    def _not_readable(self, scope: Scope, *, named: bool = True) -> Document | None:
        if scope["method"] not in {"GET", "HEAD"}:
            return documents.refusal(405, "This can only be read.", headers=[(b"allow", b"GET, HEAD")])
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        # A balancer's probes call this machine by its number; readers call it by its name.
        if named and (len(hosts) != 1 or host_of(hosts[0]) not in self.hosts):
            return documents.refusal(400, "This server does not answer to that name.")
        return None

    async def _live(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            answer = self._not_readable(scope) or await self._resource(scope)
        except Unreadable:
            answer = self._busy("The newsroom's files cannot be read at the moment.")
        except Exception:
            log.exception("Not answered: %s", scope["path"])
            answer = self._busy("Something here failed.")
        if isinstance(answer, Document):
            await self._send(scope, send, answer)
            return
        try:
            await self._pump(receive, send, answer)
        finally:
            self._leave(scope, answer)

    async def _followed(self, scope: Scope, asked: Followed | Elsewhere) -> Document:
        """Return a document that is no blog's page, or why not."""
        if refusal := self._not_readable(scope):
            return refusal
        if b"%" in (scope.get("raw_path") or b""):
            return self.site.nowhere
        if isinstance(asked, Elsewhere):
            return documents.redirect(asked.path)
        try:
            return await self.site.followed_document(asked) or self._busy("This page is being made anew.")
        except Unreadable:
            return self._busy("The newsroom's files cannot be read at the moment.")
        except Exception:
            log.exception("Not answered: %s", scope["path"])
            return self._busy("Something here failed.")

    def _busy(self, words: str) -> Document:
        return documents.refusal(503, words, headers=[(b"retry-after", self.admission.retry_after())])

    async def _resource(self, scope: Scope) -> Document | QueuedSink:
        """Return the document that was asked for, or a reader of the stream that was, in its room."""
        raw = scope.get("raw_path") or scope["path"].encode()
        resource = None if b"%" in raw else parse(scope["path"])
        if resource is None:
            return self.site.nowhere
        if isinstance(resource, Elsewhere):
            return documents.redirect(resource.path)
        if resource.kind in {Kind.HEAD, Kind.SEGMENT} and scope["query_string"]:
            return documents.refusal(400, "This resource takes no query: it has one address, which caches share.")
        if resource.kind is Kind.ENTER:
            return await self._enter(scope, resource)
        brought = permits.brought_by(scope["headers"], self._ticket_key)
        room = await self.site.room(resource.slug, brought)
        of_an_edge = resource.kind is Kind.STREAM and scope["method"] == "GET" and self._of_an_edge(scope)
        if of_an_edge and (last := _header(scope, b"grip-last")):
            return await self._repair(room, last)
        if refusal := self._not_for(room, resource, brought):
            return refusal
        assert room is not None
        if resource.kind is Kind.STREAM:
            if scope["method"] == "HEAD":
                return Document(b"", kind=b"text/event-stream", cache=documents.NO_STORE)
            held = await self._held(scope, room, resource) if of_an_edge else None
            return held or await self._entered(scope, room, resource, brought)
        document = await self.site.document(room, resource)
        # Asked again: the blog may have been taken down while its page was being made.
        return self._not_for(room, resource, brought) or document

    def _not_for(self, room: Room | None, resource: Resource, brought: Sequence[Ticket]) -> Document | None:
        """Say no to whoever may not have this, in the same bytes for what is hidden and for what never was."""
        if room is None or not self.site.permits.may_read(room.blog, brought):
            return self.site.nowhere
        blog = room.blog
        if blog.status == "gone":
            # A page says so itself.
            return None if resource.kind in PAGES else documents.refusal(410, "This live blog was taken down.")
        if resource.slug != blog.slug:
            everyone = blog.audience == "everyone"
            moved = path_of(resource, blog.slug)
            return documents.redirect(moved, cache=documents.MOVED if everyone else documents.MEMBERS)
        return None

    async def _enter(self, scope: Scope, resource: Resource) -> Document:
        """Turn a ticket in the address into a cookie; whatever is wrong with it, there is no such live blog."""
        query = scope["query_string"].decode("ascii", "replace")
        given = query.removeprefix("ticket=")
        ticket = tickets.read(self._ticket_key, given)
        room = await self.site.room(resource.slug, [ticket] if ticket else [])
        if room is None or ticket is None or self.site.permits.ticket_for(room.blog, [ticket]) is None:
            return self.site.nowhere
        # Only below this blog's own path, so that no other page's cache key has a cookie in it.
        cookie = f"{permits.COOKIE}={given}; Path=/live/{room.blog.slug}/; HttpOnly; SameSite=Lax"
        cookie += "; Secure" if self._secure else ""
        return documents.redirect(
            f"/live/{room.blog.slug}/", status=303, cache=documents.NO_STORE, headers=[(b"set-cookie", cookie.encode())]
        )

    async def _send(self, scope: Scope, send: Send, document: Document) -> None:
        # A list that came in several lines is one list.
        encoding = encoding_for(b",".join(v for n, v in scope["headers"] if n == b"accept-encoding"))
        unchanged = document.had_by(b",".join(v for n, v in scope["headers"] if n == b"if-none-match"))
        status, headers, body = document.answer(encoding, unchanged=unchanged)
        await send({"type": "http.response.start", "status": status, "headers": [*headers, *self._everywhere]})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})

    # --- streams

    async def _entered(
        self, scope: Scope, room: Room, resource: Resource, brought: Sequence[Ticket]
    ) -> Document | QueuedSink:
        if not self.admission.admit(_address(scope), lag_s=self.site.lag_s):
            self.site.metrics.refused.inc()
            return self._busy("Too many streams. Updates are polled.")
        sink = QueuedSink(room, scope.get(CUT), self.site.permits.ticket_for(room.blog, brought))
        self.site.metrics.readers.inc()
        refusal: Document | None = None
        try:
            opening = await self.opening(room, _header(scope, b"last-event-id"))
            refusal = self._not_for(room, resource, brought)
        except BaseException:
            self._leave(scope, sink)
            raise
        if refusal is not None:
            self._leave(scope, sink)
            return refusal
        room.join(sink)  # no await since opening(): an event in between would be in neither
        sink.push(opening)
        return sink

    def _leave(self, scope: Scope, sink: QueuedSink) -> None:
        sink.room.leave(sink)
        self.admission.leave(_address(scope))
        self.site.metrics.readers.dec()

    async def _pump(self, receive: Receive, send: Send, sink: QueuedSink) -> None:
        """Send what a sink is given, until it ends or its reader does not take it."""
        hung_up = asyncio.ensure_future(_hung_up(receive, sink))
        try:
            async with asyncio.timeout(STUCK_S):
                headers = [*documents.STREAM_HEADERS, *self._everywhere]
                await send({"type": "http.response.start", "status": 200, "headers": headers})
            while (data := await sink.pulled()) is not None:
                async with asyncio.timeout(STUCK_S):
                    await send({"type": "http.response.body", "body": data, "more_body": True})
            async with asyncio.timeout(STUCK_S):
                await send({"type": "http.response.body", "body": b""})
        except TimeoutError:
            sink.cut()
        finally:
            if sink.was_cut:
                self.site.metrics.cuts.inc()
                await asyncio.wait([hung_up], timeout=1)  # until the server has noticed too, and misses no ending
            hung_up.cancel()

    def opening_at_hand(self, room: Room, last_event_id: str) -> tuple[bytes, bytes] | None:
        """Return what a stream begins with, and what its reader has missed, if nothing has to be looked up for it.

        Apart, because what was missed is the same bytes for a whole herd, and a copy for each might be half a megabyte.
        """
        if not last_event_id:
            return room.hello(), b""
        missed = self.site.catching_up.at_hand(room, last_event_id)
        # The hello keeps the cursor that the reader came with: should the stream break before the rest, none is lost.
        return None if missed is None else (room.hello(id_=last_event_id.encode()), missed)

    async def opening(self, room: Room, last_event_id: str) -> bytes:
        """Return what a stream begins with, up to the room's head as it is when this returns: join at once."""
        if last_event_id and await self._missed(room, last_event_id) is None:
            return room.hello() + room.hello(name=b"reset")
        opening = self.opening_at_hand(room, last_event_id)
        assert opening is not None  # it was there a line ago
        return b"".join(opening)

    async def _missed(self, room: Room, cursor: str) -> bytes | None:
        missed = await self.site.catching_up.missed(room, cursor)
        if missed is None:
            self.site.metrics.resets.inc()
        return missed

    # --- streams that an edge holds

    def _of_an_edge(self, scope: Scope) -> bool:
        token = _header(scope, b"grip-sig") if self.edges else ""
        return bool(token) and any(edge.signed(token) for edge in self.edges)

    async def _held(self, scope: Scope, room: Room, resource: Resource) -> Document | None:
        """Return how a stream begins, finished, and how an edge is to hold it; None if it is not to."""
        opening = await self.opening(room, _header(scope, b"last-event-id"))
        if refusal := self._not_for(room, resource, ()):
            return refusal
        # In the same breath as the opening: the head that the edge is told is the one that its reader was brought to.
        return grip.answer(opening, room.blog) if grip.may_be_held(room.blog) else None

    async def _repair(self, room: Room | None, last: str) -> Document:
        """Return what a reader of a held stream misses, and go on holding it; without a hold, the edge lets it go.

        Never a refusal, which an edge would take for a fault of ours and repeat.
        """
        missing = b""
        if room is not None and grip.is_everyones(room.blog):
            found = await self._missed(room, grip.cursor(last, room.blog))
            missing = room.hello(name=b"reset") if found is None else found
        if room is None or not grip.is_everyones(room.blog):  # asked again: it may have been hidden meanwhile
            return grip.answer(b"", None)
        return grip.answer(missing, room.blog)


def _header(scope: Scope, name: bytes) -> str:
    """Return a header; what came in several lines is one list."""
    return b",".join(v for n, v in scope["headers"] if n == name).decode("latin-1")


def _address(scope: Scope) -> str:
    return (scope.get("client") or ("",))[0]


async def _hung_up(receive: Receive, sink: QueuedSink) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    sink.end()


def host_of(value: bytes) -> str:
    """Return a Host header without its port, in lower case."""
    host = value.decode("latin-1").strip().lower()
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdigit() else host


_static: dict[str, Document] = {}


def static_file(path: str) -> Document | None:
    """Return a built file by its address; compressed when first asked for."""
    name = assets.present(path.removeprefix(assets.PREFIX))
    if name not in _static:
        found = assets.files().get(name)
        if found is None:
            return None
        body, kind, for_ever = found
        cache = documents.FOREVER if for_ever else documents.HOUR
        _static[name] = Document(body, kind=kind.encode(), cache=cache, compress=kind.endswith("utf-8"))
    return _static[name]
