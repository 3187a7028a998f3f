"""Error answers: what happened, what is safe and what to do, with everything that was typed, to be sent again.

Owns the answers 400, 403, 404, 500 and 503 of the Django half, and the answer to a form whose person is signed out. The
404 for a stranger and the 404 for a live blog that does not exist are the same bytes, so nothing here may depend on the
address. No answer shows messages of earlier acts: each is about this request alone. Look next: `desk.typed`.
"""

import logging
import sys
from typing import Any, Final

from django.conf import settings
from django.contrib.sessions.exceptions import SessionInterrupted
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import requires_csrf_token

from asithappened.desk import request_id, typed
from asithappened.desk.forms.reading import Problem
from asithappened.desk.views import in_json, in_sheet
from asithappened.published.assets import url

_log = logging.getLogger("asithappened.desk")
_RETRY_S: Final = 10  # a lock is gone by then, and a database that restarts often is back


@requires_csrf_token
def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _refused(request, "404", 404, "not_found")


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Answer 403, to a member who may see the blog but not do this."""
    return _refused(request, "403", 403, "forbidden")


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Answer 400: the request cannot be parsed. If the session could not be written, answer 503 instead."""
    if isinstance(exception, SessionInterrupted):
        return _broken(request, exception)
    return _refused(request, "400", 400, "not_whole")


@requires_csrf_token
def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose CSRF token is missing or old."""
    return _refused(request, "stale_form", 403, "stale")


@requires_csrf_token
def signed_out(request: HttpRequest) -> HttpResponse:
    """Answer a form whose person is not signed in any more."""
    return _refused(request, "signed_out", 403, "signed_out")


# A program still has what it sent. The page for a browser says the same, and gives back what was typed.
SAID: Final = {
    "not_found": _("There is nothing at this address, or nothing that you may see."),
    "forbidden": _(
        "You may see this live blog, but not do this on it. Its owner can change what you may do. Nothing was changed."
    ),
    "not_whole": _("What was sent cannot be read, or is more than a post can hold. Nothing was saved."),
    "stale": _(
        "You signed in or out since this token was given, or its cookie is gone. Nothing was published or saved. Fetch "
        "the form again, and send it with the new token."
    ),
    "signed_out": _("You are signed out. Nothing was published or saved. Sign in, then send it again."),
    "unavailable": _(
        "The newsroom’s database cannot be used just now. What you sent was done whole or not at all. Wait a moment, "
        "then send it again: a post that was published already is not published twice."
    ),
    "broken": _(
        "Something broke here, not with you. What you sent was done whole or not at all. Wait a moment, then send it "
        "again: a post that was published already is not published twice."
    ),
}


def _refused(request: HttpRequest, name: str, status: int, code: str) -> HttpResponse:
    if in_sheet.by_script(request):
        return in_json.refusal(status, Problem(code=code, message=str(SAID[code])))
    return render(request, f"desk/refused/{name}.html", {"typed": typed.given_back(request)}, status=status)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer 500, or 503 if the database is unavailable; without database, session or context, which could fail too."""
    return _broken(request, sys.exc_info()[1])


def _broken(request: HttpRequest, error: BaseException | None) -> HttpResponse:
    incident = request_id.current() or request_id.begin()
    away = _unavailable(error)
    _log.error("Incident %s at %.200s", incident, request.path, exc_info=error)
    if in_sheet.by_script(request):
        code = "unavailable" if away else "broken"
        problem = Problem(code=code, message=str(SAID[code]))
        return _marked(in_json.refusal(503 if away else 500, problem, incident=incident), away)
    language = get_language() or "en"
    context = {
        "typed": typed.given_back(request),
        "csrf_token": get_token(request),
        "incident": incident,
        "unavailable": away,
        "site_name": settings.SITE_NAME,
        "desk_css": url("desk.css"),
        "language": language,
        "direction": "rtl" if get_language_info(language)["bidi"] else "ltr",
    }
    page = render_to_string("desk/refused/500.html", context)
    return _marked(HttpResponse(page, status=503 if away else 500), away)


def _marked(answer: HttpResponse, away: bool) -> HttpResponse:
    if away:
        answer["Retry-After"] = str(_RETRY_S)
    # Logged here, with the id that its reader can quote, so Django must not log it again as an ordinary refusal.
    answer._has_been_logged = answer.incident = True  # type: ignore[attr-defined]
    return answer


def _unavailable(error: BaseException | None) -> bool:
    """Say whether the error is that the database is locked, away or read-only, or that its disk is full."""
    while error is not None:
        if isinstance(error, OperationalError | InterfaceError | SessionInterrupted):
            return True
        error = error.__cause__ or error.__context__
    return False
