"""The pages of accounts that are not allauth's.

Owns opening and spending a one-time link, the page for a forgotten password, and serving allauth's passkey script.
Look next: `links`; the templates are the desk's.
"""

import time
from functools import cache
from importlib import resources
from typing import Final

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from asithappened.accounts import attempts, links, mail


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, uid: str, token: str) -> HttpResponseBase:
    """Sign in by a one-time link: GET shows a button, and only the button spends the link."""
    if request.method != "POST":
        user = links.holder(uid, token)
        return render(request, "accounts/enter.html", {"who": user}, status=200 if user else 410)
    spent = links.spend(uid, token)
    if spent is None:
        return render(request, "accounts/enter.html", {"who": None}, status=410)
    # Nothing of another person's open session may pass to this person, or the reverse.
    request.session.flush()
    record_authentication(request, spent.user, method="link")
    # Through allauth and not django.contrib.auth.login, because allauth asks for a second factor.
    answer: HttpResponseBase = perform_login(request, spent.user)
    request.session[_CAME] = {"user": spent.user.pk, "at": int(time.time())}
    if spent.shut_out:
        messages.info(request, SHUT_OUT)
    return answer


SHUT_OUT: Final = gettext_lazy(
    "Now it is proved that the address is yours. Whoever had been in this account before you is out: its password, "
    "passkeys and sessions have ended. Set a password or a passkey of your own."
)


_CAME: Final = "came_by_link"
_FRESH_S: Final = 15 * 60


def came_by_link(request: HttpRequest) -> bool:
    """Return whether this person signed in with a one-time link just now: they need no old password to set one."""
    came = request.session.get(_CAME, {})
    # Compared with the link's person, because while a second factor is asked for, another one may sign in.
    return request.user.is_authenticated and came.get("user") == request.user.pk and time.time() - came["at"] < _FRESH_S


@require_http_methods(["GET", "HEAD", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """Send a one-time link to an address; without mail, say whom to ask.

    The answer and its time do not reveal whether the address has an account, because only the job looks it up. An
    address gets one letter in ten minutes, and `attempts` limits the letters of a network.
    """
    if not mail.is_set() and request.method == "POST":
        return HttpResponseNotAllowed(["GET", "HEAD"])
    form, sent = Forgotten(request.POST if request.method == "POST" else None), False
    if form.is_bound and form.is_valid():
        sent = True
        if attempts.may_ask_for_mail(request):
            window = str(int(time.time()) // attempts.WINDOW_S)
            mail.write_to_address(form.cleaned_data["email"].strip().lower(), "link", key=window)
    context = {"form": form, "sent": sent}
    return render(request, "accounts/forgotten.html", context, status=422 if form.is_bound and not sent else 200)


class Forgotten(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"), max_length=254, widget=forms.EmailInput({"autocomplete": "email"})
    )


@require_GET
def webauthn_script(request: HttpRequest) -> HttpResponse:
    """Serve the browser's part of passkeys, as allauth ships it."""
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
