"""The worker: a thread that looks for due work, and runs it in other threads.

Owns its rhythm and how it ends. It looks every second, when the next job is due, and at once when the doorbell rings or
a job ended; followers are called soon after a ring, by turns. Slow kinds of jobs have slots of their own
(`Kind.at_once`). It runs no handler in its own thread, so that it goes on beating however long one takes (`leases`).
`wiring` gives it the doorbell, and the work there is. Look next: `running`, `leases`.
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
from asithappened.jobs.lanes import Lanes
from asithappened.jobs.leases import LEASE_S, Leases
from asithappened.jobs.models import Job, State
from asithappened.jobs.work import Kind, Work

LOOK_S: Final = 1.0
AT_ONCE: Final = 4  # jobs: one that waits for a receiver far away does not keep a publish at six o'clock waiting
PATIENCE_S: Final = 1.0
# Followers: each takes turns at Python with whoever publishes and is written to, and eleven at once doubled how long
# readers wait (p99 in scenarios/slow.py).
FOLLOWING_AT_ONCE: Final = 1
MOMENT_S: Final = 0.02  # rings within this count as one, so that a burst of publishes causes one look

log = logging.getLogger("asithappened.jobs")


class Bell(Protocol):
    """What rings when something was published."""

    def socket(self) -> socket.socket:
        """Return the socket that becomes readable when it rings; a new one if the old one's file is gone."""

    def heard(self) -> bool:
        """Read the rings off the socket; say whether one was for something other than a live blog, such as a job."""

    def close(self) -> None:
        """Listen no more."""


class Places:
    """How many jobs of some kinds may run at once."""

    def __init__(self, *, kinds: Mapping[str, Kind], free: int) -> None:
        self.kinds, self.free, self.taken = kinds, free, 0

    def take(self) -> None:
        """Count one more that runs."""
        self.free, self.taken = self.free - 1, self.taken + 1

    def give_back(self) -> None:
        """Count one less."""
        self.free, self.taken = self.free + 1, self.taken - 1


class Worker:
    """Does `work` until it is stopped. `report`: told every few seconds, in its thread, for the metrics."""

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
        """Know what to do; `start` begins. `bell`: opens it, in the worker's thread."""
        self.work, self._bell_maker, self._report, self.clock, self._look_s = work, bell, report, clock, look_s
        self._leases = Leases(lease_s=lease_s, clock=clock)
        self._kinds = {kind.name: kind for kind in work.kinds}
        self.recurring = recurring.of(work)
        self._lanes = Lanes(lambda: connection.close())  # noqa: PLW0108 -- each thread has a connection of its own
        # What a follower holds for a moment is room that its thread keeps: one thread, so that it is kept once.
        self._following = Lanes(lambda: connection.close())  # noqa: PLW0108
        shared = {name: kind for name, kind in self._kinds.items() if kind.at_once is None}
        apart = [Places(kinds={kind.name: kind}, free=kind.at_once) for kind in work.kinds if kind.at_once is not None]
        self._places = (Places(kinds=shared, free=AT_ONCE), *apart)
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
        """Begin nothing more, and give back what is not done within a while; returns at once."""
        deadline = time.monotonic() + within_s
        self._deadline = deadline if self._deadline is None else min(deadline, self._deadline)
        self.wake()

    def join(self) -> None:
        """Return when a drain is over. A database that does not answer then is not waited for."""
        while self._thread.is_alive() and (self._deadline is None or time.monotonic() < self._deadline + PATIENCE_S):
            self._thread.join(0.2)  # in short waits: a signal may shorten the drain

    def stop(self) -> None:
        self.drain(0.0)
        self.join()

    def wake(self) -> None:
        """Have it look now."""
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
                self._look()
                failing = False
                self._wait(bell)
            except Exception as error:  # a thread that ended would do nothing for the rest of the day
                if not failing:  # one line an outage
                    log.warning("The worker waits: %s: %s", type(error).__name__, " ".join(str(error).split()))
                failing = True
                connection.close()
                time.sleep(self._look_s)
        with suppress(Error, OSError):
            self._leases.leave()
        for lanes in (self._lanes, self._following):
            lanes.stop(0.5)
        if bell is not None:
            bell.close()
        connection.close()
        self._waking.close()
        self._woken.close()

    def _over(self) -> bool:
        return self._deadline is not None and (not self._busy() or time.monotonic() >= self._deadline)

    def _busy(self) -> bool:
        return any(places.taken for places in self._places) or any(one.running for one in self.recurring)

    def _wait(self, bell: Bell | None) -> None:
        until = [self._look_s]
        if self._deadline is None:
            until += [one.due_s for one in self.recurring if not self._has_to_wait(one)]
            until.append(self._take_at - time.monotonic())
        else:
            until.append(self._deadline - time.monotonic())
        seconds = max(0.0, min(until))
        ears = [self._woken] if bell is None else [self._woken, bell.socket()]
        ready = multiprocessing.connection.wait(ears, seconds)
        with suppress(BlockingIOError):
            while self._woken.recv(4096):
                pass
        if bell is not None and bell.socket() in ready:
            time.sleep(MOMENT_S)
            if bell.heard():
                self._take_at = 0.0
            for one in self.recurring:
                one.ring()

    def _look(self) -> None:
        if self._leases.due:
            self._live()
        if self._deadline is not None:
            return
        for one in self.recurring:
            if not self._has_to_wait(one) and one.begin():
                lanes = self._following if one.rings else self._lanes
                lanes.do(partial(self._do_recurring, one))
        if time.monotonic() >= self._take_at:  # a publish alone is no reason to look for jobs
            due_s = running.due_s(self._kinds, clock=self.clock)
            self._take_at = time.monotonic() + min(self._look_s, due_s or self._look_s)
            for places in self._places if not due_s else ():
                for job in running.take(self._leases, places.kinds, clock=self.clock, most=places.free):
                    with self._lock:
                        places.take()
                    self._lanes.do(partial(self._do_job, job, places))

    def _has_to_wait(self, one: recurring.Recurring) -> bool:
        """Say whether a follower waits for others to end; the end of one wakes this thread."""
        return one.rings and sum(other.running for other in self.recurring if other.rings) >= FOLLOWING_AT_ONCE

    def _live(self) -> None:
        if not self._leases.beat():
            for one in self.recurring:
                one.mine = False
        self._leases.bury()
        running.mend(self.clock.now())
        if self._deadline is None:
            mine = self._leases.duties(one.name for one in self.recurring)
            for one in self.recurring:
                one.mine = one.name in mine
        if self._report is not None:
            self._report(self)

    # --- the lanes

    def _do_job(self, job: Job, places: "Places") -> None:
        try:
            became = running.carry_out(job, self._kinds[job.kind])
            if became is not State.DONE:
                connection.close()  # which may be why
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
                places.give_back()
                self._take_at = 0.0
            self.wake()

    def _do_recurring(self, one: recurring.Recurring) -> None:
        one.run(self.clock)
        self.wake()
