"""Numbers of the worker, in Prometheus's form, beside those of delivery.

Owns their names. They are counted by the worker as it beats: whoever asks for them asks no database.
"""

from contextlib import suppress

from django.db import Error
from prometheus_client import CollectorRegistry, Gauge

from asithappened.jobs import stopped
from asithappened.jobs.worker import Worker


class Metrics:
    """Gauges of one process; call it with the worker to set them."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._due = Gauge("asithappened_jobs_due", "Jobs that are due and that nobody has taken", registry=registry)
        self._oldest = Gauge(
            "asithappened_jobs_oldest_due_seconds", "For how long the oldest of them has been due", registry=registry
        )
        self._running = Gauge("asithappened_jobs_running", "Jobs that are being done", registry=registry)
        self._stopped = Gauge(
            "asithappened_jobs_stopped", "Jobs that wait for a person's word", ["state"], registry=registry
        )
        self._failing = Gauge(
            "asithappened_duties_failing", "Duties and followers of this process that fail", registry=registry
        )
        self._behind = Gauge(
            "asithappened_follower_behind",
            "Facts that a follower has not followed yet",
            ["follower"],
            registry=registry,
        )
        self._step = Gauge(
            "asithappened_worker_clock_step_seconds",
            "By how much the machine's clock was set while the worker went by the time from before",
            registry=registry,
        )

    def __call__(self, worker: Worker) -> None:
        now = worker.clock.now()
        found = stopped.counts(now)
        self._due.set(found.due)
        self._oldest.set(max(0.0, (now - found.since).total_seconds()) if found.since else 0.0)
        self._running.set(found.running)
        for state, count in found.stopped.items():
            self._stopped.labels(state.value).set(count)
        self._failing.set(sum(one.failures > 0 for one in worker.recurring))
        self._step.set(worker.clock.step_s())
        mine = {one.name for one in worker.recurring if one.mine}
        with suppress(Error):
            for name, facts in worker.work.behind().items():
                if name in mine:
                    self._behind.labels(name).set(facts)
