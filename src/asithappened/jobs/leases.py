"""Leases: a worker owns a job or a duty as long as it beats.

Owns a worker's name, its beat, and taking over from dead workers. A beat is a rising number in the worker's row; a
worker that sees the same number for LEASE_S on its monotonic clock considers the other dead. So no time in the database
ends a lease, and setting a clock neither breaks nor steals one. A worker that was only paused finds its row deleted and
continues under another name: it no longer owns its jobs, and running.py does not let it end them.
"""

import os
import secrets
import socket
from collections.abc import Callable, Iterable
from typing import Any, Final

from django.db import transaction
from django.db.models import F

from asithappened.jobs.clock import CLOCK, Clock, elapsed
from asithappened.jobs.models import Duty, Job, State, Worker

LEASE_S: Final = 15.0  # ten times as long as a beat can wait for an import's longest transaction
WORKER_ENDED: Final = "The worker ended in the midst of it."


class Leases:
    """The leases of one worker. Used by one thread only."""

    def __init__(
        self, *, lease_s: float = LEASE_S, clock: Clock = CLOCK, monotonic: Callable[[], float] = elapsed
    ) -> None:
        self.name = ""  # the first `beat` gives one
        self._lease_s, self._clock, self._monotonic = lease_s, clock, monotonic
        self._beaten = -lease_s
        self._seen: dict[str, tuple[int, float]] = {}  # each other worker's beat, and since when it has not changed

    @property
    def due(self) -> bool:
        """Whether it is time to beat, three times a lease."""
        return not self.name or self._monotonic() - self._beaten >= self._lease_s / 3

    def beat(self) -> bool:
        """Beat; False if this worker is new, or was considered dead meanwhile: it then owns nothing."""
        with transaction.atomic():
            kept = bool(self.name) and self.hold()
            if not kept:
                self.name = secrets.token_hex(8)
                where = f"{socket.gethostname()}, process {os.getpid()}"[:200]
                self._adopt_time_of_another()
                Worker.objects.create(name=self.name, where=where, boot=self._clock.boot, **self._reading())
        self._beaten = self._monotonic()
        return kept

    def _adopt_time_of_another(self) -> None:
        """Adopt the time of another worker of this boot, running or killed: the machine's clock may have been set."""
        other = Worker.objects.filter(boot=self._clock.boot).exclude(boot="").order_by("-elapsed").first()
        if other is not None:
            self._clock.go_by(other.at, other.elapsed)

    def hold(self) -> bool:
        """Beat inside the caller's transaction, which locks the row until its end; False if this worker has no row."""
        # It does not count for `due`: a worker that calls this for one job after another still has to free the dead.
        return bool(Worker.objects.filter(name=self.name).update(beat=F("beat") + 1, **self._reading()))

    def free_dead(self) -> list[str]:
        """Free what dead workers own, which have not beaten for a lease; return their names."""
        now = self._monotonic()
        beats = dict(Worker.objects.exclude(name=self.name).values_list("name", "beat"))
        self._seen = {
            name: (beat, self._seen[name][1] if name in self._seen and self._seen[name][0] == beat else now)
            for name, beat in beats.items()
        }
        dead = [name for name, (_, since) in self._seen.items() if now - since >= self._lease_s]
        return [name for name in dead if _free_all_of(name, beat=self._seen[name][0])]

    def duties(self, names: Iterable[str]) -> set[str]:
        """Take the duties without an owner; return all that this worker owns now."""
        wanted = set(names)
        rows = dict(Duty.objects.filter(name__in=wanted).values_list("name", "owner"))
        if free := {name for name in wanted if not rows.get(name)}:
            with transaction.atomic():
                if not self.hold():
                    return set()
                Duty.objects.bulk_create([Duty(name=name) for name in sorted(free)], ignore_conflicts=True)
                Duty.objects.filter(name__in=free, owner="").update(owner=self.name)
        return set(Duty.objects.filter(name__in=wanted, owner=self.name).values_list("name", flat=True))

    def leave(self) -> None:
        """Free all that this worker owns and delete its row, so that others need not wait for the lease to end."""
        if self.name:
            _free_all_of(self.name)
        self.name = ""

    def _reading(self) -> dict[str, Any]:
        at, elapsed = self._clock.reading()
        return {"at": at, "elapsed": elapsed, "step_s": round(self._clock.step_s())}


def workers() -> list[Worker]:
    """Return the workers that beat, and those that died less than a lease ago."""
    return list(Worker.objects.order_by("at"))


def _free_all_of(name: str, *, beat: int | None = None) -> bool:
    """Free what a worker owned, if it has not beaten since; return whether that was so."""
    with transaction.atomic():
        row = Worker.objects.filter(name=name)
        if not (row if beat is None else row.filter(beat=beat)).delete()[0]:
            return False
        had = Job.objects.filter(owner=name)
        # A worker that was stopped deliberately is no failure of the job.
        changes = {"attempts": F("attempts") - 1} if beat is None else {"error": WORKER_ENDED}
        had.filter(state=State.RUNNING).update(state=State.WAITING, owner="", **changes)
        had.filter(state=State.SENDING).update(state=State.UNSURE, owner="", error=WORKER_ENDED)
        Duty.objects.filter(owner=name).update(owner="")
    return True
