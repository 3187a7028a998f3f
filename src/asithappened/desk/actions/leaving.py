"""Taking somebody off one live blog, or closing their account, with all of their rights, in one act.

Owns what that ends: rights, tickets, streams, presence at the desk, sign-in links, and acts scheduled in their name,
which then wait for a person's decision. What they wrote stays: published posts unchanged, drafts with the person who
takes over. Links that they made end by themselves, because those depend on their maker's rights
(`accounts.invitation_links`, `handover`).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from asithappened.accounts import gate, members, staff
from asithappened.accounts.gate import Verb
from asithappened.accounts.models import Membership, Role, User
from asithappened.core import limits
from asithappened.core.rules import Refusal
from asithappened.desk.actions.actor import Actor, permit
from asithappened.desk.actions.carry_out import Refused, note
from asithappened.desk.drafts import keeping, presence
from asithappened.desk.models import HandoverLinks, Note, Scheduled, Submission
from asithappened.log import read


@dataclass(frozen=True, kw_only=True)
class Left:
    """What a person left behind on a live blog. `to`: who has their drafts now, None if nobody could take them."""

    blog: int
    to: User | None
    drafts: int
    scheduled: int
    submissions: int


def leave_blog(blog: int, *, by: Actor, user: User, to: User | None = None) -> Left:
    """Take somebody off a live blog. `to`: who takes over their drafts; an owner, unless somebody is named.

    Raises MemberError if they are no member or the only owner, Refused if `to` does not work on it.
    """
    permit(by, blog, Verb.OWN)
    if to is not None and (to.pk == user.pk or Verb.SUBMIT not in gate.verbs_of(to, blog)):
        raise Refused(_no_heir())
    with transaction.atomic():
        left = _off(blog, by=by, user=user, to=to, owner=None)
    return _pass_on(left, by, user)


def leave_house(*, by: Actor, user: User, to: User | None = None) -> list[Left]:
    """Close somebody's account and take them off every live blog. `to`: who takes over, also as owner where needed.

    Raises Refused if a live blog would be without an owner and nobody is named, and for one's own account, so that
    one site admin is always left.
    """
    if isinstance(by, User):
        gate.check_may_administer(by)
        if by.pk == user.pk:
            raise Refused(Refusal("own_account", _("Nobody closes their own account: ask another site admin.")))
    if to is not None and (to.pk == user.pk or not to.is_active):
        raise Refused(_no_heir())
    with transaction.atomic():
        rows = list(Membership.objects.select_for_update().filter(user=user).order_by("blog_id"))
        if to is None and (alone := list(_owned_alone(rows))):
            message = _("Nobody else owns {blogs}. Say who shall go on with it.").format(blogs=", ".join(alone))
            raise Refused(Refusal("no_heir", message))
        left = [_off(row.blog_id, by=by, user=user, to=to, owner=to) for row in rows]
        staff.close(user)
        note(None, by=by, name="leave_house", about=user.email)
    return [_pass_on(one, by, user) for one in left]


def _off(blog: int, *, by: Actor, user: User, to: User | None, owner: User | None) -> Left:
    """Take somebody off one live blog, in the caller's transaction. Drafts, in another database, come afterwards."""
    members.remove(blog, user.pk, heir=owner)
    may = to is not None and Verb.SUBMIT in gate.verbs_of(to, blog)
    heir = to if may else _owner_of(blog) or (by if isinstance(by, User) else None)
    why = _("{who} no longer works on this live blog.").format(who=user)
    theirs = Q(author=user) | Q(by=user)
    waiting = Scheduled.objects.filter(theirs, blog_id=blog, state=Scheduled.State.WAITING)
    scheduled = waiting.update(state=Scheduled.State.STOPPED, why=why, version=F("version") + 1, held=False)
    open_ = Submission.objects.filter(blog_id=blog, author=user, state__in=("waiting", "returned"))
    said = {"note": why, "decided_by": by if isinstance(by, User) else None, "changed_at": timezone.now()}
    submissions = open_.update(state=Submission.State.WAITING, version=F("version") + 1, **said)
    HandoverLinks.objects.filter(blog_id=blog).update(generation=F("generation") + 1)
    note(blog, by=by, name="remove_member", about=user.email)
    return Left(blog=blog, to=heir, drafts=0, scheduled=scheduled, submissions=submissions)


def _pass_on(left: Left, by: Actor, user: User) -> Left:
    """Pass the drafts on, delete their presence, and leave a note of everything that waits for a decision."""
    presence.leave_for_good(left.blog, user.pk)
    drafts = keeping.pass_on(left.blog, user.pk, left.to.pk) if left.to is not None else 0
    left = replace(left, drafts=drafts)
    author = by if isinstance(by, User) else left.to
    if author is not None and (said := " ".join(_said(left, user))):
        Note.objects.create(blog_id=left.blog, author=author, text=said[: limits.NOTE_CHARS])
    return left


def _said(left: Left, user: User) -> Iterator[str]:
    """Yield the sentences of that note; none if nothing waits."""
    if not (left.drafts or left.scheduled or left.submissions or _is_on(left.blog, user)):
        return
    yield _("{who} no longer works on this live blog.").format(who=user)
    if left.drafts:
        said = ngettext("{n} draft of theirs is {to}’s now.", "{n} drafts of theirs are {to}’s now.", left.drafts)
        yield said.format(n=left.drafts, to=left.to)
    if left.scheduled:
        said = ngettext(
            "{n} scheduled post waits for your word, and is not published by itself.",
            "{n} scheduled posts wait for your word, and are not published by themselves.",
            left.scheduled,
        )
        yield said.format(n=left.scheduled)
    if left.submissions:
        said = ngettext(
            "{n} post that they handed in awaits approval.",
            "{n} posts that they handed in await approval.",
            left.submissions,
        )
        yield said.format(n=left.submissions)
    if _is_on(left.blog, user):
        yield _("Readers are still told that {name} is on: the settings change that.").format(name=user.byline)


def _is_on(blog: int, user: User) -> bool:
    return any(one.on and one.name == user.byline for one in read.blog(blog).contributors)


def _owner_of(blog: int) -> User | None:
    row = Membership.objects.filter(blog_id=blog, role=Role.OWNER, user__is_active=True).order_by("since", "pk").first()
    return row.user if row is not None else None


def _owned_alone(rows: list[Membership]) -> Iterator[str]:
    for row in rows:
        others = Membership.objects.filter(blog_id=row.blog_id, role=Role.OWNER).exclude(pk=row.pk)
        if row.role == Role.OWNER and not others.exists():
            yield read.blog(row.blog_id).title


def _no_heir() -> Refusal:
    message = _("Whoever goes on with it has to work on it too, and is not who leaves. Nothing was changed.")
    return Refusal("no_heir", message)
