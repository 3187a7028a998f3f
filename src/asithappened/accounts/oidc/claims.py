"""Verifies the provider's tokens: who somebody is there, and their address.

Owns the checks of OpenID Connect Core 1.0, 3.1.3.7: signature, issuer, audience, time, and the nonce that binds the
tokens to this browser's request. An address that the provider has not verified is left out. Look next: `matching`.
"""

import hmac
import time
from dataclasses import dataclass
from typing import Any, Final

import jwt

from asithappened.accounts.oidc.client import Client, Refused
from asithappened.accounts.oidc.provider import Provider

# Signatures by the provider's private key only; never one with a shared secret, and never "none".
ALGORITHMS: Final = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
LEEWAY_S: Final = 60  # the provider's clock may differ from ours by this
SUBJECT_CHARS: Final = 255  # the standard's limit
_ADDRESS_CHARS: Final = 254


@dataclass(frozen=True, kw_only=True)
class Verified:
    """A person at the provider. `email`: "" unless it has verified the address; `at`: when they signed in there."""

    subject: str
    email: str
    name: str
    at: int | None
    claims: dict[str, Any]


def verified(client: Client, tokens: dict[str, Any], *, nonce: str) -> Verified:
    """Return the person that the tokens prove. Raises Refused and Unreachable."""
    claims = _checked(client, tokens.get("id_token"), nonce)
    wanted = {"email", *(name for name, _ in client.provider.claims)}
    access_token = tokens.get("access_token")
    if isinstance(access_token, str) and not wanted <= claims.keys():
        more = client.userinfo(access_token)
        if more:
            # Core 5.3.2: userinfo with another subject, or without one, must not be used.
            if more.get("sub") != claims["sub"]:
                raise Refused("What it says of the person is of another person.")
            # An address and its `email_verified` must come from the same source.
            email_too = "email" not in claims
            kept = {k: v for k, v in more.items() if email_too or k not in {"email", "email_verified"}}
            if email_too:
                claims.pop("email_verified", None)
            claims = kept | claims
    at = claims.get("auth_time")
    return Verified(
        subject=claims["sub"],
        email=_verified(claims),
        name=claims["name"] if isinstance(claims.get("name"), str) else "",
        at=at if isinstance(at, int) else None,
        claims=claims,
    )


def is_allowed(provider: Provider, who: Verified) -> bool:
    """Return whether the operator's rules allow this person to sign in with the provider."""
    if provider.domains and who.email.rpartition("@")[2] not in provider.domains:
        return False
    return not provider.claims or any(_has(who.claims.get(name), value) for name, value in provider.claims)


def signed_in_just_now(who: Verified, *, within_s: int) -> bool:
    """Return whether the provider authenticated this person within the last seconds."""
    return who.at is not None and -LEEWAY_S <= time.time() - who.at <= within_s


def _checked(client: Client, token: object, nonce: str) -> dict[str, Any]:
    if not isinstance(token, str):
        raise Refused("It gives no token that says who it is.")
    provider = client.provider
    try:
        key = client.key(jwt.get_unverified_header(token).get("kid"))
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=ALGORITHMS,
            audience=provider.client_id,
            issuer=client.metadata().issuer,
            leeway=LEEWAY_S,
            options={"require": ["iss", "sub", "aud", "exp", "iat"]},
        )
    except (jwt.PyJWTError, TypeError, ValueError) as error:
        raise Refused(f"The token proves nothing ({type(error).__name__}: {error}).") from error
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        raise Refused("The token answers another question than this browser's.")
    for_us = claims.get("azp", provider.client_id) == provider.client_id
    if not for_us or (isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and "azp" not in claims):
        raise Refused("The token was given to another program.")
    if not isinstance(claims["sub"], str) or not 0 < len(claims["sub"]) <= SUBJECT_CHARS or "\0" in claims["sub"]:
        raise Refused("The token does not say who it is of.")
    return claims


def _verified(claims: dict[str, Any]) -> str:
    """Return the address if the provider has verified it (`true`, or "true" as some write it), else ""."""
    email, verified = claims.get("email"), claims.get("email_verified")
    if not isinstance(email, str) or (verified is not True and verified != "true"):
        return ""
    email = email.strip().lower()
    plain = email.isascii() and email.isprintable() and email.count("@") == 1 and len(email) <= _ADDRESS_CHARS
    return email if plain else ""


def _has(said: object, value: str) -> bool:
    """Return whether a claim is a value, or a list that contains it."""
    return value in said if isinstance(said, list) else said == value
