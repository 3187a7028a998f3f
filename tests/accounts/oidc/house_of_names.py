"""A provider of OpenID Connect for tests: honest unless a test makes it lie.

Owns its port, its keys and what each code is worth. The provider that somebody else wrote is in `tests/journeys`.
"""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec

CLIENT, SECRET = "as-it-happened", "a secret of both"


class Provider:
    """The provider's answers; `lies` override them."""

    def __init__(self, port: int) -> None:
        """Make a key."""
        self.issuer = f"http://127.0.0.1:{port}"
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.asked: list[str] = []
        self.forget()

    def forget(self) -> None:
        """Begin anew for the next test."""
        self.codes: dict[str, tuple[str, str, dict[str, Any]]] = {}
        self.metadata: dict[str, Any] = {}
        self.token: dict[str, Any] = {}
        self.userinfo: dict[str, Any] | None = None
        self.signed: str | None = None
        self.asked.clear()

    def code(self, asked: dict[str, str], claims: dict[str, Any]) -> str:
        """Return a code for a person of these claims, for whoever asked and nobody else."""
        code = f"code-{len(self.codes)}-{asked['state']}"
        self.codes[code] = (asked["code_challenge"], asked["nonce"], claims)
        return code

    def claims(self, nonce: str, claims: dict[str, Any]) -> dict[str, Any]:
        """Return a token's claims."""
        now = int(time.time())
        said = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": nonce}
        return {k: v for k, v in (said | claims | self.token).items() if v is not None}

    def answer(self, method: str, path: str, form: dict[str, str], authorization: str) -> tuple[int, Any]:
        """Return a status and JSON for one request."""
        self.asked.append(path)
        match method, path:
            case "GET", "/.well-known/openid-configuration":
                return 200, {
                    "issuer": self.issuer,
                    "authorization_endpoint": f"{self.issuer}/authorize",
                    "token_endpoint": f"{self.issuer}/token",
                    "jwks_uri": f"{self.issuer}/keys",
                    "userinfo_endpoint": "" if self.userinfo is None else f"{self.issuer}/userinfo",
                } | self.metadata
            case "GET", "/keys":
                public = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(self.key.public_key()))
                return 200, {"keys": [public | {"kid": "one", "alg": "ES256", "use": "sig"}]}
            case "POST", "/token":
                return self._token(form, authorization)
            case "GET", "/userinfo" if authorization == "Bearer access":
                return 200, self.userinfo
        return 404, {}

    def _token(self, form: dict[str, str], authorization: str) -> tuple[int, Any]:
        known = base64.b64encode(f"{CLIENT}:{SECRET.replace(' ', '+')}".encode()).decode()
        challenge, nonce, claims = self.codes.pop(form.get("code", ""), ("", "", {}))
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        fits = challenge == base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if authorization != f"Basic {known}" or not fits:
            return 400, {"error": "invalid_grant"}
        token = self.signed or jwt.encode(self.claims(nonce, claims), self.key, "ES256", headers={"kid": "one"})
        return 200, {"access_token": "access", "token_type": "Bearer", "id_token": token}


@contextmanager
def running() -> Iterator[Provider]:
    """Run a provider on a port of its own."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer("GET", {})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            self._answer("POST", {name: values[0] for name, values in parse_qs(body).items()})

        def _answer(self, method: str, form: dict[str, str]) -> None:
            path = urlsplit(self.path).path
            status, said = provider.answer(method, path, form, self.headers.get("Authorization", ""))
            body = said if isinstance(said, bytes) else json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        provider = Provider(server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield provider
        finally:
            server.shutdown()
            thread.join()
