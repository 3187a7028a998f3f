"""Accounts made by whoever runs the machine: the first person of a newsroom, and those they name.

Owns `invite`, and the way back in for who lost a second factor. Never sends anything: `links.sign_in_link` makes the
address that is passed on.
"""

from allauth.mfa.models import Authenticator
from django.core.validators import validate_email

from asithappened.accounts.links import ensure_admin
from asithappened.accounts.models import User
from asithappened.core import text


def invite(email: str, *, admin: bool = False, byline: str = "") -> User:
    """Return the newsroom's person with this address, after making the account if need be; they may open live blogs.

    Takes nobody's rights away: who is an admin stays one. Raises ValidationError for what is no e-mail address.
    """
    email = email.strip().lower()
    validate_email(email)
    if admin:
        user = ensure_admin(email)
    else:
        user, made = User.objects.get_or_create(email=email, defaults={"is_staff": True})
        if made:
            user.set_unusable_password()
        user.is_staff = user.is_active = True
    if byline:
        user.byline = text.one_line(byline)
    user.full_clean(exclude=["password"])
    user.save()
    return user


def forget_second_factors(user: User) -> int:
    """Forget a person's authenticator app, passkeys and recovery codes; return how many there were.

    For whoever runs the machine alone: on the screens, taking one away needs it.
    """
    forgotten: int = Authenticator.objects.filter(user=user).delete()[0]
    return forgotten
