"""Links to a live blog's handover sheet, which need no sign-in: making one, revoking all.

Owns the content of a link and its validity. A link is signed and stored nowhere. It is valid until it expires, while
its maker may publish on the blog, and until the blog's links are revoked. Look next: `views.handover`.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.core import signing
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from asithappened.accounts import gate
from asithappened.accounts.gate import Grant, Verb
from asithappened.accounts.models import User
from asithappened.desk.actions.actor import permit
from asithappened.desk.actions.carry_out import note
from asithappened.desk.handing_over import Shift
from asithappened.desk.models import HandoverLinks
from asithappened.log import read

HOURS: Final = (8, 24, 72, 168)  # a shift, until tomorrow, over a weekend, a week of leave
_SALT: Final = "asithappened.desk.handover"
_CHARS: Final = 400  # the longest token that is read; those made here have some 120


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A valid link: what it shows, and until when."""

    shift: Shift
    until: datetime


def make_link(blog: int, *, by: User, since: datetime, hours: int) -> str:
    """Return a token that shows the sheet to everybody who has it, for some hours."""
    permit(by, blog, Verb.PUBLISH)
    until = timezone.now() + timedelta(hours=hours)
    with transaction.atomic():
        links, _ = HandoverLinks.objects.get_or_create(blog_id=blog)
        note(blog, by=by, name="make_handover_link", about=f"{hours} h")
    says = [blog, links.generation, by.pk, int(since.timestamp()), int(until.timestamp())]
    return signing.dumps(says, salt=_SALT)


def revoke_links(blog: int, *, by: User) -> None:
    """Revoke every link to a live blog's sheet, whoever made it."""
    permit(by, blog, Verb.PUBLISH)
    with transaction.atomic():
        HandoverLinks.objects.get_or_create(blog_id=blog)
        HandoverLinks.objects.filter(blog_id=blog).update(generation=F("generation") + 1)
        note(blog, by=by, name="revoke_handover_links")


def open_link(token: str) -> Opened | None:
    """Return what a token shows; None if it has expired, was revoked, or was not made here."""
    if len(token) > _CHARS:
        return None
    try:
        blog, generation, maker, since, until = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    if until <= timezone.now().timestamp():
        return None
    if not HandoverLinks.objects.filter(blog_id=blog, generation=generation).exists():
        return None
    by = User.objects.filter(pk=maker).first()
    if by is None or Verb.PUBLISH not in (verbs := gate.verbs_of(by, blog)):
        return None
    grant = Grant(id=blog, state=read.blog(blog), role=None, verbs=verbs)
    return Opened(shift=Shift(grant=grant, by=by, since=_instant(since)), until=_instant(until))


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, tz=timezone.get_default_timezone())
