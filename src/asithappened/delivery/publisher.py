"""Sends an edge every event of every live blog, once, as it happens.

Owns a thread for each edge, which reads the heads when the doorbell rings, and every second, with a connection of its
own: it does not wait for rooms, nor they for it. Stores nothing. It remembers what it has sent to each channel; if it
does not know (after a start, or after a failure) it tells the edge to ask. Never sends what was taken back.
"""

import logging
import socket
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from asithappened.delivery import compose, grip, news
from asithappened.delivery.freshness import REFRESH_S, TICK_S
from asithappened.delivery.grip import Edge
from asithappened.delivery.metrics import Metrics
from asithappened.published import doorbell
from asithappened.published.layout import House
from asithappened.published.read import Blog, Library
from asithappened.published.retrying import RetryingThread

BODY_BYTES: Final = 500_000  # of one POST: Pushpin takes a million
BURST_EVENTS: Final = 100  # of one blog at once: Pushpin queues no more, and by asking it gets any number
ANSWER_BYTES: Final = 10_000  # of an edge's answer, which is "Published"
TIMEOUT_S: Final = 5.0  # for each of connecting, sending, and reading the answer

log = logging.getLogger("asithappened.delivery")


class Publisher(RetryingThread):
    """Sends to one edge, in a thread. `_told`: each blog as of the last item in its channel."""

    log = log

    def __init__(
        self, edge: Edge, database: Path | str, doorbells: Path, metrics: Metrics, house: House | None = None
    ) -> None:
        super().__init__("edge")
        self._house = house
        self._edge, self._database, self._doorbells, self._metrics = edge, database, doorbells, metrics
        self._told: dict[int, Blog] = {}
        # A dead edge is logged once, however much is published meanwhile; so is a database that cannot be read.
        self.fails = f"Events do not reach the edge {edge.url}, which is tried every second"
        self.works_again = f"Events reach the edge {edge.url} again."

    def _failed(self) -> None:
        self._told.clear()
        self._metrics.edge_failures.inc()

    def _work(self) -> None:
        """Send events, until it is stopped or the doorbells' folder was cleared."""
        stamp = doorbell.Stamp(self._doorbells)
        with closing(Library(self._database, self._house)) as library, _listening(self._doorbells) as bell:
            while doorbell.is_bound(bell):
                self._send_news(library, stamp)
                self._works()
                if self._stopped(TICK_S) or self._stopped(REFRESH_S, bell):
                    return
                doorbell.receive(bell)
                stamp.reopen()

    def _send_news(self, library: Library, stamp: doorbell.Stamp) -> None:
        """Send all that the edge has not got."""
        with self._connection() as connection:
            while True:
                seen = stamp.read()
                with library.at_one_moment():
                    items, places = self._news(library)
                if items:
                    if connection.sock is None:
                        connection.connect()  # which may take seconds
                    if stamp.read() != seen:
                        continue  # a later publish may have taken something back: read again before sending
                    self._post(connection, items)
                for id_, place in places.items():
                    if place is None:
                        self._told.pop(id_, None)
                    else:
                        self._told[id_] = place
                if not places:
                    return

    def _news(self, library: Library) -> tuple[list[bytes], dict[int, Blog | None]]:
        """Return the next items, as many as one POST takes, and each channel's blog after them, None if it ends."""
        live = {blog.id: blog for blog in library.live()}
        items: list[bytes] = []
        places: dict[int, Blog | None] = {}
        for id_ in live.keys() | self._told.keys():
            was, now = self._told.get(id_), live.get(id_)
            if was == now:
                continue
            now = now or next(iter(library.blogs([id_])), None)
            made = self._items(library, was, now)
            if items and sum(map(len, [*items, *made])) > BODY_BYTES:
                break
            items += made
            places[id_] = now if now is not None and grip.may_be_held(now) else None
        return items, places

    def _items(self, library: Library, was: Blog | None, now: Blog | None) -> list[bytes]:
        """Return a channel's next items; if they may have a gap, the one after which the edge asks."""
        if was is None or now is None:
            return [grip.ask(blog) for blog in (was, now) if blog is not None]
        if news.must_reset(was, now) or now.head - was.head > BURST_EVENTS or not now.public:
            return [grip.ask(was)]
        frames, parts = news.since(library, now, was.head)
        made = grip.items(now, frames, parts)
        if not compose.is_gapless(frames, was.head, now.head) or sum(map(len, made)) > BODY_BYTES:
            return [grip.ask(was)]
        return made if grip.may_be_held(now) else [*made, grip.ask(was)]  # closed: its last words, then the end

    # --- the connection

    @contextmanager
    def _connection(self) -> Iterator[HTTPConnection]:
        """Yield a connection for one look: kept for longer, it would be found dead when the next thing happens."""
        parts = urlsplit(self._edge.url)
        made = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        connection = made(parts.hostname or "", parts.port, timeout=TIMEOUT_S)
        try:
            yield connection
        finally:
            connection.close()

    def _post(self, connection: HTTPConnection, items: Sequence[bytes]) -> None:
        headers = {"content-type": "application/json", **self._edge.authorization()}
        connection.request("POST", urlsplit(self._edge.url).path, b'{"items":[%b]}' % b",".join(items), headers)
        response = connection.getresponse()
        response.read(ANSWER_BYTES)
        if not response.isclosed():
            connection.close()  # the rest of a longer answer is not read
        if not 200 <= response.status < 300:
            raise HTTPException(f"it answered {response.status}")
        self._metrics.edge_items.inc(len(items))


@contextmanager
def _listening(doorbells: Path) -> Iterator[socket.socket]:
    bell = doorbell.listen(doorbells)
    try:
        yield bell
    finally:
        doorbell.close(bell)
