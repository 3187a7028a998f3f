"""The heads that each delivering process has written to its readers, by which the desk shows since when a post is live.

Owns a file for each process, beside the doorbells: how many readers each of its rooms has, and when each head had been
written to all of them. Written with `pwrite`, at most once a batch: on a full disk that fails, while a memory map would
kill the process. A lock on the file shows that the process lives; a process id would mean nothing across containers.
Knows no Django. Look next: reached_elsewhere.py for other machines.
"""

import contextlib
import fcntl
import os
import secrets
import struct
import time
import zlib
from array import array
from collections import deque
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct

from asithappened.published.doorbell import own

ROOMS: Final = 4_096  # in one file; a process has 2,000, and more only while none of them is idle
WRITTEN: Final = 24  # newest batches of a room: a desk asks every two seconds
STALE_MS: Final = 10_000  # the desk waits for no process without a heartbeat for so long

_MAGIC: Final = b"reached1"
_HEADER: Final = struct.Struct("=8sQ?")  # the format, the time of the last heartbeat, `at_least`
_IDS_AT: Final = 64
_SLOTS_AT: Final = _IDS_AT + 8 * ROOMS
_SLOT: Final = struct.Struct(f"=Q16sQQ{2 * WRITTEN}Q")  # blog, epoch, readers, the number of `written`, and these
_CHECK: Final = struct.Struct("=I")
_SLOT_BYTES: Final = _SLOT.size + _CHECK.size


class Reached(Struct, frozen=True, kw_only=True):
    """A room of one process. `written`: heads, oldest first, and when (ms since 1970) all readers had each.

    A time of 0: the room was opened at that head, so its readers had it already. `at_least`: an edge has more readers.
    """

    epoch: str
    readers: int
    at_least: bool
    written: tuple[tuple[int, int], ...]


class _Room:
    def __init__(self, blog: int, slot: int, epoch: str, head: int) -> None:
        self.blog, self.slot, self.epoch, self.readers = blog, slot, epoch, 0
        self.written: deque[tuple[int, int]] = deque([(head, 0)], maxlen=WRITTEN)


class Reporter:
    """One process's file. Never raises once it is open, because delivery must not fail for it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.at_least = False
        self._rooms: dict[int, _Room] = {}
        self._free: list[int] = []
        self._descriptor, self._inode = -1, 0
        self._path = folder

    def open(self) -> None:
        """Make the file, locked before it can be found."""
        own(self._folder)
        _clear(self._folder)
        name = f"{os.getpid()}-{secrets.token_hex(4)}"
        unnamed = self._folder / f"{name}.new"
        self._descriptor = os.open(unnamed, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        self._path = self._folder / f"{name}.reached"
        self._inode = os.fstat(self._descriptor).st_ino
        self._put_header()
        unnamed.rename(self._path)

    def close(self) -> None:
        if self._descriptor >= 0:
            with contextlib.suppress(OSError):
                self._path.unlink()
            os.close(self._descriptor)
            self._descriptor = -1

    def opened(self, blog: int, epoch: str, head: int) -> None:
        """Report that a room was opened at a head, or opened again for another log."""
        was = self._rooms.get(blog)
        used = len(self._rooms) + len(self._free)
        slot = was.slot if was else self._free.pop() if self._free else used
        if slot >= ROOMS:
            return
        room = self._rooms[blog] = _Room(blog, slot, epoch, head)
        self._put(room)
        self._put_id(slot, blog)

    def closed(self, blog: int) -> None:
        """Report that a room was closed."""
        if room := self._rooms.pop(blog, None):
            self._free.append(room.slot)
            self._put_id(room.slot, 0)

    def wrote(self, blog: int, epoch: str, head: int, readers: int) -> None:
        """Report that a head has been written to all readers in the room."""
        if blog in self._rooms and self._rooms[blog].epoch != epoch:
            self.opened(blog, epoch, 0)  # a new epoch starts at 0
        room = self._rooms.get(blog)
        if room is not None and head > room.written[-1][0]:
            room.written.append((head, _now_ms()))
            room.readers = readers
            self._put(room)

    def alive(self, readers: Mapping[int, int]) -> None:
        """Write a heartbeat, and the number of readers in each room. Called twice a second."""
        with contextlib.suppress(OSError):
            self._reopen()
        self._put_header()
        for blog, count in readers.items():
            room = self._rooms.get(blog)
            if room is not None and room.readers != count:
                room.readers = count
                self._put(room)

    def _reopen(self) -> None:
        """Make the file again if the folder was cleared, as /tmp is every week."""
        with contextlib.suppress(FileNotFoundError):
            if self._path.stat().st_ino == self._inode:
                return
        self.close()
        self.open()
        for blog, room in self._rooms.items():
            self._put(room)
            self._put_id(room.slot, blog)

    def _put_header(self) -> None:
        self._write(_HEADER.pack(_MAGIC, _now_ms(), self.at_least), 0)

    def _put_id(self, slot: int, blog: int) -> None:
        self._write(blog.to_bytes(8, "little"), _IDS_AT + 8 * slot)

    def _put(self, room: _Room) -> None:
        numbers = [number for pair in room.written for number in pair]
        numbers += [0] * (2 * WRITTEN - len(numbers))
        said = _SLOT.pack(room.blog, room.epoch.encode(), room.readers, len(room.written), *numbers)
        self._write(said + _CHECK.pack(zlib.crc32(said)), _SLOTS_AT + _SLOT_BYTES * room.slot)

    def _write(self, data: bytes, at: int) -> None:
        if self._descriptor >= 0:
            with contextlib.suppress(OSError):
                os.pwrite(self._descriptor, data, at)


def of(folder: Path, blog: int) -> list[Reached]:
    """Return a blog's rooms in the processes of this machine that live."""
    return [said for path in folder.glob("*.reached") for _, said in _read(path, blog)]


def all_of(folder: Path) -> dict[int, list[Reached]]:
    """Return all rooms in the processes of this machine that live, by blog."""
    found: dict[int, list[Reached]] = {}
    for path in folder.glob("*.reached"):
        for blog, said in _read(path, None):
            found.setdefault(blog, []).append(said)
    return found


def _read(path: Path, wanted: int | None) -> Iterator[tuple[int, Reached]]:
    """Yield the rooms in a file, of one blog or of all; none if its process has ended."""
    with contextlib.suppress(OSError), path.open("rb", buffering=0) as file:
        data = os.pread(file.fileno(), _SLOTS_AT, 0)
        if len(data) < _IDS_AT or _is_free(file.fileno()):
            return
        magic, alive_ms, at_least = _HEADER.unpack_from(data)
        if magic != _MAGIC or _now_ms() - alive_ms > STALE_MS:
            return
        ids = array("Q", data[_IDS_AT : len(data) - len(data) % 8])
        for slot, blog in enumerate(ids) if wanted is None else _where(ids, wanted):
            if blog and (said := _slot(file.fileno(), slot, blog, at_least=at_least)):
                yield blog, said


def _where(ids: "array[int]", blog: int) -> list[tuple[int, int]]:
    try:
        return [(ids.index(blog), blog)]
    except ValueError:
        return []


def _slot(descriptor: int, slot: int, blog: int, *, at_least: bool) -> Reached | None:
    for _ in range(5):  # the checksum is wrong if the slot was written meanwhile
        data = os.pread(descriptor, _SLOT_BYTES, _SLOTS_AT + _SLOT_BYTES * slot)
        if len(data) == _SLOT_BYTES and _CHECK.unpack_from(data, _SLOT.size)[0] == zlib.crc32(data[: _SLOT.size]):
            whose, epoch, readers, count, *numbers = _SLOT.unpack_from(data)
            written = tuple(zip(numbers[0 : 2 * count : 2], numbers[1 : 2 * count : 2], strict=True))
            said = Reached(epoch=epoch.rstrip(b"\0").decode(), readers=readers, at_least=at_least, written=written)
            return said if whose == blog else None
    return None


def _clear(folder: Path) -> None:
    """Delete the files of processes that were killed."""
    for path in folder.glob("*.reached"):
        with contextlib.suppress(OSError), path.open("rb", buffering=0) as file:
            if _is_free(file.fileno()):
                path.unlink()


def _is_free(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _now_ms() -> int:
    return time.time_ns() // 1_000_000
