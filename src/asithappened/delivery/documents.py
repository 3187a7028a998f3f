"""A finished answer: bytes, compressed once, and their headers.

Owns the headers of everything readers get: caching by the kind of resource, security as for hostile text, no cookie, no
Vary but Accept-Encoding. An answer can also be a raw response, which the fast lane writes as it is.
"""

import gzip
import re
from collections.abc import Collection
from email.utils import formatdate
from functools import lru_cache
from pathlib import Path
from time import time
from typing import Final

import brotli

from asithappened.delivery.raw_response import OpenFile, RawResponse

Headers = list[tuple[bytes, bytes]]

PAGE: Final = b"public, s-maxage=2, stale-while-revalidate=10, stale-if-error=300"
# A document that is taken back whole answers 503 until it is made again: a cache must not give the old one instead.
WHOLE: Final = b"public, s-maxage=2, stale-while-revalidate=10"
OLDER: Final = b"public, max-age=2, s-maxage=60, stale-while-revalidate=60, stale-if-error=300"
# A segment never changes; if something is taken back, the new one has another address. A cache that gets no purge keeps
# what was erased for as long as this says. A herd of returning readers needs it for less.
SEGMENT: Final = b"public, max-age=0, s-maxage=300"
HEAD: Final = b"public, max-age=1, s-maxage=2, stale-while-revalidate=10"
FOREVER: Final = b"public, max-age=31536000, immutable"
HOUR: Final = b"public, max-age=3600"
# A former address may become the current one again: a redirect that was cached for long would then lead in a circle.
MOVED: Final = b"public, max-age=0, s-maxage=60"
NO_STORE: Final = b"no-store"
MEDIA: Final = b"public, max-age=300"  # a withdrawn picture is gone from every cache by then
MEMBERS: Final = b"private, no-store"

HTML: Final = b"text/html; charset=utf-8"
SVG: Final = b"image/svg+xml"
JSON: Final = b"application/json; charset=utf-8"
TEXT: Final = b"text/plain; charset=utf-8"
EVENTS: Final = b"text/event-stream; charset=utf-8"

NO_INDEX: Final[Headers] = [(b"x-robots-tag", b"noindex")]
STREAM: Final = b"no-store, no-transform"
STREAM_MORE: Final[Headers] = [(b"x-accel-buffering", b"no"), (b"x-robots-tag", b"noindex")]

# A page of strangers' words may run our scripts, talk to this host, show pictures, and play our own films. Embedded
# content never runs in it: it is framed when a reader asks for it, from listed origins. A picture elsewhere is fetched
# when a reader asks for it, and then from any https address.
_CSP: Final = (
    b"default-src 'none'; script-src 'self'%(own)b; style-src 'self'%(own)b; img-src 'self'%(media)b https: data:;"
    b" media-src 'self'%(media)b%(own)b; font-src 'self'%(own)b; connect-src 'self'%(own)b;"
    b" base-uri 'none'; form-action 'self'; frame-ancestors 'self'%(shown)b"
)
_PAGE_HEADERS: Final[Headers] = [
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
]
# An answer that is no page shows and runs nothing if it is opened as one. A picture in SVG contains styles.
_NOTHING: Final = b"default-src 'none'; frame-ancestors 'none'"
ALONE: Final = b"sandbox; default-src 'none'"
_DRAWING: Final = b"default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
STREAM_HEADERS: Final[Headers] = [
    (b"content-type", EVENTS),
    (b"cache-control", STREAM),
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", _NOTHING),
    *STREAM_MORE,
]
# A month, like Django's; only if the installation's own address is https, whichever proxy terminates TLS.
HSTS: Final[Headers] = [(b"strict-transport-security", b"max-age=2592000")]
_REASONS: Final = {
    200: b"OK",
    206: b"Partial Content",
    304: b"Not Modified",
    308: b"Permanent Redirect",
    303: b"See Other",
    400: b"Bad Request",
    403: b"Forbidden",
    404: b"Not Found",
    405: b"Method Not Allowed",
    408: b"Request Timeout",
    410: b"Gone",
    413: b"Content Too Large",
    416: b"Range Not Satisfiable",
    429: b"Too Many Requests",
    431: b"Request Header Fields Too Large",
    503: b"Service Unavailable",
}
# Below this a compressed answer saves no packet: an Ethernet frame carries 1,460 bytes.
_WORTH_COMPRESSING: Final = 1_000
IDENTITY, GZIP, BROTLI = b"", b"gzip", b"br"
_ACCEPT_BYTES: Final = 500  # of Accept-Language; browsers send a tenth of that
_WEIGHT: Final = re.compile(r"[01](\.[0-9]{0,3})?", re.ASCII)
OPEN_BYTES: Final = 256 * 1024  # an open file counts as so many in a cache, at least


@lru_cache(maxsize=256)
def page_policy(
    media: str, frames: tuple[str, ...] = (), embedders: tuple[str, ...] = (), origins: tuple[str, ...] = ()
) -> bytes:
    """Return a page's Content-Security-Policy.

    `media`: the address of pictures and films, "" for its own; `frames`: origins that it may frame; `embedders`: those
    whose pages may frame it; `origins`: the house's own, whose scripts, styles and films it may use.
    """
    shown = "".join(f" {origin}" for origin in embedders) + ("; frame-src " + " ".join(frames) if frames else "")
    also = {b"media": f" {media}" if media else "", b"own": "".join(f" {one}" for one in origins), b"shown": shown}
    return _CSP % {name: value.encode() for name, value in also.items()}


class Document:
    """One answer. `version`: of its room or row; it is served only while that has this version."""

    __slots__ = (
        "_date", "_raw_responses", "bodies", "etag", "file", "headers", "length", "opened", "size", "status", "version",
    )  # fmt: skip

    def __init__(
        self,
        body: bytes,
        *,
        kind: bytes,
        cache: bytes,
        etag: bytes = b"",
        status: int = 200,
        version: int = 0,
        headers: Headers | None = None,
        compress: bool = True,
        compressed: bytes = b"",
        policy: bytes = b"",
        file: Path | None = None,
        length: int = 0,
        opened: OpenFile | None = None,
    ) -> None:
        """Make an answer and compress it, which takes milliseconds: in a thread, not on the loop.

        `compressed`: the body as Brotli, if that is known already. `policy`: instead of the policy of its kind. `file`,
        `length`: of a body that is too large for memory, and is sent from the disk. `opened`: a file with the bytes of
        `body`, which is not compressed then.
        """
        self.file, self.length = file, length or len(body)
        self.status, self.etag, self.version = status, etag, version
        self.bodies = {IDENTITY: body}
        if compress and len(body) > _WORTH_COMPRESSING:
            # Levels: 4 of Brotli and 6 of gzip make 60 KB of page in about 1 ms each; their best would take 100.
            self.bodies[BROTLI] = compressed or brotli.compress(body, quality=4, mode=brotli.MODE_TEXT)
            self.bodies[GZIP] = gzip.compress(body, 6, mtime=0)
        self.headers = [(b"content-type", kind), (b"cache-control", cache), (b"x-content-type-options", b"nosniff")]
        if kind == HTML:
            self.headers += [(b"content-security-policy", policy or page_policy("")), *_PAGE_HEADERS]
        else:
            policy = policy or (_DRAWING if kind == SVG else _NOTHING)
            self.headers.append((b"content-security-policy", policy))
        if etag:
            self.headers.append((b"etag", etag))
        if len(self.bodies) > 1:
            self.headers.append((b"vary", b"Accept-Encoding"))
        self.headers += headers or []
        self.opened = opened
        # Twice, because most are also held as raw responses. An open file's body is held once, but takes a descriptor,
        # which is scarcer than memory.
        self.size = 2 * sum(map(len, self.bodies.values())) if opened is None else max(len(body), OPEN_BYTES)
        self._raw_responses: dict[tuple[bytes, bool, bool, bool, bytes], RawResponse] = {}
        self._date = 0

    def answer(self, encoding: bytes, *, unchanged: bool) -> tuple[int, Headers, bytes]:
        """Return status, headers and body in an encoding. `unchanged`: the client has it already, and gets a 304."""
        if encoding not in self.bodies:
            encoding = IDENTITY
        own = self._headers_in(encoding)
        if unchanged:
            dropped = (b"content-type",)
            return 304, [header for header in own if header[0] not in dropped], b""
        body = self.bodies[encoding]
        headers = [*own, (b"content-length", b"%d" % (len(body) if self.file is None else self.length))]
        if encoding:
            headers.append((b"content-encoding", encoding))
        return self.status, headers, body

    def _headers_in(self, encoding: bytes) -> Headers:
        """Return the headers. A strong ETag names bytes, so each encoding has one of its own (RFC 9110, 8.8.3.3)."""
        if not encoding or not self.etag.startswith(b'"'):
            return self.headers
        return [(name, _in(value, encoding) if name == b"etag" else value) for name, value in self.headers]

    def raw_response(
        self, encoding: bytes, *, unchanged: bool, without_body: bool, close: bool = False, more: bytes = b""
    ) -> RawResponse:
        """Return the whole answer as bytes of HTTP, made again at most once a second, because it has the date.

        `more`: header lines of every answer of the installation.
        """
        now = int(time())
        if now != self._date:
            self._raw_responses.clear()
            self._date = now
        if encoding not in self.bodies:
            encoding = IDENTITY
        key = (encoding, unchanged, without_body, close, more)
        made = self._raw_responses.get(key)
        if made is None:
            status, headers, body = self.answer(encoding, unchanged=unchanged)
            lines = [b"HTTP/1.1 %d %b\r\n" % (status, _REASONS[status])]
            lines.append(b"date: %b\r\n" % formatdate(now, usegmt=True).encode())
            lines += [b"%b: %b\r\n" % header for header in headers]
            lines += [more, b"connection: close\r\n" if close else b"", b"\r\n"]
            if self.opened is not None and body and not without_body:
                made = RawResponse(b"".join(lines), body, self.opened)
            else:
                made = RawResponse(b"".join([*lines, b"" if without_body else body]))
            self._raw_responses[key] = made
        return made

    def close(self) -> None:
        """Close the open file, if any, of an evicted document: a response that is being sent continues from memory."""
        if self.opened is not None:
            self.opened.close()

    def had_by(self, if_none_match: bytes) -> bool:
        """Say whether an If-None-Match names this document, by weak comparison, as RFC 9110 demands for a 304."""
        if not self.etag or not if_none_match or self.status != 200:
            return False
        bare = self.etag.removeprefix(b"W/")
        known = {b"*", bare, *(_in(bare, encoding) for encoding in self.bodies if encoding)}
        return any(tag.strip().removeprefix(b"W/") in known for tag in if_none_match.split(b","))


def _in(etag: bytes, encoding: bytes) -> bytes:
    return b'%b-%b"' % (etag[:-1], encoding)


def lines(headers: Headers) -> bytes:
    """Return headers as bytes of HTTP."""
    return b"".join(b"%b: %b\r\n" % header for header in headers)


def encoding_for(accept: bytes) -> bytes:
    """Choose the encoding for an Accept-Encoding: Brotli, else gzip, else none. Weights count only if they say no."""
    if not accept:
        return IDENTITY
    accepted = {}
    for item in accept.lower().split(b","):
        name, _, weight = item.partition(b";")
        accepted[name.strip()] = weight.replace(b" ", b"") not in {b"q=0", b"q=0.0", b"q=0.00", b"q=0.000"}
    for encoding in (BROTLI, GZIP):
        if accepted.get(encoding, False):
            return encoding
    return IDENTITY


def language_for(accept: bytes, known: Collection[str], usual: str) -> str:
    """Choose a language for an Accept-Language: the first of the most wanted that is known, or else the usual one."""
    wanted = list[tuple[float, str]]()
    for item in accept[:_ACCEPT_BYTES].decode("latin-1").lower().split(","):
        tag, _, weight = item.partition(";")
        value = weight.replace(" ", "").removeprefix("q=") or "1"
        if (language := tag.strip().split("-")[0]) in known and _WEIGHT.fullmatch(value) and float(value):
            wanted.append((float(value), language))
    return max(wanted, key=lambda one: one[0])[1] if wanted else usual


def refusal(status: int, words: str = "", *, page: bytes = b"", headers: Headers | None = None) -> Document:
    """Return a refusal as a page with a sentence, or as a finished page, which no cache stores."""
    if not page:
        reason = _REASONS[status].decode()
        page = (
            '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
            f'<title>{reason}</title><link rel="icon" href="data:,"><body><h1>{reason}</h1><p>{words}</p></body></html>'
            "\n"
        ).encode()
    return Document(page, kind=HTML, cache=NO_STORE, status=status, headers=headers, compress=False)


def not_found(page: bytes, policy: bytes = b"") -> Document:
    """Return the 404, the same bytes for what does not exist and for what the client may not know of."""
    if not page:
        return refusal(404, "There is no such page.")
    return Document(page, kind=HTML, cache=NO_STORE, status=404, compress=False, policy=policy)


def redirect(path: str, *, status: int = 308, cache: bytes = HOUR, headers: Headers | None = None) -> Document:
    """Return a redirect. The path is ours: nothing of the request is copied into it unchecked."""
    fixed = [(b"location", path.encode()), *(headers or [])]
    return Document(b"", kind=HTML, cache=cache, status=status, headers=fixed, compress=False)
