"""Telling the server in front which sessions are signed in.

Owns one word in the request's scope. The server keeps places and turns for who is signed in, and cannot know it from a
cookie that anybody can make up; it remembers what is said here. Look next: delivery/recognised.py.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

SIGNED_IN = "signed_in"  # in the scope's state, where delivery.behind looks for it


class SayWhoIsSignedIn:
    """Reports after each request with a session's cookie whether somebody is signed in by it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and report it. Without a server in front (Django's own tests) there is nobody to report to."""
        response = self.get_response(request)
        scope = getattr(request, "scope", None)
        if scope is not None and settings.SESSION_COOKIE_NAME in request.COOKIES:
            scope.setdefault("state", {})[SIGNED_IN] = request.user.is_authenticated
        return response
