"""Partial uploads: files that arrive in pieces, each stored before it is answered.

Owns their folder; beside each is a file with its sender and final length. The partial file's length is the upload's
offset, so no process holds state: a killed one loses the current piece at most, a power cut what the system had not
written yet. Never reads a file's contents. Look next: `arrivals` for complete files.
"""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Final, Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from asithappened.core import limits, media
from asithappened.media import writing

try:
    import fcntl
except ImportError:  # on a system without such locks the offsets of two pieces at once decide
    fcntl = None  # type: ignore[assignment]

FOLDER: Final = "incoming"  # below that of media
KEPT_S: Final = 24 * 3600.0  # since its last piece
FREE_BYTES: Final = 1024**3  # kept free on the disk: a full one refuses every publish
_LOCK: Final = ".lock"
_ID_BYTES: Final = 10  # random, so that an id does not reveal the number of files


class Upload(Struct, frozen=True, kw_only=True):
    """An upload. `by`: a user's id; `media`: the id of the recorded file, "" until it is complete."""

    id: str
    blog: int
    by: int
    length: int
    name: str = ""
    media_type: str = ""
    media: str = ""


Why = Literal["too_large", "too_many", "no_room"]


class NotBegun(Exception):
    """The upload is refused, and no byte of it was taken. `most`: the limit, in bytes or files."""

    def __init__(self, why: Why, most: int = 0) -> None:
        super().__init__(why)
        self.why: Final = why
        self.most = most


class Busy(Exception):
    """Another piece of the same file is arriving at this moment."""


class WrongOffset(Exception):
    """The piece does not begin at the end of the partial file. `offset`: that end."""

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


class TooMuch(Exception):
    """There are more bytes than announced."""


class NoRoom(Exception):
    """The disk is full. Nothing of the piece was stored."""


def fresh_id() -> str:
    return secrets.token_hex(_ID_BYTES)


class Incoming:
    def __init__(self, folder: Path) -> None:
        self.folder = folder / FOLDER

    def begin(self, *, blog: int, by: int, length: int, name: str = "", media_type: str = "") -> Upload:
        """Begin an upload. Raises NotBegun, before a byte is taken, for one that would be too much."""
        most = limits.PICTURE_BYTES if media_type.startswith("image/") else limits.MEDIA_BYTES
        if length > most:
            raise NotBegun("too_large", most)
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self._folder_locked():
            arriving = [upload for upload in self.all() if not upload.media]
            theirs = [upload.length for upload in arriving if upload.by == by]
            if len(theirs) >= limits.UPLOADS_OF_A_PERSON:
                raise NotBegun("too_many", limits.UPLOADS_OF_A_PERSON)
            if sum(theirs) + length > limits.UPLOADING_OF_A_PERSON:
                raise NotBegun("too_many", len(theirs))
            owed = sum(upload.length - self.offset(upload) for upload in arriving)
            total = sum(upload.length for upload in arriving) + length
            free = shutil.disk_usage(self.folder).free - owed - length
            if total > limits.UPLOADING_IN_ALL or free < FREE_BYTES:
                raise NotBegun("no_room")
            id_ = fresh_id()
            upload = Upload(id=id_, blog=blog, by=by, length=length, name=name, media_type=media_type)
            self.path(id_).touch(mode=0o600)
            self._write(upload)
        return upload

    def find(self, id_: str) -> Upload | None:
        """Return an upload by its id, also if it was completed lately."""
        if media.MEDIA_ID.fullmatch(id_) is None:
            return None
        try:
            return msgspec.json.decode(self._about(id_).read_bytes(), type=Upload)
        except (FileNotFoundError, msgspec.DecodeError):
            return None

    def all(self) -> Iterator[Upload]:
        """Yield every upload, also those completed lately."""
        for about in self.folder.glob("*.json"):
            if (upload := self.find(about.stem)) is not None:
                yield upload

    def path(self, id_: str) -> Path:
        """Return the path of a partial file."""
        return self.folder / id_

    def offset(self, upload: Upload) -> int:
        """Return the number of bytes that have arrived."""
        try:
            return self.path(upload.id).stat().st_size
        except FileNotFoundError:
            return upload.length if upload.media else 0

    def append(self, upload: Upload, offset: int, piece: bytes) -> int:
        """Append a piece, and return the new offset. Raises Busy, WrongOffset, TooMuch, NoRoom.

        Not synced, because each sync would delay a publish of that moment, and the client asks for the offset anyway.
        The system is told to begin writing it, so that syncing the complete file is short.
        """
        with self.locked(upload) as file:
            there = file.seek(0, os.SEEK_END)
            if there != offset:
                raise WrongOffset(there)
            if there + len(piece) > upload.length:
                raise TooMuch
            try:
                rest = memoryview(piece)
                while rest:
                    rest = rest[os.write(file.fileno(), rest) :]
            except OSError as error:
                with suppress(OSError):
                    os.ftruncate(file.fileno(), there)
                raise NoRoom from error
            writing.begin(file.fileno(), there, len(piece))
            return there + len(piece)

    @contextmanager
    def locked(self, upload: Upload) -> Iterator[IO[bytes]]:
        """Lock a partial file. Raises Busy; WrongOffset if it was completed, and is gone."""
        try:
            file = self.path(upload.id).open("r+b", buffering=0)
        except FileNotFoundError as error:
            raise WrongOffset(upload.length) from error
        with file:
            if fcntl is not None:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except OSError as error:
                    raise Busy from error
            yield file

    def complete(self, upload: Upload, id_: str) -> Upload:
        """Store the id of the recorded file, for clients that ask again, and delete the partial file."""
        completed = replace(upload, media=id_)
        self._write(completed)
        self.path(upload.id).unlink(missing_ok=True)
        return completed

    def end(self, upload: Upload) -> None:
        """Delete an upload."""
        self.path(upload.id).unlink(missing_ok=True)
        self._about(upload.id).unlink(missing_ok=True)

    def sweep(self, before: float) -> list[Upload]:
        """Delete uploads without a piece since a time (Unix), and return them; delete other old files there too."""
        gone = []
        for upload in list(self.all()):
            if self._touched(upload.id) < before:
                self.end(upload)
                gone.append(upload)
        ours = {upload.id for upload in self.all()}
        if self.folder.is_dir():
            for path in self.folder.iterdir():
                if path.name == _LOCK or path.stem in ours:
                    continue
                with suppress(FileNotFoundError):
                    if path.stat().st_mtime < before:
                        shutil.rmtree(path) if path.is_dir() else path.unlink()
        return gone

    def _touched(self, id_: str) -> float:
        times = [0.0]
        for path in (self.path(id_), self._about(id_)):
            with suppress(FileNotFoundError):
                times.append(path.stat().st_mtime)
        return max(times)

    def _about(self, id_: str) -> Path:
        return self.folder / f"{id_}.json"

    def _write(self, upload: Upload) -> None:
        # Not synced either: if a power cut loses it, the client uploads again, and equal bytes are recognised.
        beside = self.folder / f".{secrets.token_hex(8)}"
        beside.write_bytes(msgspec.json.encode(upload))
        beside.replace(self._about(upload.id))

    @contextmanager
    def _folder_locked(self) -> Iterator[None]:
        """Lock the folder while uploads are counted and one begins, so that another one then counts it."""
        with (self.folder / _LOCK).open("w") as lock:
            if fcntl is not None:
                fcntl.flock(lock, fcntl.LOCK_EX)
            yield
