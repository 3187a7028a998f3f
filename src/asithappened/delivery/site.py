"""The state of one delivering process: its rooms, its cached documents, and whether they are fresh.

Owns the refresh, which brings them to one state of the published tables, and the look-ups of both lanes: a room, a
document. Each result is current when it is returned. Queries and compression run in two threads (library_threads.py),
everything else on the loop. Look next: freshness.py, rooms.py, document_cache.py.
"""

import asyncio
import time
from collections.abc import Awaitable, Mapping, Sequence
from pathlib import Path

from asithappened.delivery import compose, documents, news
from asithappened.delivery.catching_up import CatchingUp
from asithappened.delivery.document_cache import DocumentCache
from asithappened.delivery.documents import Document
from asithappened.delivery.followed import FollowedDocuments
from asithappened.delivery.freshness import Freshness
from asithappened.delivery.library_threads import LibraryThreads
from asithappened.delivery.metrics import Metrics
from asithappened.delivery.permits import Permits
from asithappened.delivery.room import SWEEP_S, Room
from asithappened.delivery.rooms import Rooms
from asithappened.delivery.routes import Followed, Resource
from asithappened.delivery.single_flight import SingleFlight
from asithappened.published.layout import House
from asithappened.published.reached import Reporter
from asithappened.published.read import Library
from asithappened.published.tickets import Ticket


class Site:
    def __init__(
        self,
        database: Path | str,
        doorbells: Path,
        *,
        house: House | None = None,
        media_folder: Path | None = None,
        cards_folder: Path | None = None,
        not_found: Mapping[str, bytes] | None = None,
        robots: bytes = b"",
        metrics: Metrics | None = None,
    ) -> None:
        """`start` begins to follow the tables.

        `not_found`: the house's page for unknown addresses, by language; `robots`: robots.txt. `media_folder`: the
        home's folder of pictures and films; `cards_folder`: that of cards.
        """
        self.house = house = house or House()
        policy = documents.page_policy("", origins=house.origins)
        self._not_found = {
            language: documents.not_found(compose.fill(house.filled(page), {}), policy)
            for language, page in ({house.language: b""} | dict(not_found or {})).items()
        }
        self.not_found = self._not_found[house.language]
        self.robots = Document(robots, kind=documents.TEXT, cache=documents.HOUR) if robots else self.not_found
        self.metrics = metrics or Metrics()
        self.permits = Permits()
        self.reporter = Reporter(doorbells)
        self.library = LibraryThreads(database, house)
        self.freshness = Freshness(doorbells, self._refresh)
        followed = FollowedDocuments(
            self.library, house=house, not_found=self.not_found, invalidate=self.freshness.invalidate
        )
        self.cache = DocumentCache(
            self.library,
            house,
            media_folder=media_folder or Path("media"),
            cards_folder=cards_folder or Path("cards"),
            not_found=self.not_found,
            followed=followed,
        )
        self.rooms = Rooms(self.cache, self.reporter, self.metrics)
        self.catching_up = CatchingUp(self.library, up_to_date=self.freshness.up_to_date)
        self.now_s = 0.0  # of the loop, as of the last sweep
        self.lag_s = 0.0  # how late the loop was at the last sweep
        self._lookups = SingleFlight[str, Room | None]()
        self._sweeping: asyncio.Task[None] | None = None
        self._sending: set[asyncio.Future[list[None]]] = set()

    # --- life

    def not_found_in(self, accept: bytes) -> Document:
        """Return the 404 in the language of an Accept-Language, or in the house's."""
        return self._not_found[documents.language_for(accept, self._not_found, self.house.language)]

    async def start(self) -> None:
        """Listen for the doorbell and begin to follow the log."""
        loop = asyncio.get_running_loop()
        self.reporter.open()
        self.now_s = loop.time()
        self.freshness.start()
        self._sweeping = loop.create_task(self._sweep())

    async def stop(self) -> None:
        """Stop following, and close what `start` opened."""
        await self.freshness.stop()
        ending = [task for task in (self._sweeping, *self._sending) if task is not None]
        for task in ending:
            task.cancel()
        await asyncio.gather(*ending, return_exceptions=True)
        self.reporter.close()
        self.library.close()
        self.cache.close()

    async def _sweep(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + SWEEP_S
            await asyncio.sleep(SWEEP_S)
            self.now_s = loop.time()
            self.lag_s = max(0.0, self.now_s - due)
            self.cache.responses.clear()  # they carry the date
            self.permits.end_streams(self.rooms.values())
            self.rooms.sweep()

    # --- refreshing

    async def _refresh(self) -> None:
        """Bring rooms, cached documents and revoked tickets to one newer state of the tables, and begin to send."""
        rooms = dict(self.rooms)
        known = {id_: room.blog for id_, room in rooms.items()}
        members = not all(blog.everyones for blog in known.values())
        followed = self.cache.followed.ids()

        def read(library: Library) -> tuple[dict[int, news.News], dict[tuple[int, str], int], dict[int, int]]:
            revoked = library.revoked() if members else {}
            return news.of_all(library, known), revoked, library.versions(followed)

        found, self.permits.revoked, versions = await self.library.run(read)
        self.cache.drop_outdated(followed, versions)
        self.permits.end_streams(rooms.values())
        sending: list[Awaitable[None]] = []
        for id_, (blog, frames, parts) in found.items():
            if blog is None:
                self.rooms.close(rooms[id_])
            else:
                sending.append(self.rooms.advance(rooms[id_], blog, frames, parts))
        if sending:
            # Not awaited here: readers of one room do not wait for those of another, nor requests for pages for any.
            together = asyncio.gather(*sending)
            self._sending.add(together)
            together.add_done_callback(self._sending.discard)

    # --- rooms

    async def room(self, slug: str, presented: Sequence[Ticket] = ()) -> Room | None:
        """Return the room of a blog by its slug, the current one or a former, up to date.

        None if there is none that a client with these tickets may know of. Looking up a hidden blog takes as long as
        looking up an unknown one.
        """
        fresh = self.freshness
        await fresh.up_to_date()
        room = self.rooms.named(slug)
        if room is None or not self.permits.may_read(room.blog, presented):
            blog = await self.library.run(lambda library: library.blog(slug))
            if blog is None or not self.permits.may_read(blog, presented):
                return None
            room = self.rooms.get(blog.id)
            if room is None:
                room = self.rooms.open(blog)
                fresh.invalidate()  # a refresh that began before this room was open did not read its blog
            elif room.blog != blog:
                fresh.invalidate()  # published between the two reads
            if blog.slug == slug:
                self.rooms.name(slug, room)
            await fresh.up_to_date()
            if not self.permits.may_read(room.blog, presented):
                return None  # its audience changed meanwhile
        room.asked_at = time.monotonic()
        return room

    def room_lookup(self, slug: str) -> asyncio.Task[Room | None]:
        """Return the running look-up of a room, or begin one; its result is up to date."""
        return self._lookups.task(slug, lambda: self.room(slug))

    def cached_room(self, slug: str) -> Room | None:
        """Return the up-to-date room of a blog for everyone by its current slug, if that needs no look-up."""
        room = self.rooms.named(slug) if self.freshness.current else None
        return room if room is not None and room.blog.everyones else None

    # --- documents

    def cached_document(self, path: bytes) -> Document | None:
        """Return the document for everyone at a path, if that needs no look-up."""
        return self.cache.by_path(path) if self.freshness.current else None

    async def document(self, room: Room, resource: Resource) -> Document:
        """Return a finished resource of a room, composed once for all who ask.

        It is current when it is returned, not only when composing began: nothing withdrawn meanwhile is in it.
        """
        while True:
            made = await self.cache.document(room, resource)
            if made is None:
                await self.freshness.refresh()
            elif self.freshness.current:
                return made
            else:
                await self.freshness.up_to_date()

    async def followed_document(self, asked: Followed) -> Document | None:
        """Return a document that is no blog's page, current when it is returned; None if it was taken back."""
        while True:
            await self.freshness.up_to_date()
            made = await self.cache.followed.document(asked)
            if self.freshness.current:
                return made
