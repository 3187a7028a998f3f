"""The client's address behind proxies.

Owns which proxies are trusted, and reading X-Forwarded-For from the right: each hop adds the address that it was asked
by, so that the first address that is not ours is the reader's, and the reader can have written everything left of it.
Decided once for each request, in the protocol: limits and Django's REMOTE_ADDR use the same address.
"""

import ipaddress
from collections.abc import Iterable
from typing import Final

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

# A connection from this machine is local, or a proxy's that runs here, which is the most frequent way to serve TLS.
# Without this all readers of such a newsroom would be one address, with one limit for wrong passwords.
LOOPBACK: Final = ("127.0.0.0/8", "::1")
NOBODY: Final = "none"
FORWARDED: Final = frozenset(
    b"forwarded x-forwarded-for x-forwarded-host x-forwarded-port x-forwarded-proto x-real-ip".split()
)


class Proxies:
    """The trusted proxies."""

    def __init__(self, networks: Iterable[str] = LOOPBACK) -> None:
        """Take addresses and networks. Raises ValueError for what is neither."""
        self._networks: tuple[Network, ...] = tuple(ipaddress.ip_network(text) for text in networks)

    @classmethod
    def named(cls, text: str) -> "Proxies":
        """Read the setting: addresses and networks between spaces, `none`, or nothing for this machine alone."""
        words = text.split()
        try:
            return cls(() if words == [NOBODY] else words or LOOPBACK)
        except ValueError as error:
            raise ValueError(
                f"ASITHAPPENED_PROXIES is addresses and networks between spaces, or none: {error}."
            ) from error

    def trusts(self, address: str) -> bool:
        """Say whether an address is a trusted proxy's. A socket without an address is on this machine."""
        if not address:
            return True
        found = parsed(address)
        return found is not None and any(found in network for network in self._networks)

    def client(self, peer: str, forwarded_for: bytes) -> str:
        """Return the client's address: the last that no trusted proxy has, or the last that can be read."""
        address = peer
        for hop in reversed(forwarded_for.split(b",")):
            if not self.trusts(address):
                break
            found = parsed(_without_port(hop.decode("latin-1").strip()))
            if found is None:
                break
            address = str(found)
        return address


def parsed(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Parse an address; of IPv4 in IPv6 return the IPv4 address. None if it is invalid."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return None
    inner = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return inner or found


def network_of(address: str) -> str:
    """Return the network that limits count by: an IPv4 address, or an IPv6 /64, all of which one client can use."""
    if ":" not in address:
        return address
    found = parsed(address)
    if isinstance(found, ipaddress.IPv6Address) and not found.is_loopback:
        return str(ipaddress.IPv6Network((found, 64), strict=False))
    return address if found is None else str(found)


def _without_port(hop: str) -> str:
    """Return a hop without the port that some proxies add: `192.0.2.1:4711`, `[2001:db8::1]:4711`."""
    if hop.startswith("["):
        return hop[1:].partition("]")[0]
    return hop.partition(":")[0] if hop.count(":") == 1 else hop
