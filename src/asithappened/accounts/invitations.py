"""Accounts made by whoever runs the machine: the first person of a newsroom, and those they name.

Owns `invite`, through which alone anybody comes to rights on the whole installation, and the way back in for who lost a
second factor. Never sends anything: `links.sign_in_link` makes the address that is passed on.
"""

from dataclasses import dataclass
from typing import Final

from allauth.mfa.models import Authenticator
from django.core.validators import validate_email
from django.db import transaction

from asithappened.accounts import ways_in
from asithappened.accounts.models import User
from asithappened.core import text


@dataclass(frozen=True, kw_only=True)
class Vouched:
    """A person of the newsroom. `shut_out` says so if it was a guest's account, and whoever had been in it is out."""

    user: User
    shut_out: str


def invite(email: str, *, admin: bool = False, byline: str = "") -> Vouched:
    """Make this address a person of the newsroom, with an account made if need be; they may open live blogs.

    An account that a guest's inviter made is first closed to whoever has been in it, the inviter perhaps: after this,
    only a new sign-in link opens it. Takes nobody's rights away: who is an admin stays one. Raises ValidationError for
    what is no e-mail address.
    """
    email = email.strip().lower()
    validate_email(email)
    with transaction.atomic():
        user, made = User.objects.select_for_update().get_or_create(email=email)
        shut_out = "" if made or user.vouched else _SHUT_OUT.format(email)
        if not user.vouched:
            ways_in.close(user)
        user.vouched = user.is_staff = user.is_active = True
        user.is_superuser = admin or user.is_superuser
        if byline:
            user.byline = text.one_line(byline)
        user.full_clean(exclude=["password"])
        user.save()
    return Vouched(user=user, shut_out=shut_out)


def deactivate(email: str) -> User | None:
    """Close an account and take its rights on the installation away; None if there is none with this address.

    Pages and streams that it reads end within a second (`User.save`), and `invite` opens it again.
    """
    user = User.objects.filter(email=email.strip().lower()).first()
    if user is not None:
        user.is_active = user.is_staff = user.is_superuser = False
        user.save(update_fields=["is_active", "is_staff", "is_superuser"])
    return user


_SHUT_OUT: Final = (
    "{} was a guest's account. Whoever had signed in to it no longer is: its password, passkeys and sessions have "
    "ended, and only a new link opens it."
)


def forget_second_factors(user: User) -> int:
    """Forget a person's authenticator app, passkeys and recovery codes; return how many there were.

    For whoever runs the machine alone: on the screens, taking one away needs it.
    """
    forgotten: int = Authenticator.objects.filter(user=user).delete()[0]
    return forgotten
