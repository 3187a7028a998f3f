"""Documents that followers of the log make and that are no blog's page: each version is composed once.

Owns which of them a refresh reads, and composing one from its layout and its entries. freshness.py decides whether the
cache may be used. Renders nothing. Look next: published/documents.py, which stores them and takes entries back.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from hashlib import blake2s
from itertools import groupby
from operator import itemgetter
from typing import Final

import msgspec

from asithappened.delivery import documents
from asithappened.delivery.compose import fill
from asithappened.delivery.documents import Document
from asithappened.delivery.library_threads import LibraryThreads
from asithappened.delivery.lru_cache import LruCache
from asithappened.delivery.routes import Followed, page_path
from asithappened.delivery.single_flight import SingleFlight
from asithappened.published import read
from asithappened.published.layout import House
from asithappened.published.listing import Layout
from asithappened.published.read import Library

CACHED_BYTES: Final = 16 * 1024 * 1024
ENTRIES: Final = 50_000  # of a document on one page: as many addresses as a sitemap may have

_LAYOUT: Final = msgspec.json.Decoder(Layout)


class FollowedDocuments:
    """The documents that were asked for. `held`: their rows, by path."""

    def __init__(
        self,
        library: LibraryThreads,
        *,
        house: House,
        not_found: Document,
        invalidate: Callable[[], None],
    ) -> None:
        """`invalidate`: has the tables read again before anything cached is used."""
        self.held: dict[str, read.Document] = {}
        self.lru = LruCache[Followed](CACHED_BYTES)
        self._library, self._house, self._not_found = library, house, not_found
        self._invalidate = invalidate
        self._making = SingleFlight[Followed, Document | None]()

    def ids(self) -> list[int]:
        """Return the ids of the documents that a refresh has to read."""
        return [row.id for row in self.held.values()]

    def drop_outdated(self, ids: Sequence[int], versions: Mapping[int, int]) -> bool:
        """Drop the documents among `ids` whose version has changed; return whether there were any."""
        found = {path for path, row in self.held.items() if row.id in ids and versions.get(row.id) != row.version}
        for path in found:
            del self.held[path]
        self.lru.drop(lambda asked: asked.path in found)
        return bool(found)

    async def document(self, asked: Followed) -> Document | None:
        """Return a document, current when composing began; None if it was taken back and not made again yet."""
        return self.lru.get(asked) or await self._making.result(asked, lambda: self._make(asked))

    async def _make(self, asked: Followed) -> Document | None:
        def work(library: Library) -> tuple[read.Document | None, Document | None]:
            row = library.document(asked.path, self._house.language)
            return row, None if row is None or not row.layout else self._composed(library, row, asked)

        row, made = await self._library.run(work)
        if row is None:
            return self._not_found
        if made is None:
            return None
        held = self.held.setdefault(asked.path, row)
        if held is row or held != row:
            # A refresh that began before it was held did not read it; or a former row is older or newer than this one.
            self._invalidate()
        if held == row and made.status == 200:
            self.lru.put(asked, made, row, path=_address(asked))
        return made

    def _composed(self, library: Library, row: read.Document, asked: Followed) -> Document:
        layout, size = _LAYOUT.decode(row.layout), row.page_entries or ENTRIES
        layout = layout.spoken.get(self._house.language, layout)
        entries = library.entries(row.id, after=(asked.page - 1) * size, most=size + 1)
        if (asked.page > 1 and (not entries or not row.page_entries)) or (layout.needed and not entries):
            return self._not_found
        slots = {
            b"path": _address(asked),
            b"entries": _sections(layout, entries[:size]),
            **_updated(layout, entries),
            **_placed(layout, entries),
            b"number": _filled(layout.number, b"number", b"%d" % asked.page if asked.page > 1 else b""),
            b"newer": _filled(layout.newer, b"newer", _address(asked, -1) if asked.page > 1 else b""),
            b"older": _filled(layout.older, b"older", _address(asked, +1) if len(entries) > size else b""),
        }
        body = self._house.filled(fill(layout.whole.encode(), slots))
        # From the bytes: taking back an entry changes nothing else that could be in an ETag.
        etag = b'"%b"' % blake2s(body, digest_size=8).hexdigest().encode()
        cache = documents.WHOLE if row.holds_words else documents.PAGE
        kind = row.media_type.encode()
        more = None if asked.path.endswith("/") else documents.NO_INDEX  # without a slash it is not for people
        policy = documents.page_policy("", origins=self._house.origins) if kind == documents.HTML else b""
        return Document(body, kind=kind, cache=cache, etag=etag, version=row.version, headers=more, policy=policy)


def _updated(layout: Layout, entries: Sequence[tuple[int, int, bytes]]) -> dict[bytes, bytes]:
    """Return the slots with a document's time of change, which is that of its first entry."""
    if not layout.updated:
        return {}
    at = datetime.fromtimestamp(entries[0][1] // 1_000_000, UTC) if entries else datetime.fromisoformat(layout.updated)
    in_mail = format_datetime(at, usegmt=True).encode()
    return {b"updated": at.strftime("%Y-%m-%dT%H:%M:%SZ").encode(), b"updated_in_mail": in_mail}


def _placed(layout: Layout, entries: Sequence[tuple[int, int, bytes]]) -> dict[bytes, bytes]:
    """Return the sections that have their own slots."""
    found = {section: list(of_section) for section, of_section in groupby(entries, key=itemgetter(0))}
    return {
        b"section_%d" % number: fill(
            (layout.sections if number in found else layout.vacant)[number].encode(),
            {b"entries": b"".join(data for _, _, data in found.get(number, ()))},
        )
        for number in range(len(layout.vacant))
    }


def _sections(layout: Layout, entries: Sequence[tuple[int, int, bytes]]) -> bytes:
    if layout.alike:
        entries = [next(alike) for _, alike in groupby(entries, key=itemgetter(0, 1))]
    between = layout.separator.encode()
    made = [
        fill(layout.sections[section].encode(), {b"entries": between.join(data for _, _, data in of_section)})
        for section, of_section in groupby(entries, key=itemgetter(0))
    ]
    return b"".join(made) or layout.empty.encode()


def _filled(text: str, slot: bytes, value: bytes) -> bytes:
    return fill(text.encode(), {slot: value}) if value else b""


def _address(asked: Followed, onwards: int = 0) -> bytes:
    page = asked.page + onwards
    return page_path(asked.path, page).encode()
