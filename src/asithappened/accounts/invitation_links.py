"""Links by which somebody becomes a member of a live blog, or one of the newsroom's own people.

Owns how one is made, found, used and taken back. A link is good while its maker may still invite. It proves nothing
about who opens it, and never opens an existing account: its holder signs in to that, or makes a new one.
Never sends it: its maker hands it over. Look next: `desk.actions.inviting`, which leaves the audit.
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
MOST_USES: Final = 100  # a whole newsroom at a table
OPEN_AT_ONCE: Final = 50  # links of one live blog, so that their list can be read
_CHARS: Final = 24  # of what a link carries: 144 bits


class TakenBack(MemberError):
    """The link is not good: unknown, used up, expired, revoked, or its maker may no longer invite."""

    def __init__(self) -> None:
        super().__init__(_("This link is no longer good. Nothing was changed: ask whoever gave it to you for another."))


class AddressTaken(MemberError):
    """There is an account with the address that was typed. Its holder signs in, and opens the link again."""

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
    """A link as the list shows it. `good`: somebody could use it now."""

    invitation: Invitation
    good: bool


def make(blog_id: int | None, *, by: User, role: Role | None, email: str = "", uses: int = 1, days: int) -> Made:
    """Make a link. The caller has been through the gate."""
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
    """Return the links that are open, the newest first; those of the newsroom for None."""
    rows = Invitation.objects.filter(_open(), _to(blog_id)).select_related("made_by").order_by("-pk")
    return [Listed(invitation=row, good=_may_still(row)) for row in rows]


def revoke(blog_id: int | None, number: int) -> Invitation:
    """Revoke a link."""
    row = Invitation.objects.filter(_to(blog_id), pk=number, revoked_at=None).first()
    if row is None:
        raise MemberError(_("There is no such link any more. Nothing was changed."))
    row.revoked_at = timezone.now()
    row.save(update_fields=["revoked_at"])
    return row


def found(token: str) -> Invitation:
    """Return the invitation of a link that is good. Spends nothing. Raises TakenBack."""
    rows = Invitation.objects.filter(_open(), secret=_secret(token)) if len(token) == _CHARS else None
    row = rows.select_related("made_by").first() if rows is not None else None
    if row is None or not _may_still(row):
        raise TakenBack
    return row


def use(invitation: Invitation, user: User) -> None:
    """Use a link with an account. Raises TakenBack, or MemberError if the link is not for them."""
    if invitation.email and user.email != invitation.email:
        message = _("This link works for {email} alone. Sign out, and open it again.").format(email=invitation.email)
        raise MemberError(message)
    with transaction.atomic():
        _grant(invitation, user)


def use_as_new(invitation: Invitation, *, email: str, byline: str, password: str | None) -> User:
    """Use a link with a new account. Raises AddressTaken and TakenBack.

    Only a site admin who bound the link to an address vouches for the address.
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
    except IntegrityError:  # another was as quick
        raise AddressTaken from None
    return user


def _grant(invitation: Invitation, user: User) -> None:
    """Count one use, and grant what the link grants. Of two at once for the last use, one is refused."""
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
