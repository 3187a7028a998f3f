"""Cookies of accounts other than the session: their names and attributes.

Owns their flags, for the few things that a browser keeps for us before anybody has signed in.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def given(request: HttpRequest, name: str) -> str:
    """Return the cookie's value, "" if there is none."""
    return request.COOKIES.get(_named(name), "")


def give(answer: HttpResponse, name: str, value: str, *, good_for_s: int) -> None:
    """Set a cookie: not for scripts nor other sites, and over TLS alone where there is TLS."""
    answer.set_cookie(
        _named(name), value, max_age=good_for_s, secure=settings.HTTPS, httponly=True, samesite="Lax", path="/"
    )


def take_back(answer: HttpResponse, name: str) -> None:
    """Delete a cookie."""
    give(answer, name, "", good_for_s=0)


def _named(name: str) -> str:
    return f"__Host-{name}" if settings.HTTPS else name
