"""How a verb runs: permission, press, and in press's own transaction the audit line and what is due later.

Owns the order of the three, and `unmoved`, which keeps people from overwriting one another's changes.
Look next: `press.publish` for what happens inside.
"""

from collections.abc import Callable, Sequence

from asithappened import press
from asithappened.accounts.gate import Verb
from asithappened.core import events as e
from asithappened.desk.actions import embargoed, pictures, reaching
from asithappened.desk.actions.actor import Actor, permit, who
from asithappened.desk.models import Act
from asithappened.log import read
from asithappened.press import Busy, Receipt, Refused

__all__ = ["Busy", "Moved", "Receipt", "Refused", "carry_out", "note", "unmoved"]


class Moved(Exception):
    """Somebody else changed it first. Nothing was written, and the caller still has what was typed."""


def carry_out(
    blog: int | None,
    events: Sequence[e.Event],
    *,
    by: Actor,
    to: Verb | None,
    name: str,
    about: str = "",
    words: str = "",
    once: str | None = None,
    origin: e.Origin = e.Origin.LIVE,
    alongside: Callable[[Receipt], None] | None = None,
) -> Receipt:
    """Publish the events of the verb `name` if this actor may (`to`; None if the caller has checked), and audit it.

    Raises Http404, PermissionDenied, Refused (also Embargoed), Busy, and whatever `alongside` raises, which undoes all.
    """
    if blog is not None and to is not None:
        permit(by, blog, to)

    def noted(receipt: Receipt) -> None:
        embargoed.forbid(receipt.blog, events, by=by)
        if alongside is not None:
            alongside(receipt)
        pictures.forbid(receipt.blog, events, by=by, first=receipt.first)
        reaching.note_later(receipt, events)
        note(receipt.blog, by=by, name=name, about=about, words=words, first=receipt.first, last=receipt.last)

    return press.publish(blog, events, origin=origin, once=once, alongside=noted)


def note(
    blog: int | None,
    *,
    by: Actor,
    name: str,
    about: str = "",
    words: str = "",
    first: int | None = None,
    last: int | None = None,
) -> None:
    """Write an audit line of a live blog, or of the house (None)."""
    Act.objects.create(blog_id=blog, verb=name, about=about[:200], words=words, first=first, last=last, **who(by))


def unmoved(blog: int, kinds: Sequence[type[e.Event]], *, since: int, post: str = "") -> Callable[[Receipt], None]:
    """Return a check for `alongside` that raises Moved if a fact of these kinds came after the seq that a person saw.

    It runs under the blog's lock, so nobody can write between the check and the append.
    """
    names = {kind.KIND for kind in kinds}

    def check(receipt: Receipt) -> None:
        between = read.facts(blog, after=since, upto=receipt.first - 1, subject=e.post(post) if post else None)
        if any(fact.kind in names for fact in between):
            raise Moved

    return check
