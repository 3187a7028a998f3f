"""The installation's identity for push services (RFC 8292, VAPID): its key pair, and the header that it signs.

Owns both. The private key is derived from 32 random bytes in the home (`push.key`), made once. Every backup contains
them, because subscriptions are bound to the key: without it, every subscriber is lost.
"""

import base64
import time
from functools import lru_cache
from pathlib import Path
from typing import Final

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings

from asithappened.alerts.encryption import point_of
from asithappened.published.tickets import key_in

GOOD_FOR_S: Final = 12 * 60 * 60  # push services take 24 hours at the most
_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256


def public_key() -> str:
    """Return the public key for browsers: unpadded base64url."""
    return base64url(point_of(_key(settings.PUSH_KEY_FILE).public_key()))


def authorization(origin: str, now: float | None = None) -> str:
    """Return the header that identifies us to a push service at this origin; it stays the same for some hours."""
    at = int(now if now is not None else time.time())
    return _signed(settings.PUSH_KEY_FILE, origin, settings.PUBLIC_URL, at - at % (GOOD_FOR_S // 2))


@lru_cache(maxsize=64)
def _signed(file: Path, origin: str, subject: str, since: int) -> str:
    claims = {"aud": origin, "exp": since + GOOD_FOR_S, "sub": subject}
    key = _key(file)
    return f"vapid t={jwt.encode(claims, key, algorithm='ES256')}, k={base64url(point_of(key.public_key()))}"


@lru_cache(maxsize=4)
def _key(file: Path) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(key_in(file)) % (_ORDER - 1) + 1, ec.SECP256R1())


def base64url(data: bytes) -> str:
    """Return bytes in the encoding of headers and JSON."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
