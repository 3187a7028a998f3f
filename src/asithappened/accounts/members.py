"""Who works on a live blog.

Owns inviting, changing a role, removing. A blog keeps at least one owner. Never sends a message: an invitation is a
one-time link that the inviter passes on.
Look next: `gate`, which reads what is written here; `desk.actions.members`, which leaves the audit.
"""

from dataclasses import dataclass

from django.db import transaction

from asithappened.accounts.links import sign_in_link
from asithappened.accounts.models import Membership, Role, User
from asithappened.core import text


class MemberError(ValueError):
    """A change of members that cannot be made, and why."""


@dataclass(frozen=True, kw_only=True)
class Invited:
    """A new member. `link`: to sign in with for the first time; "" for somebody who had an account before."""

    member: Membership
    link: str


def of(blog_id: int) -> list[Membership]:
    """Return the members of a live blog, in the order in which they came."""
    return list(Membership.objects.filter(blog_id=blog_id).select_related("user").order_by("since", "pk"))


def add(blog_id: int, *, email: str, role: Role, by: User | None, byline: str = "") -> Invited:
    """Make somebody a member, with an account made for them if they have none.

    A link comes back for a new account alone: with one to an account that was there before, an owner of any blog could
    sign in as anybody.
    """
    with transaction.atomic():
        user, made = User.objects.get_or_create(
            email=email.strip().lower(), defaults={"byline": text.one_line(byline), "invited_by": by}
        )
        if made:
            user.set_unusable_password()
            user.save()
        member, joined = Membership.objects.get_or_create(blog_id=blog_id, user=user, defaults={"role": role})
        if not joined:
            raise MemberError(f"{user} works on this live blog already. Change the role in the list.")
    return Invited(member=member, link=sign_in_link(user) if made else "")


def link_again(member: Membership, *, by: User) -> str:
    """Return a new first link for somebody who has never signed in. Raises MemberError for anybody else.

    Only a site admin, or whoever made the account, and then only of a guest's: the link signs in as that person.
    """
    user = member.user
    if user.last_login is not None:
        raise MemberError(f"{user} has signed in before, and needs no link.")
    mine = user.invited_by_id == by.pk and not (user.is_staff or user.is_superuser)
    if not (by.is_superuser or mine):
        raise MemberError(f"Only who invited {user}, or a site admin, can make a new link.")
    return sign_in_link(user)


def set_role(blog_id: int, user_id: int, role: Role) -> Membership:
    """Change what a member is."""
    with transaction.atomic():
        member = _member(blog_id, user_id)
        if member.role == Role.OWNER and role is not Role.OWNER:
            _keep_an_owner(blog_id, member)
        member.role = role
        member.save(update_fields=["role"])
        return member


def remove(blog_id: int, user_id: int) -> Membership:
    """Take somebody off a live blog. What they wrote stays."""
    with transaction.atomic():
        member = _member(blog_id, user_id)
        _keep_an_owner(blog_id, member)
        member.delete()
        return member


def _member(blog_id: int, user_id: int) -> Membership:
    # The lock is on all members, so that two owners cannot demote each other at the same moment.
    members = {m.user_id: m for m in Membership.objects.select_for_update().filter(blog_id=blog_id)}
    if user_id not in members:
        raise MemberError("That person does not work on this live blog.")
    return members[user_id]


def _keep_an_owner(blog_id: int, member: Membership) -> None:
    others = Membership.objects.filter(blog_id=blog_id, role=Role.OWNER).exclude(pk=member.pk)
    if member.role == Role.OWNER and not others.exists():
        raise MemberError("A live blog keeps at least one owner. Make somebody else an owner first.")
