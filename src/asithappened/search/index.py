"""Writing the index: putting words in, and removing them for good.

Owns the ids, by which the newest post comes first without sorting: a post's position times 512, so that 512 posts can
share a microsecond. The index does not say whether everyone may read a live blog: each search checks that.
Look next: schema.py for the tables, finding.py for the queries.
"""

from collections.abc import Collection, Iterable, Sequence
from hashlib import blake2b
from typing import Final

from django.db import connection
from msgspec import Struct

from asithappened.core.searching import tokens
from asithappened.search import schema

ROOM: Final = 512  # ids of one microsecond; a position is at most 2**53, and an id less than 2**63
KEY_EVENT: Final = "key"
LIVE_BLOG: Final = "blogs"  # the row of a live blog itself
IN_HEADLINE: Final = "^"  # prefix of a token in PostgreSQL that is in the headline
_APART: Final = 2  # positions between headline and body, so that no phrase begins in one and ends in the other


class Words(Struct, frozen=True, kw_only=True):
    """The words of a post, or with `post` "" of its live blog: those of its headline, and all others."""

    post: str
    position: int
    head: str
    body: str
    key_event: bool = False


class _Row(Struct, frozen=True):
    """The words of a row in the form of the index, and their digest."""

    words: Words
    head: Sequence[str]
    body: Sequence[str]
    marks: Sequence[str]
    digest: bytes


def mark_of(blog: int) -> str:
    """Return the token that all posts of a live blog have, which restricts a search to it."""
    return f"blog{blog}"


def put(blog: int, found: Iterable[Words]) -> None:
    """Write the words of posts, or of the live blog itself. In a transaction."""
    rows = [_row(blog, words) for words in found]
    standing = _digests(blog, [row.words.post for row in rows])
    changed = [row for row in rows if standing.get(row.words.post) != row.digest]
    forget(blog, [row.words.post for row in changed if row.words.post in standing])
    with connection.cursor() as cursor:
        for row in changed:
            id_ = _free(row.words.position * ROOM)
            if connection.vendor == "postgresql":
                cursor.execute(_ADD_VECTOR, [id_, blog, row.words.post, row.digest, _vector(row)])
            else:
                cursor.execute(_ADD, [id_, blog, row.words.post, row.digest])
                cursor.execute(_ADD_WORDS, [id_, *map(" ".join, (row.head, row.body, row.marks))])


def forget(blog: int, posts: Collection[str]) -> None:
    """Remove posts, or with "" the live blog itself, so that no byte of them stays. In a transaction."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM search_found WHERE {_of(posts)}", [blog, *posts])  # noqa: S608
        if cursor.rowcount and connection.vendor == "sqlite" and not schema.DELETES_SECURELY:
            cursor.execute("INSERT INTO search_words (search_words) VALUES ('optimize')")


_ADD: Final = "INSERT INTO search_found (id, blog, post, digest) VALUES (%s, %s, %s, %s)"
_ADD_WORDS: Final = "INSERT INTO search_words (rowid, head, body, marks) VALUES (%s, %s, %s, %s)"
_ADD_VECTOR: Final = "INSERT INTO search_found (id, blog, post, digest, words) VALUES (%s, %s, %s, %s, %s::tsvector)"


def _row(blog: int, words: Words) -> _Row:
    marks = [mark_of(blog) if words.post else LIVE_BLOG]
    marks += [KEY_EVENT] if words.key_event else []
    head, body = tokens(words.head), tokens(words.body)
    said = "\0".join(("\n".join(head), "\n".join(body), *marks, str(words.position)))
    return _Row(words, head, body, marks, blake2b(said.encode(), digest_size=16).digest())


def _digests(blog: int, posts: Sequence[str]) -> dict[str, bytes]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT post, digest FROM search_found WHERE {_of(posts)}", [blog, *posts])  # noqa: S608
        return {post: bytes(digest) for post, digest in cursor.fetchall()}


def _of(posts: Collection[str]) -> str:
    """Return the SQL condition for some posts of a blog, at most as many as one append has (core.limits)."""
    return f"blog = %s AND post IN ({', '.join(['%s'] * len(posts)) or 'NULL'})"


def _free(id_: int) -> int:
    """Return the next free id in this one's microsecond, or in the next one with room."""
    while True:
        with connection.cursor() as cursor:
            cursor.execute("SELECT MAX(id) FROM search_found WHERE id >= %s AND id < %s", [id_, id_ + ROOM])
            [last] = cursor.fetchone()
        if last is None:
            return id_
        if last + 1 < id_ + ROOM:
            return int(last) + 1
        id_ += ROOM


def _vector(row: _Row) -> str:
    """Return a row's words in PostgreSQL's syntax of a tsvector: headline words once more with a prefix, and marks.

    A weight would express the same, but GIN does not index weights: every row with the word anywhere would be read.
    """
    places: dict[str, list[str]] = {}
    for at, token in enumerate(row.head, 1):
        places.setdefault(token, []).append(str(at))
        places.setdefault(IN_HEADLINE + token, []).append(str(at))
    for at, token in enumerate(row.body, len(row.head) + _APART):
        places.setdefault(token, []).append(str(at))
    said = [f"'{token}':{','.join(at)}" for token, at in places.items()]
    return " ".join([*said, *(f"'={mark}'" for mark in row.marks)])
