"""Whether one more stream is admitted now: limits, and a slow start.

Owns the numbers. Under load, streams are refused first: a reader without one polls a cached resource and misses
nothing. Publishing never asks here. Look next: connections.py, since each stream also has a place there.
"""

import logging
import random
import time
from collections import Counter
from collections.abc import Callable
from typing import Final

from asithappened.delivery.connections import kept, places
from asithappened.delivery.documents import Document, refusal
from asithappened.delivery.proxies import Proxies, network_of
from asithappened.delivery.refusals import RETRY_S

PER_ADDRESS: Final = 1_000  # of one address; an office or a carrier's NAT has hundreds, an attacker wants all
# After a restart all readers return at once: a thousand are admitted in the first second, and each second a thousand
# more than in the one before.
START_A_SECOND: Final = 1_000
START_S: Final = 20.0
OVERLOADED_S: Final = 2.0  # a loop this late has too many streams already
WARN_S: Final = 60.0  # between two warnings that an address has reached its limit

log = logging.getLogger("asithappened.delivery")


class Admission:
    """Counts the streams of one process."""

    def __init__(
        self,
        *,
        total: int | None = None,
        per_address: int = PER_ADDRESS,
        proxies: Proxies | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`total`: by default all places of the process without those kept for pages and for the signed in."""
        self.total = total or places() - 2 * kept(places())
        self.open = 0
        self.shut = False
        self._per_address, self._proxies = per_address, proxies or Proxies()
        self._warned_at = -WARN_S
        self._by_network: Counter[str] = Counter()
        self._clock = clock
        self._started = self._second = clock()
        self._this_second = 0

    def admits(self, address: str, *, lag_s: float = 0.0) -> bool:
        """Say whether one more stream would be admitted now. `lag_s`: how late the loop runs."""
        now, capped, network = self._clock(), not self._proxies.trusts(address), network_of(address)
        if now - self._second >= 1:
            self._second, self._this_second = now, 0
        age = now - self._started
        starting = age < START_S and self._this_second >= START_A_SECOND * (1 + int(age))
        # A proxy of ours that names no reader asks for all of its readers; it has limits of its own.
        crowded = capped and self._by_network[network] >= self._per_address
        if crowded:
            self._warn(network, now)
        return not (self.shut or self.open >= self.total or starting or crowded or lag_s > OVERLOADED_S)

    def admit(self, address: str, *, lag_s: float = 0.0) -> bool:
        """Admit one more stream, or return False. Each that was admitted must `leave`."""
        if not self.admits(address, lag_s=lag_s):
            return False
        self.open += 1
        self._this_second += 1
        if not self._proxies.trusts(address):
            self._by_network[network_of(address)] += 1
        return True

    def leave(self, address: str) -> None:
        """Count one stream less."""
        self.open -= 1
        if not self._proxies.trusts(address):
            network = network_of(address)
            self._by_network[network] -= 1
            if self._by_network[network] <= 0:
                del self._by_network[network]

    def _warn(self, network: str, now: float) -> None:
        if now - self._warned_at >= WARN_S:
            self._warned_at = now
            log.warning(
                "%s has %d streams, and gets no more. If it is a proxy of yours, name it in ASITHAPPENED_PROXIES.",
                network,
                self._per_address,
            )


def busy(words: str) -> Document:
    """Return a 503 that says when to ask again."""
    return refusal(503, words, headers=[(b"retry-after", b"%d" % random.randint(*RETRY_S))])  # noqa: S311
