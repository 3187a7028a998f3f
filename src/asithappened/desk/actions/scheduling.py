"""Publishing later: at a time, or after a few seconds in which it can be undone.

Owns the life of scheduled words. They become a post in the same transaction that marks them as published, so never
twice; words that could not be published at their time wait for a person, with the reason. Look next: `desk.jobs`, by
which the worker calls this; `embargoes`.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

import msgspec
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from asithappened.accounts.gate import Verb
from asithappened.accounts.models import User
from asithappened.core import rules
from asithappened.core.events import Origin, PostPublished, PostWithdrawn
from asithappened.core.rules import Refusal
from asithappened.core.state import PostState
from asithappened.desk.actions import copies, embargoed, embargoes, holds, pictures, promises, resting
from asithappened.desk.actions.actor import System, permit
from asithappened.desk.actions.carry_out import Moved, Receipt, Refused, note
from asithappened.desk.actions.posts import post_id, publish_post, restore_post, said_before
from asithappened.desk.actions.submissions import fit_to_print
from asithappened.desk.draft import Draft, digest, draft_of
from asithappened.desk.drafts import keeping
from asithappened.desk.models import Scheduled
from asithappened.jobs.clock import CLOCK
from asithappened.jobs.put import put
from asithappened.ledger.accepted import AnyAccepted
from asithappened.log import read

KIND: Final = "publish_scheduled"  # of the job
LATE: Final = timedelta(minutes=1)  # a post that is later than this is not published without asking a person
OPEN_STATES: Final = (Scheduled.State.WAITING.value, Scheduled.State.LATE.value, Scheduled.State.STOPPED.value)
OPEN: Final = Q(state__in=OPEN_STATES)
UNPUBLISHED: Final = OPEN | Q(state=Scheduled.State.BACK)


def words_of(row: Scheduled) -> Draft:
    """Return the words to be published; an empty draft once they were."""
    return msgspec.json.decode(bytes(row.draft), type=Draft) if row.draft else Draft()


def late(row: Scheduled, now: datetime | None = None) -> bool:
    """Say whether it is late by more than LATE, for example because no worker was running."""
    overdue = row.due_at is not None and (now or CLOCK.now()) - row.due_at > LATE
    return row.state == Scheduled.State.LATE or (row.state == Scheduled.State.WAITING and overdue)


def schedule_post(
    blog: int,
    *,
    by: User,
    draft: Draft,
    once: str,
    at: datetime,
    zone: str = "",
    pin: bool = False,
    embargo: bool = False,
    held: bool = False,
    again: str | None = None,
    rows: Sequence[AnyAccepted] = (),
) -> Scheduled:
    """Schedule words to be published at a time on this person's behalf, who must have the right now and then.

    The same key with the same words and time again changes nothing. `zone`: of the typed time; "" for the blog's.
    `embargo`: nobody may publish it before. `held`: it waits only so that it can be undone. `again`, `rows`: as in
    publish_post.
    """
    permit(by, blog, Verb.PUBLISH)
    post, here = post_id(blog, once), read.blog(blog)
    draft = fit_to_print(draft, seed=post)
    pictures.check(blog, draft.body, by=by, post=post)
    event = PostPublished(
        post=post,
        title=draft.title,
        body=draft.body,
        kind=draft.kind,
        bylines=draft.bylines,
        graphic=draft.graphic,
    )
    if refusal := rules.may(here, read.post(blog, post), event, Origin.LIVE):
        raise Refused(_SENT if refusal.code == "already_published" else refusal)
    with transaction.atomic():
        row = Scheduled.objects.select_for_update().filter(blog_id=blog, post=post).first()
        if row is not None and row.state != Scheduled.State.BACK:
            same_time = row.due_at == at or (held and row.held)
            if same_time and (row.by_id, words_of(row)) == (by.pk, draft):
                if embargo and embargoed.until(blog, post) != at:
                    embargoes.put(blog, by=by, post=post, draft=draft, until=at)
                return row
            raise Refused(_SENT)
        if again is not None:
            said_before(blog, by=by, post=post, words=digest(draft), again=again)
        _not_past(at)
        _not_embargoed(blog, post, draft, at)
        row = row or Scheduled(blog_id=blog, post=post, version=0)
        row.author, row.by, row.once, row.draft, row.pin = by, by, once, msgspec.json.encode(draft), pin
        row.rows = msgspec.json.encode(rows)
        row.due_at, row.zone, row.held = at, zone or here.zone, held
        row.state, row.why, row.version = Scheduled.State.WAITING, "", row.version + 1
        row.save()
        if embargo:
            embargoes.put(blog, by=by, post=post, draft=draft, until=at)
        if held:
            note(blog, by=by, name="hold_post", about=post)
        else:
            note(blog, by=by, name="schedule_post", about=post)
        _ask_for_job(row)
    keeping.sent(blog, by.pk, once)
    return row


def hold_post(
    blog: int, *, by: User, draft: Draft, once: str, pin: bool, again: str, rows: Sequence[AnyAccepted] = ()
) -> Scheduled | None:
    """Hold a post for as long as the person or the live blog has chosen; None if neither has chosen to hold."""
    seconds = holds.hold_s(blog, by)
    if not seconds or read.post(blog, post_id(blog, once)) is not None:
        return None
    at = CLOCK.after(seconds)
    return schedule_post(blog, by=by, draft=draft, once=once, at=at, pin=pin, held=True, again=again, rows=rows)


_SENT: Final = Refusal(
    "sent_before", "This form was sent before. To change what is scheduled, open it; to change its post, edit that."
)


def reschedule_post(row: Scheduled, *, by: User, at: datetime, zone: str = "", version: int) -> Scheduled:
    """Give it another time, or a time again, on behalf of the person who does so."""
    permit(by, row.blog_id, Verb.PUBLISH)
    _not_past(at)

    def check() -> None:
        _not_embargoed(row.blog_id, row.post, words_of(row), at)

    values = {"due_at": at, "zone": zone or read.blog(row.blog_id).zone, "state": Scheduled.State.WAITING, "by": by}
    values |= {"why": "", "held": False}
    return _change(row, by=by, name="reschedule_post", version=version, among=UNPUBLISHED, check=check, values=values)


def reword_post(row: Scheduled, *, by: User, draft: Draft, version: int) -> Scheduled:
    """Give it other words; its embargo then covers them."""
    permit(by, row.blog_id, Verb.PUBLISH)
    draft = fit_to_print(draft, seed=row.post)
    pictures.check(row.blog_id, draft.body, by=by, post=row.post)

    def check() -> None:
        if row.due_at is not None:
            _not_embargoed(row.blog_id, row.post, draft, row.due_at)
        embargoes.cover(row.blog_id, by=by, post=row.post, was=words_of(row), draft=draft)

    words = msgspec.json.encode(draft)
    return _change(
        row, by=by, name="reword_post", version=version, among=UNPUBLISHED, check=check, values={"draft": words}
    )


def unschedule_post(row: Scheduled, *, by: User) -> Scheduled:
    """Take it back: it has no time any more, and its words wait at the desk."""
    permit(by, row.blog_id, Verb.PUBLISH)
    there = read.post(row.blog_id, row.post)
    if there is not None and there.visible:
        raise Refused(
            Refusal("already_published", _("It is published already. It can be taken back from readers there."))
        )
    back = {"state": Scheduled.State.BACK, "due_at": None, "why": "", "held": False}
    return _change(row, by=by, name="unschedule_post", version=None, among=OPEN, values=back)


def discard_scheduled(row: Scheduled, *, by: User) -> None:
    """Delete words that were taken back or could not be published. Their embargo stays in force."""
    permit(by, row.blog_id, Verb.PUBLISH)
    with transaction.atomic():
        gone, _each = Scheduled.objects.filter(pk=row.pk).exclude(state__in=("waiting", "published")).delete()
        if not gone:
            raise Moved
        note(row.blog_id, by=by, name="discard_scheduled", about=row.post)


def publish_scheduled(row: Scheduled, *, by: User) -> PostState:
    """Publish it now: because it is due, or because somebody does not want to wait."""

    def no_longer_waits(receipt: Receipt) -> None:
        waiting = Scheduled.objects.filter(UNPUBLISHED, pk=row.pk, version=row.version)
        if not waiting.update(state=Scheduled.State.PUBLISHED, draft=b"", rows=b"[]", why="", version=F("version") + 1):
            raise Moved  # taken back, rescheduled or reworded at this moment

    there, draft = read.post(row.blog_id, row.post), words_of(row)
    rows = msgspec.json.decode(bytes(row.rows), type=tuple[AnyAccepted, ...])
    if there is not None and there.withdrawn:
        return restore_post(row.blog_id, by=by, post=row.post, draft=draft, rows=rows, alongside=no_longer_waits)
    if there is not None and post_id(row.blog_id, row.once) != row.post:
        raise Refused(Refusal("already_published", _("Somebody published this post again already.")))
    published = publish_post(
        row.blog_id, by=by, draft=draft, once=row.once, pin=row.pin, rows=rows, alongside=no_longer_waits
    )
    # Already published with the same key by another path: then nothing was written alongside.
    Scheduled.objects.filter(pk=row.pk, version=row.version).update(
        state=Scheduled.State.PUBLISHED, draft=b"", rows=b"[]"
    )
    return published


def unpublish_post(blog: int, *, by: User, post: str) -> Scheduled:
    """Withdraw a post and make it a draft in one act: its words wait at the desk."""
    permit(by, blog, Verb.PUBLISH)
    was, zone = read.post(blog, post), read.blog(blog).zone
    words = msgspec.json.encode(draft_of(was)) if was is not None else b""

    def back(receipt: Receipt) -> None:
        promises.void(receipt.blog, post)
        values = {"author": by, "by": by, "draft": words, "due_at": None, "zone": zone, "held": False, "why": ""}
        row, made = Scheduled.objects.get_or_create(
            blog_id=receipt.blog, post=post, defaults={**values, "state": Scheduled.State.BACK}
        )
        if not made:
            version = F("version") + 1
            Scheduled.objects.filter(pk=row.pk).update(**values, state=Scheduled.State.BACK, version=version)

    withdrawn = PostWithdrawn(post=post)
    resting.carry_out_with_rows(
        blog,
        withdrawn,
        plan=lambda: resting.taken_back(blog, post),
        by=by,
        to=Verb.PUBLISH,
        name="unpublish_post",
        about=post,
        alongside=back,
    )
    copies.follow(blog)
    return Scheduled.objects.get(blog_id=blog, post=post)


def found_late(row: Scheduled) -> None:
    """Have a person decide whether it is still to be published."""
    _found(row, Scheduled.State.LATE, "")


def not_published(row: Scheduled, why: str) -> None:
    """Record for the desk that it was not published, and why."""
    _found(row, Scheduled.State.STOPPED, why)


def _found(row: Scheduled, state: Scheduled.State, why: str) -> None:
    with transaction.atomic():
        waiting = Scheduled.objects.filter(pk=row.pk, version=row.version, state=Scheduled.State.WAITING)
        if waiting.update(state=state, why=why[:500], version=F("version") + 1):
            note(row.blog_id, by=_SCHEDULE, name="not_published", about=row.post)


_SCHEDULE: Final = System(name="schedule")


def _not_past(at: datetime) -> None:
    if CLOCK.now() - at > LATE:
        raise Refused(Refusal("past", _("That time is past. Publish it now, or choose one that is to come.")))


def _not_embargoed(blog: int, post: str, draft: Draft, at: datetime) -> None:
    until = embargoed.until(blog, post, digest(draft))
    if until is not None and at < until:
        raise embargoed.Embargoed(until, read.blog(blog).zone)


def _change(
    row: Scheduled,
    *,
    by: User,
    name: str,
    version: int | None,
    among: Q,
    values: Mapping[str, object],
    check: Callable[[], None] = lambda: None,
) -> Scheduled:
    with transaction.atomic():
        there = Scheduled.objects.select_for_update().filter(among, pk=row.pk)
        if version is not None:
            there = there.filter(version=version)
        if not there.update(version=F("version") + 1, **values):
            raise Moved
        check()
        row.refresh_from_db()
        note(row.blog_id, by=by, name=name, about=row.post)
        if row.state == Scheduled.State.WAITING:
            _ask_for_job(row)
    return row


def _ask_for_job(row: Scheduled) -> None:
    """Put the job of this version. Jobs of earlier versions see another version and do nothing."""
    says = {"number": row.pk, "version": row.version}
    put(KIND, key=f"{row.pk}-{row.version}", payload=says, due=row.due_at, on_behalf_of=row.by_id)
