"""Headers that every answer of the Django half carries.

Owns `no-store`, the permissions policy, strict transport security, and the request's id, by which a refusal is found in
the log. django-csp sets the content security policy, and Django the rest.
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
    """Keeps answers out of every cache, because each contains a person's own view or a form's token.

    The outermost middleware, so that refusals and redirects get the headers too. Readers' pages, which caches keep,
    do not pass through it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        id_ = request_id.begin()
        try:
            response = self.get_response(request)
            if response.status_code >= 400 and not hasattr(response, "incident"):  # it has its line already
                _log.info("%d to %s %.200s", response.status_code, request.method, request.path)
        finally:
            request_id.end()
        response[request_id.HEADER] = id_
        response["Cache-Control"] = "no-store"
        response["Permissions-Policy"] = _POLICY
        if settings.SECURE_HSTS_SECONDS:
            # Django sets it only over TLS, but TLS ends at the proxy before us. Browsers ignore it over plain HTTP.
            response["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}"
        return response
