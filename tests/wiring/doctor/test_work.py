"""Promises of the doctor about what is due: who does it, what fails, and whose clock was set."""

from datetime import timedelta

from asithappened.desk.actions import scheduling
from asithappened.jobs.clock import CLOCK
from asithappened.jobs.models import Duty, Job, Worker
from asithappened.wiring.doctor import work
from tests.wiring.commanding import db


@db
def test_the_doctor_says_what_nobody_does_what_fails_and_whose_clock_was_set() -> None:
    assert work.jobs().result == work.worker().result == "ok"
    long_ago = CLOCK.now() - timedelta(hours=1)
    job = Job.objects.create(kind="tomorrows", key="k", payload="{}", due=long_ago, try_at=long_ago, put_at=long_ago)
    found = work.jobs()
    assert (found.result, "does not know the kinds tomorrows" in found.do) == ("warn", True)
    job.kind = scheduling.KIND
    job.save()
    assert "--role worker" in work.jobs().do
    working = Worker.objects.create(name="w", where="host, process 12", at=long_ago, step_s=-3600)
    assert "set by -3,600 s, and host, process 12 goes by" in work.worker().says
    Duty.objects.create(name="scrub", failing_since=long_ago, error="The disk is full.")
    Duty.objects.create(name="of another version", failing_since=long_ago, error="x")
    found = work.worker()
    assert (found.result, "scrub has failed since" in found.says) == ("warn", True)
    Duty.objects.filter(name="scrub").delete()
    working.step_s = 0
    working.save()
    assert work.worker().says == "host, process 12"
