"""Who is answered next where only a few can be at once: those who are signed in, then strangers, each in fair turn.

Owns the order. A turn is one request behind delivery. One address with a thousand requests gets no more turns than one
with a single request, and one session is not answered many times at once. Look next: behind.py, which asks here.
"""

from asyncio import AbstractEventLoop, Future
from collections import Counter, OrderedDict, deque
from typing import Final

from msgspec import Struct

AT_ONCE: Final = 8  # answered at a time, each by a thread: more would only take the processor from one another
STRANGERS: Final = 1  # of these, for strangers: what they ask shares the interpreter with an editor's publish
OF_A_SESSION: Final = 1  # of these, for one session: a colleague's costly previews come one after the other
WAITING: Final = 256  # strangers who wait; more, and of the address that has most waiting the newest is refused
WAITING_OF_A_SESSION: Final = 32


class Who(Struct, frozen=True):
    """Whose turn it is: a session's, or a stranger's by network."""

    name: bytes
    signed_in: bool


class Turns:
    """The turns of one process."""

    def __init__(self, loop: AbstractEventLoop) -> None:
        """Begin with nobody."""
        self._loop = loop
        self._running: Counter[Who] = Counter()
        self._strangers_running = 0
        self._waiting: dict[bool, OrderedDict[Who, deque[Future[bool]]]] = {True: OrderedDict(), False: OrderedDict()}
        self.waiting = {True: 0, False: 0}

    @property
    def running(self) -> int:
        """How many are being answered."""
        return self._running.total()

    def join(self, who: Who) -> Future[bool]:
        """Wait for a turn: True when it has come, False where there are too many. Who had one has to `finish`."""
        turn: Future[bool] = self._loop.create_future()
        queue = self._waiting[who.signed_in].setdefault(who, deque())
        queue.append(turn)
        self.waiting[who.signed_in] += 1
        if who.signed_in and len(queue) > WAITING_OF_A_SESSION:
            self._refuse(who)
        elif self.waiting[False] > WAITING:
            self._refuse(max(self._waiting[False], key=lambda other: len(self._waiting[False][other])))
        self._next()
        return turn

    def leave(self, who: Who, turn: "Future[bool]") -> None:
        """Wait no longer: the asker has gone, or it took too long."""
        queue = self._waiting[who.signed_in].get(who)
        if queue is not None and turn in queue:
            queue.remove(turn)
            self._waited(who)

    def finish(self, who: Who) -> None:
        """End a turn."""
        self._running[who] -= 1
        if not self._running[who]:
            del self._running[who]
        self._strangers_running -= not who.signed_in
        self._next()

    def _refuse(self, who: Who) -> None:
        turn = self._waiting[who.signed_in][who].pop()
        self._waited(who)
        turn.set_result(False)

    def _waited(self, who: Who) -> None:
        self.waiting[who.signed_in] -= 1
        if not self._waiting[who.signed_in][who]:
            del self._waiting[who.signed_in][who]

    def _next(self) -> None:
        while self.running < AT_ONCE and (who := self._whose()) is not None:
            queues = self._waiting[who.signed_in]
            turn = queues[who].popleft()
            queues.move_to_end(who)
            self._waited(who)
            self._running[who] += 1
            self._strangers_running += not who.signed_in
            turn.set_result(True)

    def _whose(self) -> Who | None:
        signed_in = (who for who in self._waiting[True] if self._running[who] < OF_A_SESSION)
        if (who := next(signed_in, None)) is not None:
            return who
        return next(iter(self._waiting[False]), None) if self._strangers_running < STRANGERS else None
