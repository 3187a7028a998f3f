"""A worker's table, driven by hand: whoever is tested takes, carries out and ends in the test's own thread."""

from collections.abc import Callable
from typing import Any

import pytest

from asithappened.jobs import running, stopped
from asithappened.jobs.leases import Leases
from asithappened.jobs.models import Job, State
from asithappened.jobs.put import put
from asithappened.jobs.work import Given, GiveUp, Kind, NotAllowed, Promise
from tests.jobs.clocks import Machine


class Hand:
    """One worker of a machine, without its threads."""

    def __init__(self, machine: Machine, *kinds: Kind) -> None:
        """Be known to the table."""
        self.clock = machine.process()
        self.leases = Leases(lease_s=15.0, clock=self.clock, monotonic=lambda: machine.uptime)
        self.kinds = {kind.name: kind for kind in kinds}
        self.leases.beat()

    def take(self, most: int = 100) -> list[Job]:
        """Take what is due."""
        return running.take(self.leases, self.kinds, clock=self.clock, most=most)

    def do(self, job: Job) -> State:
        """Carry a job out, and write down what became of it."""
        became = running.carry_out(job, self.kinds[job.kind])
        running.end(job, became, clock=self.clock)
        return became

    def work(self) -> list[State]:
        """Do all that is due."""
        return [self.do(job) for job in self.take()]


class Noted:
    """A handler that notes what it was given, and fails as often as it is told."""

    def __init__(self, *fails: BaseException) -> None:
        """Know how to fail, one call after the other."""
        self.given: list[Given] = []
        self._fails = list(fails)

    def __call__(self, given: Given) -> None:
        """Do it."""
        self.given.append(given)
        if self._fails:
            raise self._fails.pop(0)

    @property
    def keys(self) -> list[str]:
        """Return the keys of what was done."""
        return [given.key for given in self.given]


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    """Return the machine's clocks; what is put is put by them."""
    machine = Machine()
    monkeypatch.setattr("asithappened.jobs.put.CLOCK", machine.process())
    return machine


@pytest.fixture
def kind() -> Callable[..., Kind]:
    """Return a maker of kinds."""

    def make(run: Any, promise: Promise = Promise.AT_LEAST_ONCE, name: str = "ping", attempts: int = 12) -> Kind:
        return Kind(name=name, promise=promise, run=run, attempts=attempts)

    return make


def job(key: str) -> Job:
    """Return a job as it is in the table."""
    return Job.objects.get(key=key)


@pytest.fixture
def hand(machine: Machine, kind: Callable[..., Kind], monkeypatch: pytest.MonkeyPatch) -> Hand:
    """Return a worker with one job of each way to stop: "dead", "unsure" and "forbidden"."""
    for key in ("dead", "unsure", "forbidden"):
        put(key, key=key, payload={"words": "kept"})
    hand = Hand(
        machine,
        kind(Noted(GiveUp("Closed.")), name="dead"),
        kind(Noted(OSError()), Promise.ASK, name="unsure"),
        kind(Noted(NotAllowed("Left.")), name="forbidden"),
    )
    monkeypatch.setattr("asithappened.jobs.stopped.CLOCK", hand.clock)
    assert set(hand.work()) == set(stopped.STATES)
    return hand
