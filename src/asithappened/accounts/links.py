"""One-time sign-in links.

Owns making and spending one. It works once, within a day: signing in changes `last_login`, which is part of the token.
Opening it does not spend it, because the previews of chat programs open every link; the button on its page does.
A mailed one proves the address of its account; one that another person passed on does not.
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
        # With microseconds, unlike Django's, so that a link made and spent within one second works only once too.
        last: datetime | None = user.last_login
        return f"{user.pk}\0{user.password}\0{last.isoformat() if last else ''}\0{user.email}\0{timestamp}"


_PASSED_ON = _Tokens("asithappened.accounts.links")
_MAILED = _Tokens("asithappened.accounts.links.mailed")


def sign_in_link(user: User, *, mailed: bool = False) -> str:
    """Return an address that signs this person in, once, within PASSWORD_RESET_TIMEOUT.

    `mailed`: it is mailed to their address, and shown to nobody else.
    """
    token = (_MAILED if mailed else _PASSED_ON).make_token(user)
    return f"{settings.PUBLIC_URL}{reverse('accounts_enter', args=[int_to_base36(user.pk), token])}"


def holder(uid: str, token: str) -> User | None:
    """Return the account of a valid link, without spending it."""
    try:
        user = User.objects.get(pk=base36_to_int(uid), is_active=True)
    except (User.DoesNotExist, ValueError, OverflowError):
        return None
    return user if _PASSED_ON.check_token(user, token) or _MAILED.check_token(user, token) else None


@dataclass(frozen=True, kw_only=True)
class Spent:
    """The account of a link. `shut_out`: it proved the address, and revoked earlier credentials (credentials.py)."""

    user: User
    shut_out: bool


def spend(uid: str, token: str) -> Spent | None:
    """Spend a link and return its account, atomically: of two concurrent clicks one succeeds."""
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
