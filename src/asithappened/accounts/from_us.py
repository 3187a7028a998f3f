"""Checks that a page of this installation sent a request.

Owns our origins: this host's, and those that the installation trusts. Used for requests of readers' pages, which have
no token, because such a page is the same bytes for everybody. Look next: `desk.typed`, which accepts other proofs too.
"""

from django.conf import settings
from django.http import HttpRequest


def origins(request: HttpRequest) -> frozenset[str]:
    return frozenset((f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS))


def is_from_us(request: HttpRequest) -> bool:
    """Return whether a page of ours sent it. False without an Origin, since browsers send one with each POST."""
    return request.headers.get("Origin") in origins(request)
