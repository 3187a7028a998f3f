"""The worker: a thread that looks what is due, and has it done beside it.

Owns its rhythm and how it ends. It looks every second, and at once when the bell rings or something was done; followers
are called on each ring. Slow kinds of jobs have places of their own (`Kind.at_once`). It does nothing itself, so that
however long a handler takes, it goes on to beat (`leases`).
Never listens: `wiring` gives it the bell, and what there is to do. Look next: `running`, `leases`.
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
MOMENT_S: Final = 0.02  # rings within one are one: a publish in bursts does not have everybody look after each

log = logging.getLogger("asithappened.jobs")


class Bell(Protocol):
    """What rings when something was published."""

    def socket(self) -> socket.socket:
        """Return what becomes readable when it rings; another after a while, if the first can no longer be heard."""

    def heard(self) -> bool:
        """Take what was rung off that socket; say whether it was of something else than a live blog: a job, say."""

    def close(self) -> None:
        """Listen no more."""


class Places:
    """How many jobs of some kinds may be in hand at once."""

    def __init__(self, *, kinds: Mapping[str, Kind], free: int) -> None:
        self.kinds, self.free, self.taken = kinds, free, 0

    def take(self) -> None:
        """Have one more in hand."""
        self.free, self.taken = self.free - 1, self.taken + 1

    def give_back(self) -> None:
        """Have one less."""
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
        shared = {name: kind for name, kind in self._kinds.items() if kind.at_once is None}
        apart = [Places(kinds={kind.name: kind}, free=kind.at_once) for kind in work.kinds if kind.at_once is not None]
        self._places = (Places(kinds=shared, free=AT_ONCE), *apart)
        self._lock = threading.Lock()
        self._take_at = 0.0
        self._deadline: float | None = None  # of a drain; set by signal handlers too, so there is no lock around it
        self._thread = threading.Thread(target=self._run, name="worker", daemon=True)

    def start(self) -> None:
        """Begin."""
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
            self._thread.join(0.2)  # in bits: a signal may bring the end forward

    def stop(self) -> None:
        """End now."""
        self.drain(0.0)
        self.join()

    def wake(self) -> None:
        """Have it look now."""
        if self._thread.is_alive():
            with suppress(OSError):  # it is awake, or has just ended
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
        self._lanes.stop(0.5)
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
        seconds = self._look_s
        if self._deadline is not None:
            seconds = max(0.0, min(seconds, self._deadline - time.monotonic()))
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
            if one.begin():
                self._lanes.do(partial(self._do_recurring, one))
        if time.monotonic() >= self._take_at:  # that something was published is no reason to look for jobs
            self._take_at = time.monotonic() + self._look_s
            for places in self._places:
                for job in running.take(self._leases, places.kinds, clock=self.clock, most=places.free):
                    with self._lock:
                        places.take()
                    self._lanes.do(partial(self._do_job, job, places))

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
                except Error:  # it is done, and nobody else may think otherwise while this worker lives
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
