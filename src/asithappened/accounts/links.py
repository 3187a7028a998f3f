"""One-time sign-in links.

Owns how one is made and spent. It works once, for a day: signing in changes `last_login`, which the token is made of.
Never sends one: whoever asked for it passes it on. Opening it spends nothing, since the previews of chat programs open
every link; the button on the page it opens does.
Look next: `views.enter`.
"""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.http import base36_to_int, int_to_base36

from asithappened.accounts.models import User


class _Tokens(PasswordResetTokenGenerator):
    key_salt = "asithappened.accounts.links"

    def _make_hash_value(self, user: User, timestamp: int) -> str:
        # To the microsecond, unlike Django's: a link made and spent within the second of the last login works once too.
        last: datetime | None = user.last_login
        return f"{user.pk}\0{user.password}\0{last.isoformat() if last else ''}\0{user.email}\0{timestamp}"


_TOKENS = _Tokens()


def sign_in_link(user: User) -> str:
    """Return an address at which this person signs in, once, within PASSWORD_RESET_TIMEOUT."""
    path = reverse("accounts_enter", args=[int_to_base36(user.pk), _TOKENS.make_token(user)])
    return f"{settings.PUBLIC_URL}{path}"


def holder(uid: str, token: str) -> User | None:
    """Return whose link this is, if it is still good. Spends nothing."""
    try:
        user = User.objects.get(pk=base36_to_int(uid), is_active=True)
    except (User.DoesNotExist, ValueError, OverflowError):
        return None
    return user if _TOKENS.check_token(user, token) else None


def spend(uid: str, token: str) -> User | None:
    """Return whose link this is and make it worthless, in one step: of two clicks at once, one wins."""
    try:
        key = base36_to_int(uid)
    except ValueError:
        return None
    with transaction.atomic():
        user = User.objects.select_for_update().filter(pk=key, is_active=True).first()
        if user is None or not _TOKENS.check_token(user, token):
            return None
        user.last_login = timezone.now()
        user.save(update_fields=["last_login"])
        return user
