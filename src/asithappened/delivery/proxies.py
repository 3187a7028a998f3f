"""Who a request is from, when proxies stand in between.

Owns which hops are believed, and reading X-Forwarded-For from the right: each hop adds whom it was asked by, so the
first that is not one of ours is the reader, and everything left of it is what that reader liked to write.
Decided once for each request, in the protocol: caps, limits and Django's REMOTE_ADDR are of the same address.
"""

import ipaddress
from collections.abc import Iterable
from typing import Final

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

# Whoever connects from this machine is on it already, or comes through a proxy that runs here: the commonest way to
# serve TLS. Without this every reader of such a newsroom would be one address, with one limit for wrong passwords.
LOOPBACK: Final = ("127.0.0.0/8", "::1")
NOBODY: Final = "none"
FORWARDED: Final = frozenset(
    b"forwarded x-forwarded-for x-forwarded-host x-forwarded-port x-forwarded-proto x-real-ip".split()
)


class Proxies:
    """The hops whose word is taken."""

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
        """Say whether an address is a hop of ours. A socket that has no address is on this machine."""
        if not address:
            return True
        found = parsed(address)
        return found is not None and any(found in network for network in self._networks)

    def client(self, peer: str, forwarded_for: bytes) -> str:
        """Return the address that a request is from: the last hop that is not ours, or that ours could not name."""
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
    """Return an address, of IPv4 in IPv6 the inner one; None for what is none."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return None
    inner = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return inner or found


def network_of(address: str) -> str:
    """Return whom an address stands for: of IPv6 a /64, since whoever has one address of it has them all."""
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
