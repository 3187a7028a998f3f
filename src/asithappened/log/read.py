"""Reading the log: its facts, and the current-state rows beside them.

Owns every query on the log's tables except those of appending, follow.py and search.py. Pages and rules read indexed
rows instead of a log, so that their cost does not grow with the blog.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import msgspec
from django.db import connection
from django.db.models import Max

from asithappened.core import codec
from asithappened.core.events import LEDGER, POST, Audience, Fact, Origin, PostKind, Subject
from asithappened.core.events import post as post_subject
from asithappened.core.ledger_state import ROWS, Row
from asithappened.core.state import BlogState, PostState, Status, SubjectState
from asithappened.log.models import Blog, BlogSlug, Entry, Once

_BLOG: Final = msgspec.json.Decoder(BlogState)
_POST: Final = msgspec.json.Decoder(PostState)
_ROWS: Final[dict[str, msgspec.json.Decoder[Row]]] = {about: msgspec.json.Decoder(row) for about, row in ROWS.items()}

Order = tuple[int, int]
"""(position, first_seq) of a post: what posts are sorted by."""


def _row(query: str, *values: Any) -> tuple[Any, ...] | None:
    """Return the row of a query that has one or none. In SQL, since Django takes longer to build one than it runs."""
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        row: tuple[Any, ...] | None = cursor.fetchone()
    return row


def blog_id(slug: str) -> int | None:
    """Find a live blog by its slug, the current one or a former."""
    row = _row("SELECT blog_id FROM log_blog_slug WHERE slug = %s", slug)
    return row[0] if row is not None else None


def found(slug: str) -> tuple[int, BlogState] | None:
    """Find a live blog by its slug, the current one or a former, and return its id and state."""
    row = _row("SELECT id, state FROM log_blog WHERE id = (SELECT blog_id FROM log_blog_slug WHERE slug = %s)", slug)
    return (row[0], _BLOG.decode(bytes(row[1]))) if row is not None else None


def blog(blog_id: int) -> BlogState:
    """Return a blog as it is now. Raises Blog.DoesNotExist."""
    row = _row("SELECT state FROM log_blog WHERE id = %s", blog_id)
    if row is None:
        raise Blog.DoesNotExist
    return _BLOG.decode(bytes(row[0]))


def head(blog_id: int) -> tuple[str, int]:
    """Return a blog's epoch and the seq of its last fact. Raises Blog.DoesNotExist."""
    row = _row("SELECT epoch, head FROM log_blog WHERE id = %s", blog_id)
    if row is None:
        raise Blog.DoesNotExist
    return row[0], row[1]


def first_commitment(blog_id: int) -> bytes:
    """Return the commitment of a blog's first fact (core.chain): 32 bytes unique to the blog, which never change."""
    row = _row("SELECT commitment FROM log_event WHERE blog_id = %s AND seq = 1", blog_id)
    assert row is not None
    return bytes(row[0])


def appended_at(blog_id: int, seq: int) -> datetime | None:
    """Return when a fact was appended; None if there is no such fact."""
    return Entry.objects.filter(blog_id=blog_id, seq=seq).values_list("at", flat=True).first()


def tip(blog_id: int) -> tuple[str, int, bytes, BlogState]:
    """Return a blog's epoch, the seq and link (core.chain) of its last fact, and its state.

    Raises Blog.DoesNotExist.
    """
    row = _row("SELECT epoch, head, link, state FROM log_blog WHERE id = %s", blog_id)
    if row is None:
        raise Blog.DoesNotExist
    epoch, seq, link, state = row
    return epoch, seq, bytes(link), _BLOG.decode(bytes(state))


def blogs(
    *, audience: Audience | None = None, status: Status | None = None, only: Sequence[int] | None = None
) -> list[tuple[int, BlogState]]:
    """Return blogs with their ids, the one opened last first; those taken down only if asked for."""
    found = Blog.objects.order_by("-opened_at", "-pk")
    if audience is not None:
        found = found.filter(audience=audience)
    found = found.filter(status=status) if status is not None else found.exclude(status=Status.GONE)
    if only is not None:
        found = found.filter(pk__in=only)
    return [(pk, _BLOG.decode(bytes(state))) for pk, state in found.values_list("pk", "state")]


def opened_with(blog_id: int) -> list[str]:
    """Return the idempotency keys that a blog was opened with: one or none."""
    return list(Once.objects.filter(scope="", blog_id=blog_id).values_list("key", flat=True))


def once_keys(blog_id: int) -> set[str]:
    """Return the idempotency keys of all appends to a blog."""
    return set(Once.objects.filter(scope=str(blog_id)).values_list("key", flat=True))


def slugs() -> list[str]:
    """Return every address that a live blog has or had."""
    return list(BlogSlug.objects.order_by("slug").values_list("slug", flat=True))


def every_blog() -> list[int]:
    """Return the ids of all blogs, those taken down too."""
    return list(Blog.objects.order_by("pk").values_list("pk", flat=True))


def post(blog_id: int, post_id: str) -> PostState | None:
    """Return a post as it is now, withdrawn ones too."""
    return posts_by_id(blog_id, [post_id]).get(post_id)


def subjects(blog_id: int, wanted: Iterable[Subject]) -> dict[Subject, SubjectState]:
    """Return the states of those subjects that exist, but not of the blog itself. One query, whatever they are."""
    ids: defaultdict[str, set[str]] = defaultdict(set)
    for subject in wanted:
        ids[subject.about].add(subject.id)
    queries, values = list[str](), list[Any]()
    for about in ids.keys() & _STATES.keys():
        queries.append(f"{_STATES[about]} IN ({', '.join(['%s'] * len(ids[about]))})")
        values += [blog_id, *sorted(ids[about])]
    if not queries:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(queries), values)
        return {Subject(about, id_): _decoded(about, state) for about, id_, state in cursor.fetchall()}


_STATES: Final = {
    POST: "SELECT 'post', post, state FROM log_post WHERE blog_id = %s AND post",
    **{
        about: f"SELECT about, subject, state FROM log_subject WHERE blog_id = %s AND about = '{about}' AND subject"  # noqa: S608 (constants)
        for about in LEDGER
    },
}


def _decoded(about: str, state: bytes) -> SubjectState:
    return _POST.decode(bytes(state)) if about == POST else _ROWS[about].decode(bytes(state))


def rows(blog_id: int, about: str) -> list[Row]:
    """Return all rows of one kind (core.ledger_events.LEDGER) of a blog's ledger, removed ones too, unordered."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT state FROM log_subject WHERE blog_id = %s AND about = %s", [blog_id, about])
        return [_ROWS[about].decode(bytes(state)) for (state,) in cursor.fetchall()]


def newest_rows(blog_id: int, most: Mapping[str, int]) -> dict[Subject, Row]:
    """Return the rows of sections (core.standing) that changed last, at most so many of each."""
    newest = (
        "SELECT * FROM (SELECT about, subject, state FROM log_subject WHERE blog_id = %s AND section = %s"
        " ORDER BY seq DESC LIMIT %s) AS newest"
    )
    values = [value for section, number in most.items() for value in (blog_id, section, number)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([newest] * len(most)), values)
        return {Subject(about, id_): _ROWS[about].decode(bytes(state)) for about, id_, state in cursor.fetchall()}


def posts_by_id(blog_id: int, ids: Sequence[str] | None = None) -> dict[str, PostState]:
    """Return posts by id, withdrawn ones too: those asked for, or all of the blog."""
    query, values = "SELECT post, state FROM log_post WHERE blog_id = %s", list[Any]([blog_id])
    if ids is not None:
        query, values = f"{query} AND post IN ({', '.join(['%s'] * len(ids)) or 'NULL'})", [*values, *ids]
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return {post: _POST.decode(bytes(state)) for post, state in cursor.fetchall()}


def posts_of_blogs(wanted: Sequence[tuple[int, str]]) -> dict[tuple[int, str], PostState]:
    """Return posts by blog and id, withdrawn ones too. One query, however many blogs they are of."""
    if not wanted:
        return {}
    places = ", ".join(["(%s, %s)"] * len(wanted))
    query = (
        f"WITH wanted (blog, post) AS (VALUES {places}) SELECT p.blog_id, p.post, p.state"  # noqa: S608
        " FROM wanted w JOIN log_post p ON p.blog_id = w.blog AND p.post = w.post"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [value for pair in wanted for value in pair])
        return {(blog, post): _POST.decode(bytes(state)) for blog, post, state in cursor.fetchall()}


def posts(
    blog_id: int,
    *,
    newest: int | None = None,
    before: Order | None = None,
    kind: PostKind | None = None,
    visible: bool | None = True,
    pictured: bool = False,
) -> list[PostState]:
    """Return a blog's posts, newest first: at most `newest`, older than `before`. `visible` None: withdrawn too.

    `pictured`: only those that have a picture with an address.
    """
    wanted, values = "blog_id = %s", list[Any]([blog_id])
    if visible is not None:
        wanted += " AND visible" if visible else " AND NOT visible"
    if kind is not None:
        wanted, values = f"{wanted} AND kind = %s", [*values, kind.value]
    if pictured:
        wanted += " AND pictured"
    if before is not None:
        wanted, values = f"{wanted} AND (position, first_seq) < (%s, %s)", [*values, *before]
    return [_POST.decode(bytes(state)) for (state,) in _posts("state", wanted, values, newest)]


def changed(blog_id: int, *, after: int, most: int) -> list[str]:
    """Return the ids of the posts that facts after a seq are about, the one changed last first: at most `most`."""
    rows = Entry.objects.filter(blog_id=blog_id, seq__gt=after, about=POST).values("subject")
    return [row["subject"] for row in rows.annotate(last=Max("seq")).order_by("-last")[:most]]


def orders(blog_id: int, *, newer_than: Order | None, newest: int) -> list[tuple[str, Order]]:
    """Return ids and orders of the newest visible posts, newest first: at most `newest`, above `newer_than`."""
    wanted, values = "blog_id = %s AND visible", list[Any]([blog_id])
    if newer_than is not None:
        wanted, values = f"{wanted} AND (position, first_seq) > (%s, %s)", [*values, *newer_than]
    rows = _posts("post, position, first_seq", wanted, values, newest)
    return [(post, (position, first_seq)) for post, position, first_seq in rows]


def _posts(columns: str, wanted: str, values: list[Any], newest: int | None) -> list[tuple[Any, ...]]:
    """Select posts, newest first. In plain SQL: every publish asks, and a QuerySet costs ten times the query."""
    query = f"SELECT {columns} FROM log_post WHERE {wanted} ORDER BY position DESC, first_seq DESC"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(query if newest is None else f"{query} LIMIT {newest:d}", values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def facts(
    blog_id: int,
    *,
    after: int = 0,
    upto: int | None = None,
    subject: Subject | None = None,
    about: str = "",
) -> Iterator[Fact]:
    """Yield a blog's facts in order, after one seq and up to another; only those of a `subject`, or of a kind `about`.

    Reads in steps, so that a long log is never in memory at once, and a caller that stops early costs little.
    """
    epoch = Blog.objects.values_list("epoch", flat=True).get(pk=blog_id)
    rows = Entry.objects.filter(blog_id=blog_id).order_by("seq")
    if subject is not None:
        rows = rows.filter(about=subject.about, subject=subject.id)
    if about:
        rows = rows.filter(about=about)
    if upto is not None:
        rows = rows.filter(seq__lte=upto)
    columns = ("seq", "at", "origin", "kind", "version", "about", "subject", "position", "payload__data")
    while True:
        step = list(rows.filter(seq__gt=after).values_list(*columns)[:_STEP])
        for seq, at, origin, kind, version, of, id_, position, data in step:
            yield Fact(
                epoch=epoch,
                seq=seq,
                at=at,
                origin=Origin(origin),
                kind=kind,
                version=version,
                subject=Subject(of, id_),
                position=position,
                event=codec.decode(kind, version, None if data is None else bytes(data)),
            )
            after = seq
        if len(step) < _STEP:
            return


_STEP: Final = 500  # rows a query: 500 posts of 2 KB are a megabyte


def revisions(blog_id: int, post_id: str) -> list[Fact]:
    """Return the facts that carry a post's words, oldest first; an erased one has no event."""
    return [fact for fact in facts(blog_id, subject=post_subject(post_id)) if fact.carries_words]
