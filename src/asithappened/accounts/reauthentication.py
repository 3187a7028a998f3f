"""Reauthentication, which is required for dangerous actions, and for adding a way to sign in.

Owns it for people with neither a password nor a second factor, who sign in with a link or the provider. allauth asks
only all others, so a passer-by at an unlocked desk could have added a passkey. A sign-in within the last quarter of an
hour is enough.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, Final
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate, get_reauthentication_flows
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from asithappened.accounts.models import User

FRESH_S: Final = 15 * 60

View = Callable[..., HttpResponseBase]


def confirmed(view: View) -> View:
    """Require a sign-in, and for people whom allauth does not ask again, a recent one."""

    @login_required
    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
        if not get_reauthentication_flows(request.user) and not is_fresh(request):
            return redirect(f"{reverse('accounts_confirm')}?{urlencode({'next': request.path})}")
        return view(request, *args, **named)

    return asked


def is_confirmed(request: HttpRequest) -> bool:
    """Return whether the signed-in person has reauthenticated lately."""
    if get_reauthentication_flows(request.user):
        return bool(did_recently_reauthenticate(request))
    return is_fresh(request)


def confirm_at(request: HttpRequest, back: str) -> str:
    """Return the address of reauthentication, which then leads back to `back`."""
    where = "account_reauthenticate" if get_reauthentication_flows(request.user) else "accounts_confirm"
    return f"{reverse(where)}?{urlencode({'next': back})}"


def note(request: HttpRequest) -> None:
    """Record that the signed-in person has just reauthenticated with the provider."""
    record_authentication(request, request.user, method="oidc", reauthenticated=True)


def is_fresh(request: HttpRequest) -> bool:
    """Return whether this person signed in, or reauthenticated, within FRESH_S."""
    records = get_authentication_records(request, request.user)
    return any(time.time() - record.get("at", 0) < FRESH_S for record in records)


def has_another_way(user: User) -> bool:
    """Return whether somebody can sign in without the provider and without a link: by password or passkey."""
    passkeys = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN)
    return user.has_usable_password() or any(key.wrap().is_passwordless is True for key in passkeys)


@login_required
@require_safe
def confirm(request: HttpRequest) -> HttpResponseBase:
    """Show how to reauthenticate: with the provider, or by signing in again."""
    assert isinstance(request.user, User)
    provider, label = settings.OIDC, ""
    if provider is not None and request.user.identities.filter(issuer=provider.issuer).exists():
        label = provider.label
    context = {"label": label, "next": request.GET.get("next", "")}
    return render(request, "accounts/confirm.html", context)
