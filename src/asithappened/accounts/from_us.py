"""Whether a page of ours sent a request.

Owns which origins are ours: this host's, and those that the installation trusts. For what readers' pages send, which
carries no token: such a page is the same bytes for everybody. Look next: `desk.typed`, which takes other witnesses too.
"""

from django.conf import settings
from django.http import HttpRequest


def origins(request: HttpRequest) -> frozenset[str]:
    """Return the origins that are ours."""
    return frozenset((f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS))


def is_from_us(request: HttpRequest) -> bool:
    """Say whether a page of ours sent it. What states no origin was sent by none: browsers state it with each POST."""
    return request.headers.get("Origin") in origins(request)
