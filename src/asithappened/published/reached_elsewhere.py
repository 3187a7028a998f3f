"""Shares the rooms of reached.py with the desks of other machines on one PostgreSQL.

Owns a thread, one for each machine, that copies this machine's rooms into a table, at most once a second and only those
that changed; and reading the rooms of other machines there. A row with blog 0 is a machine's heartbeat: without it, the
machine's other rows are ignored. Knows no Django: callers pass in a cursor.
Look next: models.py for the table; wiring/runner.py, which decides which process runs the thread.
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
ALIVE_EVERY: Final = 3  # rounds between two heartbeats, if nothing changed

_STALE_S: Final = reached.STALE_MS / 1000  # by the database's clock
_NO_BLOG: Final = 0

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

_OF_OTHERS: Final = """
FROM published_reached AS said JOIN published_reached AS life
    ON life.machine = said.machine AND life.blog = %s AND life.seen_at > clock_timestamp() - %s * interval '1 second'
WHERE said.machine <> %s AND """
_OF_BLOG: Final = "SELECT said.said" + _OF_OTHERS + "said.blog = %s"
_OF_ALL: Final = "SELECT said.blog, said.said" + _OF_OTHERS + "said.blog <> %s"

log = logging.getLogger("asithappened.machines")


def of(cursor: Any, machine: str, blog: int) -> list[Reached]:
    """Return a blog's rooms on other machines that live. `machine`: the name of this one."""
    cursor.execute(_OF_BLOG, [_NO_BLOG, _STALE_S, machine, blog])
    return [one for (said,) in cursor.fetchall() for one in _SAID.decode(bytes(said))]


def all_of(cursor: Any, machine: str) -> list[tuple[int, Reached]]:
    """Return all rooms on other machines that live, with their blogs. `machine`: the name of this one."""
    cursor.execute(_OF_ALL, [_NO_BLOG, _STALE_S, machine, _NO_BLOG])
    return [(blog, one) for blog, said in cursor.fetchall() for one in _SAID.decode(bytes(said))]


class Carrier(RetryingThread):
    """Copies this machine's rooms into the table. `database`: a URL."""

    log = log
    fails = "Desks on other machines do not learn what readers here have"
    works_again = "Desks on other machines learn again what readers here have."

    def __init__(self, database: str, folder: Path) -> None:
        """`start` begins, even if the database cannot be reached."""
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
        if not self._carried or self._carried.keys() - now.keys() - {_NO_BLOG}:
            connection.execute(_GONE, [machine, [_NO_BLOG, *now]])
        if alive or changed:
            changed[_NO_BLOG] = b"[]"
        for blog, said in changed.items():
            connection.execute(_PUT, [machine, blog, said])
        self._carried = now | {_NO_BLOG: b"[]"}
