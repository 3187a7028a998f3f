"""The worker: a thread that looks for due work, and runs it in other threads.

Owns when it looks and how it ends. It looks every second, when the next job is due, and at once when the doorbell rings
or a job ended; followers run in rounds, one after the other (`recurring`). Slow kinds of jobs have their own slots
(`Kind.at_once`). No handler runs in its own thread, so that it beats however long one takes (`leases`). `wiring` gives
it the doorbell and the work. Look next: `running`, `leases`.
"""

import logging
import multiprocessing.connection
import socket
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import Final, Protocol

from django.db import Error, connection

from asithappened.jobs import recurring, running
from asithappened.jobs.clock import CLOCK, Clock
from asithappened.jobs.leases import LEASE_S, Leases
from asithappened.jobs.models import Job, State
from asithappened.jobs.threads import ThreadPool
from asithappened.jobs.work import Kind, Work

LOOK_S: Final = 1.0
JOBS_AT_ONCE: Final = 4  # so that a job that waits for a slow receiver does not delay a scheduled publish
PATIENCE_S: Final = 1.0
MOMENT_S: Final = 0.02  # rings within this count as one, so that a burst of publishes causes one look

log = logging.getLogger("asithappened.jobs")


class Bell(Protocol):
    """The doorbell."""

    def sockets(self, *, publishes: bool) -> list[socket.socket]:
        """Return the sockets that become readable when it rings, for `publishes` too or only for other things."""

    def heard(self) -> bool:
        """Read the rings from the socket; return whether one was for something other than a live blog, as a job is."""

    def close(self) -> None: ...


class Slots:
    """The slots for jobs of some kinds: how many are free, and how many taken."""

    def __init__(self, *, kinds: Mapping[str, Kind], free: int) -> None:
        self.kinds, self.free, self.taken = kinds, free, 0

    def take(self) -> None:
        self.free, self.taken = self.free - 1, self.taken + 1

    def give_back(self) -> None:
        self.free, self.taken = self.free + 1, self.taken - 1


class Worker:
    """Does `work` until it is stopped. `report`: called every few seconds, in its thread, for the metrics."""

    def __init__(
        self,
        work: Work,
        *,
        bell: Callable[[], Bell] | None = None,
        report: Callable[["Worker"], None] | None = None,
        clock: Clock = CLOCK,
        lease_s: float = LEASE_S,
        look_s: float = LOOK_S,
    ) -> None:
        """`bell`: opens the doorbell; called in the worker's thread."""
        self.work, self._bell_maker, self._report, self.clock, self._look_s = work, bell, report, clock, look_s
        self._leases = Leases(lease_s=lease_s, clock=clock)
        self._kinds = {kind.name: kind for kind in work.kinds}
        self._duties, self._followers = recurring.duties(work), recurring.followers(work)
        self.recurring = [*self._duties, *self._followers]
        self._round = recurring.Round(self._followers, work.behind)
        self._pool = ThreadPool(lambda: connection.close())  # noqa: PLW0108 -- each thread has a connection of its own
        # One thread for all followers: eleven that competed with publishing and delivery for Python's lock doubled
        # readers' latency (p99 in scenarios/slow.py), and each thread keeps the memory that one needed for a moment.
        self._follower_pool = ThreadPool(lambda: connection.close())  # noqa: PLW0108
        shared = {name: kind for name, kind in self._kinds.items() if kind.at_once is None}
        apart = [Slots(kinds={kind.name: kind}, free=kind.at_once) for kind in work.kinds if kind.at_once is not None]
        self._slots = (Slots(kinds=shared, free=JOBS_AT_ONCE), *apart)
        self._lock = threading.Lock()
        self._take_at = 0.0
        self._deadline: float | None = None  # of a drain; set by signal handlers too, so there is no lock around it
        self._thread = threading.Thread(target=self._run, name="worker", daemon=True)

    def start(self) -> None:
        self._waking, self._woken = socket.socketpair()
        self._waking.setblocking(False)
        self._woken.setblocking(False)
        self._thread.start()

    def drain(self, within_s: float) -> None:
        """Begin nothing more, and free what is not done within a time. Returns at once."""
        deadline = time.monotonic() + within_s
        self._deadline = deadline if self._deadline is None else min(deadline, self._deadline)
        self.wake()

    def join(self) -> None:
        """Wait for the end of a drain, but not for a database that does not answer then."""
        while self._thread.is_alive() and (self._deadline is None or time.monotonic() < self._deadline + PATIENCE_S):
            self._thread.join(0.2)  # briefly, because a signal may shorten the drain

    def stop(self) -> None:
        self.drain(0.0)
        self.join()

    def wake(self) -> None:
        """Make it look now."""
        if self._thread.is_alive():
            with suppress(OSError):  # its buffer is full, so it wakes anyway, or it has just ended
                self._waking.send(b"!")

    # --- the thread

    def _run(self) -> None:
        failing, bell = False, None
        while not self._over():
            try:
                if bell is None and self._bell_maker is not None:
                    bell = self._bell_maker()
                self._look(bell)
                failing = False
                self._wait(bell)
            except Exception as error:  # or the thread would end, and nothing would be done for the rest of the day
                if not failing:  # one line an outage
                    log.warning("The worker waits: %s: %s", type(error).__name__, " ".join(str(error).split()))
                failing = True
                connection.close()
                time.sleep(self._look_s)
        with suppress(Error, OSError):
            self._leases.leave()
        for pool in (self._pool, self._follower_pool):
            pool.stop(0.5)
        if bell is not None:
            bell.close()
        connection.close()
        self._waking.close()
        self._woken.close()

    def _over(self) -> bool:
        return self._deadline is not None and (not self._busy() or time.monotonic() >= self._deadline)

    def _busy(self) -> bool:
        recur = any(one.running for one in self._duties) or self._round.running
        return recur or any(slots.taken for slots in self._slots)

    def _wait(self, bell: Bell | None) -> None:
        until = [self._look_s]
        if self._deadline is None:
            until += [self._take_at - time.monotonic(), self._round.due_s, *(one.due_s for one in self._duties)]
        else:
            until.append(self._deadline - time.monotonic())
        seconds = max(0.0, min(until))
        # Not for each publish of many: the round that one would begin is due soon already.
        rings = [] if bell is None else bell.sockets(publishes=self._round.waits_for_a_ring)
        ready = multiprocessing.connection.wait([self._woken, *rings], seconds)
        if self._woken in ready:
            with suppress(BlockingIOError):
                while self._woken.recv(4096):
                    pass
        if bell is not None and any(one in ready for one in rings):
            time.sleep(MOMENT_S)
            if bell.heard():
                self._take_at = 0.0
            self._round.ring()

    def _look(self, bell: Bell | None) -> None:
        if self._leases.due:
            self._beat()
        if self._deadline is not None:
            return
        for one in self._duties:
            if one.begin():
                self._pool.submit(partial(self._do_duty, one))
        if self._round.begin():
            if bell is not None:
                bell.sockets(publishes=True)  # before it reads the log, so that it hears of what is published meanwhile
            self._follower_pool.submit(self._do_round)
        if time.monotonic() >= self._take_at:  # not after each publish
            self._take_jobs()

    def _take_jobs(self) -> None:
        if due_s := running.due_s(self._kinds, clock=self.clock):
            self._take_at = time.monotonic() + min(self._look_s, due_s)
            return
        self._take_at = time.monotonic() + self._look_s
        for slots in self._slots:
            for job in running.take(self._leases, slots.kinds, clock=self.clock, most=slots.free):
                with self._lock:
                    slots.take()
                self._pool.submit(partial(self._do_job, job, slots))

    def _beat(self) -> None:
        if not self._leases.beat():
            for one in self.recurring:
                one.mine = False
        self._leases.free_dead()
        running.cap_waits(self.clock.now())
        if self._deadline is None:
            mine = self._leases.duties(one.name for one in self.recurring)
            for one in self.recurring:
                one.mine = one.name in mine
        if self._report is not None:
            self._report(self)

    # --- in other threads

    def _do_job(self, job: Job, slots: Slots) -> None:
        try:
            became = running.carry_out(job, self._kinds[job.kind])
            if became is not State.DONE:
                connection.close()  # it may be the cause
            while True:
                try:
                    running.end(job, became, clock=self.clock)
                    break
                except Error:  # the job ran: this worker keeps owning it, so that no other runs it again
                    connection.close()
                    if self._over():
                        break
                    time.sleep(self._look_s)
        finally:
            with self._lock:
                slots.give_back()
                self._take_at = 0.0
            self.wake()

    def _do_duty(self, one: recurring.Recurring) -> None:
        one.run(self.clock)
        self.wake()

    def _do_round(self) -> None:
        self._round.run(self.clock, stop=lambda: self._deadline is not None)
        self.wake()
