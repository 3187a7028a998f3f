"""Pages that say no: what happened, what is safe, and what to do, with what was typed, to be sent again.

Owns the answers 400, 403, 404, 500 and 503 of the Django half, and that of a form whose person is signed out. A
stranger's 404 and that of a blog that is not there are the same bytes, so nothing here may depend on what was asked
for. None shows a message of an earlier act: each says what became of this one. Look next: `desk.typed`.
"""

import logging
import secrets
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
from django.views.decorators.csrf import requires_csrf_token

from asithappened.desk import typed
from asithappened.published.assets import url

_log = logging.getLogger("asithappened.desk")
_RETRY_S: Final = 10  # a lock is gone by then, and a database that restarts often is back


@requires_csrf_token
def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Answer 404."""
    return _refused(request, "404", 404)


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Answer 403: a member who may see the blog, but not do this."""
    return _refused(request, "403", 403)


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Answer 400: what arrived cannot be read. A session that could not be written is no fault of the request's."""
    if isinstance(exception, SessionInterrupted):
        return _broken(request, exception)
    return _refused(request, "400", 400)


@requires_csrf_token
def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is missing or old."""
    return _refused(request, "stale_form", 403)


@requires_csrf_token
def signed_out(request: HttpRequest) -> HttpResponse:
    """Answer a form whose person is not signed in any more."""
    return _refused(request, "signed_out", 403)


def _refused(request: HttpRequest, name: str, status: int) -> HttpResponse:
    return render(request, f"desk/refused/{name}.html", {"typed": typed.given_back(request)}, status=status)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer 500, or 503 where the database cannot be had; without database, session or context, which could break."""
    return _broken(request, sys.exc_info()[1])


def _broken(request: HttpRequest, error: BaseException | None) -> HttpResponse:
    incident = secrets.token_hex(4)
    away = _unavailable(error)
    _log.error("Incident %s at %.200s", incident, request.path, exc_info=error)
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
    answer = HttpResponse(render_to_string("desk/refused/500.html", context), status=503 if away else 500)
    if away:
        answer["Retry-After"] = str(_RETRY_S)
    answer._has_been_logged = True  # type: ignore[attr-defined]  # by us, with the id that its reader may quote
    return answer


def _unavailable(error: BaseException | None) -> bool:
    """Say whether the database is what was missing: locked, away, read-only, or its disk full."""
    while error is not None:
        if isinstance(error, OperationalError | InterfaceError | SessionInterrupted):
            return True
        error = error.__cause__ or error.__context__
    return False
