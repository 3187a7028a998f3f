"""Takes in pictures of people for their profiles: small files, decoded in the sandbox during the request.

A refused file is not stored, and the same bytes are one file, as everywhere. Such a file belongs to no live blog before
a profile is used in one (`bring_to`). Look next: `ingest`, for larger files.
"""

import hashlib
import tempfile
from pathlib import Path
from typing import Final

from django.db import IntegrityError, transaction

from asithappened.accounts.models import User
from asithappened.core import media as names
from asithappened.core.rules import Refusal
from asithappened.jobs.clock import CLOCK
from asithappened.media import arrivals
from asithappened.media.incoming import fresh_id
from asithappened.media.ingest import ready
from asithappened.media.models import Media, MediaUse
from asithappened.media.sandbox.taking import take_in
from asithappened.media.store import store

PATIENCE_S: Final = 5.0  # until a sandbox is free, since a person and one of the desk's threads wait
WITHIN_S: Final = 10.0  # for decoding so few bytes
_NO_PICTURE: Final = Refusal("no_picture", "This is no picture. Choose a photograph: JPEG, PNG, WebP, AVIF or HEIC.")


def take(content: bytes) -> Media | Refusal:
    """Return the ready row of a person's picture, or a refusal."""
    digest = hashlib.sha256(content).hexdigest()
    known = Media.objects.filter(digest=digest, state=Media.State.READY).first()
    if known is not None:
        return known if known.kind == Media.Kind.PICTURE else _NO_PICTURE
    folder = arrivals.incoming().folder
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".portrait-") as made:
        original = Path(made) / names.ORIGINAL
        original.write_bytes(content)
        taken = take_in(original, Path(made), within_s=WITHIN_S, patience_s=PATIENCE_S)
        if isinstance(taken, Refusal):
            return taken
        if taken.kind != "picture":
            return _NO_PICTURE
        id_ = _known_id(digest) or fresh_id()
        store().keep(id_, {names.ORIGINAL: original, **{name: Path(made) / name for name in taken.files}})
    said = {**ready(taken), "bytes": len(content)}
    try:
        with transaction.atomic():
            row, _new = Media.objects.update_or_create(
                digest=digest, defaults=said, create_defaults={**said, "id": id_, "created": CLOCK.now()}
            )
    except IntegrityError:  # another request with the same bytes has written the row
        row = Media.objects.get(digest=digest)
    if row.pk != id_:
        store().delete(id_)
    return row


def _known_id(digest: str) -> str:
    return Media.objects.filter(digest=digest).values_list("pk", flat=True).first() or ""


def bring_to(blog: int, media: Media, *, by: User) -> None:
    """Allow a person's picture in a live blog."""
    MediaUse.objects.update_or_create(media=media, blog_id=blog, by=by, defaults={"at": CLOCK.now()})
