"""The requests of a sign-in with the provider, and the page where a person connects their account.

Owns the state meanwhile: it is in a signed cookie, valid for ten minutes and one answer, so that strangers write no
row. A sign-in begins with a POST and never a link, so that no other site can begin one. The redirect_uri has the
installation's address, never a request's. Look next: `claims`, `matching`.
"""

import base64
import hashlib
import hmac
import logging
import secrets
from typing import Any, Final, Literal
from urllib.parse import urlencode

import msgspec
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from asithappened.accounts import cookies, mail, reauthentication
from asithappened.accounts.models import User
from asithappened.accounts.oidc import client, matching
from asithappened.accounts.oidc.claims import signed_in_just_now, verified
from asithappened.accounts.oidc.client import Refused, Unreachable
from asithappened.accounts.oidc.provider import Provider
from asithappened.accounts.views import SHUT_OUT

_COOKIE: Final = "oidc"
_SALT: Final = "asithappened.accounts.oidc"
_GOOD_FOR_S: Final = 10 * 60
_CODE_CHARS: Final = 4_000  # a longer code is none

log = logging.getLogger("asithappened.accounts.oidc")

Purpose = Literal["enter", "join", "confirm"]


class Begun(msgspec.Struct, frozen=True, kw_only=True):
    """A sign-in that a browser began, kept in its cookie. `user`: who connects or reauthenticates, 0 for a sign-in."""

    state: str
    nonce: str
    verifier: str
    purpose: Purpose
    user: int
    then: str


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Send a browser to the provider."""
    provider = _provider()
    purpose: Purpose = "enter"
    if request.user.is_authenticated:
        purpose = "confirm" if request.POST.get("do") == "confirm" else "join"
        if purpose == "join" and is_reauthentication_required(request, app="accounts"):
            return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': reverse('accounts_oidc')})}")
    try:
        endpoint = client.of(provider).metadata(at_most_s=client.AT_FIRST_S).authorization_endpoint
    except Unreachable as error:
        return _down(request, provider, error)
    then = request.POST.get("next", "")
    begun = Begun(
        state=secrets.token_urlsafe(24),
        nonce=secrets.token_urlsafe(24),
        verifier=secrets.token_urlsafe(48),
        purpose=purpose,
        user=request.user.pk or 0,
        then=then if get_adapter(request).is_safe_url(then) else "",
    )
    address = f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(_asked_for(provider, begun))}"
    # A page in between instead of a redirect, because `form-action` of our policy applies to a form's redirects too.
    answer = render(request, "accounts/oidc_leave.html", {"address": address, "label": provider.label})
    cookies.give(answer, _COOKIE, signing.dumps(msgspec.to_builtins(begun), salt=_SALT), good_for_s=_GOOD_FOR_S)
    return answer


def _asked_for(provider: Provider, begun: Begun) -> dict[str, str]:
    challenge = base64.urlsafe_b64encode(hashlib.sha256(begun.verifier.encode()).digest()).rstrip(b"=").decode()
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": _back_to(),
        "scope": provider.scope,
        "state": begun.state,
        "nonce": begun.nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    return asked | ({"prompt": "login", "max_age": "0"} if begun.purpose == "confirm" else {})


@require_safe
def come_back(request: HttpRequest) -> HttpResponse:
    """Accept the provider's answer, once."""
    provider = _provider()
    begun = _begun(request)
    state = request.GET.get("state", "")
    if begun is None or not hmac.compare_digest(begun.state.encode(), state.encode()):
        # The cookie stays, so that a forged answer cannot end a sign-in.
        return _not_in(request, provider, _("This answer belongs to no sign-in of this browser, or came too late."))
    answer = _come_back(request, provider, begun)
    cookies.take_back(answer, _COOKIE)
    return answer


def _come_back(request: HttpRequest, provider: Provider, begun: Begun) -> HttpResponse:
    if request.GET.get("error"):
        log.warning("The provider says no: %s", request.GET["error"][:100])
        return _not_in(request, provider, _("{label} did not sign you in.").format(label=provider.label))
    # RFC 9207: an answer with an issuer must be from this provider.
    code, issuer = request.GET.get("code", ""), request.GET.get("iss", provider.issuer).rstrip("/")
    try:
        if not code or len(code) > _CODE_CHARS or issuer != provider.issuer:
            raise Refused("It hands over no code of its own.")
        asked = client.of(provider)
        who = verified(asked, asked.exchange(code, verifier=begun.verifier, back_to=_back_to()), nonce=begun.nonce)
        if not cache.add(f"oidc:{begun.state}", True, timeout=_GOOD_FOR_S):
            raise Refused("It was handed over before.")
        match begun.purpose:
            case "enter":
                return _enter(request, begun, matching.match(provider, who))
            case "join":
                matching.link(provider, who, _same_user(request, begun))
                return _joined(request, provider)
            case "confirm":
                return _confirm(request, provider, begun, who)
    except Unreachable as error:
        return _down(request, provider, error)
    except Refused as error:
        log.warning("A sign-in by the provider was refused: %s", error)
        said = _("What {label} handed over proves nothing.").format(label=provider.label)
        return _not_in(request, provider, said)
    except matching.NotAllowed as error:
        return _not_in(request, provider, str(error), status=403)


def _enter(request: HttpRequest, begun: Begun, found: matching.Match) -> HttpResponse:
    # As with a one-time link: nothing of another person's open session may pass to this person, or the reverse.
    request.session.flush()
    if found.connected:
        mail.write_to(found.user, "changed", what="identity_joined", **mail.asking(request))
    record_authentication(request, found.user, method="oidc")
    # Through allauth, which asks for a second factor.
    answer: HttpResponse = perform_login(request, found.user, redirect_url=begun.then or None)
    if found.shut_out:
        messages.info(request, SHUT_OUT)
    return answer


def _joined(request: HttpRequest, provider: Provider) -> HttpResponse:
    user = _signed_in(request)
    mail.write_to(user, "changed", what="identity_joined", **mail.asking(request))
    messages.success(request, _("From now on {label} signs you in.").format(label=provider.label))
    return redirect("accounts_oidc")


def _confirm(request: HttpRequest, provider: Provider, begun: Begun, who: Any) -> HttpResponse:
    user = _same_user(request, begun)
    theirs = user.identities.filter(issuer=provider.issuer, subject=who.subject).exists()
    if not theirs or not signed_in_just_now(who, within_s=reauthentication.FRESH_S):
        raise Refused("It does not say that this very person has signed in just now.")
    reauthentication.note(request)
    return redirect(begun.then or "mfa_index")


def _same_user(request: HttpRequest, begun: Begun) -> User:
    """Return the signed-in person. Raises Refused if another one began, who would connect their own identity."""
    user = request.user
    if not isinstance(user, User) or user.pk != begun.user:
        raise Refused("Somebody else is signed in now than when it began.")
    return user


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def connected(request: HttpRequest) -> HttpResponse:
    """Show whether an account is connected with the provider; POST disconnects it."""
    provider, user = _provider(), _signed_in(request)
    mine = user.identities.filter(issuer=provider.issuer).first()
    if request.method == "POST" and mine is not None:
        if is_reauthentication_required(request, app="accounts"):
            return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': reverse('accounts_oidc')})}")
        if not reauthentication.has_another_way(user):
            messages.error(request, _("Set a password or add a passkey first: this is your only way in."))
        else:
            mine.delete()
            mail.write_to(user, "changed", what="identity_removed", **mail.asking(request))
            messages.success(request, _("{label} no longer signs you in.").format(label=provider.label))
        return redirect("accounts_oidc")
    return render(request, "accounts/oidc.html", {"provider": provider, "mine": mine})


def _provider() -> Provider:
    provider: Provider | None = settings.OIDC
    if provider is None:
        raise Http404
    return provider


def _signed_in(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _back_to() -> str:
    return f"{settings.PUBLIC_URL}{reverse('accounts_oidc_come_back')}"


def _begun(request: HttpRequest) -> Begun | None:
    try:
        kept = signing.loads(cookies.given(request, _COOKIE), salt=_SALT, max_age=_GOOD_FOR_S)
        return msgspec.convert(kept, Begun)
    except (signing.BadSignature, msgspec.ValidationError):
        return None


def _down(request: HttpRequest, provider: Provider, error: Unreachable) -> HttpResponse:
    log.warning("The provider cannot be asked: %s", error)
    said = _("{label} cannot be reached just now.").format(label=provider.label)
    return _not_in(request, provider, said, status=503)


def _not_in(request: HttpRequest, provider: Provider, why: str, *, status: int = 400) -> HttpResponse:
    context = {"why": why, "label": provider.label, "begin_again": f"{settings.PUBLIC_URL}{reverse('account_login')}"}
    return render(request, "accounts/oidc_not_in.html", context, status=status)
