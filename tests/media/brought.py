"""Files in a live blog, as they are after the worker has taken them in.

Owns making them without a sandbox: rows, uses, and bytes under the names that a picture's files have.
"""

import hashlib
import secrets
from pathlib import Path
from typing import Any

from asithappened.accounts.models import User
from asithappened.core import body, media
from asithappened.jobs.clock import CLOCK
from asithappened.media.models import Media, MediaUse
from asithappened.media.store import store


def picture(blog: int, by: User, folder: Path, *, width: int = 1000, height: int = 500, **values: Any) -> Media:
    """Return a picture that is ready, of bytes that nothing else has."""
    made = folder / secrets.token_hex(4)
    made.write_bytes(secrets.token_bytes(32))
    row = Media.objects.create(
        id=secrets.token_hex(10),
        digest=hashlib.sha256(made.read_bytes()).hexdigest(),
        bytes=32,
        created=CLOCK.now(),
        **{"kind": "picture", "media_type": "image/webp", "width": width, "height": height, "state": "ready"} | values,
    )
    store().keep(row.pk, dict.fromkeys((media.ORIGINAL, *media.files(width)), made))
    MediaUse.objects.create(media=row, blog_id=blog, by=by, at=CLOCK.now())
    return row


def shown(row: Media, **attrs: Any) -> body.Image:
    """Return the node of a body that shows a picture."""
    given: dict[str, Any] = {"alt": "The sea wall", "width": row.width, "height": row.height} | attrs
    return body.Image(attrs=body.ImageAttrs(**{"media": row.pk, "digest": row.digest} | given))


def placed(blog: int, by: User) -> Media:
    """Return a small picture, whose one file is made once in a process, for tests of who may read it."""
    row = Media.objects.create(
        id="placed0000", digest="0" * 64, bytes=9, created=CLOCK.now(), kind="picture", media_type="image/webp",
        width=640, height=320, state="ready",
    )  # fmt: skip
    if store().on_disk(row.pk, "640.webp") is None:
        source = store().folder / "placed"
        source.parent.mkdir(parents=True, exist_ok=True)
        source.write_bytes(b"a picture")
        store().keep(row.pk, {"640.webp": source})
    MediaUse.objects.create(media=row, blog_id=blog, by=by, at=CLOCK.now())
    return row
