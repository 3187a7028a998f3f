"""The finished documents that a process caches: pages and logs of live blogs, files of media, followers' documents.

Owns that each is composed once, however many ask for it, and the tables of the fast lane: documents by path, whole
responses by whole request. freshness.py decides whether the cache may be used.
Look next: compose.py, media_files.py and cards.py, which make them; followed.py; lru_cache.py for how much is cached.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from asithappened.delivery import cards, compose, media_files
from asithappened.delivery.documents import Document
from asithappened.delivery.followed import FollowedDocuments
from asithappened.delivery.library_threads import LibraryThreads
from asithappened.delivery.lru_cache import NOT_BY_PATH, LruCache
from asithappened.delivery.raw_response import RawResponse
from asithappened.delivery.room import Room
from asithappened.delivery.routes import Kind, Resource, path_of
from asithappened.delivery.single_flight import SingleFlight
from asithappened.published.layout import House
from asithappened.published.read import Blog, Library

CACHED_BYTES: Final = 128 * 1024 * 1024  # of pages and logs
ON_DISK: Final = frozenset({Kind.MEDIA, Kind.CARD})


class DocumentCache:
    """The finished documents of one process."""

    def __init__(
        self,
        library: LibraryThreads,
        house: House,
        *,
        media_folder: Path,
        cards_folder: Path,
        not_found: Document,
        followed: FollowedDocuments,
    ) -> None:
        """`not_found`: the answer for a blog that disappeared between the request and the reading."""
        self.responses: dict[bytes, RawResponse] = {}  # by whole requests
        self.composed = LruCache[tuple[int, Resource]](CACHED_BYTES)
        self.media = LruCache[tuple[int, Resource]](media_files.CACHED_BYTES)
        self.followed = followed
        self._library = library
        # Threads of their own, so that a slow disk delays no page and no refresh.
        self._disk = LibraryThreads(library.database, house)
        self._house, self._media_folder, self._cards_folder = house, media_folder, cards_folder
        self._not_found = not_found
        self._making = SingleFlight[tuple[int, Resource], Document | None]()

    def close(self) -> None:
        self._disk.close()

    def by_path(self, path: bytes) -> Document | None:
        """Return the document for everyone at a path, if it is as new as its room or row."""
        cached = self.composed.by_path.get(path) or self.media.by_path.get(path) or self.followed.lru.by_path.get(path)
        if cached is None:
            return None
        of, document = cached
        return document if document.version == of.version else None

    async def document(self, room: Room, resource: Resource) -> Document | None:
        """Return a resource of a room, current when composing began; None if the room is behind the tables."""
        key = (room.blog.id, resource)
        cached = self._lru_of(resource).get(key)
        if cached is not None and cached.version == room.version:
            return cached
        return await self._making.result(key, lambda: self._make(room, resource))

    def forget(self, blog: int) -> None:
        """Drop everything of a blog."""
        for lru in (self.composed, self.media):
            lru.drop(lambda key: key[0] == blog)
        self.responses.clear()

    def drop_outdated(self, ids: list[int], versions: Mapping[int, int]) -> None:
        """Drop the followers' documents among `ids` whose version has changed."""
        if self.followed.drop_outdated(ids, versions):
            self.responses.clear()

    def _lru_of(self, resource: Resource) -> LruCache[tuple[int, Resource]]:
        return self.media if resource.kind in ON_DISK else self.composed

    async def _make(self, room: Room, resource: Resource) -> Document | None:
        version = room.version

        def work(library: Library) -> tuple[Blog | None, Document]:
            blog = next(iter(library.blogs([room.blog.id])), None)
            if blog is None:
                return None, self._not_found
            return blog, self._made(library, blog, resource, version)

        threads = self._disk if resource.kind in ON_DISK else self._library
        blog, made = await threads.run(work)
        if room.closed or blog is None:
            return made
        if blog != room.blog or version != room.version:
            return None  # the room has not been refreshed to this state yet
        if made.status == 200:
            path = path_of(resource, room.blog.slug).encode()
            anybodys = room.blog.everyones and made.file is None
            self._lru_of(resource).put((room.blog.id, resource), made, room, path=path if anybodys else NOT_BY_PATH)
        return made

    def _made(self, library: Library, blog: Blog, resource: Resource, version: int) -> Document:
        if resource.kind is Kind.CARD:
            folder, site = self._cards_folder, self._house.name
            return cards.document(
                library, blog, resource, version=version, folder=folder, site=site, not_found=self._not_found
            )
        if resource.kind is Kind.MEDIA:
            folder = self._media_folder
            return media_files.document(
                library, blog, resource, version=version, folder=folder, not_found=self._not_found
            )
        return compose.document(library, blog, resource, version=version, house=self._house)
