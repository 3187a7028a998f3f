"""Carrying what reached.py has to the desks of other machines on one PostgreSQL.

Owns the thread, one a machine, that copies what reached.py has on this machine into a table: at most once a second, and
only what changed. A row of blog 0 says that the machine lives; without it the others are ignored.
Nobody waits for it. Knows no Django. Look next: models.py for the table; wiring/runner.py for which process carries.
"""

import logging
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import msgspec

from asithappened.published import machines, reached
from asithappened.published.reached import Reached
from asithappened.published.retrying import RetryingThread

EVERY_S: Final = 1.0
ALIVE_EVERY: Final = 3  # looks, between two signs of life where nothing changed
STALE_S: Final = reached.STALE_MS / 1000  # by the database's clock
NO_BLOG: Final = 0

_JSON: Final = msgspec.json.Encoder()
_SAID: Final = msgspec.json.Decoder(list[Reached])
_PUT: Final = """
INSERT INTO published_reached (machine, blog, said, seen_at) VALUES (%s, %s, %s, clock_timestamp())
ON CONFLICT (machine, blog) DO UPDATE SET said = excluded.said, seen_at = excluded.seen_at
"""
_GONE: Final = "DELETE FROM published_reached WHERE machine = %s AND blog <> ALL(%s)"
_FORGET: Final = """
DELETE FROM published_reached AS said WHERE NOT EXISTS (
    SELECT 1 FROM published_reached AS life
    WHERE life.machine = said.machine AND life.blog = 0 AND life.seen_at > clock_timestamp() - interval '1 day')
"""

log = logging.getLogger("asithappened.machines")


def read(said: bytes) -> list[Reached]:
    """Return what a row says."""
    return _SAID.decode(said)


class Carrier(RetryingThread):
    """Carries what this machine's processes say to where other machines' desks read it. `database`: a URL."""

    log = log
    fails = "Desks on other machines do not learn what readers here have"
    works_again = "Desks on other machines learn again what readers here have."

    def __init__(self, database: str, folder: Path) -> None:
        """Know where; `start` begins, whether or not the database is there."""
        super().__init__("reached")
        self._database, self._folder = database, folder
        self._carried: dict[int, bytes] = {}

    def _work(self) -> None:
        with closing(machines.connection(self._database)) as connection:
            self._carried.clear()
            connection.execute(_FORGET)
            looks = 0
            while True:
                self._carry(connection, machines.name_of(self._folder), alive=looks % ALIVE_EVERY == 0)
                self._works()
                looks += 1
                if self._stopped(EVERY_S):
                    return

    def _carry(self, connection: Any, machine: str, *, alive: bool) -> None:
        now = {blog: _JSON.encode(said) for blog, said in reached.all_of(self._folder).items()}
        changed = {blog: said for blog, said in now.items() if self._carried.get(blog) != said}
        if not self._carried or self._carried.keys() - now.keys() - {NO_BLOG}:
            connection.execute(_GONE, [machine, [NO_BLOG, *now]])
        if alive or changed:
            changed[NO_BLOG] = b"[]"
        for blog, said in changed.items():
            connection.execute(_PUT, [machine, blog, said])
        self._carried = now | {NO_BLOG: b"[]"}
