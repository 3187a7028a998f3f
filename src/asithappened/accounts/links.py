"""One-time sign-in links.

Owns how one is made and spent. It works once, for a day: signing in changes `last_login`, which the token is made of.
Opening it spends nothing, since the previews of chat programs open every link; the button on the page it opens does.
One that was mailed proves whose address it is; one that went through another person's hands does not.
Look next: `views.enter`, `letters`.
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.http import base36_to_int, int_to_base36

from asithappened.accounts import credentials
from asithappened.accounts.models import User


class _Tokens(PasswordResetTokenGenerator):
    def __init__(self, salt: str) -> None:
        super().__init__()
        self.key_salt = salt

    def _make_hash_value(self, user: User, timestamp: int) -> str:
        # To the microsecond, unlike Django's: a link made and spent within the second of the last login works once too.
        last: datetime | None = user.last_login
        return f"{user.pk}\0{user.password}\0{last.isoformat() if last else ''}\0{user.email}\0{timestamp}"


_PASSED_ON = _Tokens("asithappened.accounts.links")
_MAILED = _Tokens("asithappened.accounts.links.mailed")


def sign_in_link(user: User, *, mailed: bool = False) -> str:
    """Return an address at which this person signs in, once, within PASSWORD_RESET_TIMEOUT.

    `mailed`: it is sent to their address, and nobody sees it before.
    """
    token = (_MAILED if mailed else _PASSED_ON).make_token(user)
    return f"{settings.PUBLIC_URL}{reverse('accounts_enter', args=[int_to_base36(user.pk), token])}"


def holder(uid: str, token: str) -> User | None:
    """Return the account of a link, if it is still good. Does not spend it."""
    try:
        user = User.objects.get(pk=base36_to_int(uid), is_active=True)
    except (User.DoesNotExist, ValueError, OverflowError):
        return None
    return user if _PASSED_ON.check_token(user, token) or _MAILED.check_token(user, token) else None


@dataclass(frozen=True, kw_only=True)
class Spent:
    """The account of a link. `shut_out`: the link proved the address, and revoked the credentials that there were."""

    user: User
    shut_out: bool


def spend(uid: str, token: str) -> Spent | None:
    """Spend a link and return its account, in one step: of two clicks at once, one wins."""
    try:
        key = base36_to_int(uid)
    except ValueError:
        return None
    with transaction.atomic():
        user = User.objects.select_for_update().filter(pk=key, is_active=True).first()
        if user is None:
            return None
        mailed = _MAILED.check_token(user, token)
        if not mailed and not _PASSED_ON.check_token(user, token):
            return None
        shut_out = mailed and credentials.prove(user)
        user.last_login = timezone.now()
        user.save(update_fields=["last_login"])
        return Spent(user=user, shut_out=shut_out)
