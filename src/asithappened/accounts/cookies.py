"""Cookies of accounts that are no session: how they are named and kept.

Owns their flags, for the few things that a browser keeps for us before anybody has signed in.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def given(request: HttpRequest, name: str) -> str:
    """Return what the browser brought, "" if nothing."""
    return request.COOKIES.get(_named(name), "")


def give(answer: HttpResponse, name: str, value: str, *, good_for_s: int) -> None:
    """Have the browser keep a value: out of reach of scripts and of other sites, over TLS where there is TLS."""
    answer.set_cookie(
        _named(name), value, max_age=good_for_s, secure=settings.HTTPS, httponly=True, samesite="Lax", path="/"
    )


def take_back(answer: HttpResponse, name: str) -> None:
    """Have the browser forget it."""
    give(answer, name, "", good_for_s=0)


def _named(name: str) -> str:
    return f"__Host-{name}" if settings.HTTPS else name
