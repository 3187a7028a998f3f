"""The schema of the index: FTS5 on SQLite, a tsvector with GIN on PostgreSQL.

Owns creating it. Both databases get finished tokens (core.searching) and do not split text themselves, so that they
find the same. A row deleted from the table leaves the index without a trace: FTS5 is configured to delete securely.
"""

import sqlite3
from typing import Final

from django.db import connection

# Before 3.42 FTS5 only marks a row as deleted, and keeps its words until it merges its segments.
DELETES_SECURELY: Final = sqlite3.sqlite_version_info >= (3, 42)

_SQLITE: Final = (
    # `ascii` splits at spaces only, because the tokens contain no signs; all columns are looked up by rowid.
    "CREATE VIRTUAL TABLE search_words USING fts5(head, body, marks, tokenize = 'ascii')",
    "CREATE TRIGGER search_forgets AFTER DELETE ON search_found BEGIN"
    " DELETE FROM search_words WHERE rowid = old.id; END",
)
_SECURELY: Final = "INSERT INTO search_words (search_words, rank) VALUES ('secure-delete', 1)"
_POSTGRESQL: Final = (
    "ALTER TABLE search_found ADD COLUMN words tsvector",
    # Without a pending list, which an erasure would have to empty too.
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
    """Empty the index. In a transaction. FTS5 would delete row by row, so its table is created anew instead."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER search_forgets")
            cursor.execute("DROP TABLE search_words")
        cursor.execute("DELETE FROM search_found")
    if connection.vendor == "sqlite":
        create()
