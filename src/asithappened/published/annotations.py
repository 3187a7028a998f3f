"""What stands in posts' slots: rows beside the posts' own, in the append's own transaction.

Owns the writes, and which subject has said something of which post: by that it is found again what has to go when
either is taken back. What is said is rendered by press (press/annotations.py). Never renders.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from django.db import connection
from msgspec import Struct

from asithappened.published import wire
from asithappened.published.models import Annotation, Frame

Link = tuple[str, str]
"""A post, and a subject (core.events.Subject, as a word) that says something in its slot, or has."""


class Said(Struct, frozen=True, kw_only=True):
    """What an append changes in posts' slots.

    `slots`: what they hold now. `links`: those that are new, each with the fact that made it; `unlinked`: those that
    are none any more. `unsaid`: earlier frames that may say no more what the subjects `by` say, nor anything of `of`.
    """

    slots: Mapping[str, bytes] = {}
    links: Mapping[Link, int] = {}
    unlinked: Collection[Link] = ()
    unsaid: Collection[int] = ()
    by: Collection[str] = ()
    of: Collection[str] = ()


def write(blog: int, said: Said, *, head: int) -> set[int]:
    """Write what an append changed in slots, once its posts are; return the seqs of the frames that lost something."""
    changes = (
        (_UNLINK, [(blog, *link) for link in said.unlinked]),
        (_LINK, [(blog, *link, seq) for link, seq in said.links.items()]),
        (_FILL, [(held, head, blog, post) for post, held in said.slots.items()]),
    )
    with connection.cursor() as cursor:
        for statement, rows in changes:
            if rows:
                cursor.executemany(statement, rows)
    if not said.unsaid:
        return set()
    changed = []
    for frame in Frame.objects.filter(blog=blog, seq__in=sorted(said.unsaid)):
        stood = bytes(frame.data)
        frame.data = wire.without_annotations(stood, by=said.by, posts=said.of)
        if frame.data != stood:
            changed.append(frame)
    Frame.objects.bulk_update(changed, ["data"], batch_size=_ROWS)
    return {frame.seq for frame in changed}


_ROWS: Final = 200  # a statement takes four values a row; 999 is the least that any SQLite allows
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
