"""Makes a backup, one file with everything of an installation on SQLite, and restores one.

Owns the file's form: a tar of the databases, each a consistent snapshot, the keys, the address, the newsroom's own
lists of words and the files of media, which never change. A restore loses nothing: the current files are moved
aside, and the backup is checked first. With a remote store of media it has only the files on this machine.
Look next: `commands.safety` for the commands; `desk.actions.restored` for new epochs.
"""

import os
import re
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from asithappened.wiring import address

DATABASE: Final = "newsroom.sqlite3"
DRAFTS: Final = "drafts.sqlite3"
_DATABASES: Final = (DATABASE, DRAFTS)
_FILES: Final = (*_DATABASES, "secret.key", "ticket.key", "push.key", address.FILE)
_MEDIA: Final = "media"
_LISTS: Final = "lexicons"
_OF_LISTS: Final = re.compile(r"lexicons/[a-z]{2,3}/[a-z0-9_]{1,40}\.txt")
# The names of complete files: not of partial uploads, nor of temporary files.
_OF_MEDIA: Final = re.compile(r"media/([a-z0-9]{2})/(\1[a-z0-9]{2,30})/[a-z0-9][a-z0-9.]{0,40}")
_NEEDED: Final = (DATABASE, "secret.key", "ticket.key")


class BackupRefused(Exception):
    """A backup cannot be made or restored. The message says why, and what was changed."""


@dataclass(frozen=True, kw_only=True)
class Restored:
    """The result of a restore. `aside`: the folder with the former files; None if there were none."""

    aside: Path | None


def make(home: Path, to: Path) -> int:
    """Write a backup of a home, which may be served meanwhile, and return its size in bytes. Raises BackupRefused."""
    if to.exists():
        raise BackupRefused(f"{to} is there already, and is not written over. Name another file.")
    try:
        with tempfile.TemporaryDirectory(dir=to.parent, prefix=".backup-") as folder:
            beside = Path(folder)
            for name in _DATABASES:
                _copy(home / name, beside / name)
            _check_whole(beside)
            archive = beside / "archive"
            with open(os.open(archive, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:  # noqa: PTH123 -- its mode
                with tarfile.open(fileobj=file, mode="w") as tar:
                    for name in _FILES:
                        path = beside / name if name in _DATABASES else home / name
                        if path.exists():
                            tar.add(path, arcname=name, filter=_without_owner)
                    for name in _named(home, f"{_LISTS}/*/*", _OF_LISTS):
                        tar.add(home / name, arcname=name, filter=_without_owner)
                    # After the databases: a file is written before its row, so every file of their rows is here now,
                    # except one that was erased meanwhile.
                    for name in _named(home, f"{_MEDIA}/*/*/*", _OF_MEDIA):
                        with suppress(FileNotFoundError):
                            tar.add(home / name, arcname=name, filter=_without_owner)
                file.flush()
                os.fsync(file.fileno())
            os.link(archive, to)  # fails if the file was made meanwhile
    except (OSError, sqlite3.Error) as error:
        raise BackupRefused(f"No backup was made: {error}. Nothing was changed.") from error
    return to.stat().st_size


def _named(home: Path, where: str, as_: re.Pattern[str]) -> Iterator[str]:
    for path in sorted(home.glob(where)):
        name = path.relative_to(home).as_posix()
        if as_.fullmatch(name):
            yield name


def _copy(database: Path, to: Path) -> None:
    with (
        closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(to)) as copy,
    ):
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a WAL beside it


def _without_owner(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.mode, entry.uid, entry.gid, entry.uname, entry.gname = 0o600, 0, 0, "", ""
    return entry


def unpack(home: Path, file: Path) -> Path:
    """Unpack a backup beside a home's files, check it, and return the folder. Raises BackupRefused."""
    folder = Path(tempfile.mkdtemp(dir=home, prefix=".restoring-"))
    try:
        with tarfile.open(file) as tar:
            for entry in tar:
                known = entry.name in _FILES or _OF_MEDIA.fullmatch(entry.name) or _OF_LISTS.fullmatch(entry.name)
                if not known or not entry.isfile():
                    raise BackupRefused(f"{file} is no backup: it holds {entry.name!r}. Nothing was changed.")
                content = tar.extractfile(entry)
                assert content is not None
                (folder / entry.name).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                with open(os.open(folder / entry.name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:  # noqa: PTH123 -- its mode
                    shutil.copyfileobj(content, out)
        if missing := [name for name in _NEEDED if not (folder / name).exists()]:
            raise BackupRefused(f"{file} is no backup: it lacks {', '.join(missing)}. Nothing was changed.")
        _check_whole(folder)
    except (OSError, tarfile.TarError, sqlite3.Error) as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise BackupRefused(f"{file} cannot be restored: {error}. Nothing was changed.") from error
    except BackupRefused:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder


def migrations_in(folder: Path) -> set[tuple[str, str]]:
    """Return the applied migrations of an unpacked database."""
    with closing(sqlite3.connect(folder / DATABASE)) as database:
        return set(database.execute("SELECT app, name FROM django_migrations"))


def put_in_place(home: Path, folder: Path) -> Restored:
    """Move a home's files aside and an unpacked backup's into their place."""
    databases = [path for name in _DATABASES for path in home.glob(f"{name}*")]
    others = (*(name for name in _FILES if name not in _DATABASES), _MEDIA, _LISTS)
    there = [*databases, *(home / name for name in others if (home / name).exists())]
    aside = home / f"before-restore-{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}" if there else None
    if aside is not None:
        aside.mkdir(mode=0o700)
        for path in there:
            path.rename(aside / path.name)
    for path in folder.iterdir():
        path.rename(home / path.name)
    folder.rmdir()
    return Restored(aside=aside)


def _check_whole(folder: Path) -> None:
    for name in _DATABASES:
        if (folder / name).exists():  # a backup of an earlier version has no file of drafts
            with closing(sqlite3.connect(folder / name)) as connection:
                [(answer,), *_] = connection.execute("PRAGMA integrity_check(1)")
                if answer != "ok":
                    raise BackupRefused(f"{name} in it is damaged: {answer}. Nothing was changed.")
    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'log_event'").fetchall():
            raise BackupRefused("The database in it is not one of As It Happened. Nothing was changed.")
