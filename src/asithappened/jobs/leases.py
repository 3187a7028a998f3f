"""Whose a job or a duty is, until when: as long as its worker goes on to beat.

Owns a worker's name, its beat, and taking what the dead had. A beat is a number in the worker's row that rises; who
sees the same number for LEASE_S on a clock that nobody can set takes that worker for dead. So no time in the database
ends a lease, and a clock that is set neither breaks nor steals one. A worker that only stood still finds its row gone
and begins anew under another name: what it had is no longer its own, and `running` lets it end nothing.
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
        """Be nobody yet; the first `beat` gives a name."""
        self.name = ""
        self._lease_s, self._clock, self._monotonic = lease_s, clock, monotonic
        self._beaten = -lease_s
        self._seen: dict[str, tuple[int, float]] = {}  # of each other worker: its beat, and since when it is that

    @property
    def due(self) -> bool:
        """Say whether it is time to beat: thrice a lease."""
        return not self.name or self._monotonic() - self._beaten >= self._lease_s / 3

    def beat(self) -> bool:
        """Say that this worker lives; False if it was taken for dead meanwhile, or is new: it has nothing then."""
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
        """Take over the time of who works on this machine, or did until it was killed: its clock may be wrong now."""
        other = Worker.objects.filter(boot=self._clock.boot).exclude(boot="").order_by("-elapsed").first()
        if other is not None:
            self._clock.go_by(other.at, other.elapsed)

    def hold(self) -> bool:
        """Beat inside the caller's transaction, and keep the row until its end; False if this worker has no row."""
        held = Worker.objects.filter(name=self.name).update(beat=F("beat") + 1, **self._reading())
        self._beaten = self._monotonic()
        return bool(held)

    def bury(self) -> list[str]:
        """Give back what workers have who have not beaten for a lease; return their names."""
        now = self._monotonic()
        beats = dict(Worker.objects.exclude(name=self.name).values_list("name", "beat"))
        self._seen = {
            name: (beat, self._seen[name][1] if name in self._seen and self._seen[name][0] == beat else now)
            for name, beat in beats.items()
        }
        dead = [name for name, (_, since) in self._seen.items() if now - since >= self._lease_s]
        return [name for name in dead if _give_back(name, beat=self._seen[name][0])]

    def duties(self, names: Iterable[str]) -> set[str]:
        """Take those of these duties that nobody has; return all of them that this worker has now."""
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
        """Give back all that this worker has, and be gone: the others need not wait for a lease to end."""
        if self.name:
            _give_back(self.name)
        self.name = ""

    def _reading(self) -> dict[str, Any]:
        at, elapsed = self._clock.reading()
        return {"at": at, "elapsed": elapsed, "step_s": round(self._clock.step_s())}


def workers() -> list[Worker]:
    """Return who works, or did and has not been missed yet."""
    return list(Worker.objects.order_by("at"))


def _give_back(name: str, *, beat: int | None = None) -> bool:
    """Free what a worker had, if it has not beaten since; say whether that was so."""
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
