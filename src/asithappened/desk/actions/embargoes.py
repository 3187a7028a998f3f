"""Setting an embargo on a draft, and lifting it.

Owns that it can be prolonged but not shortened, that it follows the draft's words as they change, and that only an
owner lifts it. Look next: `embargoed`, which every verb asks.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from asithappened.accounts.gate import Verb
from asithappened.accounts.models import User
from asithappened.core.rules import Refusal
from asithappened.desk.actions import embargoed
from asithappened.desk.actions.actor import permit
from asithappened.desk.actions.carry_out import Refused, note
from asithappened.desk.draft import Draft, digest
from asithappened.desk.models import Embargo, Scheduled
from asithappened.jobs.clock import CLOCK
from asithappened.log import read
from asithappened.log.models import Blog
from asithappened.render.words import label_of

_LABEL_CHARS = 80


def embargo_draft(blog: int, *, by: User, draft: Draft, post: str, until: datetime) -> Embargo:
    """Forbid everybody to publish a draft before a time. `post`: the id of its post, or the id that its key makes.

    Called again, it prolongs the embargo, or extends it to the draft's present words.
    """
    permit(by, blog, Verb.PUBLISH)
    if until <= CLOCK.now():
        raise Refused(Refusal("past", _("That time is past. An embargo ends later than now.")))
    with transaction.atomic():
        Blog.objects.select_for_update().get(pk=blog)  # publishing checks embargoes under this lock
        if (there := read.post(blog, post)) is not None and there.visible:
            raise Refused(Refusal("already_published", _("This is published already. It cannot be under embargo.")))
        if Scheduled.objects.filter(blog_id=blog, post=post, state="waiting", due_at__lt=until).exists():
            message = _("It is scheduled for earlier than that. Put that off first.")
            raise Refused(Refusal("scheduled_earlier", message))
        return put(blog, by=by, post=post, draft=draft, until=until)


def put(blog: int, *, by: User, post: str, draft: Draft, until: datetime) -> Embargo:
    """Write an embargo, in the caller's transaction. Raises Embargoed if there is a longer one."""
    longer = embargoed.until(blog, post)
    if longer is not None and until < longer:
        raise embargoed.Embargoed(longer, read.blog(blog).zone)
    embargoed.in_force(blog).filter(post=post).update(until=until)
    label = label_of(draft, read.blog(blog).language, _LABEL_CHARS)
    row, _new = Embargo.objects.get_or_create(
        blog_id=blog,
        post=post,
        words=digest(draft),
        lifted_at=None,
        defaults={"by": by, "until": until, "label": label},
    )
    if row.until != until:  # an embargo that had ended begins anew
        row.until = until
        row.save(update_fields=["until"])
    note(blog, by=by, name="embargo_draft", about=post)
    return row


def cover(blog: int, *, by: User, post: str, was: Draft, draft: Draft) -> None:
    """Extend the embargo of a draft, if there is one, to its new words; in the caller's transaction.

    `was`: the former words, which may be under the embargo of another draft with the same words.
    """
    until = embargoed.until(blog, post, digest(was))
    if until is not None and not embargoed.in_force(blog).filter(post=post).filter(words=digest(draft)).exists():
        label = label_of(draft, read.blog(blog).language, _LABEL_CHARS)
        Embargo.objects.create(blog_id=blog, by=by, post=post, words=digest(draft), until=until, label=label)


def lift_embargo(blog: int, *, by: User, number: int) -> Embargo:
    """End an embargo before its time. Only an owner may."""
    permit(by, blog, Verb.OWN)
    with transaction.atomic():
        row = Embargo.objects.filter(blog_id=blog, pk=number).first()
        lifted = (
            embargoed.in_force(blog).filter(post=row.post).update(lifted_at=CLOCK.now(), lifted_by=by) if row else 0
        )
        if row is None or not lifted:
            raise Refused(Refusal("unchanged", _("There is no such embargo any more. Nothing was changed.")))
        note(blog, by=by, name="lift_embargo", about=row.post)
    row.refresh_from_db()
    return row
