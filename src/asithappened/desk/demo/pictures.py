"""The demonstration's pictures: what a post says of each, and that a home has them before the day begins.

Owns their ids, which are made of their bytes, so that every home has the same. Look next: media/own.py.
"""

import hashlib
from functools import cache
from typing import Final

from asithappened.core.body import ImageAttrs
from asithappened.media import own
from asithappened.published import assets

FOLDER: Final = assets.FOLDER / "demo"
WIDTH, HEIGHT = 1600, 1067


@cache
def named(name: str) -> ImageAttrs:
    """Return what a post says of a picture, by the name of its file. Raises OSError for one that is not there."""
    digest = hashlib.sha256((FOLDER / f"{name}.webp").read_bytes()).hexdigest()
    return ImageAttrs(media=f"demo{digest[:12]}", digest=digest, width=WIDTH, height=HEIGHT)


def take_in() -> None:
    """Have every picture in this home, in all its sizes."""
    own.bring({named(path.stem).media: path for path in sorted(FOLDER.glob("*.webp"))})
