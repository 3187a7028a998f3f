"""Who is answered next, where only a few can be at once: requests that people wait for, then those that scripts send.

Owns the order. A turn is one request behind delivery. One address with a thousand requests gets no more turns than one
with a single request, and one session is not answered many times at once. Look next: behind.py, which asks here.
"""

from asyncio import AbstractEventLoop, Future
from collections import Counter, OrderedDict, deque
from enum import IntEnum
from typing import Final

from msgspec import Struct


class Rank(IntEnum):
    """A request's kind. A lower number is answered first."""

    AWAITED = 0  # by somebody who is signed in
    BY_ITSELF = 1  # sent by an open desk unasked, which says so: a beat, a copy of what is typed
    PIECE = (
        2  # of a file that somebody sends, one of many: of twenty people who send at once, one is answered at a time
    )
    STRANGER = 3


AT_ONCE: Final = 8  # answered at a time, each by a thread; more would only compete for the processor
# Of these, for each rank. All share the interpreter with an editor's publish, which would compete with thirty desks
# that beat at one moment.
OF_A_RANK: Final = {Rank.AWAITED: AT_ONCE, Rank.BY_ITSELF: 2, Rank.PIECE: 1, Rank.STRANGER: 1}
OF_A_SESSION: Final = 1  # of each rank: a colleague's costly previews come one after the other
WAITING: Final = 256  # strangers who wait; more, and of the address that has most waiting the newest is refused
WAITING_OF_A_SESSION: Final = 32


class Who(Struct, frozen=True):
    """Whose turn it is: a session, or a stranger's network."""

    name: bytes
    rank: Rank


class Turns:
    """The turns of one process."""

    def __init__(self, loop: AbstractEventLoop) -> None:
        self._loop = loop
        self._running: Counter[Who] = Counter()
        self._running_of = dict.fromkeys(Rank, 0)
        self._waiting: dict[Rank, OrderedDict[Who, deque[Future[bool]]]] = {rank: OrderedDict() for rank in Rank}
        self.waiting = dict.fromkeys(Rank, 0)

    @property
    def running(self) -> int:
        """How many are being answered."""
        return self._running.total()

    def join(self, who: Who) -> Future[bool]:
        """Wait for a turn: True when it has come, False where there are too many. Each turn has to `finish`."""
        turn: Future[bool] = self._loop.create_future()
        queue = self._waiting[who.rank].setdefault(who, deque())
        queue.append(turn)
        self.waiting[who.rank] += 1
        if who.rank is not Rank.STRANGER:
            if len(queue) > WAITING_OF_A_SESSION:
                self._refuse(who)
        elif self.waiting[Rank.STRANGER] > WAITING:
            strangers = self._waiting[Rank.STRANGER]
            self._refuse(max(strangers, key=lambda other: len(strangers[other])))
        self._next()
        return turn

    def leave(self, who: Who, turn: "Future[bool]") -> None:
        """Wait no longer."""
        queue = self._waiting[who.rank].get(who)
        if queue is not None and turn in queue:
            queue.remove(turn)
            self._waited(who)

    def finish(self, who: Who) -> None:
        self._running[who] -= 1
        if not self._running[who]:
            del self._running[who]
        self._running_of[who.rank] -= 1
        self._next()

    def _refuse(self, who: Who) -> None:
        turn = self._waiting[who.rank][who].pop()
        self._waited(who)
        turn.set_result(False)

    def _waited(self, who: Who) -> None:
        self.waiting[who.rank] -= 1
        if not self._waiting[who.rank][who]:
            del self._waiting[who.rank][who]

    def _next(self) -> None:
        while self.running < AT_ONCE and (who := self._whose()) is not None:
            queues = self._waiting[who.rank]
            turn = queues[who].popleft()
            queues.move_to_end(who)
            self._waited(who)
            self._running[who] += 1
            self._running_of[who.rank] += 1
            turn.set_result(True)

    def _whose(self) -> Who | None:
        for rank in Rank:
            if self._running_of[rank] < OF_A_RANK[rank]:
                for who in self._waiting[rank]:
                    if rank is Rank.STRANGER or self._running[who] < OF_A_SESSION:
                        return who
        return None
