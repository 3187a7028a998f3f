"""Tells the server in front which sessions are signed in.

Owns one key in the request's scope. The server reserves capacity for people who are signed in, and cannot trust a
cookie, which anybody can forge; it remembers what this middleware reports. Look next: delivery/recognised.py.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

SIGNED_IN = "signed_in"  # in the scope's state, where delivery.behind looks for it


class SayWhoIsSignedIn:
    """Reports after each request with a session's cookie whether that session is signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        scope = getattr(request, "scope", None)  # None in Django's own tests, without a server in front
        if scope is not None and settings.SESSION_COOKIE_NAME in request.COOKIES:
            scope.setdefault("state", {})[SIGNED_IN] = request.user.is_authenticated
        return response
