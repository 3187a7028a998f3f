"""What readers write to the newsroom: allowing it, storing it for an editor, taking it into a draft, erasing it.

Owns the life of a contribution. It is a submission without an author, in the same queue, and becomes a post only
through an editor's own draft. The reader's contact is a separate row, erased by one button; contributions and contacts
are erased some days after the live blog has ended. Look next: `views.contribute` for the reader's page.
"""

import hashlib
from datetime import datetime, timedelta
from typing import Final

import msgspec
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from asithappened.accounts.gate import Verb
from asithappened.accounts.models import User
from asithappened.core import body, text
from asithappened.core import events as e
from asithappened.core.rules import Refusal
from asithappened.core.state import BlogState, Status
from asithappened.desk.actions.actor import Actor, permit
from asithappened.desk.actions.carry_out import Moved, Receipt, Refused, carry_out, note
from asithappened.desk.actions.submissions import draft_of, fit_to_print, noted
from asithappened.desk.draft import Draft
from asithappened.desk.drafts import keeping
from asithappened.desk.drafts.models import Draft as Kept
from asithappened.desk.models import Contact, Submission
from asithappened.jobs.clock import CLOCK
from asithappened.log import read

WAITING_AT_ONCE: Final = 300  # of one live blog: more than a desk reads in a day
LINES: Final = 200


def set_contributions(blog: int, *, by: Actor, open_: bool) -> Receipt:
    """Set whether readers may write to the newsroom about a live blog; its page links to the form then."""
    events = [e.ContributionsSet(open=open_)]
    return carry_out(blog, events, by=by, to=Verb.OWN, name="set_contributions", about="open" if open_ else "")


def contribute(blog: int, *, words: str, name: str, email: str, once: str) -> bool:
    """Store what a reader wrote, already cleaned and checked; False if more is waiting than the desk could read.

    The same words with the same key are stored once.
    """
    lines = [line for line in (text.one_line(line) for line in words.split("\n")) if line]
    rest = " ".join(lines[LINES - 1 :])
    doc = body.Doc(content=tuple(body.paragraph(line) for line in [*lines[: LINES - 1], *([rest] if rest else [])]))
    key = hashlib.sha256(f"{once}\0{words}".encode()).hexdigest()[:32]
    draft = fit_to_print(Draft(body=doc), seed=key)
    with transaction.atomic():
        waiting = Submission.objects.filter(blog_id=blog, author=None, state=Submission.State.WAITING)
        if waiting.count() >= WAITING_AT_ONCE:
            return False
        kept, made = Submission.objects.get_or_create(
            blog_id=blog, author=None, once=key, defaults={"draft": msgspec.json.encode(draft)}
        )
        if made and (name or email):
            Contact.objects.create(of=kept, name=name, email=email)
    return True


def take(contribution: Submission, *, by: User, version: int) -> Kept:
    """Make it a draft of this person, and return the draft. Of two people at once, one is refused."""
    permit(by, contribution.blog_id, Verb.PUBLISH)
    doc = msgspec.json.decode(msgspec.json.encode(draft_of(contribution).body))  # as a composer would send it
    words = keeping.Words(body=doc)
    copy = keeping.Copy(key=f"reader-{contribution.pk}", words=words, writer="", turn=0, seen=0)
    try:
        kept = keeping.save(contribution.blog_id, by.pk, copy)
    except keeping.TooMany:
        message = _("You have {n} drafts on this live blog, the most that are kept. Throw some away first.")
        raise Refused(Refusal("too_many", message.format(n=keeping.MOST))) from None
    except keeping.Newer as newer:
        kept = newer.kept
    try:
        _decide(contribution, version, by=by, name="take_contribution", state=Submission.State.TAKEN)
    except Moved:
        if kept.version == 1:
            keeping.discard(kept)
        raise
    return kept


def reject(contribution: Submission, *, by: User, note_: str, version: int) -> None:
    """Refuse it, with a reason for the desk. Its reader is not told."""
    permit(by, contribution.blog_id, Verb.PUBLISH)
    said = noted(note_, Refusal("no_note", "Say why it is not taken, for whoever looks at it after you."))
    _decide(contribution, version, by=by, name="reject_contribution", state=Submission.State.REJECTED, note=said)


def forget_contact(contribution: Submission, *, by: User) -> None:
    """Erase its reader's contact."""
    permit(by, contribution.blog_id, Verb.PUBLISH)
    with transaction.atomic():
        gone, _each = Contact.objects.filter(of=contribution).delete()
        if not gone:
            raise Refused(Refusal("unchanged", _("It is not known how to reach them. Nothing was changed.")))
        note(contribution.blog_id, by=by, name="forget_contact", about=str(contribution.pk))


def forget_ended(now: datetime | None = None) -> int:
    """Erase contributions and contacts of live blogs that ended long enough ago; return how many."""
    before = (now or CLOCK.now()) - timedelta(days=settings.CONTRIBUTIONS_KEPT_DAYS)
    found = Submission.objects.filter(author=None)
    gone = 0
    for blog in found.order_by().values_list("blog_id", flat=True).distinct():
        ended = _ended(read.blog(blog))
        if ended is not None and ended < before:
            count, _each = found.filter(blog_id=blog).delete()
            gone += count
    return gone


def _ended(blog: BlogState) -> datetime | None:
    if blog.status is Status.LIVE:
        return None
    return blog.closed_at or blog.updated_at


def _decide(contribution: Submission, version: int, *, by: User, name: str, **values: object) -> None:
    with transaction.atomic():
        waiting = Submission.objects.filter(
            pk=contribution.pk, author=None, version=version, state=Submission.State.WAITING
        )
        if not waiting.update(decided_by=by, version=F("version") + 1, changed_at=CLOCK.now(), **values):
            raise Moved
        note(contribution.blog_id, by=by, name=name, about=str(contribution.pk))
    contribution.refresh_from_db()
