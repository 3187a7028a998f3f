"""Writes finished bytes to the published tables, in the append's own transaction.

Owns these writes and what must accompany them: a frame whose words were taken back is emptied and its segment gets a
new generation; rendering everything again empties all frames and moves the floor; documents made of what is taken back
are not served. Rings the doorbells on commit. Called by press. Never renders.
"""

import time
from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final

from django.db import connection
from django.db.models import F
from msgspec import Struct
from msgspec.structs import astuple

from asithappened.core.events import Subject
from asithappened.core.state import BlogState
from asithappened.published import annotations, documents, tickets
from asithappened.published.layout import segment_of
from asithappened.published.models import (
    Annotation,
    Frame,
    Page,
    Part,
    PublishedBlog,
    PublishedPost,
    PublishedRow,
    Revoked,
    Segment,
)
from asithappened.published.ringing import ring

Order = tuple[int, int]


class FrameBytes(Struct, frozen=True, kw_only=True):
    """A frame: one line of JSON."""

    seq: int
    data: bytes


class PartBytes(Struct, frozen=True, kw_only=True):
    """A part of the page or a layout. `live`: open pages get it too."""

    data: bytes
    live: bool


class PostBytes(Struct, frozen=True, kw_only=True):
    """A post's fragment, the pieces of its permalink, its entry in the list of key events, and its structured data.

    `placed`: its fragment is among the posts: the post, or the note that it was withdrawn. `entry` and `structured` are
    empty if it has none. `media`: the files of this installation in its fragment, each as "ID/DIGEST8". `hour`: when it
    was posted, as printed; empty if that is unknown, or it is not visible.
    """

    id: str
    order: Order
    last_seq: int
    visible: bool
    placed: bool
    fragment: bytes
    card: bytes
    history: bytes
    entry: bytes
    structured: bytes
    media: Sequence[str] = ()
    hour: bytes = b""


class RowBytes(Struct, frozen=True, kw_only=True):
    """A row of the ledger: its entry in a list, and the pieces of its own page (models.PublishedRow)."""

    about: str
    id: str
    section: str
    source: str
    named: bytes
    post: str
    last_seq: int
    visible: bool
    entry: bytes
    page: bytes
    title: bytes
    said: bytes
    card: str
    structured: bytes


class Finished(Struct, frozen=True, kw_only=True):
    """All that one append changes for readers.

    `void`: seqs of earlier frames whose words may not be served again. `parts`: those that changed. `pages`: older
    pages that became full, with their newest post's order. `floor`: everything was rendered again, and no reader can
    catch up from before this seq. `taken_back`: subjects whose words no document may have any more; None: no document
    may have anything of this blog. `said`: the changed annotations, if any. `slugs`: the blog's new addresses.
    """

    state: BlogState
    frames: Sequence[FrameBytes] = ()
    void: Sequence[int] = ()
    parts: dict[str, PartBytes]
    posts: Sequence[PostBytes] = ()
    rows: Sequence[RowBytes] = ()
    pages: dict[int, Order]
    fingerprint: str
    floor: int | None = None
    taken_back: Collection[Subject] | None = ()
    said: annotations.Said | None = None
    slugs: Sequence[str] = ()


def empty_frame(seq: int) -> bytes:
    """Return the frame of an event that changes nothing on a page, or whose words were taken back: only a seq."""
    return b'{"s":%d}' % seq


def write(blog: int, *, epoch: str, head: int, finished: Finished) -> None:
    """Write an append's changes for readers, and ring on commit. Inside its transaction."""
    state, anew = finished.state, finished.floor is not None
    void = set(finished.void) | set(range(1, (finished.floor or 0) + 1))
    with connection.cursor() as cursor:
        columns = (state.slug, epoch, head, finished.fingerprint, state.audience.value, state.status.value)
        cursor.execute(_UPSERT_BLOG, [blog, *columns, int(bool(finished.void) or anew), int(anew), finished.floor])
        [generation] = cursor.fetchone()
        if finished.slugs:
            cursor.executemany(_ADD_SLUG, [(slug, blog) for slug in finished.slugs])
        cursor.executemany(_ADD_FRAME, [(blog, frame.seq, frame.data) for frame in finished.frames])
        if void:
            cursor.executemany(annotations.SET_FRAME, [(empty_frame(seq), blog, seq) for seq in sorted(void)])
            # Also if the blog has no row yet, because a cache may have segments from before its rows were lost.
            _raise_segments(blog, {segment_of(seq) for seq in void}, max(1, generation))
        if finished.parts:
            parts = finished.parts.items()
            cursor.executemany(_UPSERT_PART, [(blog, name, head, part.live, part.data) for name, part in parts])
        if finished.posts:
            cursor.executemany(_UPSERT_POST, [_columns(blog, post, head, finished) for post in finished.posts])
        if finished.rows:
            cursor.executemany(_UPSERT_ROW, [(blog, *astuple(row)) for row in finished.rows])
    if finished.said is not None:
        new = {post.id for post in finished.posts if finished.frames and post.order[1] >= finished.frames[0].seq}
        lost = annotations.write(blog, finished.said, head=head, new=new)
        if lost:
            _raise_segments(blog, {segment_of(seq) for seq in lost}, max(1, generation))
    if finished.pages:
        Page.objects.bulk_create(
            Page(blog=blog, number=number, position=order[0], first_seq=order[1])
            for number, order in finished.pages.items()
        )
    if finished.taken_back or finished.taken_back is None:
        documents.take_back(blog, finished.taken_back)
    ring(blog, head)


# In plain SQL: every publish writes these rows, and Django takes longer to build the statements than the database to
# run them (`python -m bench --only publishing`). Both databases understand each of them.


def _upsert(table: str, columns: str, *, key: str, kept: str = "") -> str:
    """Return the statement. `kept`: columns that are not updated, besides the key."""
    names, stay = columns.split(), f"{key} {kept}".split()
    changed = ", ".join(f"{name} = excluded.{name}" for name in names if name not in stay)
    return (
        f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(['%s'] * len(names))})"  # noqa: S608 (constants)
        f" ON CONFLICT ({', '.join(key.split())}) DO UPDATE SET {changed}"
    )


_UPSERT_BLOG: Final = """
INSERT INTO published_blog (id, slug, epoch, head, fingerprint, audience, status, generation, render, floor)
VALUES (%s, %s, %s, %s, %s, %s, %s, 0, 0, 0)
ON CONFLICT (id) DO UPDATE SET slug = excluded.slug, head = excluded.head, fingerprint = excluded.fingerprint,
 audience = excluded.audience, status = excluded.status, generation = published_blog.generation + %s,
 render = published_blog.render + %s, floor = COALESCE(%s, published_blog.floor)
RETURNING generation
""".strip()
_ADD_SLUG: Final = "INSERT INTO published_slug (slug, blog) VALUES (%s, %s) ON CONFLICT DO NOTHING"
_ADD_FRAME: Final = "INSERT INTO published_frame (blog, seq, data) VALUES (%s, %s, %s)"
_UPSERT_PART: Final = _upsert("published_part", "blog name seq live data", key="blog name")
_UPSERT_POST: Final = _upsert(
    "published_post",
    "blog post position first_seq last_seq visible placed fragment card history listed entry structured media hour"
    " annotations annotated_seq",
    key="blog post",
    kept="annotations annotated_seq",
)

_UPSERT_ROW: Final = _upsert(
    "published_row",
    "blog about row_id section source named post last_seq visible entry page title said card structured",
    key="blog about row_id",
)


def _columns(blog: int, post: PostBytes, head: int, finished: Finished) -> tuple[Any, ...]:
    slot = finished.said.slots.get(post.id) if finished.said is not None else None
    pieces = (post.fragment, post.card, post.history, bool(post.entry), post.entry, post.structured)
    more = (" ".join(post.media), post.hour)
    return (
        blog,
        post.id,
        *post.order,
        post.last_seq,
        post.visible,
        post.placed,
        *pieces,
        *more,
        slot or b"",
        0 if slot is None else head,
    )


def revoke(blog: int, holder: str) -> None:
    """Revoke every ticket of a holder to a blog (EVERY_BLOG: to any), and ring on commit."""
    now = int(time.time())
    Revoked.objects.filter(until__lt=now).delete()
    Revoked.objects.update_or_create(blog=blog, holder=holder, defaults={"until": now + tickets.GOOD_FOR_S})
    ring(blog, 0)


def revoked_until(blog: int, holder: str) -> int:
    """Return the latest expiry that is revoked: a new ticket has to expire later than this to be accepted."""
    rows = Revoked.objects.filter(blog__in=(blog, tickets.EVERY_BLOG), holder=holder)
    return max(rows.values_list("until", flat=True), default=0)


def _raise_segments(blog: int, numbers: set[int], generation: int) -> None:
    Segment.objects.bulk_create(
        (Segment(blog=blog, number=number, generation=generation) for number in sorted(numbers)),
        update_conflicts=True,
        unique_fields=["blog", "number"],
        update_fields=["generation"],
    )


def replace_all(blog: int, *, epoch: str, head: int, finished: Finished) -> None:
    """Write everything of a blog again, keeping only its generations. In a transaction."""
    for table in (Frame, Part, PublishedPost, PublishedRow, Annotation, Page):
        table.objects.filter(blog=blog).delete()
    write(blog, epoch=epoch, head=head, finished=finished)


def begin_anew(blog: int, *, epoch: str) -> None:
    """Give a blog another epoch, and ring on commit. In a transaction."""
    PublishedBlog.objects.filter(pk=blog).update(epoch=epoch, generation=F("generation") + 1)
    head = PublishedBlog.objects.values_list("head", flat=True).get(pk=blog)
    ring(blog, head)


def parts_of(blog: int, names: Iterable[str]) -> dict[str, bytes]:
    """Return the present bytes of parts and layouts, so that only changes are written.

    By name, and never all of them, because each older page has its own part.
    """
    wanted = list(names)
    marks = ", ".join(["%s"] * len(wanted))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT name, data FROM published_part WHERE blog = %s AND name IN ({marks})", [blog, *wanted])  # noqa: S608
        return {name: bytes(data) for name, data in cursor.fetchall()}


def newest_page(blog: int) -> tuple[int, Order] | None:
    """Return the newest older page: its number and its newest post's order."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number, position, first_seq FROM published_page WHERE blog = %s ORDER BY number DESC LIMIT 1",
            [blog],
        )
        row = cursor.fetchone()
    return None if row is None else (row[0], (row[1], row[2]))


def fingerprints() -> dict[int, str]:
    """Return, for each blog, the version of the code that rendered its bytes."""
    return dict(PublishedBlog.objects.values_list("pk", "fingerprint"))
