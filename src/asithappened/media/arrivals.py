"""Records a completely uploaded file: its row, its use in a live blog, and the job that decodes it.

The same bytes are one file: sent again, they have at once the renditions that were made before. All of it is
idempotent, so that a client whose answer was lost can ask again. Never decodes anything. Look next: `ingest` for the
job.
"""

import hashlib
import tempfile
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import transaction

from asithappened.core import media as names
from asithappened.jobs.clock import CLOCK
from asithappened.jobs.put import put
from asithappened.media.incoming import Busy, Incoming, Upload, WrongOffset, fresh_id
from asithappened.media.models import Media, MediaUse
from asithappened.media.store import store
from asithappened.published.ringing import ring

TAKE_IN: Final = "media.take_in"  # the kind of the job


def incoming() -> Incoming:
    """Return the partial uploads of this installation."""
    return Incoming(Path(settings.MEDIA_FOLDER))


def settle(upload: Upload) -> Upload:
    """Return an upload, and if it is complete, record its file first. Idempotent."""
    partial = incoming()
    if upload.media or partial.offset(upload) < upload.length:
        return upload
    try:
        with partial.locked(upload):
            return partial.complete(upload, arrive(partial.path(upload.id), upload=upload).pk)
    except (Busy, WrongOffset):  # another request records it, or has recorded it
        return partial.find(upload.id) or upload


def arrive_whole(content: bytes, *, blog: int, by: int) -> Media:
    """Record a file that was fetched from another site."""
    folder = incoming().folder
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    upload = Upload(id=fresh_id(), blog=blog, by=by, length=len(content))
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".whole-") as file:
        file.write(content)
        file.flush()
        return arrive(Path(file.name), upload=upload)


def arrive(file: Path, *, upload: Upload) -> Media:
    """Record a complete file, and enqueue the job that takes it in, unless it was taken in before."""
    with file.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    while True:
        known = Media.objects.filter(digest=digest).first()
        id_ = upload.id if known is None else known.pk
        if known is None or known.state == Media.State.REFUSED:
            # Before the row is written: a row without its file could never be served.
            store().keep(id_, {names.ORIGINAL: file})
        with transaction.atomic():
            row = _row(digest, upload)
            if row.pk == id_ or known is None:
                break
            transaction.set_rollback(True)  # the known file was deleted since it was looked up: keep this one's bytes
    if row.pk != id_:
        store().delete(id_)  # another upload of the same bytes was recorded since they were looked up
    return row


def _row(digest: str, upload: Upload) -> Media:
    now = CLOCK.now()
    rows, defaults = Media.objects.select_for_update(), {"id": upload.id, "bytes": upload.length, "created": now}
    row, _new = rows.get_or_create(digest=digest, defaults=defaults)
    MediaUse.objects.update_or_create(media=row, blog_id=upload.blog, by_id=upload.by, defaults={"at": now})
    if row.state == Media.State.REFUSED:  # a newer version of the program may take it
        row.state, row.refusal = Media.State.WAITING, {}
        row.save(update_fields=["state", "refusal"])
    if row.state == Media.State.WAITING:
        put(TAKE_IN, key=upload.id, payload={"media": row.pk})
        ring(0, 0)  # the worker looks at once
    return row
