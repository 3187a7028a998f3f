"""Takes jobs that are due, runs them, and stores the result.

Owns the pauses between attempts, and the table's share of the three promises: a job of a kind with `Promise.ASK` is
marked "being sent" when it is taken, and waits for a person's decision if its worker ends before the handler returns.
"""

import json
import logging
import math
import random
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction

from asithappened.jobs.clock import Clock
from asithappened.jobs.leases import WORKER_ENDED, Leases
from asithappened.jobs.models import ALREADY_DUE, Job, State
from asithappened.jobs.work import Given, GiveUp, Kind, NotAllowed, NotSent, Promise

FIRST_PAUSE_S: Final = 2.0
LONGEST_PAUSE_S: Final = 900.0
ERROR_CHARS: Final = 500

log = logging.getLogger("asithappened.jobs")


def pause_s(failures: int, *, longest_s: float = LONGEST_PAUSE_S) -> float:
    """Return the pause after a number of failures: doubled each time, with jitter."""
    return min(longest_s, FIRST_PAUSE_S * 2.0 ** min(failures - 1, 30)) * random.uniform(0.5, 1.0)  # noqa: S311


def due_s(kinds: Iterable[str], *, clock: Clock) -> float:
    """Return in how many seconds the next waiting job is due: 0 if one is due now, infinity if none waits."""
    waiting = Job.objects.filter(state=State.WAITING, kind__in=kinds).order_by("try_at")
    first = waiting.values_list("try_at", flat=True).first()
    return math.inf if first is None else max(0.0, (first - clock.now()).total_seconds())


def take(leases: Leases, kinds: Mapping[str, Kind], *, clock: Clock, most: int) -> list[Job]:
    """Take jobs that are due, the longest due first. This worker owns what is returned, and must run it."""
    now = clock.now()
    due = Job.objects.filter(state=State.WAITING, try_at__lte=now, kind__in=kinds).order_by("try_at", "pk")
    if most <= 0 or not due.exists():
        return []  # without a write, so that an idle worker delays no publish
    taken = []
    with transaction.atomic():
        if not leases.hold():
            return []
        for job in due.select_for_update(skip_locked=True)[:most]:
            kind = kinds[job.kind]
            if job.attempts >= kind.attempts:
                job.state, job.ended_at, job.error = State.DEAD, now, job.error or WORKER_ENDED
            else:
                job.state = State.SENDING if kind.promise is Promise.ASK else State.RUNNING
                job.owner, job.attempts, job.taken_at = leases.name, job.attempts + 1, now
                taken.append(job)
            job.save(update_fields=["state", "owner", "attempts", "taken_at", "ended_at", "error"])
    return taken


def given(job: Job) -> Given:
    return Given(
        kind=job.kind,
        key=job.key,
        payload=json.loads(job.payload),
        on_behalf_of=job.on_behalf_of,
        due=job.due,
        attempt=job.attempts,
    )


def carry_out(job: Job, kind: Kind) -> State:
    """Run a job that was taken; return its new state, which `end` stores."""
    try:
        kind.run(given(job))
    except BaseException as error:  # of any kind, because this thread runs other jobs next
        became = _failed(job, kind, error)
    else:
        became = State.DONE
        job.payload = "{}"  # its words are not needed any more
        job.error = ""
    return became


def _failed(job: Job, kind: Kind, error: BaseException) -> State:
    job.error = error_line(error)
    match error:
        case NotAllowed():
            became = State.FORBIDDEN
        case GiveUp():
            became = State.DEAD
        case NotSent():
            became = State.WAITING
        case _ if kind.promise is Promise.ASK:
            became = State.UNSURE
        case _:
            became = State.WAITING
    if became is State.WAITING and job.attempts >= kind.attempts:
        became = State.DEAD
    if became is not State.WAITING:
        log.warning("The job %s (%s) is %s: %s", job.pk, job.kind, became.value, job.error)
    return became


def error_line(error: BaseException) -> str:
    """Return an error as one line."""
    words = " ".join(str(error).split())
    ours = isinstance(error, GiveUp | NotAllowed)
    return (words if ours and words else f"{type(error).__name__}: {words}".rstrip(": "))[:ERROR_CHARS]


def end(job: Job, became: State, *, clock: Clock) -> None:
    """Store a job's new state, if this worker still owns it: another may have taken it over."""
    changes: dict[str, Any] = {"state": became, "owner": "", "error": job.error, "payload": job.payload}
    if became is State.WAITING:
        changes["try_at"] = clock.after(pause_s(job.attempts))
    else:
        changes["ended_at"] = clock.now()
    mine = Job.objects.filter(pk=job.pk, owner=job.owner, attempts=job.attempts)
    mine.filter(state__in=(State.RUNNING, State.SENDING)).update(**changes)


def cap_waits(now: datetime) -> None:
    """Limit waits to the longest pause, because a worker with a wrong clock may have stored a later time."""
    latest = now + timedelta(seconds=LONGEST_PAUSE_S)
    Job.objects.filter(state=State.WAITING, attempts__gt=0, try_at__gt=latest).update(try_at=ALREADY_DUE)


def forget(before: datetime) -> int:
    """Delete jobs that were done or discarded before a time; return how many. Their keys can be used again then."""
    return Job.objects.filter(state__in=(State.DONE, State.DISCARDED), ended_at__lt=before).delete()[0]
