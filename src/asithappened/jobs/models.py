"""The tables of the worker: jobs, workers, and the owners of recurring work.

No row has the end of a lease: a lease lasts while its owner's `beat` rises (`leases`), so that setting a clock ends
none. Times are those of `clock`, aware UTC.
"""

from datetime import UTC, datetime
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

ALREADY_DUE: Final = datetime(2000, 1, 1, tzinfo=UTC)  # in the past by any clock, even a wrong one


class State(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    SENDING = "sending", _("Being sent")  # committed before the first byte goes out, where the receiver has no key
    DONE = "done", _("Done")
    DEAD = "dead", _("Given up")
    UNSURE = "unsure", _("Perhaps sent")
    FORBIDDEN = "forbidden", _("No longer allowed")
    DISCARDED = "discarded", _("Discarded")


class Job(models.Model):
    """Work to do once, when it is due.

    `key`: unique within its kind, as long as the row exists. `payload`: JSON, emptied when it is done. `on_behalf_of`:
    a user's id, whose rights are checked again when it runs. `try_at`: when it is taken next; `due` at first. `owner`:
    the worker that has it. `settled_by`: the id of the user who decided about it, if one did.
    """

    kind = models.CharField(max_length=64)
    key = models.CharField(max_length=200)
    payload = models.TextField()
    on_behalf_of = models.BigIntegerField(null=True)
    due = models.DateTimeField()
    try_at = models.DateTimeField()
    state = models.CharField(max_length=16, choices=State.choices, default=State.WAITING)
    owner = models.CharField(max_length=32, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=500, blank=True)
    put_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    settled_by = models.BigIntegerField(null=True)

    class Meta:
        db_table = "jobs_job"
        constraints = (models.UniqueConstraint(fields=["kind", "key"], name="jobs_job_once_a_key"),)
        indexes = (
            models.Index(fields=["state", "try_at"], name="jobs_job_waiting"),
            models.Index(fields=["owner"], condition=~models.Q(owner=""), name="jobs_job_owned"),
        )


class Worker(models.Model):
    """A process that works. `at`: its time as it last beat; `step_s`: by how much the machine's clock was set since.

    `elapsed`: what had elapsed at that time since the machine's `boot`.
    """

    name = models.CharField(max_length=32, primary_key=True)
    beat = models.BigIntegerField(default=0)
    at = models.DateTimeField()
    boot = models.CharField(max_length=64, blank=True)
    elapsed = models.FloatField(default=0.0)
    step_s = models.IntegerField(default=0)
    where = models.CharField(max_length=200)

    class Meta:
        db_table = "jobs_worker"


class Duty(models.Model):
    """Recurring work, a row a name. `owner`: the worker that does it; `failing_since`: None while it succeeds."""

    name = models.CharField(max_length=64, primary_key=True)
    owner = models.CharField(max_length=32, blank=True)
    failing_since = models.DateTimeField(null=True)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        db_table = "jobs_duty"
