"""Reads the published tables: delivery's half of the package.

Owns delivery's queries, in plain SQL over one connection to SQLite or PostgreSQL: no Django, no ORM, no rendering.
Everything for one document is read in one transaction (`at_one_moment`), so that a page never mixes two states. A
Library belongs to the thread that made it. Look next: models.py for the tables.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from asithappened.published.layout import PORTRAITS, RELATED, STRUCTURED_POSTS, House, annotated
from asithappened.published.wire import StatusName

Order = tuple[int, int]
"""(position, first_seq) of a post: what posts are sorted by; later is newer."""


class Blog(Struct, frozen=True, kw_only=True):
    """A live blog as delivery knows it."""

    id: int
    slug: str
    epoch: str
    head: int
    generation: int
    render: int
    floor: int
    audience: str
    status: StatusName
    related: int = -1
    """The version of its document of related coverage; -1: there was never one."""

    @property
    def everyones(self) -> bool:
        """Whether everyone may read it. delivery.permits decides for others."""
        return self.audience == "everyone"

    @property
    def public(self) -> bool:
        """Whether everyone may read it, and it was not taken down."""
        return self.everyones and self.status != "gone"


class Frame(Struct, frozen=True):
    """One event's changes to an open page: one line of JSON."""

    seq: int
    data: bytes


class Part(Struct, frozen=True):
    """A part of the page. `seq`: when it last changed; `live`: open pages get it too."""

    name: str
    seq: int
    live: bool
    data: bytes


class Post(Struct, frozen=True, kw_only=True):
    """A post's finished bytes. `annotations`: the contents of its fragment's slot, since `annotated_seq`."""

    id: str
    order: Order
    last_seq: int
    visible: bool
    fragment: bytes
    annotations: bytes
    annotated_seq: int
    card: bytes
    history: bytes
    structured: bytes


class ListedRow(Struct, frozen=True):
    """A row of the ledger in a list of all (models.PublishedRow)."""

    section: str
    entry: bytes
    source: str
    named: bytes


class Row(Struct, frozen=True, kw_only=True):
    """The pieces of a row's own page (models.PublishedRow); only `page` if readers may not have the row."""

    last_seq: int
    visible: bool
    page: bytes
    title: bytes
    said: bytes
    card: str
    structured: bytes


class Document(Struct, frozen=True, kw_only=True):
    """A document that is no live blog's page. `layout`: a listing.Layout in JSON, empty while it is taken back.

    `holds_words`: the layout itself has words of a live blog, so that the whole document can be taken back.
    """

    id: int
    media_type: str
    layout: bytes
    page_entries: int
    version: int
    holds_words: bool


class Library:
    """One connection to the published tables.

    `database`: SQLite's path, or a PostgreSQL URL. `house`: with its media address the slots in frames and parts are
    filled.
    """

    def __init__(self, database: Path | str, house: House | None = None) -> None:
        """Connect. SQLite is opened for reading only, so that delivery cannot write."""
        self._house = house or House()
        if isinstance(database, Path):
            self._mark = "?"
            self._connection: Any = sqlite3.connect(
                f"{database.resolve().as_uri()}?mode=ro",
                uri=True,
                isolation_level=None,
                timeout=5,
                check_same_thread=False,
            )
        else:
            import psycopg  # noqa: PLC0415 -- only an installation on PostgreSQL has it

            self._mark = "%s"
            self._connection = psycopg.connect(database, autocommit=True)
            self._connection.execute("SET default_transaction_read_only = on")

    def close(self) -> None:
        self._connection.close()

    @contextmanager
    def at_one_moment(self) -> Iterator[None]:
        """Read everything inside the block in one transaction."""
        self._connection.execute("BEGIN" if self._mark == "?" else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            yield
        finally:
            self._connection.execute("ROLLBACK")

    def _rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = self._connection.execute(query.replace("?", self._mark), values).fetchall()
        return rows

    def blog(self, slug: str) -> Blog | None:
        """Find a blog by its slug, the current one or a former: `.slug` is the current one."""
        rows = self._rows(f"{_BLOGS} JOIN published_slug s ON s.blog = b.id WHERE s.slug = ?", slug)
        return _blog(rows[0]) if rows else None

    def blogs(self, ids: Sequence[int]) -> list[Blog]:
        """Return blogs by id, with their present heads."""
        if not ids:
            return []
        marks = ", ".join("?" * len(ids))
        return [_blog(row) for row in self._rows(f"{_BLOGS} WHERE b.id IN ({marks})", *ids)]

    def revoked(self) -> dict[tuple[int, str], int]:
        """Return the revoked tickets: by blog and holder, those that expire until a time."""
        return {(blog, holder): until for blog, holder, until in self._rows(_REVOKED)}

    def live(self) -> list[Blog]:
        """Return the live blogs that everyone may read and that are not closed: an edge may hold their streams."""
        return [_blog(row) for row in self._rows(f"{_BLOGS} WHERE b.audience = 'everyone' AND b.status = 'live'")]

    def frames(self, blog: Blog, *, after: int, upto: int) -> list[Frame]:
        """Return the frames after one seq and up to another, in order. `blog`: as of the same moment."""
        house = self._house.of(everyones=blog.everyones)
        rows = self._rows(
            "SELECT seq, data FROM published_frame WHERE blog = ? AND seq > ? AND seq <= ? ORDER BY seq",
            blog.id,
            after,
            upto,
        )
        return [Frame(seq, house.with_media(bytes(data))) for seq, data in rows]

    def parts(self, blog: Blog, *, after: int = -1, pager_of: int = 0) -> list[Part]:
        """Return the present parts and layouts that changed after a seq, ordered by name.

        `blog`: as of the same moment. Each older page has its own pager: only that of the page `pager_of` is returned.
        """
        house = self._house.of(everyones=blog.everyones)
        rows = self._rows(
            "SELECT name, seq, live, data FROM published_part WHERE blog = ? AND seq > ?"
            " AND (substr(name, 1, 6) <> 'pager:' OR name = ?) ORDER BY name",
            blog.id,
            after,
            f"pager:{pager_of}",
        )
        return [Part(name, seq, bool(live), house.with_media(bytes(data))) for name, seq, live, data in rows]

    def posts(self, blog: int, *, above: Order | None, upto: Order | None) -> list[bytes]:
        """Return the fragments between `above` and `upto` (inclusive), newest first, with their slots filled."""
        query = "SELECT fragment, annotations FROM published_post WHERE blog = ? AND placed = ?"
        values: list[object] = [blog, True]
        if above is not None:
            query += " AND (position, first_seq) > (?, ?)"
            values += above
        if upto is not None:
            query += " AND (position, first_seq) <= (?, ?)"
            values += upto
        rows = self._rows(f"{query} ORDER BY position DESC, first_seq DESC", *values)
        return [annotated(bytes(fragment), bytes(annotations)) for fragment, annotations in rows]

    def post(self, blog: int, post: str) -> Post | None:
        """Return a post's bytes; if it was withdrawn, those that replace it."""
        rows = self._rows(
            "SELECT position, first_seq, last_seq, visible, annotated_seq,"
            " fragment, annotations, card, history, structured FROM published_post WHERE blog = ? AND post = ?",
            blog,
            post,
        )
        for position, first_seq, last_seq, visible, annotated_seq, *finished in rows:
            fragment, annotations, card, history, structured = map(bytes, finished)
            return Post(
                id=post,
                order=(position, first_seq),
                last_seq=last_seq,
                visible=bool(visible),
                fragment=fragment,
                annotations=annotations,
                annotated_seq=annotated_seq,
                card=card,
                history=history,
                structured=structured,
            )
        return None

    def media(self, blog: int, post: str) -> str:
        """Return the files of this installation in a visible post, as "ID/DIGEST8 ID/DIGEST8"; "" for none."""
        query = "SELECT media FROM published_post WHERE blog = ? AND post = ? AND visible = ?"
        rows = self._rows(query, blog, post, True)
        return str(rows[0][0]) if rows else ""

    def portraits(self, blog: int) -> str:
        """Return the files of its contributors' pictures, as "ID/DIGEST8 ID/DIGEST8"; "" for none."""
        rows = self._rows("SELECT data FROM published_part WHERE blog = ? AND name = ?", blog, PORTRAITS)
        return bytes(rows[0][0]).decode() if rows else ""

    def structured(self, blog: int) -> list[tuple[str, bytes]]:
        """Return the newest visible posts' pieces of the structured data, newest first; b"" for a post without one."""
        query = (
            "SELECT post, structured FROM published_post WHERE blog = ? AND visible = ?"
            " ORDER BY position DESC, first_seq DESC LIMIT ?"
        )
        return [(post, bytes(piece)) for post, piece in self._rows(query, blog, True, STRUCTURED_POSTS)]

    def corrections(self, blog: int, posts: Sequence[str]) -> dict[str, list[bytes]]:
        """Return corrections' pieces of the structured data, oldest first, by post; those of the blog are under ""."""
        wanted = ["", *posts]
        marks = ", ".join("?" * len(wanted))
        where = f"blog = ? AND about = 'correction' AND section <> '' AND post IN ({marks})"
        query = f"SELECT post, structured FROM published_row WHERE {where} ORDER BY last_seq"  # noqa: S608 (marks)
        found: dict[str, list[bytes]] = {}
        for post, piece in self._rows(query, blog, *wanted):
            if piece:
                found.setdefault(post, []).append(bytes(piece))
        return found

    def rows(self, blog: int, sections: Sequence[str], *, source: str = "") -> list[ListedRow]:
        """Return the ledger's rows in some sections, the last changed first; with `source`, only that source's."""
        marks = ", ".join("?" * len(sections))
        query = f"SELECT section, entry, source, named FROM published_row WHERE blog = ? AND section IN ({marks})"  # noqa: S608 (marks)
        query, values = (f"{query} AND source = ?", [*sections, source]) if source else (query, list(sections))
        rows = self._rows(f"{query} ORDER BY last_seq DESC", blog, *values)
        return [ListedRow(section, bytes(entry), of, bytes(named)) for section, entry, of, named in rows]

    def row(self, blog: int, about: str, row: str) -> Row | None:
        """Return the pieces of a row's own page."""
        query = (
            "SELECT last_seq, visible, entry, page, title, said, card, structured FROM published_row"
            " WHERE blog = ? AND about = ? AND row_id = ?"
        )
        for last_seq, visible, entry, page, title, said, card, structured in self._rows(query, blog, about, row):
            return Row(
                last_seq=last_seq,
                visible=bool(visible),
                page=bytes(page) or bytes(entry),
                title=bytes(title),
                said=bytes(said),
                card=card,
                structured=bytes(structured),
            )
        return None

    def key_events(self, blog: int) -> list[bytes]:
        """Return the entries of all visible key events, newest first."""
        query = "SELECT entry FROM published_post WHERE blog = ? AND listed ORDER BY position DESC, first_seq DESC"
        return [bytes(entry) for (entry,) in self._rows(query, blog)]

    def hours(self, blog: int) -> list[tuple[str, Order, bytes]]:
        """Return the visible posts with a known time, newest first: id, order, and the hour as printed."""
        rows = self._rows(
            "SELECT post, position, first_seq, hour FROM published_post WHERE blog = ? AND visible = ?"
            " ORDER BY position DESC, first_seq DESC",
            blog,
            True,
        )
        return [(post, (position, first_seq), bytes(hour)) for post, position, first_seq, hour in rows if hour]

    def boundaries(self, blog: int) -> list[Order]:
        """Return the orders of the older pages' newest posts, of page 1 first."""
        return self._rows("SELECT position, first_seq FROM published_page WHERE blog = ? ORDER BY number", blog)

    def newest_page(self, blog: int) -> int:
        """Return the number of the newest older page, 0 if there is none yet."""
        [(number,)] = self._rows("SELECT max(number) FROM published_page WHERE blog = ?", blog)
        return number or 0

    def boundary(self, blog: int, page: int) -> Order | None:
        """Return the order of an older page's newest post; None if there is no such page."""
        rows = self._rows("SELECT position, first_seq FROM published_page WHERE blog = ? AND number = ?", blog, page)
        return rows[0] if rows else None

    def page_of(self, blog: int, order: Order) -> int:
        """Return the number of the older page that a post is on; 0 if it is on the main page."""
        below = self._rows(
            "SELECT number FROM published_page WHERE blog = ? AND (position, first_seq) < (?, ?)"
            " ORDER BY number DESC LIMIT 1",
            blog,
            *order,
        )
        page = below[0][0] + 1 if below else 1
        return page if page <= self.newest_page(blog) else 0

    def document(self, path: str, language: str) -> Document | None:
        """Find a document that is no live blog's page, in this language if it differs by language."""
        rows = self._rows(
            "SELECT id, media_type, layout, page_entries, version,"
            " EXISTS (SELECT 1 FROM published_source s WHERE s.document = d.id) FROM published_document d"
            " WHERE path = ? AND language IN (?, '') ORDER BY language DESC LIMIT 1",
            path,
            language,
        )
        for id_, media_type, layout, page_entries, version, holds_words in rows:
            return Document(
                id=id_,
                media_type=media_type,
                layout=bytes(layout),
                page_entries=page_entries,
                version=version,
                holds_words=bool(holds_words),
            )
        return None

    def versions(self, documents: Sequence[int]) -> dict[int, int]:
        """Return the versions of documents by id, without those that do not exist."""
        if not documents:
            return {}
        marks = ", ".join("?" * len(documents))
        return dict(self._rows(f"{_VERSIONS} WHERE id IN ({marks})", *documents))

    def entries(self, document: int, *, after: int, most: int) -> list[tuple[int, int, bytes]]:
        """Return `most` entries of a document after the first `after`, in order: section, rank, bytes."""
        rows = self._rows(
            "SELECT section, rank, data FROM published_entry WHERE document = ?"
            " ORDER BY section, rank DESC, blog DESC, id LIMIT ? OFFSET ?",
            document,
            most,
            after,
        )
        return [(section, rank, bytes(data)) for section, rank, data in rows]

    def segments(self, blog: int) -> dict[int, int]:
        """Return the generations of the segments whose generation is not 0."""
        return dict(self._rows("SELECT number, generation FROM published_segment WHERE blog = ?", blog))


_REVOKED: Final = "SELECT blog, holder, until FROM published_revoked"
_VERSIONS: Final = "SELECT id, version FROM published_document"
_BLOGS: Final = (
    "SELECT b.id, b.slug, b.epoch, b.head, b.generation, b.render, b.floor, b.audience, b.status,"  # noqa: S608
    f" (SELECT d.version FROM published_document d WHERE d.path = '{RELATED}' || b.id AND d.language = '')"
    " FROM published_blog b"
)


def _blog(row: Sequence[Any]) -> Blog:
    id_, slug, epoch, head, generation, render, floor, audience, status, related = row
    return Blog(
        id=id_,
        slug=slug,
        epoch=epoch,
        head=head,
        generation=generation,
        render=render,
        floor=floor,
        audience=audience,
        status=status,
        related=-1 if related is None else related,
    )
