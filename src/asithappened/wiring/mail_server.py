"""Reads the settings ASITHAPPENED_MAIL_…, which name the mail server.

Owns the form of its address. TLS is required unless the address says explicitly that there is none.
Look next: `accounts.mail`, which sends by it; `doctor.external`, which tests it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from pathlib import Path
from typing import Final, Literal
from urllib.parse import unquote, urlsplit

Encrypted = Literal["from the first byte", "before anything is said", "never"]

_SCHEMES: Final[dict[str, tuple[Encrypted, int]]] = {
    "smtps": ("from the first byte", 465),
    "smtp": ("before anything is said", 587),  # STARTTLS; a server that does not offer it is not used
    "smtp+plain": ("never", 25),
}


@dataclass(frozen=True, kw_only=True)
class MailServer:
    """The mail server's address, its credentials, and the sender of letters."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    encrypted: Encrypted
    sender: str

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


def named(environ: Mapping[str, str]) -> MailServer | None:
    """Return the mail server that the environment names; None if it names none. Raises ValueError."""
    address = environ.get("ASITHAPPENED_MAIL_URL", "").strip()
    if not address:
        return None
    refused = ValueError(
        "ASITHAPPENED_MAIL_URL is smtps://USER@HOST, smtp://USER@HOST or smtp+plain://HOST, with a port if it is not "
        f"the usual one, not {_without_password(address)!r}."
    )
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise refused from None
    if parts.scheme not in _SCHEMES or not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment:
        raise refused
    if parts.password is not None:
        raise ValueError("The password of the mail server stands in a file: ASITHAPPENED_MAIL_PASSWORD_FILE.")
    sender = environ.get("ASITHAPPENED_MAIL_FROM", "").strip()
    if "@" not in parseaddr(sender)[1] or not sender.isprintable():
        raise ValueError("ASITHAPPENED_MAIL_FROM is whom mail comes from: Newsroom <desk@example.org>.")
    encrypted, usual = _SCHEMES[parts.scheme]
    return MailServer(
        host=parts.hostname,
        port=port or usual,
        user=unquote(parts.username or ""),
        password=secret_in(environ.get("ASITHAPPENED_MAIL_PASSWORD_FILE", ""), "ASITHAPPENED_MAIL_PASSWORD_FILE"),
        encrypted=encrypted,
        sender=sender,
    )


def secret_in(file: str, variable: str) -> str:
    """Return the secret in a file, "" if no file is named. Raises ValueError."""
    if not file:
        return ""
    try:
        return Path(file).read_text("utf-8").strip()
    except (OSError, UnicodeError) as error:
        raise ValueError(f"{variable} names a file that cannot be read: {error}.") from error


def _without_password(address: str) -> str:
    before, at, after = address.rpartition("@")
    return f"{before.partition(':')[0]}:…{at}{after}" if at else address
