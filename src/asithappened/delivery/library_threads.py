"""The two threads in which delivery queries the published tables and compresses documents.

Owns their connections: one a thread, replaced when it fails. Nothing on the loop waits for a database.
"""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from asithappened.published.layout import House
from asithappened.published.read import Library

T = TypeVar("T")


class Unreadable(Exception):
    """The published tables cannot be read now. Only what is cached and current can be served."""


class LibraryThreads:
    """Two threads, each of which opens the published tables with its first work."""

    def __init__(self, database: Path | str, house: House | None = None) -> None:
        self.database, self._house = database, house
        self.libraries: list[Library] = []
        self._threads = ThreadPoolExecutor(2, "delivery", initializer=self._begin)
        self._local = threading.local()

    async def run(self, work: Callable[[Library], T]) -> T:
        """Run work on one consistent state of the tables. Raises Unreadable if they cannot be read."""

        def at_one_moment() -> T:
            for last in (False, True):
                try:
                    library = self._library()
                    with library.at_one_moment():
                        return work(library)
                except Exception as error:
                    # A connection that failed is replaced: after a restart of the database it stays broken.
                    with suppress(Exception):
                        self.libraries.remove(self._local.library)
                        self._local.library.close()
                    self._local.library = None
                    if not _of_the_database(error):
                        raise
                    if last:
                        raise Unreadable(str(error)) from error
            raise AssertionError("unreachable")

        return await asyncio.get_running_loop().run_in_executor(self._threads, at_one_moment)

    def close(self) -> None:
        self._threads.shutdown(wait=True)
        for library in self.libraries:
            library.close()

    def _begin(self) -> None:
        self._local.library = None

    def _library(self) -> Library:
        if self._local.library is None:
            self._local.library = Library(self.database, self._house)
            self.libraries.append(self._local.library)
        library: Library = self._local.library
        return library


def _of_the_database(error: Exception) -> bool:
    # By name, because delivery does not import the driver of a database that it does not use.
    return isinstance(error, OSError) or type(error).__module__.partition(".")[0] in {"sqlite3", "pysqlite3", "psycopg"}
