"""The queue for the application behind: a fair order by rank and client, since only a few requests run at once.

Owns the order: requests that people wait for come before those that scripts send. A turn is one request. An address
with a thousand requests gets no more turns than one with a single request, and a session only one turn of each rank at
a time. Look next: behind.py, which joins.
"""

from asyncio import AbstractEventLoop, Future
from collections import Counter, OrderedDict, deque
from enum import IntEnum
from typing import Final

from msgspec import Struct


class Rank(IntEnum):
    """A request's priority; a lower number is answered first."""

    AWAITED = 0  # a signed-in person waits for it
    BY_ITSELF = 1  # sent by the script of an open desk, and marked so: a beat, a copy of what is typed
    PIECE = 2  # one of many pieces of an upload: if twenty people upload at once, one piece is answered at a time
    STRANGER = 3


AT_ONCE: Final = 8  # running turns, each in a thread; more would only compete for the processor
# The most for each rank. All share the interpreter with an editor's publish, which would otherwise compete with thirty
# desks that beat at the same moment.
OF_A_RANK: Final = {Rank.AWAITED: AT_ONCE, Rank.BY_ITSELF: 2, Rank.PIECE: 1, Rank.STRANGER: 1}
OF_A_SESSION: Final = 1  # for each rank: a person's costly previews run one after the other
WAITING: Final = 256  # waiting strangers; above it, the newest of the address that has the most is refused
WAITING_OF_A_SESSION: Final = 32


class Client(Struct, frozen=True):
    """What turns are shared among: sessions, and strangers' networks."""

    name: bytes
    rank: Rank


class Turns:
    """The turns of one process."""

    def __init__(self, loop: AbstractEventLoop) -> None:
        self._loop = loop
        self._running: Counter[Client] = Counter()
        self._running_of = dict.fromkeys(Rank, 0)
        self._waiting: dict[Rank, OrderedDict[Client, deque[Future[bool]]]] = {rank: OrderedDict() for rank in Rank}
        self.waiting = dict.fromkeys(Rank, 0)

    @property
    def running(self) -> int:
        """The number of running turns."""
        return self._running.total()

    def join(self, client: Client) -> Future[bool]:
        """Queue for a turn: True when it has come, False if too many wait. Each turn that came must `finish`."""
        turn: Future[bool] = self._loop.create_future()
        queue = self._waiting[client.rank].setdefault(client, deque())
        queue.append(turn)
        self.waiting[client.rank] += 1
        if client.rank is not Rank.STRANGER:
            if len(queue) > WAITING_OF_A_SESSION:
                self._refuse(client)
        elif self.waiting[Rank.STRANGER] > WAITING:
            strangers = self._waiting[Rank.STRANGER]
            self._refuse(max(strangers, key=lambda other: len(strangers[other])))
        self._next()
        return turn

    def leave(self, client: Client, turn: "Future[bool]") -> None:
        """Stop waiting."""
        queue = self._waiting[client.rank].get(client)
        if queue is not None and turn in queue:
            queue.remove(turn)
            self._waited(client)

    def finish(self, client: Client) -> None:
        self._running[client] -= 1
        if not self._running[client]:
            del self._running[client]
        self._running_of[client.rank] -= 1
        self._next()

    def _refuse(self, client: Client) -> None:
        turn = self._waiting[client.rank][client].pop()
        self._waited(client)
        turn.set_result(False)

    def _waited(self, client: Client) -> None:
        self.waiting[client.rank] -= 1
        if not self._waiting[client.rank][client]:
            del self._waiting[client.rank][client]

    def _next(self) -> None:
        while self.running < AT_ONCE and (client := self._next_client()) is not None:
            queues = self._waiting[client.rank]
            turn = queues[client].popleft()
            queues.move_to_end(client)
            self._waited(client)
            self._running[client] += 1
            self._running_of[client.rank] += 1
            turn.set_result(True)

    def _next_client(self) -> Client | None:
        for rank in Rank:
            if self._running_of[rank] < OF_A_RANK[rank]:
                for client in self._waiting[rank]:
                    if rank is Rank.STRANGER or self._running[client] < OF_A_SESSION:
                        return client
        return None
