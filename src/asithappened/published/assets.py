"""The built files that pages ask for: scripts, style sheets, pictures of the demonstration.

Owns their addresses, which carry a hash of the content, so that a browser may keep each for ever. Knows no Django.
The files are made from frontend/ by `make assets` and committed, each beside itself as Brotli compresses it best.
"""

import hashlib
import mimetypes
import re
from functools import lru_cache
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent.parent / "static"
PREFIX: Final = "/static/"


@lru_cache(maxsize=256)
def url(name: str) -> str:
    """Return the address of a file: `reader.css` is at `/static/reader.1a2b3c4d.css`."""
    return PREFIX + _hashed(name)


def _hashed(name: str) -> str:
    path = FOLDER / name
    digest = hashlib.blake2s(path.read_bytes(), digest_size=4).hexdigest()
    return str(Path(name).with_name(f"{path.stem}.{digest}{path.suffix}"))


def present(name: str) -> str:
    """Return the name under which a file of an earlier version is there now: the one without a hash.

    Right after an upgrade pages still name the files that they were rendered with; what stands in for them is not
    theirs for ever.
    """
    return name if name in files() else _HASH.sub("", name)


_HASH: Final = re.compile(r"\.[0-9a-f]{8}(?=\.\w+$)")


@lru_cache(maxsize=1)
def files() -> dict[str, tuple[bytes, str, bool]]:
    """Return every file by its path below /static/: bytes, content type, and whether the path can never change meaning.

    Both with the hash, kept for ever, and without, for what cannot know it (a picture named in a post).
    Only what lies in the folder when this is first called: no path of a request ever reaches the file system.
    """
    found: dict[str, tuple[bytes, str, bool]] = {}
    for path in sorted(FOLDER.rglob("*")):
        if path.is_file() and path.suffix != _COMPRESSED:
            name = path.relative_to(FOLDER).as_posix()
            kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
            if kind.startswith("text/") or kind in {"application/javascript", "application/json"}:
                kind += "; charset=utf-8"
            found[name] = (path.read_bytes(), kind, False)
            found[_hashed(name)] = (path.read_bytes(), kind, True)
    return found


_COMPRESSED: Final = ".br"


@lru_cache(maxsize=1)
def compressed() -> dict[str, bytes]:
    """Return what Brotli made of the files that were compressed when they were built, by the paths of `files`."""
    found: dict[str, bytes] = {}
    for path in sorted(FOLDER.rglob(f"*{_COMPRESSED}")):
        name = path.relative_to(FOLDER).as_posix().removesuffix(_COMPRESSED)
        found[name] = found[_hashed(name)] = path.read_bytes()
    return found
