"""Promises of `wiring.sqlite`: which versions are safe, that the swap reaches Django, and how values are bound."""

import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from asithappened.wiring.sqlite import is_safe, use_safe_sqlite


@pytest.mark.parametrize("version", ["3.44.6", "3.44.9", "3.50.7", "3.50.12", "3.51.3", "3.52.0", "3.53.4", "4.0.0"])
def test_a_version_with_the_wal_reset_fix_is_safe(version: str) -> None:
    assert is_safe(version)


@pytest.mark.parametrize("version", ["3.7.0", "3.40.1", "3.44.5", "3.45.0", "3.49.2", "3.50.6", "3.51.0", "3.51.2"])
def test_a_version_without_the_wal_reset_fix_is_not_safe(version: str) -> None:
    assert not is_safe(version)


def test_the_newer_of_the_two_sqlites_is_the_one_in_use() -> None:
    pysqlite3 = pytest.importorskip("pysqlite3", reason="no wheel of pysqlite3 for this platform")
    assert use_safe_sqlite() == sqlite3.sqlite_version
    assert sqlite3.sqlite_version_info >= pysqlite3.sqlite_version_info
    assert is_safe(sqlite3.sqlite_version)


def test_django_binds_the_sqlite_that_was_chosen() -> None:
    script = (
        "from asithappened.wiring.sqlite import use_safe_sqlite; version = use_safe_sqlite();"
        "from django.db.backends.sqlite3.base import Database; assert Database.sqlite_version == version"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_bytes_booleans_and_nothing_are_bound_as_they_are() -> None:
    use_safe_sqlite()
    chosen = sys.modules["sqlite3"]
    with closing(chosen.connect(":memory:")) as memory:
        for value, kind in ((b"\x00words", "blob"), (True, "integer"), (None, "null")):
            assert (type(value), chosen.PrepareProtocol) in chosen.adapters, "otherwise one is sought for each value"
            assert memory.execute("SELECT ?1, typeof(?1)", [value]).fetchone() == (value, kind)
