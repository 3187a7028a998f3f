"""Promises of `delivery.library_threads`: a failing database is connected to again, and then reported as unreadable."""

import asyncio
import sqlite3
from pathlib import Path

import pytest

from asithappened.delivery.library_threads import LibraryThreads, Unreadable
from asithappened.published.read import Library


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a database with nothing in it."""
    sqlite3.connect(tmp_path / "a.sqlite3").close()
    return tmp_path / "a.sqlite3"


def test_a_connection_that_failed_once_is_not_asked_again(path: Path) -> None:
    asked: list[Library] = []

    def work(library: Library) -> str:
        asked.append(library)
        if len(asked) == 1:
            raise sqlite3.OperationalError("disk I/O error")
        return "found"

    threads = LibraryThreads(path)
    assert asyncio.run(threads.run(work)) == "found"
    assert len({*map(id, asked)}) == 2
    assert threads.libraries == asked[1:]
    threads.close()


def test_a_database_that_fails_twice_cannot_be_read(path: Path) -> None:
    def work(library: Library) -> str:
        del library
        raise sqlite3.OperationalError("disk I/O error")

    threads = LibraryThreads(path)
    with pytest.raises(Unreadable, match="disk I/O error"):
        asyncio.run(threads.run(work))
    path.unlink()
    with pytest.raises(Unreadable):
        asyncio.run(threads.run(lambda library: "not there"))
    threads.close()


def test_what_is_no_fault_of_the_database_is_raised_as_it_is(path: Path) -> None:
    asked = []

    def work(library: Library) -> str:
        asked.append(library)
        raise KeyError("layout:page")

    threads = LibraryThreads(path)
    with pytest.raises(KeyError):
        asyncio.run(threads.run(work))
    assert len(asked) == 1
    threads.close()
