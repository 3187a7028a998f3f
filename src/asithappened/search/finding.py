"""Queries of readers' search: posts of one live blog, or posts and headlines of all public ones.

Owns the SQL for either database; both return the same. Nothing is sorted or counted: a result is one page, and a cursor
for the next. Each search checks whether everyone may read a live blog, in the same row that delivery reads.
Look next: core.searching for the meaning of words, views.py for the callers.
"""

import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from django.db import OperationalError, connection, transaction
from msgspec import Struct

from asithappened.core.searching import Asked, Term
from asithappened.search.index import IN_HEADLINE, KEY_EVENT, LIVE_BLOG, mark_of

PAGE: Final = 20  # one to three screens full
LONGEST_S: Final = 2.0  # only searches for words that half of all posts have take longer
_STEPS: Final = 10_000  # of SQLite's virtual machine between two checks of the clock: some 0.2 ms


class TooLong(Exception):
    """A search that took too long, and was ended."""


class Cursor(Struct, frozen=True):
    """The start of the next page: below an id, in the tier of hits with the words in their headline or in the other."""

    id: int
    headline: bool = False

    def __str__(self) -> str:
        """Return it in the form of an address."""
        return f"{'h' if self.headline else ''}{self.id}"


class Hit(Struct, frozen=True):
    """A post that was found, or with `post` "" a live blog."""

    id: int
    blog: int
    post: str


class Hits(Struct, frozen=True, kw_only=True):
    """One page of hits; `older`: the start of the next page, if there is one."""

    found: Sequence[Hit]
    older: Cursor | None = None


def cursor_of(written: str) -> Cursor | None:
    """Parse str(Cursor); None if it is invalid."""
    found = re.fullmatch(r"(h?)([0-9]{1,19})", written, re.ASCII)
    return Cursor(int(found[2]), bool(found[1])) if found and int(found[2]) < 2**63 else None


def find(
    wanted: Asked,
    *,
    blog: int | None = None,
    key_events: bool = False,
    headlines_first: bool = False,
    after: Cursor | None = None,
    most: int = PAGE,
) -> Hits:
    """Return at most `most` hits below a cursor, the newest first. Raises TooLong.

    `blog`: only posts of this one; `headlines_first`: hits with all of the words in their headline come first.
    """
    if not wanted:
        return Hits(found=())
    tiers: tuple[bool | None, ...] = (None,) if not headlines_first else (True, False)
    if headlines_first and after is not None and not after.headline:
        tiers = (False,)
    found = list[tuple[Hit, bool]]()
    for tier in tiers:
        upto = after.id if after is not None and after.headline is bool(tier) else 2**63 - 1
        hits = _hits(_question(wanted, blog=blog, key_events=key_events, tier=tier), upto, most + 1 - len(found))
        found += [(hit, bool(tier)) for hit in hits]
        if len(found) > most:
            last, headline = found[most - 1]
            return Hits(found=[hit for hit, _ in found[:most]], older=Cursor(last.id, headline))
    return Hits(found=[hit for hit, _ in found])


def live_blogs(words: Sequence[str], *, most: int) -> list[int]:
    """Return the live blogs, the one opened last first, whose own words have one of these tokens. Raises TooLong."""
    if not words:
        return []
    if connection.vendor == "postgresql":
        either = " | ".join(f"'{word}'" for word in words)
        question = f"({either}) & '={LIVE_BLOG}'"
    else:
        either = " OR ".join(f'"{word}"' for word in words)
        question = f'({{head body}} : ({either})) AND (marks : "{LIVE_BLOG}")'
    return [hit.blog for hit in _hits(question, 2**63 - 1, most)]


def _question(wanted: Asked, *, blog: int | None, key_events: bool, tier: bool | None) -> str:
    """Return a query in the database's syntax. `tier`: all of the words are in the headline, or not all are."""
    marks = ([mark_of(blog)] if blog is not None else []) + ([KEY_EVENT] if key_events else [])
    if connection.vendor == "postgresql":
        anywhere, in_head = (
            " & ".join(_group_of_postgresql(group, way) for group in wanted) for way in ("", IN_HEADLINE)
        )
        said = {None: anywhere, True: in_head, False: f"{anywhere} & !({in_head})"}[tier]
        return " & ".join([said, *(f"'={mark}'" for mark in marks)])
    words = " AND ".join(f"({' OR '.join(map(_term_of_sqlite, group))})" for group in wanted)
    anywhere, in_head = f"({{head body}} : ({words}))", f"(head : ({words}))"
    said = {None: anywhere, True: in_head, False: f"({anywhere} NOT {in_head})"}[tier]
    return " AND ".join([said, *(f'(marks : "{mark}")' for mark in marks)])


# Tokens consist of letters and digits only, so nothing in them ends a quoted string.


def _term_of_sqlite(term: Term) -> str:
    return f'"{" ".join(term.tokens)}"{" *" if term.begins else ""}'


def _group_of_postgresql(group: tuple[Term, ...], sign: str) -> str:
    return "(" + " | ".join(_term_of_postgresql(term, sign) for term in group) + ")"


def _term_of_postgresql(term: Term, sign: str) -> str:
    said = " <-> ".join(f"'{sign}{token}'" for token in term.tokens)
    return f"({said}{':*' if term.begins else ''})"


def _hits(question: str, upto: int, most: int) -> list[Hit]:
    with _bounded(), connection.cursor() as cursor:
        cursor.execute(_POSTGRESQL if connection.vendor == "postgresql" else _SQLITE, [question, upto, most])
        return [Hit(*row) for row in cursor.fetchall()]


_EVERYONES: Final = " JOIN published_blog b ON b.id = f.blog AND b.audience = 'everyone' AND b.status <> 'gone'"
# CROSS JOIN keeps the order: the index yields ids from the newest on, and only as many as are requested.
_SQLITE: Final = (
    "SELECT f.id, f.blog, f.post FROM search_words w CROSS JOIN search_found f ON f.id = w.rowid"  # noqa: S608
    f"{_EVERYONES} WHERE w.search_words MATCH %s AND w.rowid < %s ORDER BY w.rowid DESC LIMIT %s"
)
_POSTGRESQL: Final = (
    f"SELECT f.id, f.blog, f.post FROM search_found f{_EVERYONES}"  # noqa: S608
    " WHERE f.words @@ %s::tsquery AND f.id < %s ORDER BY f.id DESC LIMIT %s"
)


@contextmanager
def _bounded() -> Iterator[None]:
    """End a search that takes too long. Raises TooLong."""
    try:
        if connection.vendor == "postgresql":
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT set_config('statement_timeout', %s, true)", [f"{LONGEST_S * 1000:.0f}"])
                yield
            return
        connection.ensure_connection()
        until = time.monotonic() + LONGEST_S
        database: Any = connection.connection
        database.set_progress_handler(lambda: time.monotonic() > until, _STEPS)
        try:
            yield
        finally:
            database.set_progress_handler(None, 0)
    except OperationalError as error:
        if any(said in str(error) for said in ("interrupted", "statement timeout")):
            raise TooLong from error
        raise
