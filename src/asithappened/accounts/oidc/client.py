"""The client of the provider: its endpoints, its keys, and the tokens for a code.

Owns the requests. The operator named the provider, so it may be on any network. An answer is still bounded in time and
bytes, redirects are not followed, and its endpoints must use TLS. Its metadata are cached for an hour; a failure is
cached for some seconds, so that not every request waits for it.
"""

import base64
import threading
import time
from functools import cache
from typing import Any, Final
from urllib.parse import quote_plus, urlencode

import jwt
import msgspec

from asithappened.accounts.oidc.provider import Provider, is_private
from asithappened.outbound import OutboundError
from asithappened.outbound.configured import ask_configured

WITHIN_S: Final = 6.0
ANSWER_BYTES: Final = 500_000
KEPT_S: Final = 3_600.0
# When a sign-in begins metadata may not be older, because a browser that is sent to a dead provider only sees an error.
AT_FIRST_S: Final = 2.0
DOWN_S: Final = 5.0  # without a request after a failed one
KEYS_S: Final = 30.0  # minimum between two requests for its keys, even if a token names an unknown one


class Unreachable(Exception):
    """The provider does not answer, or its answer is invalid. The message is for the operator."""


class Refused(Exception):
    """The provider refuses a request, or its answer proves nothing."""


class Metadata(msgspec.Struct, frozen=True, kw_only=True):
    """The used part of a provider's metadata (OpenID Connect Discovery 1.0, section 3)."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str = ""
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("client_secret_basic",)


class Client:
    def __init__(self, provider: Provider) -> None:
        self.provider = provider
        self._lock = threading.Lock()
        self._metadata: tuple[float, Metadata] | None = None
        self._keys: tuple[float, list[jwt.PyJWK]] | None = None
        self._down: tuple[float, str] | None = None

    def metadata(self, *, at_most_s: float = KEPT_S) -> Metadata:
        """Return the provider's metadata, at most so old. Raises Unreachable."""
        with self._lock:
            if self._metadata is None or time.monotonic() - self._metadata[0] > at_most_s:
                self._metadata = time.monotonic(), self._discover()
            return self._metadata[1]

    def check(self) -> None:
        """Request its metadata and its keys. Raises Unreachable and Refused."""
        if not _read_keys(self._request("GET", self.metadata().jwks_uri)):
            raise Unreachable("It has no keys.")

    def key(self, kid: object) -> jwt.PyJWK:
        """Return the provider's key with an id, or its only one for None. Raises Unreachable and Refused."""
        where = self.metadata().jwks_uri
        with self._lock:
            age = time.monotonic() - self._keys[0] if self._keys else KEPT_S + 1
            found = _named(self._keys[1], kid) if self._keys and age < KEPT_S else None
            if found is None and age > KEYS_S:  # it may have rotated them
                self._keys = time.monotonic(), _read_keys(self._request("GET", where))
                found = _named(self._keys[1], kid)
        if found is None:
            raise Refused("The token is signed with a key that is none of the provider's.")
        return found

    def exchange(self, code: str, *, verifier: str, back_to: str) -> dict[str, Any]:
        """Exchange a code for tokens. Raises Unreachable and Refused."""
        metadata = self.metadata()
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": back_to, "code_verifier": verifier}
        headers = {"content-type": "application/x-www-form-urlencoded"}
        name, secret = self.provider.client_id, self.provider.secret
        if secret and "client_secret_post" not in metadata.token_endpoint_auth_methods_supported:
            both = f"{quote_plus(name)}:{quote_plus(secret)}".encode()  # RFC 6749, 2.3.1, though some do not decode it
            headers["authorization"] = f"Basic {base64.b64encode(both).decode()}"
        else:
            form |= {"client_id": name} | ({"client_secret": secret} if secret else {})
        return self._request("POST", metadata.token_endpoint, headers=headers, content=urlencode(form).encode())

    def userinfo(self, access_token: str) -> dict[str, Any]:
        """Return the person's further claims; none without such an endpoint. Raises Unreachable and Refused."""
        where = self.metadata().userinfo_endpoint
        if not where or not access_token.isascii() or not access_token.isprintable():
            return {}
        return self._request("GET", where, headers={"authorization": f"Bearer {access_token}"})

    def _discover(self) -> Metadata:
        if self._down and time.monotonic() - self._down[0] < DOWN_S:
            raise Unreachable(self._down[1])
        try:
            said = self._request("GET", f"{self.provider.issuer}/.well-known/openid-configuration")
            metadata = msgspec.convert(said, Metadata)
            if metadata.issuer.rstrip("/") != self.provider.issuer:
                raise Unreachable(f"It says that it is {metadata.issuer[:200]!r}, and not {self.provider.issuer!r}.")
            endpoints = (metadata.authorization_endpoint, metadata.token_endpoint, metadata.jwks_uri)
            for endpoint in (*endpoints, *filter(None, [metadata.userinfo_endpoint])):
                if not is_private(endpoint):
                    raise Unreachable(f"It names {endpoint[:200]!r}, which is not an https:// address.")
        except msgspec.ValidationError as error:
            raise self._is_down(f"It does not say of itself what a provider does ({error}).") from error
        except (Unreachable, Refused) as error:
            raise self._is_down(str(error)) from error
        self._down = None
        return metadata

    def _is_down(self, why: str) -> Unreachable:
        self._down = time.monotonic(), why
        return Unreachable(why)

    def _request(
        self, method: str, url: str, *, headers: dict[str, str] | None = None, content: bytes = b""
    ) -> dict[str, Any]:
        """Return an answer's JSON object. Raises Refused if the request was refused, and Unreachable."""
        try:
            answer = ask_configured(
                method,
                url,
                headers={"accept": "application/json"} | (headers or {}),
                content=content,
                within_s=WITHIN_S,
                at_most=ANSWER_BYTES,
            )
        except OutboundError as error:
            raise Unreachable(f"It does not answer: {error}") from error
        status, body = answer.status, answer.body
        if status in {400, 401, 403}:
            raise Refused(f"It answers with {status}: {body[:300].decode('utf-8', 'replace')}")
        if status != 200:
            raise Unreachable(f"It answers with {status}.")
        try:
            return msgspec.json.decode(body, type=dict[str, Any])
        except (msgspec.MsgspecError, UnicodeError) as error:
            raise Unreachable("It answers with something that is no JSON object.") from error


@cache
def of(provider: Provider) -> Client:
    """Return this process's client of a provider."""
    return Client(provider)


def _read_keys(said: dict[str, Any]) -> list[jwt.PyJWK]:
    try:
        found = jwt.PyJWKSet.from_dict(said).keys
    except (jwt.PyJWTError, TypeError, AttributeError, ValueError) as error:
        raise Unreachable(f"Its keys cannot be read ({error}).") from error
    return [key for key in found if key.public_key_use in {None, "sig"}]


def _named(keys: list[jwt.PyJWK], kid: object) -> jwt.PyJWK | None:
    fitting = [key for key in keys if kid is None or key.key_id == kid]
    return fitting[0] if len(fitting) == 1 else None
