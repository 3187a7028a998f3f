"""Sends small messages, one after another, over a kept connection, as web push needs; many of these run at once.

Owns the limits of an answer's bytes and of the whole exchange's time. Strangers named the addresses, so the guard
checks every connection; no redirects, no proxy, no cookies. Runs in a separate event loop, in a thread of the worker.
"""

import asyncio
import ssl
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Final

import httpcore
from msgspec import Struct

from asithappened.outbound.addresses import Guard
from asithappened.outbound.deadline import Deadline
from asithappened.outbound.errors import Failed
from asithappened.outbound.fetching import retry_after_s

ANSWER_BYTES: Final = 16 * 1024  # a push service's refusal has a few hundred


class Answer(Struct, frozen=True, kw_only=True):
    """An answer of any status. `again_in_s`: its Retry-After in seconds, 0.0 for none."""

    status: int
    again_in_s: float = 0.0


class Poster:
    """One connection, to the host that was written to last. `within_s`: seconds of one exchange.

    Concurrent messages need one Poster each, because a pool of many connections searches all of them at each request.
    """

    def __init__(self, guard: Guard, *, within_s: float) -> None:
        self._within_s = within_s
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=_tls(),
            network_backend=_GuardedNetwork(guard, within_s),
            max_connections=1,
            keepalive_expiry=30.0,
        )

    async def close(self) -> None:
        await self._pool.aclose()

    async def post(self, url: str, *, headers: Mapping[str, str], content: bytes) -> Answer:
        """Send one message. Raises Forbidden and Failed."""
        sent: list[tuple[bytes | str, bytes | str]] = [*headers.items(), ("content-length", str(len(content)))]
        try:
            async with (
                asyncio.timeout(self._within_s),
                self._pool.stream("POST", url, headers=sent, content=content) as answer,
            ):
                length = 0
                async for piece in answer.aiter_stream():
                    length += len(piece)
                    if length > ANSWER_BYTES:
                        raise Failed(f"Its answer is longer than {ANSWER_BYTES:,} bytes.")
                again = next((value for name, value in answer.headers if name.lower() == b"retry-after"), b"")
                return Answer(status=answer.status, again_in_s=retry_after_s(again.decode("latin-1")))
        except TimeoutError as error:
            raise Failed(f"It took longer than {self._within_s:g} seconds.") from error
        except (OSError, UnicodeError, httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise Failed(f"The connection failed ({type(error).__name__}: {error}).") from error


class _GuardedNetwork(httpcore.AsyncNetworkBackend):
    def __init__(self, guard: Guard, within_s: float) -> None:
        self._guard, self._within_s = guard, within_s
        self._network = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 -- httpcore's
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to a host by an address that was checked."""
        addresses = await asyncio.to_thread(self._guard.checked, host, port, Deadline(self._within_s))
        why: Exception | None = None
        for address in addresses:
            try:
                return await self._network.connect_tcp(str(address), port, timeout=timeout)
            except (OSError, httpcore.NetworkError) as error:
                why = error
        raise Failed(f"{host} does not answer ({why}).") from why


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()
