"""A site admin's decision about jobs that wait for a person. Look next: `jobs.stopped`.

A decision about a live blog's job leaves a line in that live blog's audit.
"""

import json
from functools import partial

from django.db import transaction

from asithappened.accounts import gate
from asithappened.accounts.models import User
from asithappened.core.rules import Refusal
from asithappened.desk.actions import scheduling
from asithappened.desk.actions.carry_out import Refused, note
from asithappened.desk.models import Scheduled
from asithappened.jobs import stopped
from asithappened.jobs.models import Job


def settle_job(number: int, *, by: User, word: str) -> None:
    """Retry a job, discard it, or mark it as done (`stopped.SETTLED`). Raises Refused if somebody was first."""
    gate.check_may_administer(by)
    job = Job.objects.filter(pk=number).first()
    with transaction.atomic():
        if job is None or not stopped.SETTLED[word](number, by=by.pk):
            raise Refused(
                Refusal("settled", "This job does not wait for anybody's word any more. Nothing was changed.")
            )
        if (row := scheduled_of(job)) is not None:
            noted = partial(note, row.blog_id, by=by, about=row.post)
            match word:
                case "again":
                    noted(name="job_again")
                case "discard":
                    noted(name="job_discard")
                case _:
                    noted(name="job_arrived")


def scheduled_of(job: Job) -> Scheduled | None:
    """Return the scheduled post that a job was to publish, if it was such a job."""
    number = json.loads(job.payload).get("number") if job.kind == scheduling.KIND else None
    return Scheduled.objects.filter(pk=number).first() if isinstance(number, int) else None
