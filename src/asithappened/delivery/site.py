"""What this process knows of all live blogs: their rooms, and when to look again.

Owns freshness. A kept answer is given again only while the doorbell's stamp says that nothing was published since the
heads were last read; a ring, and every second the clock, make it read them. Queries and compression run in two threads
(library_threads.py), everything else on the loop. Both lanes ask here, and the desk is told what has been written to
whom (published/reached.py). Look next: finished.py for documents, room.py for streams.
"""

import asyncio
import logging
import re
import time
from collections.abc import Awaitable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from asithappened.delivery import cards, compose, documents, media_files, news
from asithappened.delivery.bell import Bell
from asithappened.delivery.catching_up import CatchingUp
from asithappened.delivery.documents import Document
from asithappened.delivery.finished import Finished
from asithappened.delivery.followed import FollowedDocuments
from asithappened.delivery.library_threads import LibraryThreads
from asithappened.delivery.metrics import Metrics
from asithappened.delivery.permits import Permits
from asithappened.delivery.room import SWEEP_S, Room
from asithappened.delivery.routes import Followed, Kind, Resource
from asithappened.published.layout import House
from asithappened.published.reached import Reporter
from asithappened.published.read import Blog, Frame, Library, Part
from asithappened.published.tickets import Ticket

POLL_S: Final = 1.0  # whoever hears no doorbell reads the heads this often anyway
TICK_S: Final = 0.02  # events due within one tick go out in one write: worth ten times in a burst
ROOMS: Final = 2_000  # live blogs held at once; those nobody asked for longest are let go
IDLE_S: Final = 60.0  # at the least, before that

_APPENDED: Final = re.compile(rb'"t":"([^"]+)"')

log = logging.getLogger("asithappened.delivery")


class Site:
    """The published tables, as readers meet them."""

    def __init__(
        self,
        database: Path | str,
        doorbells: Path,
        *,
        house: House | None = None,
        media_folder: Path | None = None,
        cards_folder: Path | None = None,
        nowhere: bytes = b"",
        metrics: Metrics | None = None,
    ) -> None:
        """Know where things are, and in whose name they are given; `start` listens.

        `nowhere`: the house's page for addresses where nothing is. `media_folder`: the home's, of pictures and films;
        `cards_folder`: that of cards.
        """
        house = house or House()
        self.nowhere = documents.nowhere(compose.fill(house.filled(nowhere), {}))
        self.metrics = metrics or Metrics()
        self.permits = Permits()
        self.reporter = Reporter(doorbells)
        self.rooms: dict[int, Room] = {}
        self.house = house
        self.library = LibraryThreads(database, house)
        self.finished = Finished(
            self.library, self.rooms, made_by=self._composed, nowhere=self.nowhere, refresh=self.refresh
        )
        # With threads of their own: a slow disk keeps no page waiting, and no look at what was published.
        self.media_library = LibraryThreads(database, house)
        self.media = Finished(
            self.media_library,
            self.rooms,
            made_by=self._read,
            nowhere=self.nowhere,
            refresh=self.refresh,
            most=media_files.KEPT_BYTES,
        )
        self._media_folder, self._cards_folder = media_folder or Path("media"), cards_folder or Path("cards")
        self.followed = FollowedDocuments(self.library, house=house, nowhere=self.nowhere, invalidate=self._invalidate)
        self.catching_up = CatchingUp(self.library, up_to_date=self.up_to_date)
        self.now_s = 0.0  # of the loop, as of the last sweep
        self.lag_s = 0.0  # how late the loop was when it was last looked at
        self._bell = Bell(doorbells)
        self._stamp = self._bell.stamp
        self._seen = b""
        self._invalidations = 0
        self._by_slug: dict[str, int] = {}
        self._arrivals: dict[str, asyncio.Task[Room | None]] = {}
        self._refreshing: asyncio.Task[None] | None = None
        self._tasks: list[asyncio.Task[None]] = []

    def _composed(self, library: Library, blog: Blog, resource: Resource, version: int) -> Document:
        return compose.document(library, blog, resource, version=version, house=self.house)

    def _read(self, library: Library, blog: Blog, resource: Resource, version: int) -> Document:
        if resource.kind is Kind.CARD:
            folder, site = self._cards_folder, self.house.name
            return cards.document(
                library, blog, resource, version=version, folder=folder, site=site, nowhere=self.nowhere
            )
        return media_files.document(
            library, blog, resource, version=version, folder=self._media_folder, nowhere=self.nowhere
        )

    # --- life

    async def start(self) -> None:
        """Listen for the doorbell and begin to follow the log."""
        loop = asyncio.get_running_loop()
        self._bell.open()
        self.reporter.open()
        self.now_s = loop.time()
        self._tasks = [loop.create_task(self._follow()), loop.create_task(self._sweep())]

    async def stop(self) -> None:
        """Stop following, and close what `start` opened."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._bell.close()
        self.reporter.close()
        self.library.close()
        self.media_library.close()

    async def _follow(self) -> None:
        failing = False
        while True:
            if not await self._bell.rung(within_s=POLL_S):
                with suppress(OSError):
                    self._bell.rebind()
            try:
                await self.refresh()
                failing = False
            except Exception:
                if not failing:
                    log.exception("The published tables could not be read; trying again every second")
                failing = True
                await asyncio.sleep(POLL_S)
            await asyncio.sleep(TICK_S)

    async def _sweep(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + SWEEP_S
            await asyncio.sleep(SWEEP_S)
            self.now_s = loop.time()
            self.lag_s = max(0.0, self.now_s - due)
            self.finished.answers.clear()  # they carry the date
            self.permits.end_streams(self.rooms.values())
            for room in list(self.rooms.values()):
                try:
                    room.sweep()
                except Exception:
                    log.exception("A sweep of %s was not finished", room.blog.slug)
            self.reporter.alive({id_: room.readers for id_, room in self.rooms.items()})
            self.metrics.queued.set(sum(sink.queued for room in self.rooms.values() for sink in room.sinks))

    # --- freshness

    @property
    def current(self) -> bool:
        """Whether nothing was published since the heads were read: then what is kept may be given."""
        return self._stamp.read() == self._seen

    async def refresh(self) -> None:
        """Bring every room to its head. Asked for by many at once, it is done once."""
        if self._refreshing is None or self._refreshing.done():
            self._refreshing = asyncio.get_running_loop().create_task(self._refresh())
        await asyncio.shield(self._refreshing)

    async def up_to_date(self) -> None:
        """Return when what is kept may be given."""
        while not self.current:
            await self.refresh()

    def _invalidate(self) -> None:
        """Look again before anything kept is given, whatever a look that is under way says."""
        self._invalidations += 1
        self._seen = b""

    async def _refresh(self) -> None:
        # Before the query: what comes after it shows as a difference.
        stamp, invalidations = self._stamp.read(), self._invalidations
        rooms = dict(self.rooms)
        known = {id_: room.blog for id_, room in rooms.items()}
        closed = any(blog.audience != "everyone" for blog in known.values())

        followed = self.followed.ids()

        def look(library: Library) -> tuple[dict[int, news.News], dict[tuple[int, str], int], dict[int, int]]:
            revoked = library.revoked() if closed else {}
            return news.of_all(library, known), revoked, library.versions(followed)

        happened, self.permits.revoked, versions = await self.library.run(look)
        if self.followed.bring_on(followed, versions):
            self.finished.answers.clear()
        self.permits.end_streams(rooms.values())
        sending: list[Awaitable[None]] = []
        for id_, (blog, frames, parts) in happened.items():
            if blog is None:
                self._close(rooms[id_])
            else:
                sending.append(self._sent(rooms[id_], blog, self._bring_on(rooms[id_], blog, frames, parts)))
        if invalidations == self._invalidations:
            self._seen = stamp
        if sending:
            # Readers of one room never wait for those of another, and nobody asking for a page waits for either.
            self._tasks.append(asyncio.get_running_loop().create_task(self._send(sending)))
            self._tasks = [task for task in self._tasks if not task.done()]

    async def _send(self, sending: list[Awaitable[None]]) -> None:
        await asyncio.gather(*sending)

    async def _sent(self, room: Room, blog: Blog, sending: list[Awaitable[None]]) -> None:
        """Send what brings a room's readers on, and then say so to the desk."""
        for one in sending:
            await one
        if self.rooms.get(blog.id) is room:
            self.reporter.wrote(blog.id, blog.epoch, blog.head, room.readers)

    def _bring_on(self, room: Room, blog: Blog, frames: list[Frame], parts: list[Part]) -> list[Awaitable[None]]:
        was = room.blog
        reset = news.anew(was, blog) or not compose.whole(frames, was.head, blog.head)
        room.version += 1
        room.blog = blog
        self._forget(blog.id)
        if blog.slug != was.slug:
            self._by_slug.pop(was.slug, None)
        if blog.audience != was.audience or blog.status == "gone":
            room.forget()
            for sink in list(room.sinks):
                sink.end()
            return []
        if reset or blog.generation != was.generation:
            room.forget()
        if reset:
            return [room.broadcast(room.hello(name=b"reset"))]
        if not frames:
            return []
        batches = news.batches(blog.epoch, frames, parts)
        if blog.generation == was.generation:
            room.keep(batches)
        self.metrics.events.inc(len(frames))
        self.metrics.deliveries.inc(len(room.sinks))
        return [self._timed(room.broadcast(b"".join(batch.data for batch in batches)), frames[0])]

    async def _timed(self, sending: Awaitable[None], oldest: Frame) -> None:
        await sending
        if appended := _APPENDED.search(oldest.data):
            since = datetime.now(UTC) - datetime.fromisoformat(appended[1].decode())
            self.metrics.latency.observe(since.total_seconds())

    def _close(self, room: Room) -> None:
        room.blog = replace(room.blog, audience="nobody")  # for whoever holds it still
        room.version += 1
        for sink in list(room.sinks):
            sink.end()
        self._forget(room.blog.id)
        self.rooms.pop(room.blog.id, None)
        self.reporter.closed(room.blog.id)

    def _forget(self, blog: int) -> None:
        self.finished.forget(blog)
        self.media.forget(blog)

    # --- rooms

    async def room(self, slug: str, brought: Sequence[Ticket] = ()) -> Room | None:
        """Return the room of a blog by its slug, the current one or a former, up to date.

        None if there is none that somebody with these tickets may know of: and then what there is, open here or not, is
        looked up like what is not there.
        """
        await self.up_to_date()
        id_ = self._by_slug.get(slug)
        room = self.rooms.get(id_) if id_ is not None else None
        if room is None or not self.permits.may_read(room.blog, brought):
            blog = await self.library.run(lambda library: library.blog(slug))
            if blog is None or not self.permits.may_read(blog, brought):
                return None
            room = self.rooms.get(blog.id)
            if room is None:
                self._evict_idle_rooms()
                room = self.rooms[blog.id] = Room(blog, clock=time.monotonic)
                self.reporter.opened(blog.id, blog.epoch, blog.head)
                self._invalidate()  # a look that began before this room was here did not look at it
            elif room.blog != blog:
                self._invalidate()  # published between the two reads
            if blog.slug == slug:
                self._by_slug[slug] = blog.id
            await self.up_to_date()
            if not self.permits.may_read(room.blog, brought):
                return None  # taken back, as is known only now that there is a room for it
        room.asked_at = time.monotonic()
        return room

    def arrival(self, slug: str) -> asyncio.Task[Room | None]:
        """Return the look-up of a room that goes on already, or begin one: it ends with the room up to date."""
        looking = self._arrivals.get(slug)
        if looking is None:
            looking = self._arrivals[slug] = asyncio.get_running_loop().create_task(self.room(slug))
            looking.add_done_callback(lambda _: self._arrivals.pop(slug, None))
        return looking

    def room_at_hand(self, slug: str) -> Room | None:
        """Return an up-to-date room of a blog that is everyone's by its current slug, if that needs no look-up."""
        id_ = self._by_slug.get(slug)
        room = self.rooms.get(id_) if id_ is not None and self.current else None
        return room if room is not None and room.blog.audience == "everyone" else None

    def _evict_idle_rooms(self) -> None:
        if len(self.rooms) >= ROOMS:
            before = time.monotonic() - IDLE_S  # never one that somebody may be about to enter
            idle = sorted((r for r in self.rooms.values() if not r.sinks), key=lambda r: r.asked_at)
            for room in idle[: len(self.rooms) - ROOMS + 1]:
                if room.asked_at < before:
                    self._close(room)

    # --- documents

    async def document(self, room: Room, resource: Resource) -> Document:
        """Return a finished resource of a room: composed once, whoever asks and however many.

        Current as it is returned, and not only as it was begun: what was withdrawn meanwhile is not given either.
        """
        while True:
            kept = self.media if resource.kind in {Kind.MEDIA, Kind.CARD} else self.finished
            made = await kept.document(room, resource)
            if self.current:
                return made
            await self.up_to_date()

    async def followed_document(self, asked: Followed) -> Document | None:
        """Return a document that is no blog's page, current as it is returned; None if it was taken back."""
        while True:
            await self.up_to_date()
            made = await self.followed.document(asked)
            if self.current:
                return made
