"""Takes in files that are bundled with the program, such as the demonstration's pictures, without a job.

Done once in a home. Such a file belongs to no person and no live blog. Look next: `ingest`, for all other files.
"""

import tempfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

from asithappened.core import media as names
from asithappened.core.rules import Refusal
from asithappened.jobs.clock import CLOCK
from asithappened.media.models import Media
from asithappened.media.sandbox import taking
from asithappened.media.store import store


def bring(files: Mapping[str, Path]) -> None:
    """Ensure that files are in this home, under the given ids. A picture takes half a second the first time.

    Raises OSError for one that is refused.
    """
    there = set(Media.objects.filter(pk__in=list(files)).values_list("pk", flat=True))
    missing = {id_: file for id_, file in files.items() if id_ not in there}
    with ThreadPoolExecutor(taking.AT_ONCE) as sandboxes:
        rows = list(sandboxes.map(_taken, missing, missing.values()))
    Media.objects.bulk_create(rows)


def _taken(id_: str, file: Path) -> Media:
    with tempfile.TemporaryDirectory(prefix="aih-own-") as folder:
        taken = taking.take_in(file, Path(folder))
        if isinstance(taken, Refusal):
            raise OSError(f"{file.name} cannot be taken in: {taken.message}")
        store().keep(id_, {names.ORIGINAL: file, **{name: Path(folder) / name for name in taken.files}})
    return Media(
        id=id_,
        digest=sha256(file.read_bytes()).hexdigest(),
        kind=taken.kind,
        media_type=taken.media_type,
        width=taken.width,
        height=taken.height,
        seconds=round(taken.seconds),
        preview=taken.preview,
        bytes=file.stat().st_size,
        state=Media.State.READY,
        created=CLOCK.now(),
    )
