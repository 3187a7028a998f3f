"""Which devices asked for alerts of which live blog.

Owns storing and deleting them. Everybody who knows a device's endpoint may ask what it gets and stop it: an endpoint
cannot be guessed, and nothing else is stored that could tell one device from another.
"""

import hashlib
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from msgspec import Struct

from asithappened.alerts import push_services
from asithappened.alerts.encryption import AUTH_BYTES, public_key
from asithappened.alerts.models import Device, Got, Topic
from asithappened.jobs.clock import CLOCK

BLOGS: Final = 40  # live blogs that one device may ask for
DEVICES: Final = 1_000_000  # devices that one installation stores: a row is half a kilobyte
KEPT: Final = timedelta(days=30)  # for so long it is stored which device got which alert


class BadSubscription(ValueError):
    """It is not in the form of a browser's subscription, or of a push service that is not on the list."""


class TooMany(Exception):
    """There are as many as are stored at the most."""


class Subscription(Struct, frozen=True, kw_only=True):
    """A browser's subscription: the endpoint of its push service, and the keys to encrypt messages with."""

    endpoint: str
    p256dh: bytes
    auth: bytes


def subscribe(blog: int, said: Subscription) -> None:
    """Send a device a live blog's alerts from now on. Raises BadSubscription and TooMany."""
    service = _checked(said)
    with transaction.atomic():
        device = _device(said.endpoint)
        if device is None:
            if Device.objects.count() >= DEVICES:
                raise TooMany
            now = CLOCK.now()
            device, _new = Device.objects.get_or_create(
                key=_key(said.endpoint), defaults={**_columns(said, service), "made_at": now}
            )
        elif (bytes(device.p256dh), bytes(device.auth)) != (said.p256dh, said.auth):
            Device.objects.filter(pk=device.pk).update(p256dh=said.p256dh, auth=said.auth)
        others = Topic.objects.filter(device=device).exclude(blog=blog)
        if others.count() >= BLOGS:
            raise TooMany
        Topic.objects.get_or_create(device=device, blog_id=blog)


def unsubscribe(blog: int, endpoint: str) -> None:
    """Stop a live blog's alerts for a device and delete which it got; with its last live blog, delete the device."""
    with transaction.atomic():
        device = _device(endpoint)
        if device is None:
            return
        Topic.objects.filter(device=device, blog=blog).delete()
        Got.objects.filter(device=device, alert__blog=blog).delete()
        if not Topic.objects.filter(device=device).exists():
            device.delete()


def move(was: str, said: Subscription) -> None:
    """Replace a device's endpoint by the new one that its browser got. Raises BadSubscription."""
    service = _checked(said)
    with transaction.atomic():
        device = _device(was)
        if device is not None and _device(said.endpoint) is None:
            Device.objects.filter(pk=device.pk).update(**_columns(said, service), key=_key(said.endpoint))


def gets(blog: int, endpoint: str) -> bool:
    """Say whether a device gets a live blog's alerts."""
    return Topic.objects.filter(blog=blog, device__key=_key(endpoint)).exists()


def reach(blog: int, *, post: str = "") -> int:
    """Return how many devices get a live blog's alerts; for a correction, how many got an alert of the `post`."""
    if not post:
        return Topic.objects.filter(blog=blog).count()
    return Got.objects.filter(alert__blog=blog, alert__post=post, taken=True).values("device").distinct().count()


def forget() -> int:
    """Delete which device got what more than 30 days ago; return how many rows."""
    return Got.objects.filter(at__lt=CLOCK.now() - KEPT).delete()[0]


def _checked(said: Subscription) -> str:
    service = push_services.service_of(said.endpoint, settings.PUSH_SERVICES)
    if service is None:
        raise BadSubscription("Alerts are not sent through this push service.")
    try:
        public_key(said.p256dh)
    except ValueError as error:
        raise BadSubscription(str(error)) from error
    if len(said.auth) != AUTH_BYTES:
        raise BadSubscription("Its secret is not as long as a secret is.")
    return service.name


def _columns(said: Subscription, service: str) -> dict[str, str | bytes]:
    return {"endpoint": said.endpoint, "service": service, "p256dh": said.p256dh, "auth": said.auth}


def _device(endpoint: str) -> Device | None:
    return Device.objects.filter(key=_key(endpoint)).first()


def _key(endpoint: str) -> str:
    return hashlib.sha256(endpoint.encode()).hexdigest()
