"""Tickets: signed, expiring permissions to read one live blog that is not everyone's.

Owns their form, `BLOG.EXPIRES.HOLDER.SIGNATURE` (HMAC-SHA256 over the rest), and the key file that signs them.
Never Django, never a database: delivery checks a ticket on every request of a member's page with this module alone.
Look next: `accounts.tickets` for who is given one.
"""

import base64
import contextlib
import hashlib
import hmac
import os
import secrets
from pathlib import Path
from typing import Final

from msgspec import Struct

KEY_BYTES: Final = 32
_PURPOSE: Final = b"asithappened ticket 1\0"  # so that a signature of anything else with the same key is no ticket
GOOD_FOR_S: Final = 2 * 60 * 60  # the lifetime of a ticket, unless it is revoked before (`write.revoke`)
EVERY_BLOG: Final = 0  # revokes the tickets to all blogs; no blog has this id
_TICKET_CHARS: Final = 400  # twice the longest that `sign` makes; anything longer is not hashed


class Ticket(Struct, frozen=True, kw_only=True):
    """The permission of `holder` to read `blog` until `expires_at`, in seconds of Unix time."""

    blog: int
    expires_at: int
    holder: str


def key_in(path: Path) -> bytes:
    """Return the key in a file, which is made first if there is none (mode 0600, its folder 0700).

    Two processes that start at once agree: the complete file is linked into place, and the second reads the first's.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        pass
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    written = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(written, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(written, path)
    finally:
        written.unlink()
    return path.read_bytes()


def sign(key: bytes, blog: int, expires_at: int, holder: str) -> str:
    """Return a ticket to a blog that is valid until `expires_at` (seconds of Unix time).

    `holder`: an account's id, by which tickets are revoked; it is no secret, since the bearer can read it.
    """
    body = f"{blog}.{expires_at}.{_text(holder.encode())}"
    return f"{body}.{_signature(key, body)}"


def read(key: bytes, ticket: str) -> Ticket | None:
    """Return a ticket's contents, if it was signed with this key, even if it has expired. Never raises.

    The signature is compared first and in constant time, so that nothing unsigned is ever parsed; and an invalid ticket
    takes as long as a valid one.
    """
    if len(ticket) > _TICKET_CHARS or not ticket.isascii():
        ticket = ""
    body, _, signature = ticket.rpartition(".")
    if not hmac.compare_digest(signature.encode(), _signature(key, body).encode()):
        return None
    try:
        blog, expires_at, holder = body.split(".")
        return Ticket(blog=int(blog), expires_at=int(expires_at), holder=_bytes(holder).decode())
    except ValueError:
        return None


def _signature(key: bytes, body: str) -> str:
    return _text(hmac.digest(key, _PURPOSE + body.encode(), hashlib.sha256))


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
