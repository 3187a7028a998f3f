"""Who may open a stream now: caps and a gentle start.

Owns the numbers. Streams are what is given up first under load: a reader who is refused polls a cached resource and
misses nothing. An editor's publish never asks here.
"""

import ipaddress
import random
import resource
import time
from collections import Counter
from collections.abc import Callable
from typing import Final

SPARE_FILES: Final = 300  # descriptors kept for pages, the database and the desk
MOST_FILES: Final = 1_000_000  # where the system sets no limit, memory does: 6 KB a reader
PER_ADDRESS: Final = 1_000  # of one address; an office or a carrier's NAT has hundreds, an attacker wants all
# After a restart everybody returns at once: at first a thousand a second are let in, and each second a thousand more.
START_A_SECOND: Final = 1_000
START_S: Final = 20.0
OVERLOADED_S: Final = 2.0  # a loop this late has too many streams already
RETRY_S: Final = (2, 10)  # seconds, by chance, so that those who were refused do not return together


class Admission:
    """The door of the streams of one process."""

    def __init__(
        self,
        *,
        total: int | None = None,
        per_address: int = PER_ADDRESS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take the cap from the open-file limit, unless it is given."""
        self.total = total or max(100, _files() - SPARE_FILES)
        self.open = 0
        self.shut = False
        self._per_address = per_address
        self._by_address: Counter[str] = Counter()
        self._clock = clock
        self._started = self._second = clock()
        self._this_second = 0

    def admit(self, address: str, *, lag_s: float = 0.0) -> bool:
        """Let one more stream in, or say no. Who was let in has to `leave`. `lag_s`: how late the loop runs."""
        now, address = self._clock(), _network(address)
        if now - self._second >= 1:
            self._second, self._this_second = now, 0
        age = now - self._started
        starting = age < START_S and self._this_second >= START_A_SECOND * (1 + int(age))
        # A proxy on this machine stands for all its readers; it has caps of its own.
        crowded = not _loopback(address) and self._by_address[address] >= self._per_address
        if self.shut or self.open >= self.total or starting or crowded or lag_s > OVERLOADED_S:
            return False
        self.open += 1
        self._this_second += 1
        if not _loopback(address):
            self._by_address[address] += 1
        return True

    def leave(self, address: str) -> None:
        """Let one stream go."""
        self.open -= 1
        address = _network(address)
        if not _loopback(address):
            self._by_address[address] -= 1
            if self._by_address[address] <= 0:
                del self._by_address[address]

    @staticmethod
    def retry_after() -> bytes:
        """Return how many seconds somebody who was refused should wait."""
        return b"%d" % random.randint(*RETRY_S)  # noqa: S311


def _files() -> int:
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MOST_FILES if soft == resource.RLIM_INFINITY else min(soft, MOST_FILES)


def _network(address: str) -> str:
    """Return whom an address stands for: of IPv6 a /64, since whoever has one address of it has them all."""
    if ":" not in address:
        return address
    try:
        v6 = ipaddress.IPv6Address(address)
    except ValueError:
        return address
    if v6.ipv4_mapped is not None:
        return str(v6.ipv4_mapped)
    return str(v6) if v6.is_loopback else str(ipaddress.IPv6Network((v6, 64), strict=False))


def _loopback(address: str) -> bool:
    return address.startswith("127.") or address in {"::1", ""}
