"""Adding a passkey, and signing in with it.

Owns the challenge while the browser signs it: it is in a signed cookie, valid for five minutes and for one sign-in.
allauth keeps it in a session, so that any GET of a stranger would write a row.
"""

from typing import Any, Final

from allauth.mfa.webauthn.forms import AddWebAuthnForm
from allauth.mfa.webauthn.internal.auth import STATE_SESSION_KEY
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from asithappened.accounts import cookies

_CHALLENGE: Final = "passkey"
_SALT: Final = "asithappened.accounts.passkeys"
_GOOD_FOR_S: Final = 5 * 60


class AddKey(AddWebAuthnForm):  # type: ignore[misc]
    """allauth's form with a clearer label: a passkey by default, and a second factor only without the tick."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field := self.fields.get("passwordless"):
            field.label, field.initial = _("Sign in with it alone, without a password (a passkey)"), True


class PasskeyLogin(LoginWebAuthnView):  # type: ignore[misc]
    """allauth's view, with the challenge in a cookie."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        was_modified = request.session.modified
        answer: HttpResponse = super().get(request, *args, **kwargs)
        state = request.session.pop(STATE_SESSION_KEY, None)
        request.session.modified = was_modified
        if state is not None:
            cookies.give(answer, _CHALLENGE, signing.dumps(state, salt=_SALT), good_for_s=_GOOD_FOR_S)
        return answer

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        state = _challenge(request)
        if state is not None:
            request.session[STATE_SESSION_KEY] = state
        answer: HttpResponse = super().post(request, *args, **kwargs)
        request.session.pop(STATE_SESSION_KEY, None)
        cookies.take_back(answer, _CHALLENGE)
        return answer

    def form_valid(self, form: Any) -> HttpResponse:
        """Sign in if this challenge was not used before, since a cookie can be sent twice."""
        state = _challenge(self.request) or {}
        if not cache.add(f"passkey:{state.get('challenge')}", True, timeout=_GOOD_FOR_S):
            return self.form_invalid(form)
        answer: HttpResponse = super().form_valid(form)
        return answer

    def form_invalid(self, form: Any) -> HttpResponse:
        """Render a page without a session. allauth's message would create one."""
        del form
        return render(self.request, "accounts/passkey_refused.html", status=403)


def _challenge(request: HttpRequest) -> dict[str, Any] | None:
    try:
        state = signing.loads(cookies.given(request, _CHALLENGE), salt=_SALT, max_age=_GOOD_FOR_S)
    except signing.BadSignature:
        return None
    return state if isinstance(state, dict) else None


passkey_login = PasskeyLogin.as_view()
