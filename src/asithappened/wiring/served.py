"""The lock of a home: servers share it, and a command that replaces its files takes it exclusively.

Two servers of one home are processes of one installation. The system releases the lock when a process ends, even if it
was killed. Never loads Django.
"""

import importlib.util
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

# Without fcntl (Windows) there is no lock.
_HAS_LOCKS: Final = importlib.util.find_spec("fcntl") is not None

FILE: Final = "served.lock"
_TRY_AGAIN_S: Final = 0.05
_TRIES: Final = 20


class Taken(Exception):
    """Another process serves this home, or replaces its files."""


@dataclass(frozen=True, kw_only=True)
class Server:
    """The first server of a home: its process, and where it listens, "" for a worker alone, until another serves."""

    pid: int
    listens: str

    def __str__(self) -> str:
        if not self.pid:
            return "another process"
        return f"process {self.pid}, which listens on {self.listens or 'no port'}"


def server_of(home: Path) -> Server | None:
    """Return the server of a home, if there is one."""
    try:
        with (home / FILE).open("r") as lock:
            return None if _locked(lock, exclusive=True) else _read(lock)
    except OSError:
        return None


@contextmanager
def serving(home: Path, *, listens: str) -> Iterator[Server | None]:
    """Hold the lock as a server of this home; yields another server, if there is one. Raises Taken."""
    with _opened(home) as lock:
        first = _locked(lock, exclusive=True)
        there = None if first else _read(lock)
        if first:
            _write(lock, listens)
        if not _shared_soon(lock):
            raise Taken("The files of this home are being replaced at the moment. Try again when that is done.")
        if there and listens and not there.listens:
            _write(lock, listens)  # replaces a worker alone, because people want to know where the home is served
        yield there


@contextmanager
def exclusively(home: Path) -> Iterator[None]:
    """Hold the lock so that no server can run. Raises Taken."""
    with _opened(home) as lock:
        if not _locked(lock, exclusive=True):
            raise Taken(f"This home is served at the moment, by {_read(lock)}. Stop that first.")
        lock.truncate(0)
        yield


def _shared_soon(lock: IO[str]) -> bool:
    """Share the lock, waiting for a server that starts at this instant, which holds it alone before it shares it."""
    for _ in range(_TRIES):
        if _locked(lock, exclusive=False):
            return True
        time.sleep(_TRY_AGAIN_S)
    return False


def _write(lock: IO[str], listens: str) -> None:
    lock.seek(0)
    lock.truncate(0)
    lock.write(json.dumps({"pid": os.getpid(), "listens": listens}))
    lock.flush()


def _opened(home: Path) -> IO[str]:
    return os.fdopen(os.open(home / FILE, os.O_RDWR | os.O_CREAT, 0o600), "r+")


def _locked(lock: IO[str], *, exclusive: bool) -> bool:
    if not _HAS_LOCKS:
        return True
    import fcntl

    try:
        fcntl.flock(lock, (fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _read(lock: IO[str]) -> Server:
    try:
        lock.seek(0)
        said = json.loads(lock.read())
        return Server(pid=int(said["pid"]), listens=str(said["listens"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Server(pid=0, listens="")
