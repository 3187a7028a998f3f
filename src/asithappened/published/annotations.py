"""Stores the contents of posts' slots, in the transaction of an append.

Owns the writes, and the links that say which subject annotates which post, by which annotations are found when either
is taken back. Never renders: press does (press/annotations.py).
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from django.db import connection
from msgspec import Struct

from asithappened.published import wire
from asithappened.published.models import Annotation, Frame

Link = tuple[str, str]
"""A post, and a subject (core.events.Subject as a string) that annotates it or did."""


class Said(Struct, frozen=True, kw_only=True):
    """The changes of an append to posts' slots.

    `slots`: their new contents. `links`: the new ones, each with the fact that made it; `unlinked`: those to delete.
    `unsaid`: the seqs of earlier frames that lose the annotations of the subjects `by`, and those of the posts `of`.
    """

    slots: Mapping[str, bytes] = {}
    links: Mapping[Link, int] = {}
    unlinked: Collection[Link] = ()
    unsaid: Collection[int] = ()
    by: Collection[str] = ()
    of: Collection[str] = ()


def write(blog: int, said: Said, *, head: int, new: Collection[str] = ()) -> set[int]:
    """Write the changes to slots, after the posts; return the seqs of the frames that lost annotations.

    `new`: posts that were written with their slots.
    """
    changes = (
        (_UNLINK, [(blog, *link) for link in said.unlinked]),
        (_LINK, [(blog, *link, seq) for link, seq in said.links.items()]),
        (_FILL, [(held, head, blog, post) for post, held in said.slots.items() if post not in new]),
    )
    with connection.cursor() as cursor:
        for statement, rows in changes:
            if rows:
                cursor.executemany(statement, rows)
    if not said.unsaid:
        return set()
    changed = []
    for frame in Frame.objects.filter(blog=blog, seq__in=sorted(said.unsaid)):
        before = bytes(frame.data)
        data = wire.without_annotations(before, by=said.by, posts=said.of)
        if data != before:
            changed.append((data, blog, frame.seq))
    with connection.cursor() as cursor:
        cursor.executemany(SET_FRAME, changed)
    return {seq for _, _, seq in changed}


_ROWS: Final = 200  # a statement has four values a row; 999 is the lowest limit of any SQLite
SET_FRAME: Final = "UPDATE published_frame SET data = %s WHERE blog = %s AND seq = %s"
_UNLINK: Final = "DELETE FROM published_annotation WHERE blog = %s AND post = %s AND subject = %s"
_LINK: Final = "INSERT INTO published_annotation (blog, post, subject, seq) VALUES (%s, %s, %s, %s)"
_FILL: Final = "UPDATE published_post SET annotations = %s, annotated_seq = %s WHERE blog = %s AND post = %s"


def links(blog: int, *, posts: Iterable[str] = (), subjects: Iterable[str] = ()) -> dict[Link, int]:
    """Return the links of these posts and of these subjects, each with the fact that made it."""
    found: dict[Link, int] = {}
    for column, wanted in (("post", sorted(posts)), ("subject", sorted(subjects))):
        for start in range(0, len(wanted), _ROWS):
            some = wanted[start : start + _ROWS]
            marks = ", ".join(["%s"] * len(some))
            query = f"SELECT post, subject, seq FROM published_annotation WHERE blog = %s AND {column} IN ({marks})"  # noqa: S608
            with connection.cursor() as cursor:
                cursor.execute(query, [blog, *some])
                found |= {(post, subject): seq for post, subject, seq in cursor.fetchall()}
    return found


def every_link(blog: int) -> dict[Link, int]:
    """Return all links of a blog."""
    rows = Annotation.objects.filter(blog=blog).values_list("post", "subject", "seq")
    return {(post, subject): seq for post, subject, seq in rows}
