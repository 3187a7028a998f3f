"""Decides which network addresses may be connected to, and connects to a checked one.

Owns the list of addresses that are not public, from the registries of special addresses: `ipaddress.is_global` is wrong
about several of them before Python 3.11.10. A name is resolved once, all of its addresses are checked, and the
connection goes to a checked one, so that a name server's second answer changes nothing.
"""

import socket
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

from asithappened.outbound.deadline import Deadline
from asithappened.outbound.errors import Failed, Forbidden

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
Resolve = Callable[[str, int], list[str]]

PORTS: Final = frozenset((80, 443))

# IANA's registries of special-purpose addresses, and what is not unicast.
_NOT_PUBLIC_4: Final = [
    IPv4Network(one)
    for one in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16"),
        *("192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
    )
]
_PUBLIC_6: Final = IPv6Network("2000::/3")
# Documentation, benchmarks, ORCHID, AS112; and ranges that embed an IPv4 address (Teredo, 6to4), which would have to be
# checked in turn. Those outside of 2000::/3, such as NAT64's and IPv4-mapped ones, are not public anyway.
_NOT_PUBLIC_6: Final = [
    IPv6Network(one) for one in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")
]

# A silent name server blocks a thread until the system's timeout, so lookups run in these and not in a caller's thread.
_RESOLVING: Final = ThreadPoolExecutor(max_workers=4, thread_name_prefix="resolve")


def is_public(address: Address) -> bool:
    """Say whether an address belongs to the public internet."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _NOT_PUBLIC_4)
    return address in _PUBLIC_6 and not any(address in network for network in _NOT_PUBLIC_6)


class Guard:
    """Allows connections to public addresses at ports 80 and 443, and to networks that the operator opened."""

    def __init__(self, opened: Iterable[str] = (), *, public: bool = True, resolve: Resolve | None = None) -> None:
        """Open some networks ("10.1.0.0/16"), at any port. Raises ValueError for an invalid one.

        `public`: whether public addresses are allowed too; `resolve`: returns the addresses of a name; the system's
        resolver by default.
        """
        self._public = public
        self._opened: Sequence[Network] = [ip_network(one) for one in opened]
        self._resolve = resolve or _by_system

    def connect(self, host: str, port: int, deadline: Deadline) -> socket.socket:
        """Return a connection to a host. Raises Forbidden if any of its addresses may not be connected to; Failed."""
        why: OSError | None = None
        for address in self.checked(host, port, deadline):
            try:
                return socket.create_connection((str(address), port), timeout=deadline.left())
            except OSError as error:
                why = error
        raise Failed(f"{host} does not answer ({why}).") from why

    def checked(self, host: str, port: int, deadline: Deadline) -> list[Address]:
        """Return a host's addresses, if all of them may be connected to. Raises Forbidden and Failed. Blocks."""
        addresses = self._resolved(host, port, deadline)
        if not all(self._allows(address, port) for address in addresses):
            what = "a public web address" if self._public else "on a network that may be asked in clear"
            raise Forbidden(f"{host} at port {port} is not {what}, so nothing was asked of it.")
        return addresses

    def _allows(self, address: Address, port: int) -> bool:
        if any(address in network for network in self._opened):
            return True
        return self._public and port in PORTS and is_public(address)

    def _resolved(self, host: str, port: int, deadline: Deadline) -> list[Address]:
        looking = _RESOLVING.submit(self._resolve, host, port)
        try:
            found = looking.result(timeout=deadline.left())
        except TookTooLong:
            looking.cancel()
            raise Failed(f"The address of {host} could not be found in time.") from None
        except (OSError, UnicodeError) as error:
            raise Failed(f"There is no host called {host}.") from error
        # An address with a scope ("fe80::1%eth0") is never public.
        return list(dict.fromkeys(ip_address(one.partition("%")[0]) for one in found))


def _by_system(host: str, port: int) -> list[str]:
    return [str(sockaddr[0]) for *_, sockaddr in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
