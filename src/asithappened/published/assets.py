"""The built files of pages: scripts, style sheets, pictures of the demonstration.

Owns their addresses, which contain a hash of the content, so that a browser may cache each for ever. Knows no Django.
`make assets` makes the files from frontend/; each is committed with its best Brotli compression beside it.
"""

import hashlib
import mimetypes
import re
from functools import lru_cache
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent.parent / "static"
HOUSE: Final = "house/"
"""The path of a newsroom's own files below PREFIX."""
_brought: list[Path] = []
PREFIX: Final = "/static/"


@lru_cache(maxsize=256)
def url(name: str) -> str:
    """Return the address of a file: `reader.css` is at `/static/reader.1a2b3c4d.css`."""
    return PREFIX + _hashed(name)


def bring(folder: Path) -> None:
    """Serve the files in a newsroom's folder too. Called before any file is asked for."""
    _brought[:] = [folder]
    files.cache_clear()


def _hashed(name: str) -> str:
    path = FOLDER / name
    digest = hashlib.blake2s(path.read_bytes(), digest_size=4).hexdigest()
    return str(Path(name).with_name(f"{path.stem}.{digest}{path.suffix}"))


def present(name: str) -> str:
    """Return the name of a file that exists: of an earlier version's file, the current one without a hash.

    Right after an upgrade pages still name the files of the older version. They get the current file, which no cache
    may keep for ever under that name.
    """
    return name if name in files() else _HASH.sub("", name)


_HASH: Final = re.compile(r"\.[0-9a-f]{8}(?=\.\w+$)")


@lru_cache(maxsize=1)
def files() -> dict[str, tuple[bytes, str, bool]]:
    """Return every file by its path below /static/: bytes, content type, and whether the path can never change meaning.

    Each is listed with the hash, to be cached for ever, and without, for links that cannot know it (a picture named in
    a post). The folder is read once, by the first call: no path of a request ever reaches the file system.
    """
    found: dict[str, tuple[bytes, str, bool]] = {}
    for path in sorted(FOLDER.rglob("*")):
        if path.is_file() and path.suffix != _COMPRESSED:
            name = path.relative_to(FOLDER).as_posix()
            kind = _kind(name)
            found[name] = (path.read_bytes(), kind, False)
            found[_hashed(name)] = (path.read_bytes(), kind, True)
    for folder in _brought:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                name = path.relative_to(folder).as_posix()
                found[HOUSE + name] = (path.read_bytes(), _kind(name), False)
    return found


def _kind(name: str) -> str:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") or kind in _TEXTS else kind


_TEXTS: Final = {"application/javascript", "application/json"}


_COMPRESSED: Final = ".br"


@lru_cache(maxsize=1)
def compressed() -> dict[str, bytes]:
    """Return the Brotli versions of the files that were compressed when they were built, by the paths of `files`."""
    found: dict[str, bytes] = {}
    for path in sorted(FOLDER.rglob(f"*{_COMPRESSED}")):
        name = path.relative_to(FOLDER).as_posix().removesuffix(_COMPRESSED)
        found[name] = found[_hashed(name)] = path.read_bytes()
    return found
