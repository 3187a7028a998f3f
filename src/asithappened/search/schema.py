"""The index in the words of the database at hand: FTS5 of SQLite, a tsvector with GIN of PostgreSQL.

Owns its making. Both are given tokens (core.searching) and cut nothing themselves, so that they find the same. What is
deleted from the table leaves the index with it, and not a byte behind: FTS5 is told to delete securely.
"""

import sqlite3
from typing import Final

from django.db import connection

# Before 3.42 FTS5 only notes that something was deleted, and has the words until it merges what it has.
DELETES_SECURELY: Final = sqlite3.sqlite_version_info >= (3, 42)

_SQLITE: Final = (
    # `ascii` cuts at spaces alone, where what it is given has no signs; all columns are looked up by rowid.
    "CREATE VIRTUAL TABLE search_words USING fts5(head, body, marks, tokenize = 'ascii')",
    "CREATE TRIGGER search_forgets AFTER DELETE ON search_found BEGIN"
    " DELETE FROM search_words WHERE rowid = old.id; END",
)
_SECURELY: Final = "INSERT INTO search_words (search_words, rank) VALUES ('secure-delete', 1)"
_POSTGRESQL: Final = (
    "ALTER TABLE search_found ADD COLUMN words tsvector",
    # Without a list of what is pending, which an erasure would have to empty too.
    "CREATE INDEX search_words ON search_found USING gin (words) WITH (fastupdate = off)",
)


def create() -> None:
    """Create the index, empty. In a transaction."""
    with connection.cursor() as cursor:
        for statement in _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE:
            cursor.execute(statement)
        if connection.vendor == "sqlite" and DELETES_SECURELY:
            cursor.execute(_SECURELY)


def empty() -> None:
    """Empty the index. In a transaction. FTS5 deletes row by row, so that its table is made anew instead."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER search_forgets")
            cursor.execute("DROP TABLE search_words")
        cursor.execute("DELETE FROM search_found")
    if connection.vendor == "sqlite":
        create()
