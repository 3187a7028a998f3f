"""Where the files of media lie: in a folder of the home, and in a store elsewhere where one is configured.

Owns that no partial file ever has a file's name: written aside, synced, renamed. With a store elsewhere (any storage of
Django's; S3 by django-storages) that has every file, and the folder is a cache of it, which may be emptied at any time.
Never decides who may have a file. Names below both are core.media's.
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

ELSEWHERE: Final = "media"  # the name of the store elsewhere among Django's STORAGES, where there is one
_PROBE: Final = "doctor/probe"


class Missing(Exception):
    """The file is neither on the disk nor elsewhere."""


class Store:
    """The files of media. `folder`: on this machine; `elsewhere`: the store that has them all, if not the folder."""

    def __init__(self, folder: Path, elsewhere: Storage | None = None) -> None:
        self.folder, self.elsewhere = folder, elsewhere

    def on_disk(self, id_: str, name: str) -> Path | None:
        """Return a file that lies on this machine; None if it does not, or the name is none of ours."""
        if not _is_name(id_, name):
            return None
        path = self.folder / media.path(id_, name)
        return path if path.is_file() else None

    def fetch(self, id_: str, name: str) -> Path:
        """Return a file, brought to this machine if it is elsewhere. Raises Missing."""
        if (path := self.on_disk(id_, name)) is not None:
            return path
        if self.elsewhere is None or not _is_name(id_, name):
            raise Missing(f"{id_}/{name}")
        there = media.path(id_, name)
        path = self.folder / there
        try:
            with self.elsewhere.open(there) as source, _written(path) as target:
                shutil.copyfileobj(source, target, 1024 * 1024)
        except FileNotFoundError as error:
            raise Missing(f"{id_}/{name}") from error
        return path

    def keep(self, id_: str, files: Mapping[str, Path]) -> None:
        """Keep copies of finished files, by their names; a repetition changes nothing. They stay where they are."""
        for name in files:
            if not _is_name(id_, name):
                raise ValueError(f"{name!r} is no name of a file of media.")
        for source in files.values():
            with source.open("rb") as file:
                writing.begin(file.fileno())
        for name, source in files.items():
            path = media.path(id_, name)
            if self.elsewhere is not None:
                with source.open("rb") as file:
                    self.elsewhere.save(path, File(file))
            with _aside(self.folder / path) as beside:
                try:
                    os.link(source, beside)
                except OSError:  # another file system, or one without links
                    shutil.copyfile(source, beside)
                with beside.open("rb") as file:
                    os.fsync(file.fileno())
        _sync(self.folder / media.path(id_, ""))  # once for all: each sync may hold up a publish's own

    def delete(self, id_: str) -> None:
        """Have no file of this id any more, here and elsewhere."""
        if media.MEDIA_ID.fullmatch(id_) is None:
            raise ValueError(f"{id_!r} is no id of media.")
        folder = media.path(id_, "").rstrip("/")
        if self.elsewhere is not None:
            with suppress(FileNotFoundError):
                for name in self.elsewhere.listdir(folder)[1]:
                    self.elsewhere.delete(f"{folder}/{name}")
        shutil.rmtree(self.folder / folder, ignore_errors=True)

    def ids_on_disk(self) -> Iterator[tuple[str, float]]:
        """Yield every id that has files on this machine, and when the newest of them came, in Unix time."""
        for shard in sorted(self.folder.glob("[a-z0-9][a-z0-9]")):
            for folder in sorted(shard.iterdir()):
                if media.MEDIA_ID.fullmatch(folder.name):
                    with suppress(FileNotFoundError):
                        yield folder.name, folder.stat().st_mtime

    def bytes_on_disk(self, id_: str) -> int:
        """Return how much of an id lies on this machine."""
        folder = self.folder / media.path(id_, "")
        return sum(path.stat().st_size for path in folder.glob("*")) if folder.is_dir() else 0

    def check(self) -> None:
        """Write, read and delete a file, here and elsewhere. Raises OSError, or what the store elsewhere raises."""
        mark = secrets.token_bytes(16)
        probe = self.folder / _PROBE
        with _written(probe) as file:
            file.write(mark)
        try:
            if probe.read_bytes() != mark:
                raise OSError(f"{probe} does not hold what was written there")
            if self.elsewhere is not None:
                with probe.open("rb") as file:
                    self.elsewhere.save(_PROBE, File(file))
                with self.elsewhere.open(_PROBE) as there:
                    if there.read() != mark:
                        raise OSError("the store elsewhere does not give back what was written to it")
                self.elsewhere.delete(_PROBE)
        finally:
            shutil.rmtree(probe.parent, ignore_errors=True)


def store() -> Store:
    """Return the store of this installation."""
    elsewhere = storages[ELSEWHERE] if ELSEWHERE in settings.STORAGES else None
    return Store(Path(settings.MEDIA_FOLDER), elsewhere)


def _is_name(id_: str, name: str) -> bool:
    served = media.SERVED.fullmatch(name) is not None or name == media.ORIGINAL
    return served and media.MEDIA_ID.fullmatch(id_) is not None


@contextmanager
def _aside(path: Path) -> Iterator[Path]:
    """Yield a path to make a file at, which then has this name at once and for good, or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = path.with_name(f".{secrets.token_hex(8)}")
    try:
        yield beside
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def _written(path: Path) -> Iterator[IO[bytes]]:
    """Yield a file to write, which has this name once it is whole and synced."""
    with _aside(path) as beside, beside.open("xb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    """Have a rename survive a power cut, where the system can say so of a folder."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
