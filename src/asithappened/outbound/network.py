"""httpcore's network backend: the guard checks every connection, and the deadline bounds every wait.

Redirects, retries and name servers' second answers pass here too, so that no caller has to check.
"""

import ssl
from collections.abc import Iterable
from typing import Any

import httpcore

from asithappened.outbound.addresses import Guard
from asithappened.outbound.deadline import Deadline


class GuardedNetwork(httpcore.NetworkBackend):
    """Connections for one fetch."""

    def __init__(self, guard: Guard, deadline: Deadline) -> None:
        self._guard, self._deadline = guard, deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to a host by an address that was checked."""
        return _Stream(self._guard.connect(host, port, self._deadline), self._deadline)


class _Stream(httpcore.NetworkStream):
    def __init__(self, connection: Any, deadline: Deadline) -> None:
        self._socket, self._deadline = connection, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        self._socket.settimeout(self._deadline.left())
        return bytes(self._socket.recv(max_bytes))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._socket.settimeout(self._deadline.left())
        try:
            self._socket.sendall(buffer)
        except OSError as error:
            # At this error httpcore still reads the answer of a server that did not read the whole request.
            raise httpcore.WriteError(f"{type(error).__name__}: {error}") from error

    def close(self) -> None:
        self._socket.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        self._socket.settimeout(self._deadline.left())
        return _Stream(ssl_context.wrap_socket(self._socket, server_hostname=server_hostname), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return None
