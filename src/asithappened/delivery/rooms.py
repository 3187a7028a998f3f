"""The rooms of one process: the live blogs that somebody here reads, by number and by address.

Owns which are open, what a publish changes in each, and the order in which its readers are sent it; the desk is told
once they have been (published/reached.py). Never reads the database: the site hands in what was found.
Look next: room.py, news.py.
"""

import logging
import re
import time
from collections.abc import Awaitable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Final

from msgspec.structs import replace

from asithappened.delivery import compose, news
from asithappened.delivery.finished import Finished
from asithappened.delivery.metrics import Metrics
from asithappened.delivery.room import Room
from asithappened.published.reached import Reporter
from asithappened.published.read import Blog, Frame, Part

MOST: Final = 2_000  # live blogs held at once; those nobody asked for longest are let go
IDLE_S: Final = 60.0  # at the least, before that

_APPENDED: Final = re.compile(rb'"t":"([^"]+)"')

log = logging.getLogger("asithappened.delivery")


class Rooms(Mapping[int, Room]):
    """Open rooms, by their blog's number."""

    def __init__(self, finished: Finished, reporter: Reporter, metrics: Metrics) -> None:
        """Start with none. `reporter`: through which the desk learns what readers have been sent."""
        self._rooms: dict[int, Room] = {}
        self._by_slug: dict[str, int] = {}
        self._finished, self._reporter, self._metrics = finished, reporter, metrics

    def __getitem__(self, blog: int) -> Room:
        return self._rooms[blog]

    def __iter__(self) -> Iterator[int]:
        return iter(self._rooms)

    def __len__(self) -> int:
        return len(self._rooms)

    def named(self, slug: str) -> Room | None:
        """Return the room that is open for a blog by its current slug."""
        id_ = self._by_slug.get(slug)
        return self._rooms.get(id_) if id_ is not None else None

    def name(self, slug: str, room: Room) -> None:
        """Find a room by its blog's current slug from now on."""
        self._by_slug[slug] = room.blog.id

    def open(self, blog: Blog) -> Room:
        """Open a room for a blog as it is now, letting go of those that nobody has asked for."""
        self._evict_idle()
        room = self._rooms[blog.id] = Room(blog, clock=time.monotonic)
        self._reporter.opened(blog.id, blog.epoch, blog.head)
        return room

    def close(self, room: Room) -> None:
        """End a room's streams and let it go."""
        room.blog = replace(room.blog, audience="nobody")  # for whoever holds it still
        room.version += 1
        room.closed = True
        for sink in list(room.sinks):
            sink.end()
        self._rooms.pop(room.blog.id, None)
        self._finished.forget(room.blog.id)  # the next room of this blog counts its versions anew
        self._reporter.closed(room.blog.id)

    def bring_on(self, room: Room, blog: Blog, frames: list[Frame], parts: list[Part]) -> Awaitable[None]:
        """Make a room what its blog is now; await what is returned for its readers to be sent it.

        What is sent, to whom and in which order is settled as this returns, whoever awaits what when.
        """
        was = room.blog
        room.version += 1
        room.blog = blog
        self._finished.forget(blog.id)
        if blog.slug != was.slug:
            self._by_slug.pop(was.slug, None)
        return self._sent(room, blog, self._sending(room, was, frames, parts))

    def _sending(self, room: Room, was: Blog, frames: list[Frame], parts: list[Part]) -> Awaitable[None] | None:
        blog = room.blog
        if blog.audience != was.audience or blog.status == "gone":
            room.forget()
            for sink in list(room.sinks):
                sink.end()
            return None
        reset = news.anew(was, blog) or not compose.whole(frames, was.head, blog.head)
        if reset or blog.generation != was.generation:
            room.forget()
        if reset:
            return room.broadcast(room.hello(name=b"reset"))
        if not frames:
            return None
        batches = news.batches(blog.epoch, frames, parts)
        if blog.generation == was.generation:
            room.keep(batches)
        self._metrics.events.inc(len(frames))
        self._metrics.deliveries.inc(len(room.sinks))
        return self._timed(room.broadcast(b"".join(batch.data for batch in batches)), frames[0])

    async def _sent(self, room: Room, blog: Blog, sending: Awaitable[None] | None) -> None:
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
        """Look after a slice of every room's readers, and say how many there are."""
        for room in list(self._rooms.values()):
            try:
                room.sweep()
            except Exception:
                log.exception("A sweep of %s was not finished", room.blog.slug)
        self._reporter.alive({id_: room.readers for id_, room in self._rooms.items()})
        self._metrics.queued.set(sum(sink.queued for room in self._rooms.values() for sink in room.sinks))

    def _evict_idle(self) -> None:
        if len(self._rooms) >= MOST:
            before = time.monotonic() - IDLE_S  # never one that somebody may be about to enter
            idle = sorted((r for r in self._rooms.values() if not r.sinks), key=lambda r: r.asked_at)
            for room in idle[: len(self._rooms) - MOST + 1]:
                if room.asked_at < before:
                    self.close(room)
