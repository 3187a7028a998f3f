"""Inviting by a link, and joining by one: accounts.invitation_links with the gate before it and an audit line after.

The audit never contains the link itself, because its readers could use it.
"""

from django.db import transaction

from asithappened.accounts import gate, invitation_links
from asithappened.accounts.gate import Verb
from asithappened.accounts.invitation_links import AddressTaken, Made, TakenBack
from asithappened.accounts.models import Invitation, Role, User
from asithappened.desk.actions.actor import permit
from asithappened.desk.actions.carry_out import note

__all__ = ["AddressTaken", "Made", "TakenBack", "join", "join_as_new", "make_link", "revoke_link"]


def make_link(blog: int | None, *, by: User, role: Role | None, email: str, uses: int, days: int) -> Made:
    """Make a link to a live blog; for None, to the newsroom itself, which only a site admin may."""
    _permit(blog, by)
    with transaction.atomic():
        made = invitation_links.make(blog, by=by, role=role, email=email, uses=uses, days=days)
        note(blog, by=by, name="make_invitation", about=_about(role, email or f"{uses} ×"))
    return made


def revoke_link(blog: int | None, *, by: User, number: int) -> None:
    """Revoke a link. People who joined by it stay."""
    _permit(blog, by)
    with transaction.atomic():
        row = invitation_links.revoke(blog, number)
        note(blog, by=by, name="revoke_invitation", about=_about(row.role, row.email or f"{row.uses} ×"))


def join(invitation: Invitation, *, by: User) -> None:
    """Make somebody with an account a member."""
    with transaction.atomic():
        invitation_links.use(invitation, by)
        _joined(invitation, by)


def join_as_new(invitation: Invitation, *, email: str, byline: str, password: str | None) -> User:
    """Make somebody a member with a new account, and return the account."""
    with transaction.atomic():
        user = invitation_links.use_as_new(invitation, email=email, byline=byline, password=password)
        _joined(invitation, user)
    return user


def _joined(invitation: Invitation, user: User) -> None:
    about = _about(invitation.role, invitation.made_by.email)
    note(invitation.blog_id, by=user, name="join_by_invitation", about=about)


def _permit(blog: int | None, by: User) -> None:
    if blog is None:
        gate.check_may_administer(by)
    else:
        permit(by, blog, Verb.OWN)


def _about(role: str | None, more: str) -> str:
    return f"{role or 'newsroom'}: {more}"
