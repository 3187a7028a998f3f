"""Headers that every answer of the Django half carries.

Owns `no-store`, the permissions policy, that browsers keep to TLS, and the request's id, by which an answer that says
no is found in the log. The content security policy is django-csp's, the rest Django's own.
"""

import logging
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from asithappened.desk import request_id

_log = logging.getLogger("asithappened.desk")
_POLICY: Final = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), publickey-credentials-get=(self)"


class AnswerHeaders:
    """Keeps answers out of every cache: each holds a person's own view, or a form's token.

    Outermost, so that refusals and redirects have them too. Readers' pages, which are cached, never come this way.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        id_ = request_id.begin()
        try:
            response = self.get_response(request)
            if response.status_code >= 400 and not hasattr(response, "incident"):  # which has its line already
                _log.info("%d to %s %.200s", response.status_code, request.method, request.path)
        finally:
            request_id.end()
        response[request_id.HEADER] = id_
        response["Cache-Control"] = "no-store"
        response["Permissions-Policy"] = _POLICY
        if settings.SECURE_HSTS_SECONDS:
            # Django says so only on TLS, which ends at the proxy before us; browsers ignore it on anything else.
            response["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}"
        return response
