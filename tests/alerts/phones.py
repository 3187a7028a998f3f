"""A push service of the tests' own: takes messages over HTTP as the real ones do, and hands them to its phones.

Owns both ends that are not ours: a `Phone` has the keys of a browser and decrypts by them (written from RFC 8291 alone,
sharing nothing with `alerts.encryption`), so that what arrives is what was meant; the service checks who sends (RFC
8292) and that every header is there, and can be gone, busy, silent or broken for a phone, as the first part of its
endpoint says.
"""

import base64
import json
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def from_base64url(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Phone:
    """A browser on somebody's phone."""

    def __init__(self, key: ec.EllipticCurvePrivateKey | None = None, auth: bytes | None = None) -> None:
        self.key, self.auth = key or ec.generate_private_key(ec.SECP256R1()), auth or os.urandom(16)
        self.p256dh = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def read(self, content: bytes) -> bytes:
        """Return what a message says. Raises InvalidTag for one that is for another."""
        salt, length, sender = content[:16], content[20], content[21 : 21 + content[20]]
        assert int.from_bytes(content[16:20]) == 4096
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
        shared = self.key.exchange(ec.ECDH(), theirs)
        key = HKDF(SHA256(), 32, self.auth, b"WebPush: info\0" + self.p256dh + sender).derive(shared)
        content_key = HKDF(SHA256(), 16, salt, b"Content-Encoding: aes128gcm\0").derive(key)
        nonce = HKDF(SHA256(), 12, salt, b"Content-Encoding: nonce\0").derive(key)
        plain = AESGCM(content_key).decrypt(nonce, content[21 + length :], None).rstrip(b"\0")
        assert plain.endswith(b"\x02")
        return plain[:-1]


@dataclass(frozen=True)
class Arrived:
    """A message for a phone, with the headers that it came with, in lower case."""

    phone: str
    headers: dict[str, str]
    content: bytes
    at: datetime = field(default_factory=lambda: datetime.now(UTC))


@dataclass
class PushService:
    """A push service on this machine. `answers`: what a phone's messages are answered, by how its name begins.

    `when_asked`: called with the phone's name before a message is answered.
    """

    answers: dict[str, tuple[int, dict[str, str]]] = field(default_factory=dict)
    arrived: list[Arrived] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    let_go: threading.Event = field(default_factory=threading.Event)
    when_asked: Callable[[str], object] = lambda phone: None

    def __post_init__(self) -> None:
        service = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                content = self.rfile.read(int(self.headers["content-length"]))
                phone = self.path.removeprefix("/push/")
                service.asked.append(phone)
                service.when_asked(phone)
                kind = phone.partition("-")[0]
                if kind == "never":
                    service.let_go.wait()
                status, more = service.answers.get(kind, (201, {}))
                if status == 201:
                    headers = {name.lower(): value for name, value in self.headers.items()}
                    service.checked(headers)
                    service.arrived.append(Arrived(phone, headers, content))
                self.send_response(status)
                for name, value in {"content-length": "0", **more}.items():
                    self.send_header(name, value)
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def checked(self, headers: dict[str, str]) -> None:
        """Check who sends, and that the message can be kept for a phone that is off."""
        scheme, _space, rest = headers["authorization"].partition(" ")
        given = dict(part.strip().split("=", 1) for part in rest.split(","))
        point = from_base64url(given["k"])
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        claims = jwt.decode(given["t"], key, algorithms=["ES256"], audience=self.origin, options={"require": ["exp"]})
        assert scheme == "vapid"
        assert claims["sub"].startswith(("https:", "mailto:", "http:"))
        assert headers["content-encoding"] == "aes128gcm"
        assert int(headers["ttl"]) > 0
        assert headers["urgency"] in {"very-low", "low", "normal", "high"}
        assert 0 < len(headers["topic"]) <= 32

    def subscription(self, phone: Phone, name: str) -> dict[str, str]:
        """Return what the phone's browser hands over."""
        keys = {"p256dh": base64url(phone.p256dh), "auth": base64url(phone.auth)}
        return {"endpoint": f"{self.origin}/push/{name}", **keys}

    def told(self, phone: Phone, name: str) -> list[dict[str, Any]]:
        """Return the notifications that arrived at a phone."""
        mine = [one.content for one in self.arrived if one.phone == name]
        return [json.loads(phone.read(content))["notification"] for content in mine]

    def close(self) -> None:
        self.let_go.set()
        self._server.shutdown()
        self._server.server_close()
