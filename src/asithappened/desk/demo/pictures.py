"""The demonstration's pictures and its film: their attributes in a post, and their import before the day begins.

Owns their ids, which are made from their bytes, so that every home has the same. Look next: media/bundled.py, and for
how they were made frontend/demo_tide.py and demo_people.py.
"""

import hashlib
import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from asithappened.core.body import ImageAttrs, MediaAttrs
from asithappened.core.events import Portrait
from asithappened.media import bundled
from asithappened.published import assets

FOLDER: Final = assets.FOLDER / "demo"
SIZE: Final = (1600, 1067)
SIZES: Final = {"tide": (960, 540)}  # of those with another size
FILM_SIZE, FILM_S = (640, 360), 8
FACE, FACE_PIXELS = "face-", 256


@cache
def named(name: str) -> ImageAttrs:
    """Return the attributes of a picture, by the name of its file. Raises OSError if there is no such file."""
    id_, digest = _known(FOLDER / f"{name}.webp")
    width, height = SIZES.get(name, SIZE)
    return ImageAttrs(media=id_, digest=digest, width=width, height=height, preview=_previews()[name])


@cache
def face(name: str) -> Portrait:
    """Return a reporter's portrait, by the end of its file's name."""
    id_, digest = _known(FOLDER / f"{FACE}{name}.webp")
    return Portrait(media=id_, digest=digest, width=FACE_PIXELS, height=FACE_PIXELS)


@cache
def filmed(name: str) -> MediaAttrs:
    """Return the attributes of a film, with its captions and its poster."""
    id_, digest = _known(FOLDER / f"{name}.webm")
    captions, captions_digest = _known(FOLDER / f"{name}.vtt")
    still = named(name)
    return MediaAttrs(
        media=id_,
        digest=digest,
        kind="video/webm",
        width=FILM_SIZE[0],
        height=FILM_SIZE[1],
        seconds=FILM_S,
        poster=still.media,
        poster_digest=still.digest,
        poster_width=still.width,
        captions=captions,
        captions_digest=captions_digest,
    )


def take_in() -> None:
    """Import every file into this home, pictures in all their sizes."""
    bundled.bring({_known(path)[0]: path for path in sorted(FOLDER.iterdir())})


def _known(path: Path) -> tuple[str, str]:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return f"demo{digest[:12]}", digest


@cache
def _previews() -> dict[str, str]:
    """Return each picture's placeholder. They are made beforehand, because the script is loaded before the import."""
    previews: dict[str, str] = json.loads(files(__package__).joinpath("previews.json").read_text("utf-8"))
    return previews
