"""Whether words are under embargo. Every verb asks, in the transaction in which it would publish them.

Owns what an embargo is tied to (docs/adr/0018): the draft, by the id of the post that its once-key makes, and its exact
words, in every live blog and by every person. Never sets or lifts one: `embargoes` does.
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
    """Return an instant for a sentence of the desk: 2026-11-25 18:00 (Europe/London)."""
    return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M} ({zone})"


def forbid(blog: int, events: Sequence[e.Event], *, by: Actor | None) -> None:
    """Raise Embargoed if one of these events has words under embargo. `by`: None for an import, which nobody does.

    The same words in another live blog are refused to those who may know of the embargo: its members, and the program
    itself. Anybody else has them from another source, and must not learn of the embargo by a refusal.
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
    """Return a live blog's embargoes in force: a row for each wording of a draft."""
    return Embargo.objects.filter(blog_id=blog, lifted_at=None, until__gt=CLOCK.now())


def until(blog: int, post: str, words: str = "") -> datetime | None:
    """Return the end of a draft's embargo in this live blog, found by its post's id or words; None if there is none."""
    its = Q(post=post) | Q(words=words) if words else Q(post=post)
    return in_force(blog).filter(its).order_by("-until").values_list("until", flat=True).first()
