"""Jobs that wait for a person's decision: given up, perhaps sent, no longer allowed.

Owns the decisions that a person can make about them, and the counts that show them. Never checks who may decide.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Count, Min

from asithappened.jobs.clock import CLOCK
from asithappened.jobs.models import ALREADY_DUE, Job, State
from asithappened.jobs.work import Promise, Work

STATES: Final = (State.DEAD, State.UNSURE, State.FORBIDDEN)


@dataclass(frozen=True, kw_only=True)
class Counts:
    """Numbers of jobs. `due`: those without an owner; `since`: when the oldest of these was due."""

    due: int
    since: datetime | None
    running: int
    stopped: dict[State, int]


def counts(now: datetime) -> Counts:
    waiting = Job.objects.filter(state=State.WAITING, try_at__lte=now).aggregate(n=Count("pk"), since=Min("due"))
    states = (State.RUNNING, State.SENDING, *STATES)
    of = dict(Job.objects.filter(state__in=states).values_list("state").annotate(n=Count("pk")).order_by())
    return Counts(
        due=waiting["n"],
        since=waiting["since"],
        running=of.get(State.RUNNING, 0) + of.get(State.SENDING, 0),
        stopped={state: of.get(state, 0) for state in STATES},
    )


def stopped() -> list[Job]:
    return list(Job.objects.filter(state__in=STATES).order_by("-ended_at", "-pk"))


def unknown_kinds(known: Collection[str]) -> list[str]:
    """Return the kinds of waiting jobs that are not known."""
    others = Job.objects.filter(state=State.WAITING).exclude(kind__in=known)
    return sorted(set(others.values_list("kind", flat=True)))


def try_again(number: int, *, by: int | None) -> bool:
    """Run a job as if it had never failed; False if it is not stopped any more."""
    return _settle(number, STATES, by, state=State.WAITING, attempts=0, error="", try_at=ALREADY_DUE, ended_at=None)


def discard(number: int, *, by: int | None) -> bool:
    """Never run a job, and delete its payload; False if it is not stopped any more."""
    return _settle(number, STATES, by, state=State.DISCARDED, payload="{}", ended_at=CLOCK.now())


def mark_arrived(number: int, *, by: int | None) -> bool:
    """Mark a job as done that may have been sent; False if it is not unsure any more."""
    return _settle(number, (State.UNSURE,), by, state=State.DONE, payload="{}", error="", ended_at=CLOCK.now())


def mark_unsure(work: Work) -> int:
    """After a restore, ask a person about each job that may have been sent since the backup; return how many.

    These are all due jobs of kinds with `Promise.ASK`, whose receivers cannot recognise a repetition.
    """
    kinds = [kind.name for kind in work.kinds if kind.promise is Promise.ASK]
    now = CLOCK.now()
    waiting = Job.objects.filter(kind__in=kinds, state=State.WAITING, due__lte=now)
    return waiting.update(state=State.UNSURE, error="The database was put back to an earlier state.", ended_at=now)


def _settle(number: int, among: tuple[State, ...], by: int | None, **changes: object) -> bool:
    return bool(Job.objects.filter(pk=number, state__in=among).update(settled_by=by, **changes))


SETTLED: Final[dict[str, Callable[..., bool]]] = {"again": try_again, "discard": discard, "arrived": mark_arrived}
"""The decisions, by their names in forms."""
