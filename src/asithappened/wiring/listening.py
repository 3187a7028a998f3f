"""Binds the port that a server listens on.

Owns the sentences of a refusal. Never loads Django: the port is bound first, so that a mistyped one leaves no new home
behind.
"""

import errno
import socket


class PortRefused(Exception):
    """A port cannot be bound. The message says why and what to do."""


def listen(host: str, port: int, *, shared: bool = False) -> socket.socket:
    """Return a socket bound to a port. `shared`: several processes bind it, and the kernel distributes connections."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if shared:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        listener.bind((host, port))
    except BaseException:
        listener.close()
        raise
    listener.setblocking(False)
    return listener


def taken(host: str, port: int) -> socket.socket:
    """Return a socket bound to a port exclusively. Raises PortRefused."""
    where = f"{host}:{port}" if ":" not in host else f"[{host}]:{port}"
    try:
        return listen(host, port)
    except OSError as error:
        raise PortRefused(f"Cannot listen on {where}: {_why(error, port)}") from error


def _why(error: OSError, port: int) -> str:
    if error.errno in {errno.EACCES, errno.EPERM}:
        return (
            f"you may not. Nothing was changed. Ports below 1024 are the system's: choose a --port such as 8000 and "
            f"let a proxy pass port {port} on to it, or give the program the right to it (CAP_NET_BIND_SERVICE)."
        )
    if error.errno == errno.EADDRINUSE:
        return "somebody listens there already. Nothing was changed. Stop that, or choose another --port."
    if error.errno == errno.EADDRNOTAVAIL or isinstance(error, socket.gaierror):
        return "this machine has no such address. Nothing was changed. Choose a --host that it has, or 0.0.0.0 for all."
    return f"{error.strerror or error}. Nothing was changed. Choose another --host or --port."
