"""GRIP, the protocol between us and an edge (Pushpin, Fastly Fanout) that holds readers' streams for us.

Owns the setting, the signature that identifies an edge, the instruction to hold a stream, and the items. A client that
cannot sign is answered like any reader. An edge may hold only streams of live blogs that are running and for everyone.
Look next: publisher.py, which sends items; app.py, which answers an edge's requests for streams.
"""

import base64
import binascii
import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl, urlsplit

import jwt
import msgspec

from asithappened.delivery import documents, news, sse
from asithappened.delivery.documents import Document, Headers
from asithappened.delivery.room import HEARTBEAT_S
from asithappened.published.read import Blog, Frame, Part

# An edge that got nothing for a blog for so long asks what it may have missed. Pushpin has one such timer for all
# readers of a blog, so that a lost last event is at most twice this late. One request serves many readers who have the
# same event: a quiet blog costs six a minute for each hundred or so.
LINK_S: Final = 10
KEY_BYTES: Final = 32  # the shortest that is safe with HS256 (RFC 7518): a guessed key would let a stranger publish
SIGNED_FOR_S: Final = 60  # the lifetime of our signatures; we send at once
CLOCKS_S: Final = 30  # an edge's clock may differ from ours by so much; its signatures are valid for an hour
_KNOWN: Final = {"iss", "key", "verify-iss", "verify-key"}
_EXAMPLE: Final = "http://127.0.0.1:5561/?iss=newsroom&key=… (docs/operating.md has the recipe)"
_JSON: Final = msgspec.json.Encoder()


@dataclass(frozen=True, kw_only=True)
class Edge:
    """An edge: its address for items, how we sign these, and how it signs its requests."""

    url: str
    issuer: str
    key: bytes = field(repr=False)  # empty: what we send is not signed
    signer: str  # the issuer that its signature must name; "": any issuer with the key
    signer_key: bytes = field(repr=False)
    algorithm: str

    def signed(self, token: str) -> bool:
        """Say whether a Grip-Sig is this edge's, and still valid."""
        try:
            jwt.decode(
                token,
                self.signer_key,
                algorithms=[self.algorithm],  # ours only: the one that the token names may be an attacker's
                issuer=self.signer or None,
                leeway=CLOCKS_S,
                options={"require": ["exp"], "verify_aud": False},
            )
        except (jwt.PyJWTError, ValueError, RecursionError):
            return False
        return True

    def authorization(self) -> dict[str, str]:
        """Return the header that proves that items come from us."""
        if not self.key:
            return {}
        token = self.key.decode() if not self.issuer else ""  # Fastly's control port takes a token as it is
        claims = {"iss": self.issuer, "exp": int(time.time()) + SIGNED_FOR_S}
        return {"authorization": f"Bearer {token or jwt.encode(claims, self.key, algorithm='HS256')}"}


def edges(text: str) -> tuple[Edge, ...]:
    """Read ASITHAPPENED_GRIP_URL. Raises ValueError with a sentence that repeats no secret."""
    return tuple(_edge(url, number) for number, url in enumerate(re.split(r"[\s,]+", text.strip()), 1) if url)


def _edge(text: str, number: int) -> Edge:
    def refused(why: str) -> ValueError:
        return ValueError(f"ASITHAPPENED_GRIP_URL: edge {number} {why}. Write it like {_EXAMPLE}.")

    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise refused("is not an address") from None
    if parts.scheme not in {"http", "https"} or not host or parts.username is not None:
        raise refused("is not the address of an edge's control port")
    asked = {name.replace("_", "-"): value for name, value in parse_qsl(parts.query)}
    if unknown := sorted(asked.keys() - _KNOWN):
        raise refused(f"has a parameter {unknown[0]!r}, which nobody here knows")
    try:
        key = _key(asked.get("key", ""))
        signer_key = _key(asked.get("verify-key", "")) or key
    except ValueError:
        raise refused("has a key that says base64: and is not") from None
    algorithm = "HS256"
    if signer_key.lstrip().startswith(b"-----BEGIN"):
        algorithm = "ES256"
        try:
            jwt.get_algorithm_by_name(algorithm).prepare_key(signer_key)
        except (jwt.PyJWTError, ValueError, TypeError):
            raise refused("has a verify-key that is no public key of the curve P-256") from None
        if not asked.get("verify-iss"):
            # Fastly signs for all its customers with one key: without the name, any customer's edge would be accepted.
            raise refused("has a public verify-key and no verify-iss to say whose signature it has to be")
    if len(signer_key) < KEY_BYTES or (asked.get("iss") and 0 < len(key) < KEY_BYTES):
        raise refused(f"needs a key of {KEY_BYTES} bytes or more, such as `openssl rand -hex 32` makes")
    if key and not asked.get("iss") and not key.isascii():
        raise refused("has a key of bytes, and no iss to sign with it")
    return Edge(
        url=f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}/publish/",
        issuer=asked.get("iss", ""),
        key=key,
        signer=asked.get("verify-iss", ""),
        signer_key=signer_key,
        algorithm=algorithm,
    )


def _key(text: str) -> bytes:
    if not text.startswith("base64:"):
        return text.encode()
    try:
        # A + in an address that was not percent-encoded has become a space.
        return base64.b64decode(text.removeprefix("base64:").replace(" ", "+"), validate=True)
    except binascii.Error as error:
        raise ValueError(text) from error


# --- holding


def may_be_held(blog: Blog) -> bool:
    """Say whether an edge may hold a blog's streams: a public one that is running."""
    return blog.public and blog.status == "live"


def channel(blog: Blog) -> str:
    """Return the channel of a blog's log: it stays the same when the blog's address changes."""
    return f"live-{blog.id}-{blog.epoch}"


def answer(events_so_far: bytes, blog: Blog | None) -> Document:
    """Return the beginning of a stream, up to the blog's head, with the instruction to hold it; None: it ends there."""
    headers = [*documents.STREAM_MORE, *(_hold(blog) if blog is not None and may_be_held(blog) else ())]
    kind, cache = documents.EVENTS, documents.STREAM
    return Document(events_so_far, kind=kind, cache=cache, headers=headers, compress=False)


def _hold(blog: Blog) -> Headers:
    return [
        (b"grip-hold", b"stream"),
        (b"grip-channel", f"{channel(blog)}; prev-id={blog.epoch}-{blog.head}".encode()),
        # As a C string, since a header holds no line end.
        (b"grip-keep-alive", b"%b; format=cstring; timeout=%d" % (sse.HEARTBEAT.replace(b"\n", rb"\n"), HEARTBEAT_S)),
        (b"grip-link", f"</live/{blog.slug}/stream>; rel=next; timeout={LINK_S}".encode()),
    ]


def cursor(grip_last: str, blog: Blog) -> str:
    """Return the cursor in an edge's Grip-Last; "" if it is not of this log, which then leads to a reset."""
    name, _, parameter = grip_last.partition(";")
    key, _, last = parameter.strip().partition("=")
    return last if name.strip() == channel(blog) and key == "last-id" else ""


# --- publishing


def items(blog: Blog, frames: Sequence[Frame], parts: Iterable[Part]) -> list[bytes]:
    """Return one item for each event, with the id of the one before, so that an edge notices a missing item.

    Parts are in the last.
    """
    made = []
    for batch in news.batches(blog.epoch, frames, parts):
        item = {
            "channel": channel(blog),
            "id": f"{blog.epoch}-{batch.seq}",
            "prev-id": f"{blog.epoch}-{batch.seq - 1}",
            "formats": {"http-stream": {"content": batch.data.decode()}},
        }
        made.append(_JSON.encode(item))
    return made


def ask(blog: Blog) -> bytes:
    """Return the item after which an edge asks us about a blog.

    It names no event before it, so that an edge that checks ids asks at once, for its readers; any other ends their
    streams, and they return.
    """
    return _JSON.encode({"channel": channel(blog), "formats": {"http-stream": {"action": "close"}}})
