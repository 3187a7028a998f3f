"""Invitation links, which make somebody a member of a live blog, or one of the newsroom's own people.

Owns making, finding, using and revoking one. A link is valid while its maker may still invite. It proves nobody's
identity, and never signs in to an existing account: its holder signs in first, or makes a new account.
Never sends it: its maker passes it on. Look next: `desk.actions.inviting`, which writes the audit.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from asithappened.accounts import gate
from asithappened.accounts.gate import Verb
from asithappened.accounts.members import MemberError
from asithappened.accounts.models import Invitation, Membership, Role, User
from asithappened.core import text

DAYS: Final = (1, 3, 7, 30)
MOST_USES: Final = 100  # a whole newsroom at one meeting
OPEN_AT_ONCE: Final = 50  # links of one live blog, so that their list stays readable
_CHARS: Final = 24  # of a token: 144 bits


class TakenBack(MemberError):
    """The link is invalid: unknown, used up, expired, revoked, or its maker may no longer invite."""

    def __init__(self) -> None:
        super().__init__(_("This link is no longer good. Nothing was changed: ask whoever gave it to you for another."))


class AddressTaken(MemberError):
    """There is an account with the typed address. Its holder has to sign in and open the link again."""

    def __init__(self) -> None:
        message = _("There is an account with this address. If it is yours, sign in, and the link works for it.")
        super().__init__(message)


@dataclass(frozen=True, kw_only=True)
class Made:
    """A new link. `address` is stored nowhere, and shown once."""

    invitation: Invitation
    address: str


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A link in the list. `good`: its maker may still invite."""

    invitation: Invitation
    good: bool


def make(blog_id: int | None, *, by: User, role: Role | None, email: str = "", uses: int = 1, days: int) -> Made:
    """Make a link. The caller has asked the gate."""
    email = email.strip().lower()
    if uses > 1 and (email or role is Role.OWNER):
        raise MemberError(_("A link for one address, or one that makes an owner, lets one person in."))
    if sum(one.good for one in of(blog_id)) >= OPEN_AT_ONCE:
        raise MemberError(_("There are {n} open links already. Take some back first.").format(n=OPEN_AT_ONCE))
    token = secrets.token_urlsafe(_CHARS * 3 // 4)
    made = Invitation.objects.create(
        blog_id=blog_id,
        role=role or "",
        secret=_secret(token),
        email=email,
        uses=uses,
        made_by=by,
        expires_at=timezone.now() + timedelta(days=days),
    )
    return Made(invitation=made, address=f"{settings.PUBLIC_URL}{reverse('accounts_join', args=[token])}")


def of(blog_id: int | None) -> list[Listed]:
    """Return a live blog's open links, newest first; for None, those of the newsroom."""
    rows = Invitation.objects.filter(_open(), _to(blog_id)).select_related("made_by").order_by("-pk")
    return [Listed(invitation=row, good=_may_still(row)) for row in rows]


def revoke(blog_id: int | None, number: int) -> Invitation:
    row = Invitation.objects.filter(_to(blog_id), pk=number, revoked_at=None).first()
    if row is None:
        raise MemberError(_("There is no such link any more. Nothing was changed."))
    row.revoked_at = timezone.now()
    row.save(update_fields=["revoked_at"])
    return row


def found(token: str) -> Invitation:
    """Return a valid link's invitation, without using it. Raises TakenBack."""
    rows = Invitation.objects.filter(_open(), secret=_secret(token)) if len(token) == _CHARS else None
    row = rows.select_related("made_by").first() if rows is not None else None
    if row is None or not _may_still(row):
        raise TakenBack
    return row


def use(invitation: Invitation, user: User) -> None:
    """Use a link with an existing account. Raises TakenBack, or MemberError if the link is for another address."""
    if invitation.email and user.email != invitation.email:
        message = _("This link works for {email} alone. Sign out, and open it again.").format(email=invitation.email)
        raise MemberError(message)
    with transaction.atomic():
        _grant(invitation, user)


def use_as_new(invitation: Invitation, *, email: str, byline: str, password: str | None) -> User:
    """Use a link with a new account. Raises AddressTaken and TakenBack.

    The address is vouched for only if a site admin bound the link to it.
    """
    email = invitation.email or email.strip().lower()
    vouched = bool(invitation.email) and invitation.made_by.is_superuser
    try:
        with transaction.atomic():
            if User.objects.filter(email=email).exists():
                raise AddressTaken
            user = User.objects.create_user(
                email, password, byline=text.one_line(byline), invited_by=invitation.made_by, vouched=vouched
            )
            _grant(invitation, user)
    except IntegrityError:  # another request has made it at the same time
        raise AddressTaken from None
    return user


def _grant(invitation: Invitation, user: User) -> None:
    """Count one use, and make somebody a member. Of two concurrent last uses one is refused."""
    if invitation.blog_id is None:
        if user.is_staff:
            raise MemberError(_("You are one of this newsroom’s people already."))
    elif Membership.objects.filter(blog_id=invitation.blog_id, user=user).exists():
        raise MemberError(_("You work on this live blog already. What you may do there, an owner can change."))
    if not Invitation.objects.filter(_open(), pk=invitation.pk).update(used=F("used") + 1):
        raise TakenBack
    if invitation.blog_id is None:
        user.is_staff = True
        user.save(update_fields=["is_staff"])
    else:
        Membership.objects.create(blog_id=invitation.blog_id, user=user, role=invitation.role)


def _to(blog_id: int | None) -> Q:
    return Q(blog=None) if blog_id is None else Q(blog_id=blog_id)


def _open() -> Q:
    return Q(revoked_at=None, expires_at__gt=timezone.now(), used__lt=F("uses"))


def _may_still(invitation: Invitation) -> bool:
    by = invitation.made_by
    if invitation.blog_id is None:
        return gate.may_administer(by)
    return Verb.OWN in gate.verbs_of(by, invitation.blog_id)


def _secret(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
