"""Whether a process is playing a replay at this moment.

Owns a lock that ends with its process: a file lock on SQLite, an advisory lock on PostgreSQL, where
the process may be on another machine.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.conf import settings
from django.db import connection

_PURPOSE: Final = 0x5245504C  # other code that takes advisory locks in this database uses other numbers


@contextmanager
def played(blog: int) -> Iterator[bool]:
    """Hold the lock of a replay; yields False if another process has it."""
    with _locked_in_database(blog) if connection.vendor == "postgresql" else _locked_file(blog) as mine:
        yield mine


@contextmanager
def _locked_in_database(blog: int) -> Iterator[bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_PURPOSE, blog])
        mine = bool(cursor.fetchone()[0])
    try:
        yield mine
    finally:
        if mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_PURPOSE, blog])


@contextmanager
def _locked_file(blog: int) -> Iterator[bool]:
    try:
        import fcntl  # noqa: PLC0415 -- not on every system
    except ImportError:
        yield True
        return
    path = settings.HOME / f"replay-{blog}.lock"
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True
    finally:
        os.close(descriptor)
