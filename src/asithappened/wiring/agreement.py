"""Checks that all machines of an installation have the same keys and public address.

Owns comparing a home with its database. A ticket signed by one machine must be valid on the others, and lost keys must
be noticed before members' tickets fail. The keys never leave the home: the database has hashes of them.
"""

import hashlib
import hmac

from django.conf import settings
from django.db import connection

from asithappened.published import installation, tickets
from asithappened.wiring import address
from asithappened.wiring.home import HomeRefused

_ADDRESS = "address"
_PURPOSE = b"asithappened installation 1\0"


def fingerprints() -> dict[str, str]:
    """Return hashes of this home's keys, by file."""
    keys = {
        "secret.key": settings.SECRET_KEY.encode(),
        "ticket.key": tickets.key_in(settings.TICKET_KEY_FILE),
        "push.key": tickets.key_in(settings.PUSH_KEY_FILE),
    }
    return {name: hmac.new(key, _PURPOSE, hashlib.sha256).hexdigest()[:32] for name, key in keys.items()}


def differing() -> list[str]:
    """Return the names of this home's keys that differ from the installation's."""
    agreed = installation.agreed()
    return [name for name, mine in fingerprints().items() if agreed.get(name, mine) != mine]


def check() -> None:
    """Check that this home has the keys and address of its database; the first home sets them. Raises HomeRefused."""
    if wrong := differing():
        raise HomeRefused(
            f"The database belongs to other keys than this home's {' and '.join(wrong)}: sign-in links, members' "
            "tickets and alerts of one machine would fail on another. Nothing was changed. Copy the key files from the "
            "first machine's home. If the database was put there from a backup and its keys are lost, "
            "`asithappened restore --in-place` takes this home's."
        )
    for name, mine in fingerprints().items():
        installation.agree(name, mine)
    kept = address.kept(settings.HOME)
    if connection.vendor != "postgresql" or kept is None or not kept.given:
        return  # SQLite serves one machine only, and an inferred address is that machine's own
    agreed = installation.agree(_ADDRESS, kept.url)
    if agreed != kept.url:
        raise HomeRefused(
            f"The other machines of this installation serve it as {agreed}, and this home's address is {kept.url}. "
            f"Nothing was changed. Run `asithappened address` with the right one on each machine."
        )


def take_keys() -> None:
    """Set the installation's keys to this home's."""
    for name, mine in fingerprints().items():
        installation.agree(name, mine, anew=True)


def agree_on_address(url: str) -> None:
    """Set the address of all machines of the installation."""
    if connection.vendor == "postgresql":
        installation.agree(_ADDRESS, url, anew=True)
