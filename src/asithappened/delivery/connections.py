"""The limits on connections: in all, of one address, and of those who are not signed in.

Owns the places of one process; each takes a file descriptor. When they run short, idle connections are closed first. A
few are kept for the signed in: a new connection gets one on probation, until its first request shows a session.
Look next: guard.py, which is a connection; admission.py, which also counts streams.
"""

import itertools
import resource
from asyncio import AbstractEventLoop, Transport
from collections import Counter
from typing import Final, Protocol

from asithappened.delivery import refusals
from asithappened.delivery.proxies import Proxies, network_of

PICTURE_FILES: Final = 260  # descriptors kept for pictures (media_files.OPEN_FROM)
SPARE_FILES: Final = 300 + PICTURE_FILES  # and for the database, the desk's threads and static files
ARRIVALS: Final = 4_096  # the most that the kernel hands over in one go, before any of them can be closed
MOST_FILES: Final = 1_000_000  # if the system sets no limit, memory does: 6 KB a reader
KEPT: Final = 500  # places for the signed in, and as many for documents beside the streams
PER_NETWORK: Final = 2_000  # connections of one address or /64: twice its streams, so that it still gets pages
PROBATION_S: Final = 3.0  # for a connection in a kept place to send a request of a session
SHORT_PROBATION_S: Final = 0.1  # if the kept places are taken too: a browser sends its request at once
IDLE_S: Final = 3.0  # a connection that did nothing for this long is closed when places are short
AT_ONCE: Final = 64  # connections closed in one go
IDLE_CHECK_S: Final = 0.25  # between two searches for idle connections: each goes through all


class Connection(Protocol):
    """A connection that has a place."""

    loop: AbstractEventLoop
    transport: Transport
    peer: str  # the address at the other end
    address: str  # of the client that its newest request is from, behind proxies
    made_at: float
    signed_in: bool
    probation: bool

    def on_probation(self) -> None:
        """Keep the place only if the first request is of a signed-in session."""

    def refuse(self, refusal: refusals.Refusal, /) -> None:
        """Close, with an answer that says why if one can be sent."""

    def idle_since(self) -> float | None:
        """Return since when a stranger is idle; None for a stream, and while we owe an answer."""

    def idle_too_long(self, now: float, /) -> None:
        """Close if the client does not read an answer, sends a request too slowly, or sends none."""


class Connections:
    """The places of one process."""

    def __init__(self, proxies: Proxies, refused: refusals.Refusals, *, total: int | None = None) -> None:
        """`total`: by default from the open-file limit."""
        self.total = total or places()
        self.strangers = self.total - kept(self.total)
        self.open: set[Connection] = set()
        self.signed_in = 0
        self._probation: dict[Connection, None] = {}  # the oldest first
        self._leaving: set[Connection] = set()  # being closed: each has its descriptor for a moment more
        self._proxies, self._refused = proxies, refused
        self._by_network: Counter[str] = Counter()
        self._next_check = 0.0
        self._idle: list[tuple[float, Connection]] = []  # as of the last check, the longest idle last

    def enter(self, connection: Connection) -> None:
        """Give a connection a place, or one on probation, or refuse it."""
        self.open.add(connection)
        peer, now = connection.peer, connection.loop.time()
        if not self._proxies.trusts(peer):  # a proxy connects for all its readers, and has limits of its own
            network = network_of(peer)
            self._by_network[network] += 1
            if self._by_network[network] > PER_NETWORK:
                connection.refuse(refusals.CROWD)
                return
        if self.short:
            self._close_idle(now)
            self._probation[connection] = None
            connection.on_probation()
        else:
            self._idle = []
        if self._full:
            self._close_probations(now)
            if self._full:
                connection.refuse(refusals.FULL)

    def leave(self, connection: Connection) -> None:
        """Free a connection's place, if it still has one."""
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
        """Note whether a connection's newest request is of a signed-in session."""
        self.signed_in += signed_in - connection.signed_in
        connection.signed_in = signed_in

    def proved(self, connection: Connection) -> None:
        """End a connection's probation: it keeps its place."""
        self._probation.pop(connection, None)
        connection.probation = False

    @property
    def _full(self) -> bool:
        return len(self.open) - len(self._leaving) > self.total

    @property
    def short(self) -> bool:
        """Whether places run short for strangers."""
        return len(self.open) - len(self._leaving) - self.signed_in > self.strangers

    def _close_idle(self, now: float) -> None:
        """Close some of those idle for longest, between two requests or in the middle of one."""
        if not self._idle and now >= self._next_check:
            self._next_check = now + IDLE_CHECK_S
            idle = [(since, id(c), c) for c in self.open if (since := c.idle_since()) is not None]
            self._idle = [(since, c) for since, _, c in sorted(idle, reverse=True) if now - since > IDLE_S]
        for _ in range(min(AT_ONCE, len(self._idle))):
            since, connection = self._idle.pop()
            if connection.idle_since() == since:  # it has not done anything since that check
                self._close(connection, refusals.IDLE)

    def _close_probations(self, now: float) -> None:
        """Close those on probation for longest: a flood of them must not keep out the signed in."""
        for connection in list(itertools.islice(self._probation, AT_ONCE)):
            if now - connection.made_at > SHORT_PROBATION_S:
                self._close(connection, refusals.FULL)

    def _close(self, connection: Connection, why: refusals.Refusal) -> None:
        self._refused.note(why, connection.address)
        self._leaving.add(connection)
        self._probation.pop(connection, None)
        connection.transport.close()


def places() -> int:
    """Return how many connections this process may have, by its open-file limit."""
    files = _files()
    return max(100, files - _spare(files))


def backlog() -> int:
    """Return how many connections the kernel may hand over in one go; all are open before any can be closed."""
    files = _files()
    return max(128, min(ARRIVALS, _spare(files) - SPARE_FILES))


def _files() -> int:
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MOST_FILES if soft == resource.RLIM_INFINITY else min(soft, MOST_FILES)


def _spare(files: int) -> int:
    return max(SPARE_FILES, min(files // 5 + PICTURE_FILES, SPARE_FILES + ARRIVALS))


def kept(total: int) -> int:
    """Return how many of so many places are kept for one purpose."""
    return min(KEPT, total // 5)
