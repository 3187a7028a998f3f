"""Deletes files: at once when their last mention was erased, and after a week if no post mentions them.

Owns the condition: no revision in any log mentions the file, and no unpublished words do, which the desk is asked for.
The row is marked refused before the files are deleted, so that no publish waits for a slow remote store.
"""

import time
from collections.abc import Callable, Collection
from datetime import timedelta
from functools import partial
from typing import Final

from django.db import transaction
from django.db.models import Max
from msgspec import Struct, convert, to_builtins

from asithappened.core.rules import Refusal
from asithappened.jobs.clock import CLOCK
from asithappened.jobs.work import Duty, Given, Kind, Promise
from asithappened.log import follow
from asithappened.media import consume
from asithappened.media.arrivals import incoming
from asithappened.media.incoming import KEPT_S
from asithappened.media.mentions import LET_GO, mentioned
from asithappened.media.models import Media
from asithappened.media.store import store

UNUSED: Final = timedelta(days=7)
SWEEP_S: Final = 3600.0
_AT_ONCE: Final = 1
_LET_GO: Final = Refusal("let_go", "This file was taken out of the newsroom. Send it again to use it.")

Waiting = Callable[[Collection[str]], set[str]]
"""Returns those of some ids that unpublished words mention: drafts, submissions, scheduled posts."""


class ToLetGo(Struct, frozen=True, kw_only=True):
    media: str


class Behind(Exception):
    """Mentions are not up to date: it is unknown whether a file is mentioned."""


def kind(waiting: Waiting) -> Kind:
    """Return the job that deletes a file whose last mention was erased."""

    def run(given: Given) -> None:
        let_go([convert(given.payload, ToLetGo).media], waiting)

    return Kind(name=LET_GO, promise=Promise.AT_LEAST_ONCE, run=run, at_once=_AT_ONCE)


def duty(waiting: Waiting) -> Duty:
    return Duty(name="media sweep", run=partial(sweep, waiting), every_s=SWEEP_S)


def let_go(ids: Collection[str], waiting: Waiting) -> list[str]:
    """Delete those of these files that nothing mentions, and return their ids. Raises Behind."""
    spoken = waiting(ids)
    with transaction.atomic():
        rows = Media.objects.select_for_update().filter(pk__in=ids).order_by("pk")
        there = {row.pk for row in rows}  # locked: a publish of one waits now, and then finds it refused
        if follow.behind([consume]) != {consume.NAME: 0}:
            raise Behind("The follower of mentions is behind.")
        gone = sorted(there - mentioned(there) - spoken)
        Media.objects.filter(pk__in=gone).update(state=Media.State.REFUSED, refusal=to_builtins(_LET_GO))
    for id_ in gone:
        store().delete(id_)
        Media.objects.filter(pk=id_, state=Media.State.REFUSED).delete()
    return gone


def sweep(waiting: Waiting) -> list[str]:
    """Delete files that nothing used for a week, partial uploads without a piece for a day, and files without a row."""
    before = time.time() - KEPT_S
    for upload in incoming().sweep(before):
        if not Media.objects.filter(pk=upload.id).exists():
            store().delete(upload.id)  # the process was killed between storing the file and writing its row
    for id_, since in list(store().ids_on_disk()):
        if since < before and not Media.objects.filter(pk=id_).exists():
            store().delete(id_)
    unused = orphans()
    try:
        return let_go(unused, waiting) if unused else []
    except Behind:
        return []  # next time


def orphans() -> list[str]:
    """Return the ids of files that no post mentions, and that were not uploaded within the last week."""
    old = CLOCK.now() - UNUSED
    rows = Media.objects.filter(created__lt=old).annotate(used=Max("uses__at")).exclude(used__gte=old)
    ids = list(rows.values_list("pk", flat=True))
    return sorted(set(ids) - mentioned(ids))
