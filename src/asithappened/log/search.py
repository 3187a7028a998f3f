"""Searching posts by words, authors, kind and status; withdrawn ones too.

Owns the query. It scans the blog's posts: 5,000 take some 20 ms, so an index over words would not pay.
Look next: rows.py, which writes the columns; core.searching for the form of the words.
"""

from collections.abc import Sequence
from typing import Any, Final

import msgspec
from django.db import connection

from asithappened.core.events import PostKind
from asithappened.core.state import PostState, PostStatus
from asithappened.log.read import Order

_POST: Final = msgspec.json.Decoder(PostState)


def search(
    blog_id: int,
    *,
    newest: int,
    words: Sequence[Sequence[str]] = (),
    authors: Sequence[Sequence[str]] = (),
    kind: PostKind | None = None,
    status: PostStatus | None = None,
    before: Order | None = None,
) -> list[PostState]:
    """Return at most `newest` posts that match every condition, newest first and older than `before`.

    `words`, `authors`: groups of searchable forms; of each group one has to occur. `status` PUBLISHED: edited or not.
    """
    wanted, values = ["blog_id = %s"], list[Any]([blog_id])
    for column, groups in (("words", words), ("authors", authors)):
        for group in groups:
            wanted.append("(" + " OR ".join([f"{column} LIKE %s ESCAPE '!'"] * len(group)) + ")")
            values += [_anywhere(form) for form in group]
    if kind is not None:
        wanted.append("kind = %s")
        values.append(kind.value)
    if status is PostStatus.PUBLISHED:
        wanted.append("visible")
    elif status is not None:
        wanted.append("status = %s")
        values.append(status.value)
    if before is not None:
        wanted.append("(position, first_seq) < (%s, %s)")
        values += before
    query = (
        f"SELECT state FROM log_post WHERE {' AND '.join(wanted)}"  # noqa: S608
        f" ORDER BY position DESC, first_seq DESC LIMIT {newest:d}"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return [_POST.decode(bytes(state)) for (state,) in cursor.fetchall()]


def _anywhere(form: str) -> str:
    for sign in "!%_":
        form = form.replace(sign, "!" + sign)
    return f"%{form}%"
