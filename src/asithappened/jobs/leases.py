"""Which worker owns a job or a duty: it does so while it goes on beating.

Owns a worker's name, its beat, and taking over from dead workers. A beat is a rising number in the worker's row; a
worker that sees the same number for LEASE_S on its monotonic clock takes the other for dead. So no time in the
database ends a lease, and setting a clock neither breaks nor steals one. A worker that was only paused finds its row
gone and begins anew under another name: it no longer owns its jobs, and `running` does not let it end them.
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

LEASE_S: Final = 15.0  # a write that waits for an import's longest transaction waits for a tenth of it
MIDST: Final = "The worker ended in the midst of it."


class Leases:
    """What one worker has. Not shared by threads."""

    def __init__(
        self, *, lease_s: float = LEASE_S, clock: Clock = CLOCK, monotonic: Callable[[], float] = elapsed
    ) -> None:
        """Have no name yet; the first `beat` gives one."""
        self.name = ""
        self._lease_s, self._clock, self._monotonic = lease_s, clock, monotonic
        self._beaten = -lease_s
        self._seen: dict[str, tuple[int, float]] = {}  # of each other worker: its beat, and since when it is that

    @property
    def due(self) -> bool:
        """Say whether it is time to beat: thrice a lease."""
        return not self.name or self._monotonic() - self._beaten >= self._lease_s / 3

    def beat(self) -> bool:
        """Say that this worker lives; False if it was taken for dead meanwhile, or is new: it then owns nothing."""
        with transaction.atomic():
            kept = bool(self.name) and self.hold()
            if not kept:
                self.name = secrets.token_hex(8)
                where = f"{socket.gethostname()}, process {os.getpid()}"[:200]
                self._go_by_others()
                Worker.objects.create(name=self.name, where=where, boot=self._clock.boot, **self._reading())
                self._beaten = self._monotonic()
        return kept

    def _go_by_others(self) -> None:
        """Take the time of other workers of this machine, running or killed: the machine's clock may be wrong now."""
        other = Worker.objects.filter(boot=self._clock.boot).exclude(boot="").order_by("-elapsed").first()
        if other is not None:
            self._clock.go_by(other.at, other.elapsed)

    def hold(self) -> bool:
        """Beat inside the caller's transaction, and keep the row until its end; False if this worker has no row."""
        held = Worker.objects.filter(name=self.name).update(beat=F("beat") + 1, **self._reading())
        self._beaten = self._monotonic()
        return bool(held)

    def bury(self) -> list[str]:
        """Free what workers own that have not beaten for a lease; return their names."""
        now = self._monotonic()
        beats = dict(Worker.objects.exclude(name=self.name).values_list("name", "beat"))
        self._seen = {
            name: (beat, self._seen[name][1] if name in self._seen and self._seen[name][0] == beat else now)
            for name, beat in beats.items()
        }
        dead = [name for name, (_, since) in self._seen.items() if now - since >= self._lease_s]
        return [name for name in dead if _give_back(name, beat=self._seen[name][0])]

    def duties(self, names: Iterable[str]) -> set[str]:
        """Take the duties that nobody owns; return all that this worker owns now."""
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
        """Free all that this worker owns and delete its row: the others need not wait for a lease to end."""
        if self.name:
            _give_back(self.name)
        self.name = ""

    def _reading(self) -> dict[str, Any]:
        at, elapsed = self._clock.reading()
        return {"at": at, "elapsed": elapsed, "step_s": round(self._clock.step_s())}


def workers() -> list[Worker]:
    """Return the workers that live, and those that died less than a lease ago."""
    return list(Worker.objects.order_by("at"))


def _give_back(name: str, *, beat: int | None = None) -> bool:
    """Free what a worker owned, if it has not beaten since; say whether that was so."""
    with transaction.atomic():
        row = Worker.objects.filter(name=name)
        if not (row if beat is None else row.filter(beat=beat)).delete()[0]:
            return False
        had = Job.objects.filter(owner=name)
        # An end that was asked for is no failure of the job's.
        told = {"attempts": F("attempts") - 1} if beat is None else {"error": MIDST}
        had.filter(state=State.RUNNING).update(state=State.WAITING, owner="", **told)
        had.filter(state=State.SENDING).update(state=State.UNSURE, owner="", error=MIDST)
        Duty.objects.filter(owner=name).update(owner="")
    return True
