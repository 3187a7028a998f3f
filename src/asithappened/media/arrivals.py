"""What is made of a file that has arrived whole: a row, a use of it, and a job that finds out what it is.

Owns that the same bytes are one file: whoever sends them again has at once what was made of them before. Does nothing
twice that is called twice: whoever asks after an answer that never came finds it done, or does it. Never decodes
anything. Look next: `ingest` for the job.
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
from asithappened.media.incoming import Busy, Elsewhere, Incoming, Upload, fresh_id
from asithappened.media.models import Media, MediaUse
from asithappened.media.store import store
from asithappened.published.ringing import ring

TAKE_IN: Final = "media.take_in"  # the kind of the job


def incoming() -> Incoming:
    """Return the partial uploads of this installation."""
    return Incoming(Path(settings.MEDIA_FOLDER))


def settle(upload: Upload) -> Upload:
    """Return an upload as it is; once all of it has come, with the file that it became. Idempotent."""
    partial = incoming()
    if upload.media or partial.offset(upload) < upload.length:
        return upload
    try:
        with partial.held(upload):
            return partial.became(upload, arrive(partial.path(upload.id), upload=upload).pk)
    except (Busy, Elsewhere):  # whoever has it does this
        return partial.find(upload.id) or upload


def arrive_whole(content: bytes, *, blog: int, by: int) -> Media:
    """Record a file that came in one piece, from another site."""
    folder = incoming().folder
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    upload = Upload(id=fresh_id(), blog=blog, by=by, length=len(content))
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".whole-") as file:
        file.write(content)
        file.flush()
        return arrive(Path(file.name), upload=upload)


def arrive(file: Path, *, upload: Upload) -> Media:
    """Record a whole file, and queue the job that takes it in, unless it was taken in before."""
    with file.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    while True:
        known = Media.objects.filter(digest=digest).first()
        id_ = upload.id if known is None else known.pk
        if known is None or known.state == Media.State.REFUSED:
            # Before there is a row: a row without its file would be a promise that nobody can keep.
            store().keep(id_, {names.ORIGINAL: file})
        with transaction.atomic():
            row = _noted(digest, upload)
            if row.pk == id_ or known is None:
                break
            transaction.set_rollback(True)  # the one that was known was let go of in this very moment
    if row.pk != id_:
        store().delete(id_)  # of two that brought the same bytes at once, this one was second
    return row


def _noted(digest: str, upload: Upload) -> Media:
    now = CLOCK.now()
    rows, defaults = Media.objects.select_for_update(), {"id": upload.id, "bytes": upload.length, "created": now}
    row, _new = rows.get_or_create(digest=digest, defaults=defaults)
    MediaUse.objects.update_or_create(media=row, blog_id=upload.blog, by_id=upload.by, defaults={"at": now})
    if row.state == Media.State.REFUSED:  # what a newer version takes is not refused for ever
        row.state, row.refusal = Media.State.WAITING, {}
        row.save(update_fields=["state", "refusal"])
    if row.state == Media.State.WAITING:
        put(TAKE_IN, key=upload.id, payload={"media": row.pk})
        ring(0, 0)  # the worker looks at once
    return row
