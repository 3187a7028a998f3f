"""How a stream enters a room, begins, and leaves.

Owns the only way into a room, `Streams.enter`, and the only way out, `Place.leave`, on both lanes, and the counts of
open streams. permits.py decides who may read, room.py what is sent. Look next: socket_sink.py and queued_sink.py, a
reader's stream on either lane; grip.py for edges.
"""

from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from asithappened.delivery import documents, grip
from asithappened.delivery.admission import Admission, busy
from asithappened.delivery.asgi import Scope
from asithappened.delivery.documents import Document
from asithappened.delivery.ingress import Ingress
from asithappened.delivery.room import Room, Sink
from asithappened.delivery.site import Site
from asithappened.published import wire

AT_DESK: Final = b"desk"  # the query of the newsroom's own streams, which get the same and do not count as readers
ABORT: Final = "asithappened.abort"  # in the scope, from our own protocol: closes the connection at once

Opening = Sequence[bytes]
"""The beginning of a stream. In pieces, because many readers who missed the same share these bytes."""

S = TypeVar("S", bound=Sink)


class Place:
    """The place of an admitted stream in a room."""

    __slots__ = ("_address", "_room", "_streams")

    def __init__(self, streams: "Streams", room: Room, address: str) -> None:
        self._streams, self._room, self._address = streams, room, address

    def leave(self, sink: Sink, *, cut: bool = False) -> None:
        """Remove a stream from its room, if it is still in it. `cut`: its reader read too slowly."""
        if self._room.leave(sink):
            self._streams.count_out(self._address, cut=cut)


class Streams:
    """The streams of one process: those that it holds itself, and those that edges hold for it."""

    def __init__(self, site: Site, ingress: Ingress, edges: Sequence[grip.Edge]) -> None:
        self._site, self.edges = site, edges
        self.admission = Admission(proxies=ingress.proxies)
        self.headers = [*documents.STREAM_HEADERS, *ingress.every_header]
        self.response_start = b"HTTP/1.1 200 OK\r\n%bconnection: close\r\n\r\n" % documents.lines(self.headers)

    # --- in and out

    def admits(self, address: str) -> bool:
        """Say whether one more stream would be admitted now, so that nothing is looked up for a refused one."""
        return self.admission.admits(address, lag_s=self._site.lag_s)

    def enter(self, room: Room, address: str, opening: Opening, make: Callable[[Place], S]) -> S | None:
        """Admit a stream to a room, send its opening, and return it; None if there are too many.

        No await between making `opening` and this call: an event in between would be in neither.
        """
        if not self.admission.admit(address, lag_s=self._site.lag_s):
            return None
        self._site.metrics.readers.inc()
        sink = make(Place(self, room, address))
        room.join(sink)
        for data in opening:
            sink.push(data)
        return sink

    def refusal(self) -> Document:
        """Return the answer to a stream that was not admitted, and count it."""
        self._site.metrics.refused.inc()
        return busy("Too many streams. Updates are polled.")

    def count_out(self, address: str, *, cut: bool) -> None:
        self.admission.leave(address)
        self._site.metrics.readers.dec()
        if cut:
            self._site.metrics.cuts.inc()

    # --- how one begins

    def cached_opening(self, room: Room, last_event_id: str) -> Opening | None:
        """Return a stream's opening, if that needs no look-up."""
        if not last_event_id:
            return (room.hello(),)
        missed = self._site.catching_up.cached(room, last_event_id)
        # The hello has the reader's own cursor as its id: nothing is lost if the stream breaks before the rest.
        hello = room.hello(id_=last_event_id.encode())
        return None if missed is None else (hello, missed) if missed else (hello,)

    async def opening(self, room: Room, last_event_id: str) -> Opening:
        """Return a stream's opening, up to the room's head as it is when this returns: call `enter` at once."""
        if last_event_id:
            await self._missed(room, last_event_id)
        return self.cached_opening(room, last_event_id) or (room.hello(), room.hello(name=wire.RESET))

    async def _missed(self, room: Room, cursor: str) -> bytes | None:
        missed = await self._site.catching_up.missed(room, cursor)
        if missed is None:
            self._site.metrics.resets.inc()
        return missed

    # --- streams that an edge holds

    def of_an_edge(self, scope: Scope) -> bool:
        token = header(scope, b"grip-sig") if self.edges else ""
        return bool(token) and any(edge.signed(token) for edge in self.edges)

    async def repair(self, room: Room | None, last: str) -> Document:
        """Return the events that the readers of a held stream missed, with a new hold; without one, the edge ends it.

        Never a refusal, which an edge would take for an error of ours, and ask again.
        """
        missing = b""
        if room is not None and room.blog.public:
            found = await self._missed(room, grip.cursor(last, room.blog))
            missing = room.hello(name=wire.RESET) if found is None else found
        if room is None or not room.blog.public:  # checked again: it may have been hidden meanwhile
            return grip.answer(b"", None)
        return grip.answer(missing, room.blog)


def header(scope: Scope, name: bytes) -> str:
    """Return a header; several lines of it are joined to one list."""
    return b",".join(v for n, v in scope["headers"] if n == name).decode("latin-1")
