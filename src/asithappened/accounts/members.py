"""The members of a live blog.

Owns inviting, changing a role, removing. A blog keeps at least one owner. An invitation is a one-time link: mailed, or
without a mail server passed on by the inviter.
Look next: `gate`, which reads the memberships; `desk.actions.members`, which writes the audit.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from asithappened.accounts import mail, tickets
from asithappened.accounts.links import sign_in_link
from asithappened.accounts.models import Membership, Role, User
from asithappened.core import text
from asithappened.log import read


class MemberError(ValueError):
    """A change of members is refused; the message says why."""


class HasAccount(MemberError):
    """The address has an account: nothing is changed until the inviter confirms that they mean this person."""

    def __init__(self, user: User) -> None:
        super().__init__(_("{email} has an account already. See whose it is, and confirm.").format(email=user.email))
        self.user = user


@dataclass(frozen=True, kw_only=True)
class Invited:
    """A new member. `link`: the first sign-in link to pass on; "" for an existing account, and if it was mailed.

    `mailed`: a link was mailed, which proves the address when it is used.
    """

    member: Membership
    link: str
    mailed: bool


def of(blog_id: int) -> list[Membership]:
    """Return the members of a live blog, in the order in which they joined."""
    return list(Membership.objects.filter(blog_id=blog_id).select_related("user").order_by("since", "pk"))


def add(
    blog_id: int, *, email: str, role: Role, by: User | None, byline: str = "", confirmed: int | None = None
) -> Invited:
    """Make somebody a member, with an account made for them if they have none.

    Raises HasAccount for an address with an account, unless that account's number is `confirmed`: the inviter has then
    seen whose it is. Returns a link for a new account only: with a link to an existing one, an owner of any blog could
    sign in as anybody.
    """
    email = email.strip().lower()
    with transaction.atomic():
        user = User.objects.filter(email=email).select_related("invited_by").first()
        if user is not None and Membership.objects.filter(blog_id=blog_id, user=user).exists():
            raise MemberError(_("{who} works on this live blog already. Change the role in the list.").format(who=user))
        if user is not None and user.pk != confirmed:
            raise HasAccount(user)
        made = user is None
        if user is None:
            vouched = by is not None and by.is_superuser
            user = User.objects.create_user(email, byline=text.one_line(byline), invited_by=by, vouched=vouched)
        member = Membership.objects.create(blog_id=blog_id, user=user, role=role)
        mailed = made and mail.is_set()
        if mailed:
            mail.write_to(user, "invitation", who=str(by or ""), title=read.blog(blog_id).title)
    return Invited(member=member, link=sign_in_link(user) if made and not mailed else "", mailed=mailed)


def link_again(member: Membership, *, by: User) -> str:
    """Return a new first link for somebody who has never signed in. Raises MemberError for anybody else.

    The link signs in as that person, so only a site admin gets it, or for a guest the person who invited them.
    """
    user = member.user
    if user.last_login is not None:
        raise MemberError(_("{who} has signed in before, and needs no link.").format(who=user))
    mine = user.invited_by_id == by.pk and not (user.is_staff or user.is_superuser)
    if not (by.is_superuser or mine):
        raise MemberError(_("Only who invited {who}, or a site admin, can make a new link.").format(who=user))
    return sign_in_link(user)


def set_role(blog_id: int, user_id: int, role: Role) -> Membership:
    with transaction.atomic():
        member = _member(blog_id, user_id)
        if member.role == Role.OWNER and role is not Role.OWNER:
            _keep_an_owner(blog_id, member)
        member.role = role
        member.save(update_fields=["role"])
        return member


def remove(blog_id: int, user_id: int, *, heir: User | None = None) -> Membership:
    """Remove a member. Their posts stay. `heir`: becomes an owner if there would be none."""
    with transaction.atomic():
        member = _member(blog_id, user_id)
        if heir is not None and _is_last_owner(blog_id, member):
            Membership.objects.update_or_create(blog_id=blog_id, user=heir, defaults={"role": Role.OWNER})
        _keep_an_owner(blog_id, member)
        member.delete()
        tickets.revoke(blog_id, user_id)
        return member


def note_seen(seen: Mapping[tuple[int, int], datetime]) -> None:
    """Store when people last had a live blog's desk open, by blog and user."""
    members = Membership.objects.filter(user__in={user for _, user in seen}, blog__in={blog for blog, _ in seen})
    for member in members:
        at = seen.get((member.blog_id, member.user_id))
        if at is not None and (member.seen_at is None or member.seen_at < at):
            Membership.objects.filter(pk=member.pk).update(seen_at=at)


def _member(blog_id: int, user_id: int) -> Membership:
    # Locks all members, so that two owners cannot demote each other concurrently.
    members = {m.user_id: m for m in Membership.objects.select_for_update().filter(blog_id=blog_id)}
    if user_id not in members:
        raise MemberError(_("That person does not work on this live blog."))
    return members[user_id]


def _keep_an_owner(blog_id: int, member: Membership) -> None:
    if _is_last_owner(blog_id, member):
        raise MemberError(_("A live blog keeps at least one owner. Make somebody else an owner first."))


def _is_last_owner(blog_id: int, member: Membership) -> bool:
    others = Membership.objects.filter(blog_id=blog_id, role=Role.OWNER).exclude(pk=member.pk)
    return member.role == Role.OWNER and not others.exists()
