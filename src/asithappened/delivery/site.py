"""What this process knows of all live blogs: rooms, finished documents, and when to look again.

Owns freshness. A kept answer is given again only while the doorbell's stamp says that nothing was published since the
heads were last read; a ring, and every second the clock, make it read them. Queries and compression run in two threads,
everything else on the loop. Both lanes ask here. Look next: compose.py for documents, room.py for streams.
"""

import asyncio
import logging
import re
import socket
import threading
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TypeVar

from msgspec.structs import replace

from asithappened.delivery import compose, documents, news
from asithappened.delivery.documents import Document
from asithappened.delivery.metrics import Metrics
from asithappened.delivery.permits import Permits
from asithappened.delivery.room import SWEEP_S, Room
from asithappened.delivery.routes import Resource, path_of
from asithappened.published import doorbell
from asithappened.published.layout import House
from asithappened.published.read import Blog, Frame, Library, Part
from asithappened.published.tickets import Ticket

T = TypeVar("T")

POLL_S: Final = 1.0  # whoever hears no doorbell reads the heads this often anyway
TICK_S: Final = 0.02  # events due within one tick go out in one write: worth ten times in a burst
KEPT_BYTES: Final = 128 * 1024 * 1024  # of finished documents, the least recently asked for going first
ROOMS: Final = 2_000  # live blogs held at once; those nobody asked for longest are let go
IDLE_S: Final = 60.0  # at the least, before that

_CANONICAL: Final = re.compile(r"0|[1-9][0-9]{0,14}", re.ASCII)
_APPENDED: Final = re.compile(rb'"t":"([^"]+)"')

log = logging.getLogger("asithappened.delivery")


class Unreadable(Exception):
    """The published tables cannot be read now. What is kept and current is given; the rest has to wait."""


class Site:
    """The published tables, as readers meet them."""

    def __init__(
        self,
        database: Path | str,
        doorbells: Path,
        *,
        house: House | None = None,
        nowhere: bytes = b"",
        metrics: Metrics | None = None,
    ) -> None:
        """Know where things are, and in whose name they are given; `start` opens them.

        `nowhere`: the house's page for addresses where nothing is.
        """
        self._house = house or House()
        self.nowhere = documents.nowhere(compose.fill(self._house.filled(nowhere), {}))
        self.metrics = metrics or Metrics()
        self.permits = Permits()
        self.rooms: dict[int, Room] = {}
        self.hot: dict[bytes, tuple[Room, Document]] = {}
        self.answers: dict[bytes, bytes] = {}  # whole requests to whole answers, for as long as neither changes
        self.now_s = 0.0  # of the loop, as of the last sweep
        self.lag_s = 0.0  # how late the loop was when it was last looked at
        self._database, self._doorbells = database, doorbells
        self._threads = ThreadPoolExecutor(2, "delivery", initializer=self._open)
        self._local = threading.local()
        self._libraries: list[Library] = []
        self._stamp = doorbell.Stamp(doorbells)
        self._seen = b""
        self._doubts = 0
        self._by_slug: dict[str, int] = {}
        self._kept: OrderedDict[tuple[int, Resource], Document] = OrderedDict()
        self._kept_bytes = 0
        self._arrivals: dict[str, asyncio.Task[Room | None]] = {}
        self._missing: dict[tuple[int, int], asyncio.Future[None]] = {}
        self._making: dict[tuple[int, Resource], asyncio.Future[Document]] = {}
        self._refreshing: asyncio.Task[None] | None = None
        self._rung = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._bell: socket.socket | None = None

    # --- life

    async def start(self) -> None:
        """Listen for the doorbell and begin to follow the log."""
        loop = asyncio.get_running_loop()
        self._bell = doorbell.listen(self._doorbells)
        loop.add_reader(self._bell, self._hear)
        self.now_s = loop.time()
        self._tasks = [loop.create_task(self._follow()), loop.create_task(self._sweep())]

    async def stop(self) -> None:
        """Stop following, and close what `start` opened."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._bell is not None:
            asyncio.get_running_loop().remove_reader(self._bell)
            doorbell.hang_up(self._bell)
        self._threads.shutdown(wait=True)
        for library in self._libraries:
            library.close()

    def _open(self) -> None:
        self._local.library = None

    def _library(self) -> Library:
        if self._local.library is None:
            self._local.library = Library(self._database)
            self._libraries.append(self._local.library)
        library: Library = self._local.library
        return library

    async def _in_thread(self, work: Callable[[Library], T]) -> T:
        def run() -> T:
            for last in (False, True):
                try:
                    library = self._library()
                    with library.at_one_moment():
                        return work(library)
                except Exception as error:
                    # A connection that failed once is not asked again: a database that was restarted wants another.
                    with suppress(Exception):
                        self._libraries.remove(self._local.library)
                        self._local.library.close()
                    self._local.library = None
                    if not _of_the_database(error):
                        raise
                    if last:
                        raise Unreadable(str(error)) from error
            raise AssertionError("unreachable")

        return await asyncio.get_running_loop().run_in_executor(self._threads, run)

    def _hear(self) -> None:
        assert self._bell is not None
        if doorbell.heard(self._bell):
            self._rung.set()

    def _hang_the_bell_again(self) -> None:
        """Listen where rings are sent, should somebody have cleared the folder (/tmp is cleared by the week)."""
        self._stamp.follow()
        if self._bell is not None and not doorbell.hangs(self._bell):
            loop = asyncio.get_running_loop()
            loop.remove_reader(self._bell)
            doorbell.hang_up(self._bell)
            self._bell = doorbell.listen(self._doorbells)
            loop.add_reader(self._bell, self._hear)

    async def _follow(self) -> None:
        failing = False
        while True:
            try:
                await asyncio.wait_for(self._rung.wait(), POLL_S)
            except TimeoutError:
                with suppress(OSError):
                    self._hang_the_bell_again()
            self._rung.clear()
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
            self.answers.clear()  # they carry the date
            self.permits.end_streams(self.rooms.values())
            for room in list(self.rooms.values()):
                try:
                    room.sweep()
                except Exception:
                    log.exception("A sweep of %s was not finished", room.blog.slug)
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

    def _doubt(self) -> None:
        """Look again before anything kept is given, whatever a look that is under way says."""
        self._doubts += 1
        self._seen = b""

    async def _refresh(self) -> None:
        stamp, doubts = self._stamp.read(), self._doubts  # before the query: what comes after it shows as a difference
        rooms = dict(self.rooms)
        known = {id_: room.blog for id_, room in rooms.items()}
        closed = any(blog.audience != "everyone" for blog in known.values())

        def look(library: Library) -> tuple[dict[int, news.News], dict[tuple[int, str], int]]:
            return news.of_all(library, known), library.revoked() if closed else {}

        happened, self.permits.revoked = await self._in_thread(look)
        self.permits.end_streams(rooms.values())
        sending: list[Awaitable[None]] = []
        for id_, (blog, frames, parts) in happened.items():
            if blog is None:
                self._close(rooms[id_])
            else:
                sending += self._bring_on(rooms[id_], blog, frames, parts)
        if doubts == self._doubts:
            self._seen = stamp
        if sending:
            # Readers of one room never wait for those of another, and nobody asking for a page waits for either.
            self._tasks.append(asyncio.get_running_loop().create_task(self._send(sending)))
            self._tasks = [task for task in self._tasks if not task.done()]

    async def _send(self, sending: list[Awaitable[None]]) -> None:
        await asyncio.gather(*sending)

    def _bring_on(self, room: Room, blog: Blog, frames: list[Frame], parts: list[Part]) -> list[Awaitable[None]]:
        was = room.blog
        reset = news.anew(was, blog) or not compose.whole(frames, was.head, blog.head)
        room.version += 1
        room.blog = blog
        self._forget_documents(blog.id)
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
        self._forget_documents(room.blog.id)
        self.rooms.pop(room.blog.id, None)

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
            blog = await self._in_thread(lambda library: library.blog(slug))
            if blog is None or not self.permits.may_read(blog, brought):
                return None
            room = self.rooms.get(blog.id)
            if room is None:
                self._let_go_of_some()
                room = self.rooms[blog.id] = Room(blog, clock=time.monotonic)
                self._doubt()  # a look that began before this room was here did not look at it
            elif room.blog != blog:
                self._doubt()  # published between the two reads
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

    def _let_go_of_some(self) -> None:
        if len(self.rooms) >= ROOMS:
            before = time.monotonic() - IDLE_S  # never one that somebody may be about to enter
            idle = sorted((r for r in self.rooms.values() if not r.sinks), key=lambda r: r.asked_at)
            for room in idle[: len(self.rooms) - ROOMS + 1]:
                if room.asked_at < before:
                    self._close(room)

    # --- documents

    def _forget_documents(self, blog: int) -> None:
        for key in [key for key in self._kept if key[0] == blog]:
            self._kept_bytes -= self._kept.pop(key).size
        self.hot = {path: kept for path, kept in self.hot.items() if kept[0].blog.id != blog}
        self.answers.clear()

    async def document(self, room: Room, resource: Resource) -> Document:
        """Return a finished resource of a room: composed once, whoever asks and however many.

        Current as it is returned, and not only as it was begun: what was withdrawn meanwhile is not given either.
        """
        while True:
            made = await self._composed(room, resource)
            if self.current:
                return made
            await self.up_to_date()

    async def _composed(self, room: Room, resource: Resource) -> Document:
        key = (room.blog.id, resource)
        kept = self._kept.get(key)
        if kept is not None and kept.version == room.version:
            self._kept.move_to_end(key)
            return kept
        making = self._making.get(key)
        if making is None:
            making = asyncio.ensure_future(self._make(room, resource))
            self._making[key] = making
            making.add_done_callback(lambda _: self._making.pop(key, None))
        return await asyncio.shield(making)

    async def _make(self, room: Room, resource: Resource) -> Document:
        while True:
            version = room.version

            def work(library: Library, version: int = version) -> tuple[Blog | None, Document]:
                blog = next(iter(library.blogs([room.blog.id])), None)
                if blog is None:
                    return None, self.nowhere
                return blog, compose.document(library, blog, resource, version=version, house=self._house)

            blog, made = await self._in_thread(work)
            if blog is None or self.rooms.get(blog.id) is not room:
                return made
            if blog == room.blog and version == room.version:
                break
            # Composed of a moment that this process has not come to yet: come to it first.
            await self.refresh()
        if made.status == 200:
            self._keep(room, resource, made)
        return made

    def _keep(self, room: Room, resource: Resource, made: Document) -> None:
        key = (room.blog.id, resource)
        replaced = self._kept.pop(key, None)
        self._kept[key] = made
        self._kept_bytes += made.size - (replaced.size if replaced else 0)
        while self._kept_bytes > KEPT_BYTES:
            (blog, dropped_resource), dropped = self._kept.popitem(last=False)
            self._kept_bytes -= dropped.size
            self.hot.pop(path_of(dropped_resource, self.rooms[blog].blog.slug).encode(), None)
        if room.blog.audience == "everyone":
            self.hot[path_of(resource, room.blog.slug).encode()] = (room, made)

    # --- catching up on the stream itself, for a plain EventSource

    def missed(self, room: Room, cursor: str) -> bytes | None:
        """Return what a stream has to send after a cursor, if that is at hand."""
        seq = _place(room.blog, cursor)
        return None if seq is None else room.since(seq)

    async def catch_up(self, room: Room, cursor: str) -> bytes | None:
        """Return what a stream has to send after a cursor, up to the room's head as it is when this returns.

        None if no gap cannot be proved: then the reader is told to begin again.
        """
        seq = _place(room.blog, cursor)
        if seq is not None and room.since(seq) is None and not room.full:
            key = (room.blog.id, seq)
            looking = self._missing.get(key)
            if looking is None:
                looking = self._missing[key] = asyncio.ensure_future(self._look_back(room, seq))
                looking.add_done_callback(lambda _: self._missing.pop(key, None))
            await asyncio.shield(looking)
        return self.missed(room, cursor)

    async def _look_back(self, room: Room, seq: int) -> None:
        """Have what came after a seq at hand: a herd that returns asks for it once."""
        was = room.blog
        blog, frames, parts = await self._in_thread(lambda library: news.of_one(library, was.id, seq, was.head))
        await self.up_to_date()
        same = (blog.epoch, blog.generation) == (room.blog.epoch, room.blog.generation)
        if same and frames and compose.whole(frames, seq, was.head):
            room.keep_older(news.batches(blog.epoch, frames, parts))


def _place(blog: Blog, cursor: str) -> int | None:
    """Return the seq that a cursor names, if a reader can be brought on from there."""
    epoch, _, digits = cursor.partition("-")
    if epoch != blog.epoch or not _CANONICAL.fullmatch(digits):
        return None
    seq = int(digits)
    return seq if blog.floor <= seq <= blog.head <= seq + news.CATCHUP_EVENTS else None


def _of_the_database(error: Exception) -> bool:
    # By name, because delivery does not import the driver of a database that it is not on.
    return isinstance(error, OSError) or type(error).__module__.partition(".")[0] in {"sqlite3", "pysqlite3", "psycopg"}
