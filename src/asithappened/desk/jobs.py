"""The desk's kinds of jobs: what is done later on a person's behalf.

Owns that the permission is checked again when a job runs, and that no failure is silent: a post that is late, or may no
longer be published, waits at the desk with the reason. The words are in `Scheduled`, never in a job.
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
from asithappened.desk.actions import forgetting, reaching, scheduling, sources
from asithappened.desk.actions.actor import through
from asithappened.desk.models import CorrectionReach, Scheduled
from asithappened.desk.reach import reach
from asithappened.jobs.work import Given, Kind, NotAllowed, Promise
from asithappened.log import read


class ToPublish(msgspec.Struct, frozen=True, kw_only=True):
    """The payload of a job that publishes: the row of `Scheduled`, and its version at that time."""

    number: int
    version: int


def _publish(given: Given) -> None:
    said = msgspec.convert(given.payload, ToPublish)
    waiting = Scheduled.objects.filter(pk=said.number, version=said.version, state=Scheduled.State.WAITING)
    row = waiting.select_related("blog").first()
    if row is None:
        return  # taken back, rescheduled or published, perhaps by this very job before its worker was killed
    there = read.post(row.blog_id, row.post)
    if scheduling.late(row) and (there is None or there.withdrawn):
        scheduling.found_late(row)
        return
    try:
        with on_behalf(given) as by:
            scheduling.publish_scheduled(row, by=by)
    except actions.Moved:
        return  # the same, at this very moment
    except (NotAllowed, actions.Refused) as refused:
        scheduling.not_published(row, str(refused))


@contextmanager
def on_behalf(given: Given) -> Iterator[User]:
    """Inside, act as the person on whose behalf a job runs. Raises NotAllowed if they no longer may."""
    person = User.objects.filter(pk=given.on_behalf_of or 0).first()
    if person is None:
        raise NotAllowed(_("The account for which this was to be done is no longer there."))
    try:
        with through("worker"):
            yield person
    except (PermissionDenied, Http404) as refused:
        raise NotAllowed(_("{who} may no longer do this on this live blog.").format(who=person)) from refused


class ToNote(msgspec.Struct, frozen=True, kw_only=True):
    """The payload of a job that records a correction's reach: the fact."""

    blog: int
    seq: int


def _note_reach(given: Given) -> None:
    said = msgspec.convert(given.payload, ToNote)
    epoch, head = read.head(said.blog)
    now = reach(said.blog, epoch, head)
    live_at = next((at for seq, at in now.written if seq >= said.seq), None)
    if live_at is None and now.head >= said.seq:
        live_at = read.appended_at(said.blog, said.seq)  # no reader was connected
    CorrectionReach.objects.get_or_create(
        blog_id=said.blog,
        seq=said.seq,
        defaults={"reading": now.reading, "at_least": now.at_least, "live_at": live_at},
    )


REACH: Final = Kind(name=reaching.KIND, promise=Promise.ONCE_BY_KEY, run=_note_reach)
PUBLISH: Final = Kind(name=scheduling.KIND, promise=Promise.ONCE_BY_KEY, run=_publish)


class ToForget(msgspec.Struct, frozen=True, kw_only=True):
    """The payload of a job that erases a source's name: the source's key."""

    source: str


def _forget(given: Given) -> None:
    with on_behalf(given) as by:
        forgetting.forget(msgspec.convert(given.payload, ToForget).source, by=by)


# Exactly once in effect: started again, it erases what is left in each log.
FORGET: Final = Kind(name=sources.KIND, promise=Promise.ONCE_BY_KEY, run=_forget)
