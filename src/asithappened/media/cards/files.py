"""Stores drawn cards until what they show changes, in a folder of bounded size.

Owns that folder in the home. It is a cache: every file in it can be drawn again.
"""

import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from django.conf import settings

from asithappened.core.events import POST, THE_BLOG, Subject
from asithappened.published.layout import card_file

MOST_BYTES: Final = 256 * 1024 * 1024  # some two thousand cards
MOST_S: Final = 30 * 86_400.0  # then a card goes that was drawn on this machine, while the follower runs on another
SWEEP_S: Final = 3600.0


def path(blog: int, of: Subject, version: str) -> Path:
    """Return where a card of a post, a row of the ledger or the live blog itself is kept."""
    about = "" if of.about == POST else of.about
    return folder() / card_file(blog, of.id, version, settings.SITE_NAME, about=about)


def folder() -> Path:
    return Path(settings.CARDS_FOLDER)


def keep(at: Path, data: bytes) -> None:
    """Write a card atomically."""
    at.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = at.with_name(f".{secrets.token_hex(8)}")
    try:
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(at)
    finally:
        beside.unlink(missing_ok=True)


def drop(blog: int, of: Subject, *, but: str) -> None:
    """Delete the cards of a post, a row or the live blog itself, except the one of this version."""
    for card in path(blog, of, "any").parent.glob("*.jpg"):
        if card.name.partition("-")[0] != but:
            card.unlink(missing_ok=True)


def drop_all(blog: int) -> None:
    """Delete the cards of a live blog, its posts and its rows."""
    shutil.rmtree(path(blog, THE_BLOG, "any").parent, ignore_errors=True)


def sweep() -> None:
    """Delete old cards, then the oldest of the rest down to MOST_BYTES; and empty folders."""
    before, kept = time.time() - MOST_S, 0
    for _, size, at in sorted(_files(before), reverse=True):
        kept += size
        if kept > MOST_BYTES:
            at.unlink(missing_ok=True)
    for empty in sorted(folder().glob("**/"), reverse=True):
        if empty != folder():
            with suppress(OSError):  # it is not empty
                empty.rmdir()


def _files(before: float) -> Iterator[tuple[float, int, Path]]:
    for at in folder().glob("**/*"):
        with suppress(FileNotFoundError):
            status = at.stat()
            if at.is_file() and status.st_mtime < before:
                at.unlink(missing_ok=True)
            elif at.is_file():
                yield status.st_mtime, status.st_size, at
