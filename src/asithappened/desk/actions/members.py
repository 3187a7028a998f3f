"""Who works on a live blog: accounts.members with the gate before it and an audit line after. Look next: `leaving`."""

from django.db import transaction
from django.utils.translation import gettext as _

from asithappened.accounts import members
from asithappened.accounts.gate import Verb
from asithappened.accounts.members import HasAccount, Invited, MemberError
from asithappened.accounts.models import Membership, Role, User
from asithappened.desk.actions.actor import permit
from asithappened.desk.actions.carry_out import note

__all__ = ["HasAccount", "Invited", "MemberError", "add_member", "link_again", "set_role"]


def add_member(
    blog: int, *, by: User, email: str, role: Role, byline: str = "", confirmed: int | None = None
) -> Invited:
    """Make somebody a member. A new person gets an account too, with a link to pass on.

    Raises HasAccount until `confirmed` names the account that this address has.
    """
    permit(by, blog, Verb.OWN)
    with transaction.atomic():
        invited = members.add(blog, email=email, role=role, by=by, byline=byline, confirmed=confirmed)
        note(blog, by=by, name="add_member", about=f"{invited.member.user.email}: {role}")
    return invited


def set_role(blog: int, *, by: User, user: int, role: Role) -> Membership:
    """Change what a member may do."""
    permit(by, blog, Verb.OWN)
    with transaction.atomic():
        member = members.set_role(blog, user, role)
        note(blog, by=by, name="set_role", about=f"{member.user.email}: {role}")
    return member


def link_again(blog: int, *, by: User, user: int) -> tuple[Membership, str]:
    """Make a new first link for a member who has never signed in."""
    permit(by, blog, Verb.OWN)
    member = next((m for m in members.of(blog) if m.user_id == user), None)
    if member is None:
        raise MemberError(_("That person does not work on this live blog."))
    link = members.link_again(member, by=by)
    note(blog, by=by, name="link_again", about=member.user.email)
    return member, link
