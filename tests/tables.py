"""Databases with all tables and nothing in them, made once a process: whoever needs one has a copy.

Migrating takes two seconds of a processor, and copying a file none. That the first command of a home migrates it is
promised by tests/wiring/test_cli.py and tests/homes, which have theirs from nobody. Look next: `migrated`, in conftest.
"""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.db import connection

FILES: Final = ("newsroom.sqlite3", "drafts.sqlite3")


@cache
def empty() -> Path:
    """Return a folder in which a home's databases are as its first command leaves them."""
    folder = Path(tempfile.mkdtemp(prefix="asithappened-tables-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ASITHAPPENED_", "DJANGO_"))}
    subprocess.run(
        [sys.executable, "-c", "from asithappened.wiring import home; home.prepare()"],
        env=kept | {"ASITHAPPENED_HOME": str(folder)}, check=True, timeout=100,
    )  # fmt: skip
    return folder


def new_home(at: Path) -> Path:
    """Make a home that has its tables; all else, its keys and its address, its first command makes."""
    at.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in FILES:
        shutil.copy(empty() / name, at / name)
    return at


@contextmanager
def on(name: str) -> Iterator[None]:
    """Have Django's connection lead to another database."""
    connection.close()
    was, connection.settings_dict["NAME"] = connection.settings_dict["NAME"], name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = was


def elsewhere(statement: str) -> None:
    """Do something to a PostgreSQL's databases, from none of them."""
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)


def emptied_where_full(self: Any, style: Any, tables: Sequence[str], **how: Any) -> list[str]:
    """Return what empties a PostgreSQL's tables, of those that have rows and what refers to them.

    In place of Django's: to empty one costs files of it and of each of its indexes, and there are a hundred, most of
    them empty after any test.
    """
    del style, how
    if not tables:
        return []
    quoted = {table: self.quote_name(table) for table in tables}
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT FROM {name})" for table, name in quoted.items())
        )
        full = [quoted[table] for (table,) in cursor.fetchall()]
    return [f"TRUNCATE {', '.join(full)} CASCADE"] if full else []
