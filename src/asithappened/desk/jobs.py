"""What the newsroom has done later, on somebody's behalf: the desk's kinds of jobs.

Owns that the permission is checked again when a job runs, and that no failure is silent: what is late, or may not be
published any more, waits at the desk with the reason. The words are in `Scheduled`, never in a job.
Look next: `actions.scheduling`, `jobs.work`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import msgspec
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _

from asithappened.accounts.models import User
from asithappened.desk import actions
from asithappened.desk.actions import correcting, forgetting, scheduling, sources
from asithappened.desk.actions.actor import through
from asithappened.desk.models import CorrectionReach, Scheduled
from asithappened.desk.reach import reach
from asithappened.jobs.work import Given, Kind, NotAllowed, Promise
from asithappened.log import read


class ToPublish(msgspec.Struct, frozen=True, kw_only=True):
    """What a job that publishes says: which of the scheduled, as it was then."""

    number: int
    version: int


def _publish(given: Given) -> None:
    said = msgspec.convert(given.payload, ToPublish)
    waiting = Scheduled.objects.filter(pk=said.number, version=said.version, state=Scheduled.State.WAITING)
    row = waiting.select_related("blog").first()
    if row is None:
        return  # taken back, put off, or published: by this very job too, before its worker ended
    there = read.post(row.blog_id, row.post)
    if scheduling.late(row) and (there is None or there.withdrawn):
        scheduling.found_late(row)
        return
    try:
        with on_behalf(given) as by:
            scheduling.publish_scheduled(row, by=by)
    except actions.Moved:
        return  # in this very moment
    except (NotAllowed, actions.Refused) as refused:
        scheduling.not_published(row, str(refused))


@contextmanager
def on_behalf(given: Given) -> Iterator[User]:
    """Act as whoever a job is for, inside: NotAllowed says that this person may not any more."""
    person = User.objects.filter(pk=given.on_behalf_of or 0).first()
    if person is None:
        raise NotAllowed(_("The account for which this was to be done is no longer there."))
    try:
        with through("worker"):
            yield person
    except (PermissionDenied, Http404) as refused:
        raise NotAllowed(_("{who} may no longer do this on this live blog.").format(who=person)) from refused


class ToNote(msgspec.Struct, frozen=True, kw_only=True):
    """What a job that notes a correction's reach says: of which fact."""

    blog: int
    seq: int


def _note_reach(given: Given) -> None:
    said = msgspec.convert(given.payload, ToNote)
    epoch, head = read.head(said.blog)
    now = reach(said.blog, epoch, head)
    live_at = next((at for seq, at in now.written if seq >= said.seq), None)
    if live_at is None and now.head >= said.seq:
        live_at = read.appended_at(said.blog, said.seq)  # nobody was there to be written to
    CorrectionReach.objects.get_or_create(
        blog_id=said.blog,
        seq=said.seq,
        defaults={"reading": now.reading, "at_least": now.at_least, "live_at": live_at},
    )


REACH: Final = Kind(name=correcting.REACH, promise=Promise.ONCE_BY_KEY, run=_note_reach)
PUBLISH: Final = Kind(name=scheduling.KIND, promise=Promise.ONCE_BY_KEY, run=_publish)


class ToForget(msgspec.Struct, frozen=True, kw_only=True):
    """What a job that erases a source's name says: the source's key."""

    source: str


def _forget(given: Given) -> None:
    with on_behalf(given) as by:
        forgetting.forget(msgspec.convert(given.payload, ToForget).source, by=by)


# Exactly once in effect: begun anew, it finds in each log what is left to erase.
FORGET: Final = Kind(name=sources.KIND, promise=Promise.ONCE_BY_KEY, run=_forget)
