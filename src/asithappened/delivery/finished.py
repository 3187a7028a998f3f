"""What a process keeps finished: pages and logs of live blogs, files of media, documents of followers.

Owns that each is composed once, whoever asks and however many, and what the fast lane may give at once: a document by
its path, a whole answer by its whole request. Whether what is kept may be given is freshness.py's to say.
Look next: compose.py, media_files.py and cards.py, which make them; followed.py; shelf.py for how much is kept.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from asithappened.delivery import cards, compose, media_files
from asithappened.delivery.documents import Document
from asithappened.delivery.followed import FollowedDocuments
from asithappened.delivery.library_threads import LibraryThreads
from asithappened.delivery.room import Room
from asithappened.delivery.routes import Kind, Resource, path_of
from asithappened.delivery.shelf import NOT_BY_PATH, Shelf
from asithappened.delivery.single_flight import SingleFlight
from asithappened.published.layout import House
from asithappened.published.read import Blog, Library

KEPT_BYTES: Final = 128 * 1024 * 1024  # of pages and logs
ON_DISK: Final = frozenset({Kind.MEDIA, Kind.CARD})


class Finished:
    """The finished documents of one process."""

    def __init__(
        self,
        library: LibraryThreads,
        house: House,
        *,
        media_folder: Path,
        cards_folder: Path,
        nowhere: Document,
        followed: FollowedDocuments,
    ) -> None:
        """Know where documents are made from, and in whose name.

        `nowhere`: what a blog shows that was there when it was asked for and is not when it is read.
        """
        self.answers: dict[bytes, bytes] = {}  # whole requests to whole answers, for as long as neither changes
        self.composed = Shelf[tuple[int, Resource]](KEPT_BYTES)
        self.media = Shelf[tuple[int, Resource]](media_files.KEPT_BYTES)
        self.followed = followed
        self._library = library
        # With threads of their own: a slow disk keeps no page waiting, and no look at what was published.
        self._disk = LibraryThreads(library.database, house)
        self._house, self._media_folder, self._cards_folder = house, media_folder, cards_folder
        self._nowhere = nowhere
        self._making = SingleFlight[tuple[int, Resource], Document | None]()

    def close(self) -> None:
        """Wait for what is being made."""
        self._disk.close()

    def at_hand(self, path: bytes) -> Document | None:
        """Return what anybody may have who asks for this path, if it is as new as what it is of."""
        kept = self.composed.by_path.get(path) or self.media.by_path.get(path) or self.followed.shelf.by_path.get(path)
        if kept is None:
            return None
        of, document = kept
        return document if document.version == of.version else None

    async def document(self, room: Room, resource: Resource) -> Document | None:
        """Return a resource of a room, current as the making of it began; None if the room is not so far yet."""
        key = (room.blog.id, resource)
        kept = self._shelf(resource).get(key)
        if kept is not None and kept.version == room.version:
            return kept
        return await self._making.result(key, lambda: self._make(room, resource))

    def forget(self, blog: int) -> None:
        """Keep nothing of a blog any more."""
        for shelf in (self.composed, self.media):
            shelf.drop(lambda key: key[0] == blog)
        self.answers.clear()

    def bring_on(self, looked_at: list[int], versions: Mapping[int, int]) -> None:
        """Keep nothing of followers' documents of which another version was found."""
        if self.followed.bring_on(looked_at, versions):
            self.answers.clear()

    def _shelf(self, resource: Resource) -> Shelf[tuple[int, Resource]]:
        return self.media if resource.kind in ON_DISK else self.composed

    async def _make(self, room: Room, resource: Resource) -> Document | None:
        version = room.version

        def work(library: Library) -> tuple[Blog | None, Document]:
            blog = next(iter(library.blogs([room.blog.id])), None)
            if blog is None:
                return None, self._nowhere
            return blog, self._made(library, blog, resource, version)

        threads = self._disk if resource.kind in ON_DISK else self._library
        blog, made = await threads.run(work)
        if room.closed or blog is None:
            return made
        if blog != room.blog or version != room.version:
            return None  # of a moment that this process has not come to yet
        if made.status == 200:
            path = path_of(resource, room.blog.slug).encode()
            anybodys = room.blog.everyones and made.file is None
            self._shelf(resource).put((room.blog.id, resource), made, room, path=path if anybodys else NOT_BY_PATH)
        return made

    def _made(self, library: Library, blog: Blog, resource: Resource, version: int) -> Document:
        if resource.kind is Kind.CARD:
            folder, site = self._cards_folder, self._house.name
            return cards.document(
                library, blog, resource, version=version, folder=folder, site=site, nowhere=self._nowhere
            )
        if resource.kind is Kind.MEDIA:
            folder = self._media_folder
            return media_files.document(library, blog, resource, version=version, folder=folder, nowhere=self._nowhere)
        return compose.document(library, blog, resource, version=version, house=self._house)
