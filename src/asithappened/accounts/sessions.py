"""The sessions of an account: their list, ending one, and when each was last used.

Owns that page, and closing what an ended session has open: all tickets of its person are revoked, so that its pages and
streams of live blogs for members end within a second. The person's other sessions request new ones. allauth stores the
rows. Look next: `devices`.
"""

import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from asithappened.accounts import devices, tickets
from asithappened.accounts.models import User

NOTED_S: Final = 300.0  # an open desk sends a request every few seconds; a precision of minutes is enough
_MOST: Final = 10_000  # recorded sessions that a process remembers


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A session in the list. `here`: the request's own."""

    row: UserSession
    device: str
    here: bool


@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request: HttpRequest) -> HttpResponse:
    """Show a person's sessions; POST ends one, or all but this."""
    user = request.user
    assert isinstance(user, User)
    rows = sorted(UserSession.objects.purge_and_list(user), key=lambda row: row.last_seen_at, reverse=True)
    here = request.session.session_key
    if request.method == "POST":
        others = [row for row in rows if row.session_key != here]
        number = request.POST.get("end", "")
        chosen = others if number == "others" else [row for row in others if str(row.pk) == number]
        end(user, chosen)
        if chosen:
            messages.success(request, _("Signed out there. What was open there is closed."))
        else:
            messages.info(request, _("That session had ended already."))
        return redirect("usersessions_list")
    shown = [Shown(row=row, device=devices.plain(row.user_agent), here=row.session_key == here) for row in rows]
    shown.sort(key=lambda one: not one.here)
    return render(request, "usersessions/usersession_list.html", {"sessions": shown, "others": len(shown) > 1})


def end(user: User, rows: Iterable[UserSession]) -> None:
    """End sessions, and revoke the person's tickets."""
    ended = [row.end() for row in rows]
    if ended:
        tickets.revoke_all(user.pk)


class Sessions(SessionMiddleware):
    """Django's middleware, but without deleting the cookie of an ended session.

    A late answer would otherwise delete the cookie of a new session, if its person signed in again in another tab.
    Signing out does delete it.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        unknown = settings.SESSION_COOKIE_NAME in request.COOKIES and request.session.is_empty()
        if unknown and not request.session.modified:
            patch_vary_headers(response, ("Cookie",))
            return response
        return super().process_response(request, response)


class NoteWhenUsed:
    """Records when a session was last used, every few minutes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._noted: dict[str, float] = {}

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            self._note(request)
        return response

    def _note(self, request: HttpRequest) -> None:
        key, now = request.session.session_key or "", time.monotonic()
        if now - self._noted.get(key, -NOTED_S) < NOTED_S:
            return
        if len(self._noted) >= _MOST:
            self._noted.clear()
        self._noted[key] = now
        used = {"last_seen_at": timezone.now(), "ip": request.META.get("REMOTE_ADDR") or "0.0.0.0"}  # noqa: S104
        with suppress(DatabaseError):  # a full disk must not fail a read
            if not UserSession.objects.filter(session_key=key).update(**used):
                UserSession.objects.create_from_request(request)  # its key is new: the password was set in it
