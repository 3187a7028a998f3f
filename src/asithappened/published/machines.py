"""Forwards rings between machines on one PostgreSQL, by NOTIFY.

Owns the notification's format, and a thread, one for each machine, that receives those of other machines and rings this
machine's doorbell. Like a ring, a notification may be lost: heads are read every second anyway. Knows no Django.
Look next: ringing.py, which notifies; doorbell.py; wiring/runner.py, which decides which process listens.
"""

import functools
import hashlib
import logging
import re
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from asithappened.published import doorbell
from asithappened.published.retrying import RetryingThread

if TYPE_CHECKING:
    import psycopg

CHANNEL: Final = "asithappened"
MOMENT_S: Final = 0.01  # notifications within this become one ring; half a tick of delivery, so it delays no stream

# A half-open connection (a firewall dropped it, the other machine lost power) would stay silent for ever. With these
# settings it is closed after 10 + 3 x 5 s of silence, or 15 s without an acknowledgement. The URL may set others.
_ALIVE: Final[dict[str, Any]] = {
    "connect_timeout": 10,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
    "fallback_application_name": "asithappened machines",
}
_SAID: Final = re.compile(r"(\S+) ([0-9]{1,18}) ([0-9]{1,18})", re.ASCII)

log = logging.getLogger("asithappened.machines")


def name_of(folder: Path) -> str:
    """Return this machine's name: a hash of its doorbell folder and its boot; "?" before anything listened.

    Not stored in a file: homes are copied between machines, and two machines with the same name would ignore each
    other. Two names for one machine only ring twice.
    """
    try:
        found = folder.stat()
    except OSError:
        return "?"
    place = f"{socket.gethostname()} {_boot()} {found.st_dev} {found.st_ino}"
    return hashlib.blake2s(place.encode(), digest_size=8).hexdigest()


@functools.cache
def _boot() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    except OSError:  # not Linux: fall back to the host's name
        return ""


def sentence(folder: Path, blog: int, head: int) -> str:
    """Return the notification that a blog's head has moved on the machine with this folder."""
    return f"{name_of(folder)} {blog} {head}"


def connection(database: str) -> "psycopg.Connection[Any]":
    """Connect to a PostgreSQL by its URL, with keepalives that notice a half-open connection."""
    import psycopg  # noqa: PLC0415 -- only an installation on PostgreSQL has it
    from psycopg.conninfo import conninfo_to_dict  # noqa: PLC0415

    return psycopg.connect(**(_ALIVE | conninfo_to_dict(database)), autocommit=True)


class Listener(RetryingThread):
    """Rings the doorbells of a folder whenever another machine published. `database`: a PostgreSQL URL."""

    log = log
    fails = "Other machines are not heard, only looked for every second"
    works_again = "Other machines are heard again."

    def __init__(self, database: str, folder: Path) -> None:
        """`start` begins, even if the database cannot be reached."""
        super().__init__("machines")
        self._database, self._folder = database, folder

    def _work(self) -> None:
        """Connect, and ring for the notifications of others. Raises when the connection is lost."""
        with connection(self._database) as connected:
            connected.execute(f"LISTEN {CHANNEL}")
            self._works()
            doorbell.ring(self._folder, 0, 0)  # for no blog in particular: earlier notifications may have been missed
            while not self._stopped(None, connected):
                for blog, head in self._heard(connected).items():
                    doorbell.ring(self._folder, blog, head)
                self._stopped(MOMENT_S)

    def _heard(self, connected: "psycopg.Connection[Any]") -> dict[int, int]:
        """Return the notifications of other machines since the last call, as the newest head of each blog."""
        heads: dict[int, int] = {}
        own = name_of(self._folder)
        for notified in connected.notifies(timeout=0):
            said = _SAID.fullmatch(notified.payload)
            if said and said[1] != own:
                blog, head = int(said[2]), int(said[3])
                heads[blog] = max(heads.get(blog, 0), head)
        return heads
