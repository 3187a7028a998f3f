"""The lock of a home: servers share it, and commands that replace its files take it alone.

Owns that lock. Two servers of one home are workers of one installation. The system frees it when a process ends, even
if it was killed. Never loads Django.
"""

import importlib.util
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

# Without fcntl (Windows) there is no lock.
_HAS_LOCKS: Final = importlib.util.find_spec("fcntl") is not None

FILE: Final = "served.lock"


class Taken(Exception):
    """Somebody serves this home, or replaces its files, at the moment."""


@dataclass(frozen=True, kw_only=True)
class Server:
    """The first server of a home: its process, and where it listens; "" if it only works, until another serves."""

    pid: int
    listens: str

    def __str__(self) -> str:
        """Say who it is."""
        if not self.pid:
            return "another process"
        return f"process {self.pid}, which listens on {self.listens or 'no port'}"


def server_of(home: Path) -> Server | None:
    """Return who serves a home; None if nobody does."""
    try:
        with (home / FILE).open("r") as lock:
            return None if _locked(lock, alone=True) else _said(lock)
    except OSError:
        return None


@contextmanager
def serving(home: Path, *, listens: str) -> Iterator[Server | None]:
    """Be a server of this home inside; yields the one that is there already, if any. Raises Taken."""
    with _opened(home) as lock:
        first = _locked(lock, alone=True)
        there = None if first else _said(lock)
        if first:
            _say(lock, listens)
        if not _locked(lock, alone=False):
            raise Taken("The files of this home are being replaced at the moment. Try again when that is done.")
        if there and listens and not there.listens:
            _say(lock, listens)  # instead of a process that only works: people ask where the home is served
        yield there


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Have a home to oneself inside: nobody serves it. Raises Taken."""
    with _opened(home) as lock:
        if not _locked(lock, alone=True):
            raise Taken(f"This home is served at the moment, by {_said(lock)}. Stop that first.")
        lock.truncate(0)
        yield


def _say(lock: IO[str], listens: str) -> None:
    lock.seek(0)
    lock.truncate(0)
    lock.write(json.dumps({"pid": os.getpid(), "listens": listens}))
    lock.flush()


def _opened(home: Path) -> IO[str]:
    return os.fdopen(os.open(home / FILE, os.O_RDWR | os.O_CREAT, 0o600), "r+")


def _locked(lock: IO[str], *, alone: bool) -> bool:
    if not _HAS_LOCKS:
        return True
    import fcntl

    try:
        fcntl.flock(lock, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _said(lock: IO[str]) -> Server:
    try:
        lock.seek(0)
        said = json.loads(lock.read())
        return Server(pid=int(said["pid"]), listens=str(said["listens"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Server(pid=0, listens="")
