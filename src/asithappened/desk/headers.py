"""Headers that every answer of the Django half carries.

Owns `no-store`, the permissions policy, and that browsers keep to TLS. The content security policy is django-csp's, the
rest Django's own.
"""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

_POLICY: Final = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), publickey-credentials-get=(self)"


class AnswerHeaders:
    """Keeps answers out of every cache: each holds a person's own view, or a form's token.

    Outermost, so that refusals and redirects have them too. Readers' pages, which are cached, never come this way.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, with the headers."""
        response = self.get_response(request)
        response["Cache-Control"] = "no-store"
        response["Permissions-Policy"] = _POLICY
        if settings.SECURE_HSTS_SECONDS:
            # Django says so only on TLS, which ends at the proxy before us; browsers ignore it on anything else.
            response["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}"
        return response
