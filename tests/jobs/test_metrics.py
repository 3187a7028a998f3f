"""Promises of the metrics of jobs: what waits, what is due, what stopped, and how far a follower is behind."""

from collections.abc import Callable

import pytest
from prometheus_client import CollectorRegistry

from asithappened.jobs.metrics import Metrics
from asithappened.jobs.put import put
from asithappened.jobs.work import Follower, Kind, Work
from asithappened.jobs.worker import Worker
from tests.jobs.clocks import Machine
from tests.jobs.conftest import Hand

pytestmark = [pytest.mark.both, pytest.mark.django_db]


Make = Callable[..., Kind]


def test_the_metrics_say_what_waits_what_is_due_and_how_far_a_follower_is_behind(hand: Hand, machine: Machine) -> None:
    put("dead", key="due", payload={})
    machine.elapse(90)
    registry = CollectorRegistry()
    follower = Follower(name="documents", catch_up=lambda: None)
    left = {"documents": 12, "another worker's": 1}
    worker = Worker(Work(followers=(follower,), behind=lambda: left), clock=hand.clock)
    worker.recurring[0].mine = True
    machine.set(3600)
    Metrics(registry)(worker)
    said = {
        (sample.name.removeprefix("asithappened_"), *sample.labels.values()): sample.value
        for metric in registry.collect()
        for sample in metric.samples
    }
    assert said == {
        ("jobs_due",): 1, ("jobs_oldest_due_seconds",): 90, ("jobs_running",): 0,
        ("jobs_stopped", "dead"): 1, ("jobs_stopped", "unsure"): 1, ("jobs_stopped", "forbidden"): 1,
        ("duties_failing",): 0, ("follower_behind", "documents"): 12, ("worker_clock_step_seconds",): 3600,
    }  # fmt: skip
