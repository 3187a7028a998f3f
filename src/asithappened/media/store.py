"""Stores the files of media in a folder of the home, and in a remote store if one is configured.

Files are written atomically: under a temporary name, synced, renamed. A remote store (any storage of Django's; S3 by
django-storages) has every file, and the folder is then a cache of it, which may be emptied at any time.
Never decides who may read a file. core.media gives the names in both.
"""

import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Final

from django.conf import settings
from django.core.files import File
from django.core.files.storage import Storage, storages

from asithappened.core import media
from asithappened.media import writing

REMOTE: Final = "media"  # the name of the remote store in Django's STORAGES, if there is one
_PROBE: Final = "doctor/probe"


class Missing(Exception):
    """The file is neither on the disk nor in the remote store."""


class Store:
    """The files of media. `folder`: on this machine; `remote`: the store that has them all, if not the folder."""

    def __init__(self, folder: Path, remote: Storage | None = None) -> None:
        self.folder, self.remote = folder, remote

    def on_disk(self, id_: str, name: str) -> Path | None:
        """Return a file on this machine; None if it is not here, or the name is invalid."""
        if not _is_name(id_, name):
            return None
        path = self.folder / media.path(id_, name)
        return path if path.is_file() else None

    def fetch(self, id_: str, name: str) -> Path:
        """Return a file, copied to this machine if only the remote store has it. Raises Missing."""
        if (path := self.on_disk(id_, name)) is not None:
            return path
        if self.remote is None or not _is_name(id_, name):
            raise Missing(f"{id_}/{name}")
        there = media.path(id_, name)
        path = self.folder / there
        try:
            with self.remote.open(there) as source, _written(path) as target:
                shutil.copyfileobj(source, target, 1024 * 1024)
        except FileNotFoundError as error:
            raise Missing(f"{id_}/{name}") from error
        return path

    def keep(self, id_: str, files: Mapping[str, Path]) -> None:
        """Copy finished files into the store, by their names. Idempotent. The sources stay."""
        for name in files:
            if not _is_name(id_, name):
                raise ValueError(f"{name!r} is no name of a file of media.")
        for source in files.values():
            with source.open("rb") as file:
                writing.begin(file.fileno())
        for name, source in files.items():
            path = media.path(id_, name)
            if self.remote is not None:
                with source.open("rb") as file:
                    self.remote.save(path, File(file))
            with _replacing(self.folder / path) as beside:
                try:
                    os.link(source, beside)
                except OSError:  # another file system, or one without links
                    shutil.copyfile(source, beside)
                with beside.open("rb") as file:
                    os.fsync(file.fileno())
        _sync(self.folder / media.path(id_, ""))  # once for all: each sync may hold up a publish's own

    def delete(self, id_: str) -> None:
        """Delete all files of this id, on this machine and in the remote store."""
        if media.MEDIA_ID.fullmatch(id_) is None:
            raise ValueError(f"{id_!r} is no id of media.")
        folder = media.path(id_, "").rstrip("/")
        if self.remote is not None:
            with suppress(FileNotFoundError):
                for name in self.remote.listdir(folder)[1]:
                    self.remote.delete(f"{folder}/{name}")
        shutil.rmtree(self.folder / folder, ignore_errors=True)

    def ids_on_disk(self) -> Iterator[tuple[str, float]]:
        """Yield every id with files on this machine, and the time of its newest file, in Unix time."""
        for shard in sorted(self.folder.glob("[a-z0-9][a-z0-9]")):
            for folder in sorted(shard.iterdir()):
                if media.MEDIA_ID.fullmatch(folder.name):
                    with suppress(FileNotFoundError):
                        yield folder.name, folder.stat().st_mtime

    def bytes_on_disk(self, id_: str) -> int:
        """Return the size of an id's files on this machine."""
        folder = self.folder / media.path(id_, "")
        return sum(path.stat().st_size for path in folder.glob("*")) if folder.is_dir() else 0

    def check(self) -> None:
        """Write, read and delete a file in both stores. Raises OSError, or what the remote store raises."""
        mark = secrets.token_bytes(16)
        probe = self.folder / _PROBE
        with _written(probe) as file:
            file.write(mark)
        try:
            if probe.read_bytes() != mark:
                raise OSError(f"{probe} does not hold what was written there")
            if self.remote is not None:
                with probe.open("rb") as file:
                    self.remote.save(_PROBE, File(file))
                with self.remote.open(_PROBE) as there:
                    if there.read() != mark:
                        raise OSError("the store elsewhere does not give back what was written to it")
                self.remote.delete(_PROBE)
        finally:
            shutil.rmtree(probe.parent, ignore_errors=True)


def store() -> Store:
    """Return the store of this installation."""
    remote = storages[REMOTE] if REMOTE in settings.STORAGES else None
    return Store(Path(settings.MEDIA_FOLDER), remote)


def _is_name(id_: str, name: str) -> bool:
    served = media.SERVED.fullmatch(name) is not None or name == media.ORIGINAL
    return served and media.MEDIA_ID.fullmatch(id_) is not None


@contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    """Yield a temporary path for a file, and then rename it atomically."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = path.with_name(f".{secrets.token_hex(8)}")
    try:
        yield beside
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def _written(path: Path) -> Iterator[IO[bytes]]:
    """Yield a file to write, which gets this name when it is complete and synced."""
    with _replacing(path) as beside, beside.open("xb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    """Sync a folder, so that its renames survive a power cut, if the system supports it."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
