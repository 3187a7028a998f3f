"""Requests of readers' browsers about alerts: start, stop, ask whether they get them; and their service worker.

Owns who is refused: other sites' pages, and networks that ask too often. No cookie is read or set, and only a device's
endpoint is known. A live blog that offers no alerts answers as if it did not exist; stopping always works.
Look next: `subscribing`, `frontend/alerts`.
"""

import base64
import binascii
from typing import Annotated, Final, Literal, TypeVar

import msgspec
from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe
from msgspec import Meta, Struct

from asithappened.accounts import attempts
from asithappened.accounts.from_us import is_from_us
from asithappened.alerts import keys, subscribing
from asithappened.alerts.push_services import ENDPOINT_CHARS
from asithappened.alerts.subscribing import BadSubscription, Subscription, TooMany
from asithappened.log import read
from asithappened.published import assets

OF_A_NETWORK: Final = 200  # in a window of ten minutes: a carrier has thousands of phones behind one address
IN_ALL: Final = 30_000

Endpoint = Annotated[str, Meta(max_length=ENDPOINT_CHARS)]
Key = Annotated[str, Meta(max_length=120)]


class Asked(Struct, frozen=True, kw_only=True):
    """A page's request. `endpoint`: "" for a device that has none yet."""

    do: Literal["look", "start", "stop"]
    endpoint: Endpoint = ""
    p256dh: Key = ""
    auth: Key = ""


class Moved(Struct, frozen=True, kw_only=True):
    """A worker's message that its browser got another endpoint."""

    was: Endpoint
    endpoint: Endpoint
    p256dh: Key
    auth: Key


@csrf_exempt
@require_POST
def alerts(request: HttpRequest, slug: str) -> HttpResponse:
    """Start or stop a live blog's alerts on a device, or say whether it gets them."""
    asked = _read(request, Asked)
    found = read.found(slug)
    if asked.do == "stop":
        if found is not None:
            subscribing.unsubscribe(found[0], asked.endpoint)
        return _answer(200, on=False)
    if found is None or not found[1].offers_alerts or not settings.PUSH_SERVICES:
        raise Http404
    blog, _state = found
    if asked.do == "start":
        if not _within_limits(request):
            return _answer(429, error="busy")
        try:
            subscribing.subscribe(blog, _subscription(asked))
        except BadSubscription:
            return _answer(422, error="bad_subscription")
        except TooMany:
            return _answer(409, error="too_many")
    on = bool(asked.endpoint) and subscribing.gets(blog, asked.endpoint)
    return _answer(200, on=on, key=keys.public_key())


@csrf_exempt
@require_POST
def moved(request: HttpRequest) -> HttpResponse:
    """Replace a device's endpoint by the one that its browser got instead."""
    said = _read(request, Moved)
    if not _within_limits(request):
        return _answer(429, error="busy")
    try:
        subscribing.move(said.was, _subscription(said))
    except BadSubscription:
        return _answer(422, error="bad_subscription")
    return _answer(200)


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Serve the service worker that shows alerts; if none are sent here, one that unregisters itself."""
    script = assets.files()["alerts-worker.js"][0] if settings.PUSH_SERVICES else _GONE
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")


_GONE: Final = b"""
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.registration.unregister()));
"""

S = TypeVar("S", Asked, Moved)


def _read(request: HttpRequest, shape: type[S]) -> S:
    """Parse a request of a page of ours. Raises PermissionDenied for another site's page, and BadRequest."""
    if not is_from_us(request) or request.content_type != "application/json":
        raise PermissionDenied
    try:
        return msgspec.json.decode(request.body, type=shape)
    except msgspec.DecodeError as error:
        raise BadRequest from error


def _subscription(said: Asked | Moved) -> Subscription:
    try:
        return Subscription(endpoint=said.endpoint, p256dh=_bytes(said.p256dh), auth=_bytes(said.auth))
    except (binascii.Error, ValueError) as error:
        raise BadSubscription("Its keys are no base64url.") from error


def _bytes(text: str) -> bytes:
    return base64.b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), altchars=b"-_", validate=True)


def _within_limits(request: HttpRequest) -> bool:
    network = attempts.network_of(request)
    return attempts.count(f"alerts {network}", OF_A_NETWORK) and attempts.count("alerts", IN_ALL)


def _answer(status: int, **told: object) -> HttpResponse:
    return HttpResponse(msgspec.json.encode(told), status=status, content_type="application/json")
