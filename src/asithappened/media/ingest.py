"""The job that takes a file in: decodes it in the sandbox, stores its renditions, and marks its row ready or refused.

Idempotent: a second run writes the same names, and leaves a ready row alone. A refused file keeps its row with the
reason, and loses its bytes.
"""

import tempfile
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from msgspec import Struct, convert, to_builtins

from asithappened.core import media as names
from asithappened.core.rules import Refusal
from asithappened.jobs.work import Given, GiveUp, Kind, Promise
from asithappened.media import arrivals
from asithappened.media.models import Media
from asithappened.media.sandbox.answer import Taken
from asithappened.media.sandbox.taking import take_in
from asithappened.media.store import Missing, store

_AT_ONCE: Final = 2  # a picture of 50 megapixels takes a processor for seconds, and 400 MB
_ATTEMPTS: Final = 6  # within about a minute
_BROKEN: Final = Refusal(
    "broken",
    "This file could not be taken in, through no fault of yours. It was not kept. Send it again; if that is no better, "
    "tell whoever runs this installation.",
)


class ToTakeIn(Struct, frozen=True, kw_only=True):
    media: str


def _take_in(given: Given) -> None:
    id_ = convert(given.payload, ToTakeIn).media
    if not Media.objects.filter(pk=id_, state=Media.State.WAITING).exists():
        return  # this job decoded it before its worker ended, or the file was deleted
    try:
        decode(id_)
    except Exception as error:
        if given.attempt < _ATTEMPTS:
            raise
        _refuse(id_, _BROKEN)
        raise GiveUp(f"{type(error).__name__}: {error}") from error


def decode(id_: str) -> None:
    """Take in a file that has arrived: ready afterwards, or refused. Raises TimeoutError if the sandbox timed out."""
    folder = arrivals.incoming().folder
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        original = store().fetch(id_, names.ORIGINAL)
    except Missing:
        _refuse(id_, _BROKEN)
        return
    with tempfile.TemporaryDirectory(dir=folder, prefix=".sandbox-") as made:
        outcome = take_in(original, Path(made))
        if isinstance(outcome, Refusal):
            if outcome.code == "busy":
                raise TimeoutError(outcome.message)  # a retry may succeed
            _refuse(id_, outcome)
            return
        store().keep(id_, {name: Path(made) / name for name in outcome.files})
    waiting = Media.objects.filter(pk=id_, state=Media.State.WAITING)
    if not waiting.update(**ready(outcome)) and not Media.objects.filter(pk=id_).exists():
        store().delete(id_)  # the row was deleted meanwhile


def ready(taken: Taken) -> dict[str, Any]:
    """Return the columns of a row for a file that was taken in."""
    return {
        "state": Media.State.READY,
        "refusal": {},
        "kind": taken.kind,
        "media_type": taken.media_type,
        "width": taken.width,
        "height": taken.height,
        "seconds": round(taken.seconds),
        "preview": taken.preview,
        "found": to_builtins(taken.found),
        "notes": list(taken.notes),
    }


def _refuse(id_: str, why: Refusal) -> None:
    with transaction.atomic():
        waiting = Media.objects.filter(pk=id_, state=Media.State.WAITING)
        refused = waiting.update(state=Media.State.REFUSED, refusal=to_builtins(why))
    if refused:
        store().delete(id_)


TAKE_IN: Final = Kind(
    name=arrivals.TAKE_IN, promise=Promise.AT_LEAST_ONCE, run=_take_in, attempts=_ATTEMPTS, at_once=_AT_ONCE
)
