"""The push services that alerts are sent through, and finding the one of an endpoint.

Owns the list of ASITHAPPENED_PUSH_SERVICES. An endpoint is an address that a stranger gave: one outside of the list is
neither stored nor connected to, and even one on the list is connected to by the guarded client only.
"""

import re
from typing import Final

from msgspec import Struct

FOUR: Final = "fcm.googleapis.com *.push.services.mozilla.com *.push.apple.com *.notify.windows.com"
"""Those of Chromium, Firefox, Safari and Edge."""
ENDPOINT_CHARS: Final = 1000  # the longest that any of the four gives is half of that
_NAMED: Final = re.compile(r"(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+|https?://[a-z0-9.-]+(?::[0-9]{1,5})?")
_ENDPOINT: Final = re.compile(r'(?P<origin>(?P<scheme>https?)://(?P<host>[a-z0-9.-]+)(?::[0-9]{1,5})?)/[!"$-~]*')


class Service(Struct, frozen=True):
    """A push service by its name: a host, all hosts below a domain ("*.…"), or an origin of the newsroom's own."""

    name: str

    def has(self, origin: str, scheme: str, host: str) -> bool:
        """Say whether an endpoint belongs to this service."""
        if "://" in self.name:
            return origin == self.name
        if scheme != "https" or origin != f"https://{host}":
            return False
        return host.endswith(self.name[1:]) if self.name.startswith("*.") else host == self.name


def named(text: str) -> tuple[Service, ...]:
    """Return the services that a setting names; "" is the four that browsers have, "off" none. Raises ValueError."""
    if text.strip() == "off":
        return ()
    names = (text or FOUR).split()
    for name in names:
        if not _NAMED.fullmatch(name):
            raise ValueError(
                "ASITHAPPENED_PUSH_SERVICES is a list of hosts such as fcm.googleapis.com or *.push.apple.com, or off, "
                f"and {name[:80]!r} is no host."
            )
    return tuple(Service(name) for name in dict.fromkeys(names))


def service_of(endpoint: str, services: tuple[Service, ...]) -> Service | None:
    """Return the service that an endpoint belongs to; None if it belongs to none on the list."""
    found = _ENDPOINT.fullmatch(endpoint) if len(endpoint) <= ENDPOINT_CHARS else None
    if found is None:
        return None
    return next((one for one in services if one.has(found["origin"], found["scheme"], found["host"])), None)


def origin_of(endpoint: str) -> str:
    """Return the origin of an endpoint that belongs to a service."""
    found = _ENDPOINT.fullmatch(endpoint)
    assert found is not None
    return found["origin"]
