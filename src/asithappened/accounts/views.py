"""The pages of accounts that are not allauth's.

Owns the one-time link's two halves, the page for a forgotten password, and allauth's passkey script.
Look next: `links`; the templates are the desk's.
"""

import time
from functools import cache
from importlib import resources
from typing import Final

from allauth.account.utils import perform_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from asithappened.accounts import links


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, uid: str, token: str) -> HttpResponseBase:
    """Sign in by a one-time link: looking shows a button, and only the button spends the link."""
    if request.method != "POST":
        user = links.holder(uid, token)
        return render(request, "accounts/enter.html", {"who": user}, status=200 if user else 410)
    user = links.spend(uid, token)
    if user is None:
        return render(request, "accounts/enter.html", {"who": None}, status=410)
    # Nothing of a session that was open here goes over to this person, and nothing of theirs to whoever had it.
    request.session.flush()
    # Through allauth and not django.contrib.auth.login: who has a second factor is asked for it here too.
    answer: HttpResponseBase = perform_login(request, user)
    request.session[_CAME] = {"user": user.pk, "at": int(time.time())}
    return answer


_CAME: Final = "came_by_link"
_FRESH_S: Final = 15 * 60


def came_by_link(request: HttpRequest) -> bool:
    """Say whether this person signed in by a one-time link just now, and so may set a password without the old one."""
    came = request.session.get(_CAME, {})
    # Whose link it was: where a second factor is asked for, the session may become somebody else's in between.
    return request.user.is_authenticated and came.get("user") == request.user.pk and time.time() - came["at"] < _FRESH_S


@require_safe
def forgotten(request: HttpRequest) -> HttpResponse:
    """Say whom to ask: without mail there is no link to send."""
    return render(request, "accounts/forgotten.html")


@require_GET
def webauthn_script(request: HttpRequest) -> HttpResponse:
    """Serve the browser's half of passkeys, as allauth ships it."""
    return HttpResponse(_webauthn_script(), content_type="text/javascript; charset=utf-8")


@cache
def _webauthn_script() -> str:
    static = resources.files("allauth")
    names = (
        "mfa/static/mfa/js/webauthn-json.js",
        "mfa/static/mfa/js/webauthn.js",
        "account/static/account/js/onload.js",
    )
    return ";\n".join((static / name).read_text() for name in names)
