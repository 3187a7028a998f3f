"""How many connections there may be: in all, of one address, and of those who are not signed in.

Owns one process's places, each of which is a descriptor. When they run short, those who do nothing go first; a few are
kept for who is signed in, and a stranger who finds the rest taken has a moment to turn out to be one.
Look next: guard.py, which is a connection; admission.py for streams, which are counted there again.
"""

import itertools
import resource
from asyncio import AbstractEventLoop, Transport
from collections import Counter
from typing import Final, Protocol

from asithappened.delivery import refusals
from asithappened.delivery.proxies import Proxies, network_of

SPARE_FILES: Final = 300  # descriptors kept for the database, the desk's threads and static files
ARRIVALS: Final = 4_096  # most that the kernel is to hand over in one go, before any of them can be closed
MOST_FILES: Final = 1_000_000  # where the system sets no limit, memory does: 6 KB a reader
KEPT: Final = 500  # places for who is signed in, and as many for documents beside the streams
PER_NETWORK: Final = 2_000  # connections of one address or /64: twice its streams, so that pages go on
PROBATION_S: Final = 3.0  # for a stranger in a kept place to send a head that says who is there
HURRY_S: Final = 0.1  # of it, where the kept places are taken too: a browser sends its head at once
IDLE_S: Final = 3.0  # whoever does nothing for this long makes room when places are wanted
AT_ONCE: Final = 64  # that make room at once
LOOK_S: Final = 0.25  # between two looks for idle ones: each looks at all


class Connection(Protocol):
    """What has a place: a connection that can say since when it is idle, and can be refused."""

    loop: AbstractEventLoop
    transport: Transport
    peer: str  # who is connected
    address: str  # whom its newest request is from
    made_at: float
    signed_in: bool
    probation: bool

    def on_probation(self) -> None:
        """Have a place only for whoever turns out to be signed in."""

    def refuse(self, refusal: refusals.Refusal, /) -> None:
        """End, and say why where that can be said."""

    def idle_since(self) -> float | None:
        """Return since when a stranger has kept us waiting; None if it is us who are to do something, or a stream."""

    def idle_too_long(self, now: float, /) -> None:
        """End, if its other side takes nothing of an answer, draws out a request, or sends none."""


class Connections:
    """The places of one process."""

    def __init__(self, proxies: Proxies, refused: refusals.Refusals, *, total: int | None = None) -> None:
        """Take the number of places from the open-file limit, unless it is given."""
        self.total = total or places()
        self.strangers = self.total - kept(self.total)
        self.open: set[Connection] = set()
        self.signed_in = 0
        self._probation: dict[Connection, None] = {}  # the longest there first
        self._leaving: set[Connection] = set()  # closed, and not gone yet: each has its descriptor for a moment more
        self._proxies, self._refused = proxies, refused
        self._by_network: Counter[str] = Counter()
        self._look_at = 0.0
        self._idle: list[tuple[float, Connection]] = []  # as of the last look, the longest idle last

    def enter(self, connection: Connection) -> None:
        """Give a connection a place, one on probation, or none."""
        self.open.add(connection)
        peer, now = connection.peer, connection.loop.time()
        if not self._proxies.trusts(peer):  # a proxy stands for all its readers, and has caps of its own
            network = network_of(peer)
            self._by_network[network] += 1
            if self._by_network[network] > PER_NETWORK:
                connection.refuse(refusals.CROWD)
                return
        if self.short:
            self._make_room(now)
            self._probation[connection] = None
            connection.on_probation()
        else:
            self._idle = []
        if self._full:
            self._hurry(now)
            if self._full:
                connection.refuse(refusals.FULL)

    def leave(self, connection: Connection) -> None:
        """Take a place back. Once more does nothing."""
        if connection not in self.open:
            return
        self.open.remove(connection)
        self._leaving.discard(connection)
        self._probation.pop(connection, None)
        self.signed_in -= connection.signed_in
        if not self._proxies.trusts(connection.peer):
            network = network_of(connection.peer)
            self._by_network[network] -= 1
            if self._by_network[network] <= 0:
                del self._by_network[network]

    def recognise(self, connection: Connection, *, signed_in: bool) -> None:
        """Note whether the newest request of a connection is from somebody who is signed in."""
        self.signed_in += signed_in - connection.signed_in
        connection.signed_in = signed_in

    def proved(self, connection: Connection) -> None:
        """Leave a connection the place that it had on probation."""
        self._probation.pop(connection, None)
        connection.probation = False

    @property
    def _full(self) -> bool:
        return len(self.open) - len(self._leaving) > self.total

    @property
    def short(self) -> bool:
        """Whether places run short for strangers."""
        return len(self.open) - len(self._leaving) - self.signed_in > self.strangers

    def _make_room(self, now: float) -> None:
        """Close some who have done nothing for longest: between two requests, or in the middle of one."""
        if not self._idle and now >= self._look_at:
            self._look_at = now + LOOK_S
            idle = [(since, id(c), c) for c in self.open if (since := c.idle_since()) is not None]
            self._idle = [(since, c) for since, _, c in sorted(idle, reverse=True) if now - since > IDLE_S]
        for _ in range(min(AT_ONCE, len(self._idle))):
            since, connection = self._idle.pop()
            if connection.idle_since() == since:  # and has not done anything since that look
                self._send_away(connection, refusals.IDLE)

    def _hurry(self, now: float) -> None:
        """Close those who have been on probation for longest: a flood of them must not keep out who is signed in."""
        for connection in list(itertools.islice(self._probation, AT_ONCE)):
            if now - connection.made_at > HURRY_S:
                self._send_away(connection, refusals.FULL)

    def _send_away(self, connection: Connection, why: refusals.Refusal) -> None:
        self._refused.note(why, connection.address)
        self._leaving.add(connection)
        self._probation.pop(connection, None)
        connection.transport.close()


def places() -> int:
    """Return how many connections this process may have, by its open-file limit."""
    files = _files()
    return max(100, files - _spare(files))


def backlog() -> int:
    """Return how many connections the kernel may hand over in one go: all of them are open before one can be closed."""
    files = _files()
    return max(128, min(ARRIVALS, _spare(files) - SPARE_FILES))


def _files() -> int:
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MOST_FILES if soft == resource.RLIM_INFINITY else min(soft, MOST_FILES)


def _spare(files: int) -> int:
    return max(SPARE_FILES, min(files // 5, SPARE_FILES + ARRIVALS))


def kept(total: int) -> int:
    """Return how many of so many places are kept for one purpose."""
    return min(KEPT, total // 5)
