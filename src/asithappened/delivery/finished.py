"""Finished documents of live blogs: composed once, whoever asks and however many, and kept in bounded memory.

Owns which of them are kept, and the two tables that the fast lane answers from. Whether what is kept may be given is
the site's to say. Look next: compose.py, which makes them.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Final

from asithappened.delivery.documents import Document
from asithappened.delivery.library_threads import LibraryThreads
from asithappened.delivery.room import Room
from asithappened.delivery.routes import Resource, path_of
from asithappened.published.read import Blog, Library

KEPT_BYTES: Final = 128 * 1024 * 1024  # of documents; the least recently asked for going first

Compose = Callable[[Library, Blog, Resource, int], Document]
"""Makes a resource of a blog as it stands in the library, for a room of this version."""


class Finished:
    """Documents of the rooms that are open, of the kinds that one way of composing makes."""

    def __init__(
        self,
        library: LibraryThreads,
        rooms: dict[int, Room],
        *,
        made_by: Compose,
        nowhere: Document,
        refresh: Callable[[], Awaitable[None]],
        most: int = KEPT_BYTES,
    ) -> None:
        """Know where documents are made from, the open rooms, and how to bring these to the newest moment.

        `nowhere`: what a blog shows that was there when it was asked for and is not when it is read. `most`: bytes that
        are kept.
        """
        self.hot: dict[bytes, tuple[Room, Document]] = {}
        self.answers: dict[bytes, bytes] = {}  # whole requests to whole answers, for as long as neither changes
        self.kept: OrderedDict[tuple[int, Resource], Document] = OrderedDict()
        self.kept_bytes = 0
        self._library, self._rooms, self._nowhere, self._refresh = library, rooms, nowhere, refresh
        self._made_by, self._most = made_by, most
        self._making: dict[tuple[int, Resource], asyncio.Future[Document]] = {}

    async def document(self, room: Room, resource: Resource) -> Document:
        """Return a resource of a room, current as the making of it began."""
        key = (room.blog.id, resource)
        kept = self.kept.get(key)
        if kept is not None and kept.version == room.version:
            self.kept.move_to_end(key)
            return kept
        making = self._making.get(key)
        if making is None:
            making = asyncio.ensure_future(self._make(room, resource))
            self._making[key] = making
            making.add_done_callback(lambda _: self._making.pop(key, None))
        return await asyncio.shield(making)

    def forget(self, blog: int) -> None:
        """Keep nothing of a blog any more."""
        for key in [key for key in self.kept if key[0] == blog]:
            self.kept_bytes -= self.kept.pop(key).size
        self.hot = {path: kept for path, kept in self.hot.items() if kept[0].blog.id != blog}
        self.answers.clear()

    async def _make(self, room: Room, resource: Resource) -> Document:
        while True:
            version = room.version

            def work(library: Library, version: int = version) -> tuple[Blog | None, Document]:
                blog = next(iter(library.blogs([room.blog.id])), None)
                if blog is None:
                    return None, self._nowhere
                return blog, self._made_by(library, blog, resource, version)

            blog, made = await self._library.run(work)
            if blog is None or self._rooms.get(blog.id) is not room:
                return made
            if blog == room.blog and version == room.version:
                break
            # Composed of a moment that this process has not come to yet: come to it first.
            await self._refresh()
        if made.status == 200:
            self._keep(room, resource, made)
        return made

    def _keep(self, room: Room, resource: Resource, made: Document) -> None:
        key = (room.blog.id, resource)
        replaced = self.kept.pop(key, None)
        self.kept[key] = made
        self.kept_bytes += made.size - (replaced.size if replaced else 0)
        while self.kept_bytes > self._most:
            (blog, dropped_resource), dropped = self.kept.popitem(last=False)
            self.kept_bytes -= dropped.size
            self.hot.pop(path_of(dropped_resource, self._rooms[blog].blog.slug).encode(), None)
        if room.blog.audience == "everyone" and made.file is None:
            self.hot[path_of(resource, room.blog.slug).encode()] = (room, made)
