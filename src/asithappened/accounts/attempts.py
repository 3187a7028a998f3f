"""Limits guesses at passwords, without locking out the account's owner.

Owns the counters and the cookie of a browser that has signed in before. A guess counts against its network and against
the typed name; from a known browser it counts against that browser alone, so strangers' guesses do not lock it out.
One-time links and passkeys are not counted, because they cannot be guessed. Look next: `adapter`, which asks.
"""

import ipaddress
import secrets
import time
from typing import Final

from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from asithappened.accounts import cookies
from asithappened.accounts.models import Attempts, User

WINDOW_S: Final = 10 * 60
OF_A_NAME: Final = 10  # wrong guesses a window from unknown browsers of any network: 1,440 a day
OF_A_NETWORK: Final = 30  # an office behind one address mistypes too
OF_A_BROWSER: Final = 20
LETTERS_OF_A_NETWORK: Final = 10  # requested by strangers, a window
LETTERS: Final = 300  # in all: a mail server that sends more is soon listed as a spammer's
# Counters are in a table of this fixed number of rows, chosen by a keyed hash, so that made-up names and addresses
# evict none. Two names may share a row and are then counted together; without the secret key nobody can tell which do.
SLOTS: Final = 65_536

_KNOWN: Final = "known"
_SALT: Final = "asithappened.accounts.attempts"
_KNOWN_S: Final = 365 * 24 * 60 * 60
_PEOPLE: Final = 8  # sharing a browser


class Guess:
    """A permitted guess, already counted. `rollback`: it was right, and is uncounted."""

    def __init__(self, keys: list[str]) -> None:
        self._keys = keys

    def rollback(self) -> None:
        for key in self._keys:
            with transaction.atomic():
                for row in Attempts.objects.select_for_update().filter(slot=_slot(key), count__gt=0):
                    row.count -= 1
                    row.save(update_fields=["count"])


def guess(request: HttpRequest, email: str) -> Guess | None:
    """Count a guess at this name's password before it is checked; None if there were too many.

    Counted first, because otherwise a hundred concurrent guesses would all be checked before the first is counted.
    """
    email = email.strip().lower()
    if browser := _known_as(request, email):
        limits = {browser: OF_A_BROWSER}
    else:
        limits = {f"network {network_of(request)}": OF_A_NETWORK, f"name {email}": OF_A_NAME}
    counted: list[str] = []
    for key, limit in limits.items():
        if not count(key, limit):
            Guess(counted).rollback()
            return None
        counted.append(key)
    return Guess(counted)


def may_ask_for_mail(request: HttpRequest) -> bool:
    """Count a letter that a stranger requested; return whether it is within the limits of the network and of all."""
    return count(f"mail {network_of(request)}", LETTERS_OF_A_NETWORK) and count("mail", LETTERS)


def knows(request: HttpRequest, user: User) -> bool:
    """Return whether this person signed in with this browser before."""
    return user.pk in _known(request)[1]


def remember(request: HttpRequest, answer: HttpResponse, user: User) -> None:
    """Remember that this person has just signed in with this browser."""
    nonce, people = _known(request)
    kept = [user.pk, *(pk for pk in people if pk != user.pk)][:_PEOPLE]
    value = signing.dumps([nonce or secrets.token_hex(8), kept], salt=_SALT)
    cookies.give(answer, _KNOWN, value, good_for_s=_KNOWN_S)


def network_of(request: HttpRequest) -> str:
    """Return the network that one customer usually has: an IPv4 address, or a /64 of IPv6."""
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((int(address), 64), strict=False).network_address)
    return str(address)


def _known_as(request: HttpRequest, email: str) -> str:
    """Return the counter's key for this browser, "" if the person with this name never signed in with it."""
    nonce, people = _known(request)
    known = bool(people) and User.objects.filter(email=email, pk__in=people).exists()
    return f"browser {nonce} {email}" if known else ""


def _known(request: HttpRequest) -> tuple[str, list[int]]:
    try:
        nonce, people = signing.loads(cookies.given(request, _KNOWN), salt=_SALT, max_age=_KNOWN_S)
    except (signing.BadSignature, ValueError, TypeError):
        return "", []
    return nonce, people


def count(key: str, limit: int) -> bool:
    """Increment a counter; False, without a write or a lock, if the limit of this window is reached."""
    slot, now = _slot(key), int(time.time())
    row = Attempts.objects.filter(slot=slot).first()
    if row is not None and row.count >= limit and _same_window(row, now):
        return False
    with transaction.atomic():
        Attempts.objects.bulk_create([Attempts(slot=slot, since=now, count=0)], ignore_conflicts=True)
        row = Attempts.objects.select_for_update().get(slot=slot)
        if not _same_window(row, now):
            row.since, row.count = now, 0
        if row.count >= limit:
            return False
        row.count += 1
        row.save()
        return True


def _same_window(row: Attempts, now: int) -> bool:
    return 0 <= now - row.since < WINDOW_S


def _slot(key: str) -> int:
    return int.from_bytes(salted_hmac(_SALT, key, algorithm="sha256").digest()[:8]) % SLOTS
