"""The doorbell: "blog X is at N", from the process that appended to those that serve readers on this machine.

Owns a folder of Unix datagram sockets, one for each listener. A ring has no event, and may be lost, doubled or late: a
listener that gets one reads the tables at once, and every listener reads them each second anyway.
Knows no Django. Look next: machines.py, which carries a ring to other machines.
"""

import contextlib
import hashlib
import mmap
import os
import secrets
import socket
import struct
import tempfile
import time
from pathlib import Path
from typing import Final

_NO_PUBLISHES: Final = ".others.bell"  # the end of the names of those who listen to other things alone


def folder_in(home: Path) -> Path:
    """Return the folder of an installation's doorbells: in its home, or in /tmp if the home's path is too long.

    A Unix socket's path has at most 107 bytes, and a home may be anywhere.
    """
    folder = home / "doorbells"
    if len(os.fsencode(folder)) <= 70:
        return folder
    digest = hashlib.blake2s(os.fsencode(folder), digest_size=6).hexdigest()
    return Path(tempfile.gettempdir()) / f"asithappened-{os.getuid()}-{digest}"


def own(folder: Path) -> None:
    """Make the folder, or check that only this user can write to it: in /tmp another user may have made it first."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    found = folder.stat()
    if found.st_uid != os.getuid() or found.st_mode & 0o022:
        raise PermissionError(f"{folder} has to belong to this user, and nobody else may write there.")


def ring(folder: Path, blog: int, head: int) -> None:
    """Tell every listener that a blog's head has moved. Never raises or blocks: a lost ring costs a second."""
    with contextlib.suppress(OSError):
        _stamp(folder)
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as bell:
        bell.setblocking(False)
        for listener in folder.glob("*.bell"):
            if blog and listener.name.endswith(_NO_PUBLISHES):
                continue
            try:
                bell.sendto(b"%d %d" % (blog, head), str(listener))
            except (ConnectionRefusedError, FileNotFoundError):
                with contextlib.suppress(OSError):
                    listener.unlink()  # its process died without removing it
            except OSError:
                continue  # a full queue: this listener has unread rings anyway


def listen(folder: Path, *, publishes: bool = True) -> socket.socket:
    """Open a non-blocking socket that gets every ring, or only those for no live blog; close it with `close`."""
    own(folder)
    bell = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    bell.setblocking(False)
    bell.bind(str(folder / f"{os.getpid()}-{secrets.token_hex(4)}{'.bell' if publishes else _NO_PUBLISHES}"))
    return bell


def is_bound(bell: socket.socket) -> bool:
    """Say whether the socket's file is still there, so that rings arrive."""
    return Path(bell.getsockname()).exists()


def close(bell: socket.socket) -> None:
    path = bell.getsockname()
    bell.close()
    with contextlib.suppress(OSError):
        Path(path).unlink()


def receive(bell: socket.socket) -> dict[int, int]:
    """Return the rings since the last call, as the newest head of each blog. Ignores invalid ones."""
    heads: dict[int, int] = {}
    with contextlib.suppress(BlockingIOError):
        while True:
            blog, _, head = bell.recv(64).partition(b" ")
            if blog.isdigit() and head.isdigit():
                heads[int(blog)] = max(heads.get(int(blog), 0), int(head))
    return heads


class Stamp:
    """Eight bytes in shared memory that change with every publish: read in 100 ns, before any cached answer is sent.

    A ring takes a moment to arrive; the stamp does not. So this machine serves no withdrawn word after the withdrawal
    was answered, although it caches finished pages.
    """

    def __init__(self, folder: Path) -> None:
        """Map the file that `ring` writes; make it first if there is none."""
        self._folder = folder
        self._open()

    def _open(self) -> None:
        folder = self._folder
        own(folder)
        descriptor = os.open(folder / "stamp", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        try:
            if os.fstat(descriptor).st_size < _STAMP.size:
                os.pwrite(descriptor, _STAMP.pack(0), 0)
            self._inode = os.fstat(descriptor).st_ino
            self._map = mmap.mmap(descriptor, _STAMP.size, prot=mmap.PROT_READ)
        finally:
            os.close(descriptor)

    def read(self) -> bytes:
        """Return the stamp, which equals an earlier one if nothing was published in between."""
        return self._map[:]

    def reopen(self) -> None:
        """Map the file again if it was replaced, because the folder was cleared."""
        with contextlib.suppress(FileNotFoundError):
            if (self._folder / "stamp").stat().st_ino == self._inode:
                return
        self._open()


_STAMP: Final = struct.Struct("=Q")


def _stamp(folder: Path) -> None:
    own(folder)
    descriptor = os.open(folder / "stamp", os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        os.pwrite(descriptor, _STAMP.pack(time.monotonic_ns()), 0)
    finally:
        os.close(descriptor)
