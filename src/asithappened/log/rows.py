"""The statements of every append, in plain SQL for both databases.

Owns the statements, not their order. In SQL, since Django takes several times as long to build a statement as the
database to run it (`python -m bench --only publishing`). Called by append, which decides everything.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec
from django.db import connection
from msgspec import Struct

from asithappened.core.body import plain
from asithappened.core.events import Fact, Subject
from asithappened.core.ledger_state import Row
from asithappened.core.searching import searchable
from asithappened.core.standing import section_of
from asithappened.core.state import BlogState, PostState

_ENCODER: Final = msgspec.json.Encoder()


class Written(Struct, frozen=True, kw_only=True):
    """A fact with its payload, the payload's salt, and the two hashes of core.chain."""

    fact: Fact
    payload: bytes
    salt: bytes
    commitment: bytes
    link: bytes


def move_head(blog: int, *, expected: int, head: int, link: bytes, state: BlogState) -> bool:
    """Move a blog's head and store its state, if the head is the expected one; return whether it was. Locks the row."""
    with connection.cursor() as cursor:
        cursor.execute(
            _MOVE_HEAD, [head, link, state.audience.value, state.status.value, encoded(state), blog, expected]
        )
        return bool(cursor.rowcount)


def add_facts(blog: int, facts: Sequence[Written]) -> None:
    """Add envelopes and payloads."""
    with connection.cursor() as cursor:
        at = connection.ops.adapt_datetimefield_value(facts[0].fact.at)  # the facts of an append have one time
        envelopes = [value for written in facts for value in _envelope(blog, written, at)]
        rows = ", ".join([_ENVELOPE] * len(facts))
        cursor.execute(f"INSERT INTO log_event ({_COLUMNS}) VALUES {rows} RETURNING seq, id", envelopes)  # noqa: S608
        ids: Mapping[int, int] = dict(cursor.fetchall())
        cursor.executemany(_ADD_PAYLOAD, [(ids[each.fact.seq], each.payload, each.salt) for each in facts])


def _envelope(blog: int, written: Written, at: Any) -> tuple[Any, ...]:
    fact = written.fact
    about, id_ = fact.subject.about, fact.subject.id
    said = (blog, fact.seq, at, fact.origin.value, fact.kind, fact.version, about, id_, fact.position)
    return (*said, written.commitment, written.link)


def take_once(scope: str, key: str, *, digest: str, blog: int, first: int, last: int) -> bool:
    """Take an idempotency key for an append; return whether it was free."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_ONCE, [scope, key, digest, blog, first, last])
        return bool(cursor.rowcount)


def keep_posts(blog: int, posts: Sequence[PostState]) -> None:
    """Write the current-state rows of posts."""
    rows = [
        (
            *(blog, post.id, post.position, post.first_seq, post.kind.value),
            *(post.visible, post.picture is not None, encoded(post), post.status.value),
            *(searchable(text) for text in _searched(post)),
        )
        for post in posts
    ]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(_KEEP_POST, rows)


def keep_rows(blog: int, rows: Mapping[Subject, Row]) -> None:
    """Write the current-state rows of the ledger."""
    kept = [(blog, of.about, of.id, row.last_seq, row.open, section_of(row), encoded(row)) for of, row in rows.items()]
    if kept:
        with connection.cursor() as cursor:
            cursor.executemany(_KEEP_ROW, kept)


def _searched(post: PostState) -> tuple[str, str]:
    authors = "\n".join(post.bylines)
    return "\n".join((post.title, plain(post.body), authors)), authors


def encoded(state: Struct) -> bytes:
    """Return a state as JSON."""
    return _ENCODER.encode(state)


_MOVE_HEAD: Final = (
    "UPDATE log_blog SET head = %s, link = %s, audience = %s, status = %s, state = %s WHERE id = %s AND head = %s"
)
_COLUMNS: Final = "blog_id, seq, at, origin, kind, version, about, subject, position, commitment, link"
_ENVELOPE: Final = f"({', '.join(['%s'] * len(_COLUMNS.split()))})"
_ADD_PAYLOAD: Final = "INSERT INTO log_payload (entry_id, data, salt) VALUES (%s, %s, %s)"
_TAKE_ONCE: Final = (
    'INSERT INTO log_once (scope, key, digest, blog_id, "first", "last") VALUES (%s, %s, %s, %s, %s, %s)'
    " ON CONFLICT (scope, key) DO NOTHING"
)
_KEEP_ROW: Final = (
    "INSERT INTO log_subject (blog_id, about, subject, seq, open, section, state) VALUES (%s, %s, %s, %s, %s, %s, %s)"
    " ON CONFLICT (blog_id, about, subject) DO UPDATE SET seq = excluded.seq, open = excluded.open,"
    " section = excluded.section, state = excluded.state"
)
_KEEP_POST: Final = (
    "INSERT INTO log_post (blog_id, post, position, first_seq, kind, visible, pictured, state, status, words, authors)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT (blog_id, post) DO UPDATE SET"
    " position = excluded.position, first_seq = excluded.first_seq, kind = excluded.kind, visible = excluded.visible,"
    " pictured = excluded.pictured, state = excluded.state, status = excluded.status, words = excluded.words,"
    " authors = excluded.authors"
)
