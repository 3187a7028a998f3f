"""Sends a request to a service that the operator named in the settings, which may be on any network.

Owns the limits of its answer. No redirects, no proxy, no kept connections. Without TLS (http) only the newsroom's own
networks are allowed. Only for addresses from the environment: tests/house/test_connections.py lists the callers.
"""

import ssl
from collections.abc import Mapping
from functools import cache
from typing import Final

import httpcore
from msgspec import Struct

from asithappened.outbound.addresses import Guard
from asithappened.outbound.deadline import Deadline
from asithappened.outbound.errors import Failed
from asithappened.outbound.network import GuardedNetwork

# This machine, private networks, and CGNAT's addresses, which overlay networks use.
_OWN: Final = ("127.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7")

_ANYWHERE: Final = Guard(["0.0.0.0/0", "::/0"])
_OWN_NETWORKS: Final = Guard(_OWN, public=False)


class Answered(Struct, frozen=True):
    """An answer, whatever its status."""

    status: int
    body: bytes


def ask_configured(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str],
    content: bytes = b"",
    within_s: float,
    at_most: int,
) -> Answered:
    """Send a request to an address that the operator named. Raises Forbidden and Failed.

    `at_most`: bytes of the answer; `within_s`: seconds in all.
    """
    deadline = Deadline(within_s)
    guard = _ANYWHERE if url.lower().startswith("https:") else _OWN_NETWORKS
    sent: list[tuple[bytes | str, bytes | str]] = [*headers.items()]
    if content:
        sent.append(("content-length", str(len(content))))
    try:
        with (
            httpcore.ConnectionPool(
                ssl_context=_tls(), network_backend=GuardedNetwork(guard, deadline), max_connections=1
            ) as pool,
            pool.stream(method, url, headers=sent, content=content) as answer,
        ):
            body = bytearray()
            for piece in answer.iter_stream():
                body += piece
                if len(body) > at_most:
                    raise Failed(f"Its answer is longer than {at_most:,} bytes.")
            return Answered(answer.status, bytes(body))
    except (OSError, UnicodeError, httpcore.NetworkError, httpcore.ProtocolError) as error:
        deadline.left()
        raise Failed(f"The connection failed ({type(error).__name__}: {error}).") from error


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()
