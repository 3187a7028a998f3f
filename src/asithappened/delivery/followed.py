"""Documents that rooms make by following the log and that are no blog's page: composed once a version, whoever asks.

Owns which of them have to be looked at, and how one is put together from its layout and the entries that stand. Whether
what is kept may be given is freshness.py's to say. Renders nothing. Look next: published/documents.py, which takes
entries back.
"""

from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2s
from itertools import groupby
from operator import itemgetter
from typing import Final

import msgspec

from asithappened.delivery import documents
from asithappened.delivery.compose import fill
from asithappened.delivery.documents import Document
from asithappened.delivery.library_threads import LibraryThreads
from asithappened.delivery.routes import Followed
from asithappened.delivery.shelf import Shelf
from asithappened.delivery.single_flight import SingleFlight
from asithappened.published import read
from asithappened.published.layout import House
from asithappened.published.listing import Layout
from asithappened.published.read import Library

KEPT_BYTES: Final = 16 * 1024 * 1024  # the least recently asked for going first
ENTRIES: Final = 50_000  # of a document on one page: as many addresses as a sitemap may have

_LAYOUT: Final = msgspec.json.Decoder(Layout)


class FollowedDocuments:
    """Those that somebody has asked for."""

    def __init__(
        self,
        library: LibraryThreads,
        *,
        house: House,
        nowhere: Document,
        invalidate: Callable[[], None],
    ) -> None:
        """Know where they are made from, and in whose name.

        `invalidate`: has the tables looked at again before anything kept is given.
        """
        self.held: dict[str, read.Document] = {}
        self.shelf = Shelf[Followed](KEPT_BYTES)
        self._library, self._house, self._nowhere = library, house, nowhere
        self._invalidate = invalidate
        self._making = SingleFlight[Followed, Document | None]()

    def ids(self) -> list[int]:
        """Return which documents have to be looked at."""
        return [row.id for row in self.held.values()]

    def bring_on(self, looked_at: Sequence[int], versions: Mapping[int, int]) -> bool:
        """Forget documents of which another version was found; say whether there was one."""
        found = {path for path, row in self.held.items() if row.id in looked_at and versions.get(row.id) != row.version}
        for path in found:
            del self.held[path]
        self.shelf.drop(lambda asked: asked.path in found)
        return bool(found)

    async def document(self, asked: Followed) -> Document | None:
        """Return a document, current as the making of it began; None if it was taken back and is to be made again."""
        return self.shelf.get(asked) or await self._making.result(asked, lambda: self._make(asked))

    async def _make(self, asked: Followed) -> Document | None:
        def work(library: Library) -> tuple[read.Document | None, Document | None]:
            row = library.document(asked.path, self._house.language)
            return row, None if row is None or not row.layout else self._composed(library, row, asked)

        row, made = await self._library.run(work)
        if row is None:
            return self._nowhere
        if made is None:
            return None
        held = self.held.setdefault(asked.path, row)
        if held is row or held != row:
            # A look that began before it was held did not look at it; or one of the two is of another moment.
            self._invalidate()
        if held == row and made.status == 200:
            self.shelf.put(asked, made, row, path=_address(asked))
        return made

    def _composed(self, library: Library, row: read.Document, asked: Followed) -> Document:
        layout, size = _LAYOUT.decode(row.layout), row.page_entries or ENTRIES
        entries = library.entries(row.id, after=(asked.page - 1) * size, most=size + 1)
        if asked.page > 1 and (not entries or not row.page_entries):
            return self._nowhere
        slots = {
            b"path": _address(asked),
            b"entries": _sections(layout, entries[:size]),
            b"number": _filled(layout.number, b"number", b"%d" % asked.page if asked.page > 1 else b""),
            b"newer": _filled(layout.newer, b"newer", _address(asked, -1) if asked.page > 1 else b""),
            b"older": _filled(layout.older, b"older", _address(asked, +1) if len(entries) > size else b""),
        }
        body = self._house.filled(fill(layout.whole.encode(), slots))
        # Of the bytes: an entry that is taken back changes no number that the document has of its own.
        etag = b'W/"%b"' % blake2s(body, digest_size=8).hexdigest().encode()
        cache = documents.PAGE if layout.sections else documents.WHOLE
        return Document(body, kind=row.media_type.encode(), cache=cache, etag=etag, version=row.version)


def _sections(layout: Layout, entries: Sequence[tuple[int, bytes]]) -> bytes:
    made = [
        fill(layout.sections[section].encode(), {b"entries": b"".join(data for _, data in of_section)})
        for section, of_section in groupby(entries, key=itemgetter(0))
    ]
    return b"".join(made) or layout.empty.encode()


def _filled(text: str, slot: bytes, value: bytes) -> bytes:
    return fill(text.encode(), {slot: value}) if value else b""


def _address(asked: Followed, onwards: int = 0) -> bytes:
    page = asked.page + onwards
    return (f"{asked.path}page/{page}/" if page > 1 else asked.path).encode()
