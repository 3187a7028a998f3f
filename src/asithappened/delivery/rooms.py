"""The rooms of one process, by the blog's id and by its slug: one for each live blog that is read here.

Owns which are open, how a publish changes each, and the order in which its readers get it; then it tells the desk
(published/reached.py). Never reads the database: the site passes in the news. Look next: room.py, news.py.
"""

import logging
import re
import time
from collections.abc import Awaitable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Final

from msgspec.structs import replace

from asithappened.delivery import compose, news
from asithappened.delivery.document_cache import DocumentCache
from asithappened.delivery.metrics import Metrics
from asithappened.delivery.room import Room
from asithappened.published import wire
from asithappened.published.reached import Reporter
from asithappened.published.read import Blog, Frame, Part

MAX_ROOMS: Final = 2_000  # above this, rooms without streams are evicted, the least recently used first
MIN_IDLE_S: Final = 60.0  # none is evicted earlier: a stream may be about to enter

_APPENDED: Final = re.compile(rb'"t":"([^"]+)"')

log = logging.getLogger("asithappened.delivery")


class Rooms(Mapping[int, Room]):
    """The open rooms, by the id of their blog."""

    def __init__(self, cache: DocumentCache, reporter: Reporter, metrics: Metrics) -> None:
        """`reporter`: tells the desk which events readers have got."""
        self._rooms: dict[int, Room] = {}
        self._by_slug: dict[str, int] = {}
        self._cache, self._reporter, self._metrics = cache, reporter, metrics

    def __getitem__(self, blog: int) -> Room:
        return self._rooms[blog]

    def __iter__(self) -> Iterator[int]:
        return iter(self._rooms)

    def __len__(self) -> int:
        return len(self._rooms)

    def named(self, slug: str) -> Room | None:
        """Return the open room of a blog by its current slug."""
        id_ = self._by_slug.get(slug)
        return self._rooms.get(id_) if id_ is not None else None

    def name(self, slug: str, room: Room) -> None:
        """Find a room by its blog's current slug from now on."""
        self._by_slug[slug] = room.blog.id

    def _unname(self, blog: Blog) -> None:
        """Find a blog's room by its slug no longer, unless the slug is another's by now."""
        if self._by_slug.get(blog.slug) == blog.id:
            del self._by_slug[blog.slug]

    def open(self, blog: Blog) -> Room:
        """Open a room for a blog as it is now, and evict idle ones if there are too many."""
        self._evict_idle()
        room = self._rooms[blog.id] = Room(blog, clock=time.monotonic)
        self._reporter.opened(blog.id, blog.epoch, blog.head)
        return room

    def close(self, room: Room) -> None:
        """End a room's streams, and remove it."""
        room.blog = replace(room.blog, audience="nobody")  # for a request that still holds the room
        room.version += 1
        room.closed = True
        self._end_streams(room)
        self._rooms.pop(room.blog.id, None)
        self._unname(room.blog)
        self._cache.forget(room.blog.id)  # the next room of this blog counts its versions anew
        self._reporter.closed(room.blog.id)

    def advance(self, room: Room, blog: Blog, frames: list[Frame], parts: list[Part]) -> Awaitable[None]:
        """Bring a room up to date; await the result to send its readers the news.

        What is sent, to which streams and in which order is fixed when this returns, whenever the result is awaited.
        """
        was = room.blog
        room.version += 1
        room.blog = blog
        self._cache.forget(blog.id)
        if blog.slug != was.slug:
            self._unname(was)
        return self._report(room, blog, self._broadcast(room, was, frames, parts))

    def _broadcast(self, room: Room, was: Blog, frames: list[Frame], parts: list[Part]) -> Awaitable[None] | None:
        blog = room.blog
        if blog.audience != was.audience or blog.status == "gone":
            room.forget()
            self._end_streams(room)
            return None
        reset = news.must_reset(was, blog) or not compose.is_gapless(frames, was.head, blog.head)
        if reset or blog.generation != was.generation:
            room.forget()
        if reset:
            return room.broadcast(room.hello(name=wire.RESET))
        if not frames:
            return None
        batches = news.batches(blog.epoch, frames, parts)
        if blog.generation == was.generation:
            room.keep(batches)
        self._metrics.events.inc(len(frames))
        self._metrics.deliveries.inc(len(room.sinks))
        return self._timed(room.broadcast(b"".join(batch.data for batch in batches)), frames[0])

    async def _report(self, room: Room, blog: Blog, sending: Awaitable[None] | None) -> None:
        """Tell the desk, once everything is sent."""
        if sending is not None:
            await sending
        if self._rooms.get(blog.id) is room:
            self._reporter.wrote(blog.id, blog.epoch, blog.head, room.readers)

    async def _timed(self, sending: Awaitable[None], oldest: Frame) -> None:
        await sending
        if appended := _APPENDED.search(oldest.data):
            since = datetime.now(UTC) - datetime.fromisoformat(appended[1].decode())
            self._metrics.latency.observe(since.total_seconds())

    def sweep(self) -> None:
        """Sweep a slice of every room's streams, and report how many readers there are."""
        for room in list(self._rooms.values()):
            try:
                room.sweep()
            except Exception:
                log.exception("A sweep of %s was not finished", room.blog.slug)
        self._reporter.alive({id_: room.readers for id_, room in self._rooms.items()})
        self._metrics.queued.set(sum(sink.queued for room in self._rooms.values() for sink in room.sinks))

    @staticmethod
    def _end_streams(room: Room) -> None:
        for sink in list(room.sinks):
            sink.end()

    def _evict_idle(self) -> None:
        if len(self._rooms) >= MAX_ROOMS:
            before = time.monotonic() - MIN_IDLE_S
            idle = sorted((r for r in self._rooms.values() if not r.sinks), key=lambda r: r.asked_at)
            for room in idle[: len(self._rooms) - MAX_ROOMS + 1]:
                if room.asked_at < before:
                    self.close(room)
