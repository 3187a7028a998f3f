"""How often somebody may guess a password, and how its owner gets in while somebody guesses.

Owns the counters and the cookie of a browser that has signed in before. A guess counts against its network and against
the name that was typed, and from a known browser against that browser alone: so a stranger who guesses locks out
strangers. One-time links and passkeys are not counted, there being nothing to guess. Look next: `adapter`, which asks.
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
OF_A_NAME: Final = 10  # wrong guesses a window from browsers not known, wherever they are: 1,440 a day
OF_A_NETWORK: Final = 30  # an office behind one address mistypes too
OF_A_BROWSER: Final = 20
LETTERS_OF_A_NETWORK: Final = 10  # that strangers have sent, a window
LETTERS: Final = 300  # in all: a mail server that sends more is soon taken for a spammer's
# Counters are in a table of this many rows and no more, each chosen by a keyed hash: whatever names and addresses are
# made up, none is pushed out. Two that share one count together; nobody without the key can tell which do.
SLOTS: Final = 65_536

_KNOWN: Final = "known"
_SALT: Final = "asithappened.accounts.attempts"
_KNOWN_S: Final = 365 * 24 * 60 * 60
_PEOPLE: Final = 8  # who share a browser


class Guess:
    """A guess that may be made, and is counted already. `rollback`: it was right, and is not counted."""

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

    Counted first, so that a hundred at once are not all looked at before the first is found wrong.
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
    """Count a letter that a stranger has sent, and say whether it may be sent: one of a network's, and of all."""
    return count(f"mail {network_of(request)}", LETTERS_OF_A_NETWORK) and count("mail", LETTERS)


def knows(request: HttpRequest, user: User) -> bool:
    """Say whether somebody signed in with this browser before."""
    return user.pk in _known(request)[1]


def remember(request: HttpRequest, answer: HttpResponse, user: User) -> None:
    """Remember that this person has just signed in with this browser."""
    nonce, people = _known(request)
    kept = [user.pk, *(pk for pk in people if pk != user.pk)][:_PEOPLE]
    value = signing.dumps([nonce or secrets.token_hex(8), kept], salt=_SALT)
    cookies.give(answer, _KNOWN, value, good_for_s=_KNOWN_S)


def network_of(request: HttpRequest) -> str:
    """Return the network that is likely to be one customer's: an IPv4 address, or a /64 of IPv6."""
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
    """Return the counter of this browser, if the person of this name signed in with it before."""
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
    """Count once more; False if the limit of this window is reached. Then nothing is written, and no lock is taken."""
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
