"""Cookies of accounts other than the session's: their names and attributes.

For data that a browser keeps before anybody has signed in.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def given(request: HttpRequest, name: str) -> str:
    """Return the cookie's value, "" if there is none."""
    return request.COOKIES.get(_named(name), "")


def give(answer: HttpResponse, name: str, value: str, *, good_for_s: int) -> None:
    """Set a cookie: hidden from scripts and other sites, and over TLS only if the installation uses TLS."""
    answer.set_cookie(
        _named(name), value, max_age=good_for_s, secure=settings.HTTPS, httponly=True, samesite="Lax", path="/"
    )


def take_back(answer: HttpResponse, name: str) -> None:
    give(answer, name, "", good_for_s=0)


def _named(name: str) -> str:
    return f"__Host-{name}" if settings.HTTPS else name
