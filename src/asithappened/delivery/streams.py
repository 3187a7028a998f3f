"""Streams: who is let in, how one begins and what its reader has missed, and that it ends.

Owns how both lanes enter a stream and leave it, and what is counted between. Who may have it is permits.py's to say,
what is sent to it the room's. Look next: queued_sink.py and socket_sink.py for one reader, grip.py for edges.
"""

import asyncio
from collections.abc import Sequence
from typing import Final

from asithappened.delivery import documents, grip
from asithappened.delivery.admission import Admission, busy
from asithappened.delivery.asgi import Receive, Scope, Send, address_of
from asithappened.delivery.documents import Document
from asithappened.delivery.door import Door
from asithappened.delivery.queued_sink import QueuedSink
from asithappened.delivery.room import STUCK_S, Room, Sink
from asithappened.delivery.routes import Resource
from asithappened.delivery.site import Site
from asithappened.published.tickets import Ticket

AT_DESK: Final = b"desk"  # the query of a stream that is no reader's: it is sent the same, and not counted
CUT: Final = "asithappened.cut"  # in the scope, from our own protocol: closes the connection at once


class Streams:
    """The streams of one process: those that it holds itself, and those that edges hold in its stead."""

    def __init__(self, site: Site, door: Door, edges: Sequence[grip.Edge]) -> None:
        """Know the rooms, what every connection meets, and the edges."""
        self._site, self.edges = site, edges
        self.admission = Admission(proxies=door.proxies)
        self._headers = [*documents.STREAM_HEADERS, *door.every_header]
        self.head = b"HTTP/1.1 200 OK\r\n%bconnection: close\r\n\r\n" % documents.lines(self._headers)

    # --- in and out

    def admit(self, address: str) -> bool:
        """Let one more stream in, or say no. Who was let in has to `leave`."""
        if not self.admission.admit(address, lag_s=self._site.lag_s):
            return False
        self._site.metrics.readers.inc()
        return True

    def leave(self, sink: Sink, room: Room, address: str, *, cut: bool) -> None:
        """Let go of a stream that was let in, whether or not its reader came to be in the room. `cut`: by us."""
        room.leave(sink)
        self.admission.leave(address)
        self._site.metrics.readers.dec()
        if cut:
            self._site.metrics.cuts.inc()

    # --- the plain lane

    async def enter(
        self, scope: Scope, room: Room, resource: Resource, brought: Sequence[Ticket]
    ) -> Document | QueuedSink:
        """Bring a reader into a room and return its sink, or why not. `pump` sends, and lets go of it."""
        address = address_of(scope)
        if not self.admit(address):
            self._site.metrics.refused.inc()
            return busy("Too many streams. Updates are polled.")
        ticket, at_desk = self._site.permits.ticket_for(room.blog, brought), scope["query_string"] == AT_DESK
        sink = QueuedSink(room, scope.get(CUT), ticket, at_desk=at_desk)
        refusal: Document | None = None
        try:
            opening = await self.opening(room, header(scope, b"last-event-id"))
            refusal = self._refusal(room, resource, brought)
        except BaseException:
            self.leave(sink, room, address, cut=False)
            raise
        if refusal is not None:
            self.leave(sink, room, address, cut=False)
            return refusal
        room.join(sink)  # no await since opening(): an event in between would be in neither
        sink.push(opening)
        return sink

    def _refusal(self, room: Room, resource: Resource, brought: Sequence[Ticket]) -> Document | None:
        return self._site.permits.refusal(room, resource, brought, nowhere=self._site.nowhere)

    async def pump(self, scope: Scope, receive: Receive, send: Send, sink: QueuedSink) -> None:
        """Send what a sink is given, until it ends or its reader does not take it; then let go of it."""
        hung_up = asyncio.ensure_future(_hung_up(receive, sink))
        try:
            async with asyncio.timeout(STUCK_S):
                await send({"type": "http.response.start", "status": 200, "headers": self._headers})
            while (data := await sink.pulled()) is not None:
                async with asyncio.timeout(STUCK_S):
                    await send({"type": "http.response.body", "body": data, "more_body": True})
            async with asyncio.timeout(STUCK_S):
                await send({"type": "http.response.body", "body": b""})
        except TimeoutError:
            sink.cut()
        finally:
            self.leave(sink, sink.room, address_of(scope), cut=sink.was_cut)
            if sink.was_cut:
                await asyncio.wait([hung_up], timeout=1)  # until the server has noticed too, and misses no ending
            hung_up.cancel()

    # --- how one begins

    def opening_at_hand(self, room: Room, last_event_id: str) -> tuple[bytes, bytes] | None:
        """Return what a stream begins with, and what its reader has missed, if nothing has to be looked up for it.

        Apart, because what was missed is the same bytes for a whole herd, and a copy for each might be half a megabyte.
        """
        if not last_event_id:
            return room.hello(), b""
        missed = self._site.catching_up.at_hand(room, last_event_id)
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
        missed = await self._site.catching_up.missed(room, cursor)
        if missed is None:
            self._site.metrics.resets.inc()
        return missed

    # --- streams that an edge holds

    def of_an_edge(self, scope: Scope) -> bool:
        token = header(scope, b"grip-sig") if self.edges else ""
        return bool(token) and any(edge.signed(token) for edge in self.edges)

    async def held(self, scope: Scope, room: Room, resource: Resource) -> Document | None:
        """Return how a stream begins, finished, and how an edge is to hold it; None if it is not to."""
        opening = await self.opening(room, header(scope, b"last-event-id"))
        if refusal := self._refusal(room, resource, ()):
            return refusal
        # No await since opening(): the head that the edge is told is the one that its reader was brought to.
        return grip.answer(opening, room.blog) if grip.may_be_held(room.blog) else None

    async def repair(self, room: Room | None, last: str) -> Document:
        """Return what a reader of a held stream misses, and go on holding it; without a hold, the edge lets it go.

        Never a refusal, which an edge would take for a fault of ours and repeat.
        """
        missing = b""
        if room is not None and room.blog.public:
            found = await self._missed(room, grip.cursor(last, room.blog))
            missing = room.hello(name=b"reset") if found is None else found
        if room is None or not room.blog.public:  # asked again: it may have been hidden meanwhile
            return grip.answer(b"", None)
        return grip.answer(missing, room.blog)


def header(scope: Scope, name: bytes) -> str:
    """Return a header; what came in several lines is one list."""
    return b",".join(v for n, v in scope["headers"] if n == name).decode("latin-1")


async def _hung_up(receive: Receive, sink: QueuedSink) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    sink.end()
