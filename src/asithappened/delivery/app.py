"""The raw ASGI application, the plain lane, which answers readers' requests.

Owns the order of decisions: which resource, whether this client may have it, whether it has it already. Finished
documents come from the site; streams enter a room. Other paths go on to the application behind. Sets no cookie but a
member's ticket, and never runs Django. The fast lane (lane.py) answers the most frequent of the same requests itself.
"""

import asyncio
import logging
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from typing import Any, Final, TypeVar

from asithappened.delivery import documents, grip, permits, readership, refusals
from asithappened.delivery.asgi import App, Message, Receive, Scope, Send, address_of
from asithappened.delivery.behind import Behind
from asithappened.delivery.disk import Disk
from asithappened.delivery.documents import Document, encoding_for
from asithappened.delivery.ingress import Ingress, host_of
from asithappened.delivery.library_threads import Unreadable
from asithappened.delivery.media import Media
from asithappened.delivery.proxies import Proxies
from asithappened.delivery.queued_sink import QueuedSink
from asithappened.delivery.readership import Readership
from asithappened.delivery.room import Room
from asithappened.delivery.routes import Elsewhere, Followed, Kind, Resource, followed, followed_of, parse
from asithappened.delivery.site import Site
from asithappened.delivery.static_files import static_file
from asithappened.delivery.streams import ABORT, AT_DESK, Place, Streams, header
from asithappened.published import assets, tickets
from asithappened.published.tickets import Ticket

PROBES: Final = frozenset(("/healthz", "/readyz"))
ROBOTS: Final = "/robots.txt"
OF_READERS: Final = ("/polls/", "/contribute/")  # readers' pages that the application behind answers
_COUNTED: Final = Document(b"", kind=documents.TEXT, cache=documents.NO_STORE, status=202)
_APART: Final = "This server serves readers only. The newsroom's desk is served by another: ask for it there."

log = logging.getLogger("asithappened.delivery")

T = TypeVar("T")


class Delivery:
    """The application. `behind`: answers every path that is not a reader's."""

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
        readership: Readership | None = None,
        refused: refusals.Pages | None = None,
    ) -> None:
        """`hosts`: the names that this installation answers to; `ticket_key`: signs members' tickets.

        `proxies`: the hops whose X-Forwarded-For is believed; `session_cookie`: its name in the application behind;
        `disk`: must be writable for /readyz; `apart`: path prefixes that another process answers, if there is no
        application behind; `readership`: counts how pages were read; `refused`: the pages of refusals.
        """
        self.site = site
        self.ingress = Ingress(
            hosts,
            site.metrics,
            proxies=proxies,
            session_cookie=session_cookie,
            secure=secure,
            refused=refused,
            language=site.house.language,
        )
        self.behind = behind and Behind(behind, self.ingress.recognised, self.ingress.refusals, site.metrics)
        self.ready = False
        self._apart, self._ticket_key, self._secure, self._disk = apart, ticket_key, secure, disk
        site.reporter.at_least = bool(edges)  # only an edge itself can count its readers
        self.media = Media(site, self.ingress, ticket_key=ticket_key)
        self.streams = Streams(site, self.ingress, edges)
        self.readership = readership
        self._counting: asyncio.Task[None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or live through one lifespan."""
        if scope["type"] == "lifespan":
            with suppress(asyncio.CancelledError):  # a forced exit, which uvicorn would log as our error
                await self._lifespan(receive, send)
            return
        path = scope["path"]
        if scope["type"] == "http" and path.startswith("/live/"):
            await self._live(scope, receive, send)
        elif scope["type"] == "http" and (asked := followed(path)):
            await self._send(scope, send, await self._followed(scope, asked))
        elif scope["type"] == "http" and (path.startswith(assets.PREFIX) or path == ROBOTS or path in PROBES):
            await self._send(scope, send, await self._file_or_probe(scope))
        elif self.behind is not None and path.startswith(OF_READERS):
            await self._answer_from_behind(scope, receive, send)
        elif scope["type"] == "http" and path.startswith(readership.PREFIX):
            await self._send(scope, send, await self._or_busy(scope, self._count_reading(scope, receive)))
        elif self.behind is not None:
            await self.behind(scope, receive, send)
        elif scope["type"] == "http" and path.startswith(self._apart):
            await self._send(scope, send, documents.refusal(503, _APART))
        elif scope["type"] == "http":
            await self._send(scope, send, self.site.not_found)

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await self.site.start()
                if self.readership is not None:
                    self._counting = asyncio.create_task(self.readership.run())
                self.ready = True
                await send({"type": "lifespan.startup.complete"})
            else:
                if self.readership is not None and self._counting is not None:
                    self._counting.cancel()
                    await self.readership.flush()
                await self.site.stop()
                self.media.close()
                await send({"type": "lifespan.shutdown.complete"})
                return

    # --- documents

    async def _file_or_probe(self, scope: Scope) -> Document:
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
        if path == ROBOTS:
            return self.site.robots
        return static_file(path) or documents.refusal(404, "There is no such file.")

    def _not_readable(self, scope: Scope, *, named: bool = True) -> Document | None:
        if scope["method"] not in {"GET", "HEAD"}:
            return documents.refusal(405, "This can only be read.", headers=[(b"allow", b"GET, HEAD")])
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        # A load balancer's probes use this machine's IP address; readers use its name.
        if named and (len(hosts) != 1 or host_of(hosts[0]) not in self.ingress.hosts):
            return documents.refusal(400, "This server does not answer to that name.")
        return None

    async def _live(self, scope: Scope, receive: Receive, send: Send) -> None:
        if refusal := self._not_readable(scope):
            await self._send(scope, send, refusal)
            return
        raw = scope.get("raw_path") or scope["path"].encode()
        resource = None if b"%" in raw else parse(scope["path"])
        if isinstance(resource, Resource) and resource.kind in {Kind.MEDIA, Kind.CARD}:
            await self._medium(scope, receive, send, resource)
            return
        if isinstance(resource, Resource) and resource.kind is Kind.SEARCH:
            await self._answer_from_behind(scope, receive, send)
            return
        answer = await self._or_busy(scope, self._resource(scope, resource))
        if isinstance(answer, Document):
            await self._send(scope, send, answer)
            return
        await answer.pump(self.streams.headers, receive, send)

    async def _medium(self, scope: Scope, receive: Receive, send: Send, resource: Resource) -> None:
        answer = await self._or_busy(scope, self.media.answer(scope, resource))
        if answer is None and self.behind is not None:
            messages: list[Message] = []

            async def collect(message: Message) -> None:
                messages.append(message)

            await self.behind(scope, receive, collect)
            if messages and messages[0]["status"] != 204:
                for message in messages:
                    await send(message)
                return
            # The application behind drew or fetched it: it is on the disk now.
            answer = await self._or_busy(scope, self.media.answer(scope, resource))
        await self.media.send(scope, receive, send, resource, answer or self.site.not_found)

    async def _answer_from_behind(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Have the application behind answer a reader; its 404 becomes the same answer as for every other address."""
        if self.behind is None:
            await self._send(scope, send, documents.refusal(503, _APART))
            return
        messages: list[Message] = []

        async def collect(message: Message) -> None:
            messages.append(message)

        await self.behind(scope, receive, collect)
        if messages and messages[0]["status"] == 404:
            await self._send(scope, send, self.site.not_found)
            return
        for message in messages:
            await send(message)

    async def _or_busy(self, scope: Scope, looking: Coroutine[Any, Any, T]) -> T | Document:
        """Return the result of a look-up; a 503 if it fails."""
        try:
            return await looking
        except Unreadable:
            return self.ingress.refusals.answer(refusals.UNREADABLE_FILES, scope["headers"])
        except Exception:
            log.exception("Not answered: %s", scope["path"])
            return self.ingress.refusals.answer(refusals.FAILED, scope["headers"])

    async def _followed(self, scope: Scope, asked: Followed | Elsewhere) -> Document:
        """Return a document that is no blog's page, or a refusal."""
        if refusal := self._not_readable(scope):
            return refusal
        if b"%" in (scope.get("raw_path") or b""):
            return self.site.not_found
        if isinstance(asked, Elsewhere):
            return documents.redirect(asked.path)
        found = await self._or_busy(scope, self.site.followed_document(asked))
        return found or self._being_made(scope)

    async def _count_reading(self, scope: Scope, receive: Receive) -> Document:
        """Count the message that an open page sends when it is left, if the page is ours and its live blog public."""
        counting, slug = self.readership, readership.slug_in(scope["path"])
        if counting is None or not slug or scope["method"] != "POST":
            return self.site.not_found
        if not self._is_ours(scope):
            return documents.refusal(403, "Only pages of this server say here how they were read.")
        if not counting.hears(address_of(scope)):
            return documents.refusal(429, "Too much comes from your network.")
        body = await readership.body_of(receive)
        message = readership.message_in(body or b"")
        if message is None:
            return documents.refusal(400, "This is not what a page says of itself.")
        room = await self.site.room(slug)
        if room is None or not room.blog.public:
            return self.site.not_found
        if not readership.declined(scope["headers"]):
            counting.count(room.blog.id, message)
        return _COUNTED

    def _is_ours(self, scope: Scope) -> bool:
        """Say whether a page of this server sent a request, by the headers Host and Origin."""
        host, origin = header(scope, b"host"), header(scope, b"origin")
        if host_of(host.encode("latin-1")) not in self.ingress.hosts:
            return False
        return origin in {f"http://{host}", f"https://{host}", self.site.house.address}

    async def _resource(self, scope: Scope, resource: Resource | Elsewhere | None) -> Document | QueuedSink:
        """Return the document that was asked for, or the stream, which has entered its room."""
        if resource is None:
            return self.site.not_found
        if isinstance(resource, Elsewhere):
            return documents.redirect(resource.path)
        if resource.kind in {Kind.HEAD, Kind.SEGMENT} and scope["query_string"]:
            return documents.refusal(400, "This resource takes no query: it has one address, which caches share.")
        if resource.kind is Kind.ENTER:
            return await self._enter(scope, resource)
        of_an_edge = resource.kind is Kind.STREAM and scope["method"] == "GET" and self.streams.of_an_edge(scope)
        presented = [] if of_an_edge else permits.tickets_in(scope["headers"], self._ticket_key)
        room = await self.site.room(resource.slug, presented)
        if of_an_edge and (last := header(scope, b"grip-last")):
            return await self.streams.repair(room, last)
        if refusal := self._refusal(room, resource, presented):
            return refusal
        assert room is not None
        if resource.kind is Kind.STREAM and scope["method"] == "HEAD":
            return Document(b"", kind=b"text/event-stream", cache=documents.NO_STORE)
        if resource.kind is Kind.STREAM:
            return await self._stream(scope, room, resource, presented, of_an_edge=of_an_edge)
        if asked := followed_of(resource, room.blog.slug):
            document = await self.site.followed_document(asked) or self._being_made(scope)
        else:
            document = await self.site.document(room, resource)
        # Checked again: the blog may have been taken down while its page was composed.
        return self._refusal(room, resource, presented) or document

    def _refusal(self, room: Room | None, resource: Resource, presented: Sequence[Ticket]) -> Document | None:
        return self.site.permits.refusal(room, resource, presented, not_found=self.site.not_found)

    async def _stream(
        self, scope: Scope, room: Room, resource: Resource, presented: Sequence[Ticket], *, of_an_edge: bool
    ) -> Document | QueuedSink:
        """Return a stream that has entered a room, an answer that has an edge hold it, or a refusal."""
        address = address_of(scope)
        if not of_an_edge and not self.streams.admits(address):
            return self.streams.refusal()
        opening = await self.streams.opening(room, header(scope, b"last-event-id"))
        if refusal := self._refusal(room, resource, presented):
            return refusal
        # No await between opening() and enter() or answer(): an event in between would be in neither.
        if of_an_edge and grip.may_be_held(room.blog):
            return grip.answer(b"".join(opening), room.blog)
        ticket, at_desk = self.site.permits.ticket_for(room.blog, presented), scope["query_string"] == AT_DESK

        def make(place: Place) -> QueuedSink:
            return QueuedSink(place, ticket=ticket, at_desk=at_desk, abort=scope.get(ABORT))

        return self.streams.enter(room, address, opening, make) or self.streams.refusal()

    async def _enter(self, scope: Scope, resource: Resource) -> Document:
        """Turn a ticket in the address into a cookie; a wrong ticket gets the same answer as an unknown live blog."""
        query = scope["query_string"].decode("ascii", "replace")
        given = query.removeprefix("ticket=")
        ticket = tickets.read(self._ticket_key, given)
        room = await self.site.room(resource.slug, [ticket] if ticket else [])
        if room is None or ticket is None or self.site.permits.ticket_for(room.blog, [ticket]) is None:
            return self.site.not_found
        # Only below this blog's own path, so that no other page's cache key has a cookie in it.
        cookie = f"{permits.COOKIE}={given}; Path=/live/{room.blog.slug}/; HttpOnly; SameSite=Lax"
        cookie += "; Secure" if self._secure else ""
        return documents.redirect(
            f"/live/{room.blog.slug}/", status=303, cache=documents.NO_STORE, headers=[(b"set-cookie", cookie.encode())]
        )

    async def _send(self, scope: Scope, send: Send, document: Document) -> None:
        # A list may be split over several header lines.
        if document is self.site.not_found:
            document = self.site.not_found_in(b",".join(v for n, v in scope["headers"] if n == b"accept-language"))
        encoding = encoding_for(b",".join(v for n, v in scope["headers"] if n == b"accept-encoding"))
        unchanged = document.had_by(b",".join(v for n, v in scope["headers"] if n == b"if-none-match"))
        status, headers, body = document.answer(encoding, unchanged=unchanged)
        await send({"type": "http.response.start", "status": status, "headers": [*headers, *self.ingress.every_header]})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})

    def _being_made(self, scope: Scope) -> Document:
        return self.ingress.refusals.answer(refusals.MADE_ANEW, scope["headers"])
