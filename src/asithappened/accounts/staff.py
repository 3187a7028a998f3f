"""Accounts of the newsroom's own people, whom the operator and site admins invite.

Owns `invite`, which makes the first site admin, closing an account and opening it again, and the ways in which
somebody can sign in. Never sends anything: `links.sign_in_link` returns an address to pass on.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from allauth.mfa.models import Authenticator
from django.core.validators import validate_email
from django.db import transaction

from asithappened.accounts import credentials, reauthentication
from asithappened.accounts.links import sign_in_link
from asithappened.accounts.models import User
from asithappened.core import text


@dataclass(frozen=True, kw_only=True)
class Vouched:
    """A person of the newsroom. `shut_out`: a sentence, if it was a guest's account that others may have used."""

    user: User
    shut_out: str


def invite(email: str, *, admin: bool = False, byline: str = "") -> Vouched:
    """Make the account with this address one of the newsroom's, or make a new one; its person may open live blogs.

    The inviter made a guest's account, and may have signed in to it, so its credentials are revoked first, and only a
    new sign-in link opens it. Removes no rights: an admin stays one. Raises ValidationError for an invalid address.
    """
    email = email.strip().lower()
    validate_email(email)
    with transaction.atomic():
        user, made = User.objects.select_for_update().get_or_create(email=email)
        shut_out = "" if made or user.vouched else _SHUT_OUT.format(email)
        if not user.vouched:
            credentials.close(user)
        user.vouched = user.is_staff = user.is_active = True
        user.is_superuser = admin or user.is_superuser
        if byline:
            user.byline = text.one_line(byline)
        user.full_clean(exclude=["password"])
        user.save()
    return Vouched(user=user, shut_out=shut_out)


def close(user: User) -> None:
    """Close an account: revoke its credentials and its rights on the installation. `let_in` or `invite` opens it again.

    Pages and streams that it reads end within a second (`User.save`).
    """
    credentials.close(user)
    user.is_active = user.is_staff = user.is_superuser = False
    user.save(update_fields=["password", "is_active", "is_staff", "is_superuser"])


def may_be_let_in(user: User) -> bool:
    """Return whether a sign-in link may be made: not for an account whose holder can sign in without one."""
    return not (user.is_active and can_sign_in(user))


def let_in(user: User) -> str:
    """Open an account and return the sign-in link that alone opens it."""
    credentials.close(user)
    user.is_active = user.vouched = True
    user.save(update_fields=["password", "is_active", "vouched"])
    return sign_in_link(user)


def can_sign_in(user: User) -> bool:
    """Return whether somebody has a way to sign in besides a link."""
    return reauthentication.has_another_way(user) or user.identities.exists()


def second_factors(users: Iterable[User]) -> dict[int, list[str]]:
    """Return the kinds of authenticators that people have (`totp`, `webauthn`), by account; recovery codes are none."""
    rows = Authenticator.objects.filter(user__in=users).exclude(type=Authenticator.Type.RECOVERY_CODES)
    found: dict[int, list[str]] = {}
    for user, kind in rows.order_by("type").values_list("user_id", "type").distinct():
        found.setdefault(user, []).append(kind)
    return found


_SHUT_OUT: Final = (
    "{} was a guest's account. Whoever had signed in to it no longer is: its password, passkeys and sessions have "
    "ended, and only a new link opens it."
)


def forget_second_factors(user: User) -> int:
    """Delete a person's authenticator app, passkeys and recovery codes; return how many there were.

    For the operator's command alone: on the screens, removing a second factor needs that factor.
    """
    forgotten: int = Authenticator.objects.filter(user=user).delete()[0]
    return forgotten
