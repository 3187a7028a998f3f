"""Fetches one address, with limits on time, bytes and redirects, and without cookies or other context.

Blocks: called from the worker or a thread of the desk.
"""

import ssl
import time
import zlib
from collections.abc import Iterable, Iterator
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Final
from urllib.parse import quote, urljoin, urlsplit

import httpcore
from msgspec import Struct

from asithappened.core import urls
from asithappened.outbound.addresses import Guard
from asithappened.outbound.deadline import Deadline
from asithappened.outbound.errors import Failed, Forbidden
from asithappened.outbound.network import GuardedNetwork

REDIRECTS: Final = 3
WITHIN_S: Final = 5.0
PAGE_BYTES: Final = 2_000_000  # decompressed; a page's head, an oEmbed answer and a feed are far smaller
_AGENT: Final = "AsItHappened/0.1 (live coverage; fetches what an editor named)"
_REDIRECTED: Final = frozenset((301, 302, 303, 307, 308))
_PIECE: Final = 64 * 1024


class Fetched(Struct, frozen=True, kw_only=True):
    """An answer. `url`: its address after redirects; `media_type`: in lower case, without parameters."""

    url: str
    media_type: str
    charset: str
    body: bytes


def fetch(
    url: str,
    *,
    guard: Guard,
    accept: str = "*/*",
    at_most: int = PAGE_BYTES,
    within_s: float = WITHIN_S,
) -> Fetched:
    """Fetch an address, and follow its redirects. Raises Forbidden and Failed.

    `at_most`: bytes of the answer, decompressed; `within_s`: seconds in all.
    """
    deadline = Deadline(within_s)
    for _ in range(REDIRECTS + 1):
        if not urls.is_url(url):
            raise Forbidden(f"{url[:200]!r} is not an address of the web (https://…), so nothing was asked of it.")
        answer = _asked(url, guard, accept, at_most, deadline)
        if isinstance(answer, Fetched):
            return answer
        url = _onward(url, answer)
    raise Failed(f"It leads on to another address more than {REDIRECTS} times.")


def _asked(url: str, guard: Guard, accept: str, at_most: int, deadline: Deadline) -> Fetched | str:
    """Return the answer of one address, or the address that it redirects to."""
    network = GuardedNetwork(guard, deadline)
    headers: list[tuple[bytes | str, bytes | str]] = [
        ("user-agent", _AGENT),
        ("accept", accept),
        ("accept-encoding", "gzip"),
    ]
    try:
        with (
            httpcore.ConnectionPool(ssl_context=_tls(), network_backend=network, max_connections=1) as pool,
            pool.stream("GET", _in_ascii(url), headers=headers) as answer,
        ):
            # No standard allows letters outside of ASCII in this header; servers that send them use UTF-8.
            found = {name.decode("latin-1").lower(): value.decode("utf-8", "replace") for name, value in answer.headers}
            if answer.status in _REDIRECTED and (onward := found.get("location")):
                return onward
            if answer.status != 200:
                raise Failed(
                    f"It answers with {answer.status}.",
                    status=answer.status,
                    again_in_s=retry_after_s(found.get("retry-after", "")),
                )
            body = b"".join(_decoded(answer.iter_stream(), found.get("content-encoding", "").lower(), at_most))
    except (OSError, httpcore.NetworkError, httpcore.ProtocolError) as error:
        deadline.left()
        raise Failed(f"The connection failed ({type(error).__name__}: {error}).") from error
    media_type, _, parameters = found.get("content-type", "").partition(";")
    _, _, charset = parameters.lower().partition("charset=")
    return Fetched(
        url=url,
        media_type=media_type.strip().lower(),
        charset=charset.partition(";")[0].strip(" \"'"),
        body=body,
    )


def _onward(url: str, to: str) -> str:
    """Return the absolute address of a redirect. Raises Failed if it is invalid."""
    try:
        return urljoin(url, to)
    except ValueError as error:  # "http://[::1"
        raise Failed("It leads on to something that is no address.") from error


def retry_after_s(said: str) -> float:
    """Return the seconds of a Retry-After, which is a number or a date; 0.0 for none, or a past one."""
    if said.strip().isdecimal():
        return float(said.strip()[:9])
    try:
        return max(0.0, parsedate_to_datetime(said).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return 0.0


def _in_ascii(url: str) -> str:
    """Return an address as it is sent: its host in IDNA, other letters percent-encoded."""
    if url.isascii():
        return url
    parts = urlsplit(url)
    try:
        host = (parts.hostname or "").encode("idna").decode()
    except UnicodeError as error:
        raise Forbidden(f"{parts.hostname!r} is not the name of a host, so nothing was asked of it.") from error
    host = f"[{host}]" if ":" in host else host
    netloc = f"{host}:{parts.port}" if parts.port else host
    return quote(parts._replace(netloc=netloc).geturl(), safe="%/:?#[]@!$&'()*+,;=~")


def _decoded(pieces: Iterable[bytes], encoding: str, at_most: int) -> Iterator[bytes]:
    """Yield a body's bytes, decompressed and counted as they arrive, so that a compression bomb stops at the limit.

    Counted compressed too: gzip can hold long data that decompresses to nothing, inside a member and after its end.
    """
    if encoding not in {"", "identity", "gzip"}:
        raise Failed(f"It answers in an encoding that was not asked for ({encoding[:40]}).")
    arrived = _counted(pieces, at_most)
    return _counted(_inflated(arrived), at_most) if encoding == "gzip" else arrived


def _counted(pieces: Iterable[bytes], at_most: int) -> Iterator[bytes]:
    total = 0
    for piece in pieces:
        total += len(piece)
        if total > at_most:
            raise Failed(f"Its answer is longer than {at_most:,} bytes.")
        yield piece


def _inflated(pieces: Iterable[bytes]) -> Iterator[bytes]:
    inflate = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        for piece in pieces:
            waiting = piece
            while waiting and not inflate.eof:
                yield inflate.decompress(waiting, _PIECE)
                waiting = inflate.unconsumed_tail
        yield inflate.flush()
    except zlib.error as error:
        raise Failed("What it answers cannot be decompressed.") from error
    if not inflate.eof:
        raise Failed("What it answers was cut short.")


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()
