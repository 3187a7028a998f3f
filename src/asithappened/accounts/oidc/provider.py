"""Reads the settings ASITHAPPENED_OIDC_…, which name the provider.

Imports no Django, because the settings are read with it. Look next: `client`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

ANYBODY: Final = "anybody"
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_ISSUER_CHARS: Final = 200


@dataclass(frozen=True, kw_only=True)
class Provider:
    """An identity provider, and the rules for whom it may sign in.

    `domains`: of a verified address; `claims`: names and values of other claims, such as a group. A person needs one of
    each that is not empty. `makes_staff`: a permitted person without an account gets one of the newsroom's; otherwise
    only invited people may sign in.
    """

    issuer: str
    client_id: str
    secret: str = field(repr=False)
    label: str
    scope: str
    domains: frozenset[str]
    claims: frozenset[tuple[str, str]]
    makes_staff: bool


def named(environ: Mapping[str, str], secret: str) -> Provider | None:
    """Return the provider that the environment names, with its secret; None if it names none. Raises ValueError."""
    issuer = environ.get("ASITHAPPENED_OIDC_ISSUER", "").strip().rstrip("/")
    if not issuer:
        return None
    if not is_private(issuer) or urlsplit(issuer).query or urlsplit(issuer).fragment or len(issuer) > _ISSUER_CHARS:
        raise ValueError(
            "ASITHAPPENED_OIDC_ISSUER is the https:// address of the provider, as it says it itself under "
            f"/.well-known/openid-configuration, not {issuer!r}."
        )
    client_id = environ.get("ASITHAPPENED_OIDC_CLIENT_ID", "").strip()
    if not client_id:
        raise ValueError("ASITHAPPENED_OIDC_CLIENT_ID is missing: the name by which the provider knows this program.")
    only = environ.get("ASITHAPPENED_OIDC_ONLY", "").split()
    new = environ.get("ASITHAPPENED_OIDC_NEW", "").strip() or "invited"
    if new not in {"invited", "staff"}:
        raise ValueError(f"ASITHAPPENED_OIDC_NEW is invited or staff, not {new!r}.")
    if new == "staff" and not only:
        raise ValueError(
            "ASITHAPPENED_OIDC_NEW=staff makes everybody whom the provider knows a person of the newsroom. Say who "
            f"that is in ASITHAPPENED_OIDC_ONLY: example.org, or groups=newsroom, or {ANYBODY}."
        )
    rules = [rule for rule in only if rule != ANYBODY]
    scope = environ.get("ASITHAPPENED_OIDC_SCOPE", "").split() or ["openid", "email", "profile"]
    return Provider(
        issuer=issuer,
        client_id=client_id,
        secret=secret,
        label=environ.get("ASITHAPPENED_OIDC_LABEL", "").strip() or (urlsplit(issuer).hostname or issuer),
        scope=" ".join(dict.fromkeys(["openid", *scope])),
        domains=frozenset(rule.lower().lstrip("@") for rule in rules if "=" not in rule),
        claims=frozenset((name, value) for name, _, value in (rule.partition("=") for rule in rules if "=" in rule)),
        makes_staff=new == "staff",
    )


def is_private(address: str) -> bool:
    """Return whether requests to an address cannot be read on the way: TLS, or this machine itself."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and host in _LOOPBACK))
