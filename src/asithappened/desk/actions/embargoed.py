"""Whether words are under embargo: asked by every verb in the transaction in which it would publish them.

Owns what an embargo is tied to (docs/adr/0018): the draft, by the id of the post that its once-key makes, and its very
words, in whatever live blog and by whoever. Never sets or lifts one: that is `embargoes`.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.translation import gettext as _

from asithappened.accounts import gate
from asithappened.accounts.models import User
from asithappened.core import events as e
from asithappened.core.rules import Refusal
from asithappened.desk.actions.actor import Actor
from asithappened.desk.draft import Draft, digest
from asithappened.desk.models import Embargo
from asithappened.jobs.clock import CLOCK
from asithappened.log import read
from asithappened.press import Refused

if TYPE_CHECKING:
    from django.db.models import QuerySet


class Embargoed(Refused):
    """Words that nobody may publish yet. `until`: aware UTC."""

    def __init__(self, until: datetime, zone: str) -> None:
        message = _("These words are under embargo until {until}. An owner of the live blog can lift it.")
        super().__init__(Refusal("embargoed", message.format(until=said(until, zone))))
        self.until = until


def said(at: datetime, zone: str) -> str:
    """Return an instant as the desk says it in a sentence: 2026-11-25 18:00 (Europe/London)."""
    return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M} ({zone})"


def forbid(blog: int, events: Sequence[e.Event], *, by: Actor | None) -> None:
    """Raise Embargoed if one of these events has words under embargo. `by`: None for what no person and no room does.

    The same words in another live blog are refused to whoever may know of the embargo: its members, and the program
    itself. Anybody else who has them has them from elsewhere, and is told nothing.
    """
    said = [event for event in events if isinstance(event, e.PostWords)]
    if not said:
        return
    in_force = Embargo.objects.filter(lifted_at=None, until__gt=CLOCK.now())
    rows = list(in_force.values_list("blog_id", "post", "words", "until"))
    for event in said if rows else ():
        words = digest(Draft(title=event.title, body=event.body))
        for of, post, theirs, until in rows:
            if (of, post) == (blog, event.post) or (theirs == words and (of == blog or _knows(by, of))):
                raise Embargoed(until, read.blog(of).zone)


def forbid_post(blog: int, post: str) -> None:
    """Raise Embargoed if a draft is under embargo, by the id of the post that its once-key makes."""
    if (until_ := until(blog, post)) is not None:
        raise Embargoed(until_, read.blog(blog).zone)


def _knows(by: Actor | None, blog: int) -> bool:
    return not isinstance(by, User) or gate.Verb.READ_DESK in gate.verbs_of(by, blog)


def in_force(blog: int) -> "QuerySet[Embargo]":
    """Return the embargoes of a live blog that hold now: a row for each wording of a draft."""
    return Embargo.objects.filter(blog_id=blog, lifted_at=None, until__gt=CLOCK.now())


def until(blog: int, post: str, words: str = "") -> datetime | None:
    """Return until when a draft of this live blog is under embargo, by its post's id or words; None if it is not."""
    its = Q(post=post) | Q(words=words) if words else Q(post=post)
    return in_force(blog).filter(its).order_by("-until").values_list("until", flat=True).first()
