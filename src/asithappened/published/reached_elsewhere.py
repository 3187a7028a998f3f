"""Carrying what reached.py has to the desks of other machines on one PostgreSQL.

Owns the thread, one a machine, that copies what reached.py has on this machine into a table, at most once a second and
only what changed; and reading there what other machines have. A row of blog 0 says that the machine lives; without it
the others are ignored. Nobody waits for it. Knows no Django: who reads brings a cursor.
Look next: models.py for the table; wiring/runner.py for which process carries.
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
    """Return what the processes of other machines that live say of a blog. `machine`: the name of this one."""
    cursor.execute(_OF_BLOG, [_NO_BLOG, _STALE_S, machine, blog])
    return [one for (said,) in cursor.fetchall() for one in _SAID.decode(bytes(said))]


def all_of(cursor: Any, machine: str) -> list[tuple[int, Reached]]:
    """Return what the processes of other machines that live say, by blog. `machine`: the name of this one."""
    cursor.execute(_OF_ALL, [_NO_BLOG, _STALE_S, machine, _NO_BLOG])
    return [(blog, one) for blog, said in cursor.fetchall() for one in _SAID.decode(bytes(said))]


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
        if not self._carried or self._carried.keys() - now.keys() - {_NO_BLOG}:
            connection.execute(_GONE, [machine, [_NO_BLOG, *now]])
        if alive or changed:
            changed[_NO_BLOG] = b"[]"
        for blog, said in changed.items():
            connection.execute(_PUT, [machine, blog, said])
        self._carried = now | {_NO_BLOG: b"[]"}
