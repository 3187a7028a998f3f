"""The demonstration's pictures: what they are called, and that their files are where a newsroom's own would be.

Owns their ids, which are made of their bytes, so that every home has the same. They are taken in as anybody's are, once
a home, and before the day begins. Look next: media/cage/taking.py.
"""

import hashlib
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Final

from asithappened.core import media
from asithappened.core.body import ImageAttrs
from asithappened.core.rules import Refusal
from asithappened.jobs.clock import CLOCK
from asithappened.media.cage import taking
from asithappened.media.models import Media
from asithappened.media.store import store
from asithappened.published import assets

FOLDER: Final = assets.FOLDER / "demo"
WIDTH, HEIGHT = 1600, 1067


@cache
def named(name: str) -> ImageAttrs:
    """Return what a post says of a picture, by the name of its file. Raises OSError for one that is not there."""
    digest = hashlib.sha256((FOLDER / f"{name}.webp").read_bytes()).hexdigest()
    return ImageAttrs(media=f"demo{digest[:12]}", digest=digest, width=WIDTH, height=HEIGHT)


def take_in() -> None:
    """Have every picture's files in this home, in all their sizes; two seconds each, the first time."""
    with ThreadPoolExecutor(taking.AT_ONCE) as cages:
        made = list(cages.map(_files_of, sorted(FOLDER.glob("*.webp"))))
    for path, size in made:
        attrs = named(path.stem)
        known = {"id": attrs.media, "kind": Media.Kind.PICTURE, "media_type": "image/webp", "bytes": size}
        shown = {"width": WIDTH, "height": HEIGHT, "state": Media.State.READY, "created": CLOCK.now()}
        Media.objects.get_or_create(digest=attrs.digest, defaults=known | shown)


def _files_of(path: Path) -> tuple[Path, int]:
    id_ = named(path.stem).media
    if store().on_disk(id_, media.files(WIDTH)[-1]) is None:
        with tempfile.TemporaryDirectory(prefix="aih-demo-") as folder:
            taken = taking.take_in(path, Path(folder))
            if isinstance(taken, Refusal):
                raise OSError(f"{path.name} cannot be taken in: {taken.message}")
            for name in taken.files:
                store().keep(id_, name, Path(folder) / name)
    return path, path.stat().st_size
