"""The worker as it runs: what is due is done beside it, one process does what recurs, and an end loses nothing."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

import pytest
from django.db import connection
from pytest_django import Settings

from asithappened.jobs import recurring
from asithappened.jobs.clock import CLOCK
from asithappened.jobs.models import Duty as Row
from asithappened.jobs.models import Job, State
from asithappened.jobs.models import Worker as WorkerRow
from asithappened.jobs.put import put
from asithappened.jobs.work import Duty, Follower, Given, Kind, Promise, Work
from asithappened.jobs.worker import JOBS_AT_ONCE, Worker
from asithappened.published import doorbell
from asithappened.wiring.bell import Doorbell
from tests.delivery.serving import until
from tests.jobs.conftest import Noted, job
from tests.log.emptied import without_triggers

__all__ = ["without_triggers"]

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]

HANG_S = 30.0


@contextmanager
def working(*works: Work, **settings: object) -> Iterator[list[Worker]]:
    """Run workers, and leave none behind."""
    with running([Worker(work, **({"look_s": 0.02} | settings)) for work in works]) as workers:  # type: ignore[arg-type]
        yield workers


@contextmanager
def running(workers: list[Worker]) -> Iterator[list[Worker]]:
    """Run these workers, and leave none behind."""
    try:
        for worker in workers:
            worker.start()
        yield workers
    finally:
        for worker in workers:
            worker.stop()


def kind(run: Callable[[Given], object], promise: Promise = Promise.AT_LEAST_ONCE) -> Work:
    """Return the work of one kind of job."""
    return Work(kinds=(Kind(name="ping", promise=promise, run=run),))


def failing() -> bool:
    """Say whether the table knows of recurring work that fails."""
    return Row.objects.exclude(failing_since=None).exists()


class Held:
    """A handler that waits until it is let go."""

    def __init__(self) -> None:
        """Hold."""
        self.begun = threading.Semaphore(0)
        self._go_on = threading.Event()

    def __call__(self, given: Given | None = None) -> None:
        """Wait."""
        self.begun.release()
        assert self._go_on.wait(HANG_S)

    def let_go(self) -> None:
        """Let all go."""
        self._go_on.set()


def test_several_workers_do_each_job_once() -> None:
    for n in range(60):
        put("ping", key=str(n), payload={})
    handler = Noted()
    with working(*[kind(handler)] * 3):
        until(lambda: Job.objects.filter(state=State.DONE).count() == 60)
    assert sorted(handler.keys, key=int) == [str(n) for n in range(60)]
    assert not WorkerRow.objects.exists(), "who left is not waited for"


def test_a_handler_that_takes_its_time_holds_up_neither_other_jobs_nor_what_recurs_nor_the_lease() -> None:
    slow, quick, duty = Held(), Noted(), Noted()
    work = Work(
        kinds=(
            Kind(name="slow", promise=Promise.AT_LEAST_ONCE, run=slow),
            Kind(name="ping", promise=Promise.AT_LEAST_ONCE, run=quick),
        ),
        duties=(Duty(name="scrub", run=lambda: duty.given.append, every_s=0.01),),
    )
    for n in range(JOBS_AT_ONCE - 1):
        put("slow", key=str(n), payload={})
    with working(work, lease_s=0.3):
        for _ in range(JOBS_AT_ONCE - 1):
            assert slow.begun.acquire(timeout=HANG_S)
        beat = WorkerRow.objects.get().beat
        put("ping", key="quick", payload={})
        until(lambda: quick.keys == ["quick"])
        until(lambda: WorkerRow.objects.get().beat > beat + 3)
        slow.let_go()
        until(lambda: Job.objects.filter(state=State.DONE).count() == JOBS_AT_ONCE)


def test_a_drain_lets_what_is_in_hand_end_and_begins_nothing_more() -> None:
    held = Held()
    put("ping", key="in hand", payload={})
    with working(kind(held)) as (worker,):
        assert held.begun.acquire(timeout=HANG_S)
        worker.drain(HANG_S)
        put("ping", key="too late", payload={})
        worker.wake()
        held.let_go()
        worker.join()
    assert (job("in hand").state, job("too late").state) == (State.DONE, State.WAITING)
    assert not WorkerRow.objects.exists()


def test_what_a_drain_does_not_see_end_is_given_back() -> None:
    held = Held()
    put("ping", key="a", payload={})
    with working(kind(held)) as (worker,):
        assert held.begun.acquire(timeout=HANG_S)
        worker.stop()
        assert (job("a").state, job("a").attempts, job("a").owner) == (State.WAITING, 0, "")
        held.let_go()


def test_a_duty_goes_on_after_it_failed_and_the_table_says_since_when_it_fails(
    caplog: pytest.LogCaptureFixture,
) -> None:
    broken = threading.Event()
    calls = Noted()

    def duty() -> None:
        calls.given.append(None)  # type: ignore[arg-type]
        if broken.is_set():
            raise OSError("The disk is full.")

    broken.set()
    with working(Work(duties=(Duty(name="scrub", run=duty, every_s=0.01),))):
        until(failing)
        assert Row.objects.get().error == "OSError: The disk is full."
        broken.clear()
        until(lambda: not failing())
        count = len(calls.given)
        until(lambda: len(calls.given) > count + 3)
    said = [record.getMessage() for record in caplog.records if record.name == "asithappened.jobs"]
    assert said == ["scrub failed, and is tried again: OSError: The disk is full.", "scrub goes on again."]


def test_a_duty_without_a_rhythm_is_done_once_by_each_process_that_takes_it_over() -> None:
    did: list[int] = []
    works = [Work(duties=(Duty(name="rendering", run=partial(did.append, n), every_s=None),)) for n in (1, 2)]
    with working(*works, lease_s=0.1) as workers:
        until(lambda: len(did) == 1)
        first = workers[did[0] - 1]
        first.stop()
        until(lambda: len(did) == 2)
    assert sorted(did) == [1, 2]


def test_a_follower_catches_up_soon_after_a_ring_in_one_process_of_several(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[int] = []
    works = [Work(followers=(Follower(name=f"f{n}", catch_up=lambda: calls.append(1)),)) for n in (1, 1)]
    monkeypatch.setattr(recurring, "FOLLOW_S", 10 * HANG_S)  # unasked it is not due again
    workers = [Worker(work, look_s=10 * HANG_S, bell=lambda: Doorbell(settings.DOORBELLS)) for work in works]
    with running(workers):
        until(lambda: len(calls) == 1)
        for so_far in range(1, 4):
            for worker in workers:
                worker._round._not_before = 0.0  # as if the last round had been a while ago
            doorbell.ring(settings.DOORBELLS, 1, 1)
            until(lambda so_far=so_far: len(calls) == so_far + 1)  # type: ignore[misc]
    assert len(calls) == 4


def test_a_worker_whose_database_was_away_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    away = threading.Event()
    away.set()

    def hold(*_: object, **__: object) -> list[Job]:
        if away.is_set():
            from django.db import OperationalError

            raise OperationalError("the database has gone")
        return real(*_, **__)  # type: ignore[arg-type]

    from asithappened.jobs import running

    real = running.take
    monkeypatch.setattr(running, "take", hold)
    put("ping", key="a", payload={})
    handler = Noted()
    with working(kind(handler)):
        connection.close()
        away.clear()
        until(lambda: handler.keys == ["a"])


def test_a_kind_with_places_of_its_own_takes_no_others_and_no_more_than_these() -> None:
    slow, quick = Held(), Noted()
    work = Work(
        kinds=(
            Kind(name="slow", promise=Promise.AT_LEAST_ONCE, run=slow, at_once=2),
            Kind(name="ping", promise=Promise.AT_LEAST_ONCE, run=quick),
        )
    )
    for n in range(JOBS_AT_ONCE * 2):
        put("slow", key=str(n), payload={})
    with working(work):
        for _ in range(2):
            assert slow.begun.acquire(timeout=HANG_S)
        for n in range(JOBS_AT_ONCE):
            put("ping", key=str(n), payload={})
        until(lambda: len(quick.keys) == JOBS_AT_ONCE)
        assert Job.objects.filter(kind="slow", state=State.RUNNING).count() == 2
        slow.let_go()
        until(lambda: not Job.objects.exclude(state=State.DONE).exists())


def test_a_ring_about_something_else_than_a_live_blog_has_jobs_looked_for_at_once(settings: Settings) -> None:
    handler, followed = Noted(), Noted()
    follower = Follower(name="all", catch_up=lambda: followed(None))  # type: ignore[arg-type]
    work = Work(kinds=kind(handler).kinds, followers=(follower,))
    with working(work, look_s=HANG_S, bell=lambda: Doorbell(settings.DOORBELLS)):
        until(lambda: bool(followed.given))  # it has looked once, and looks again in half a minute
        put("ping", key="a", payload={})
        until(lambda: (doorbell.ring(settings.DOORBELLS, 0, 0), handler.keys == ["a"])[1])


def test_a_job_begins_when_it_is_due_and_does_not_wait_for_the_next_look() -> None:
    handler = Noted()
    put("ping", key="a", payload={}, due=CLOCK.after(0.2))
    with working(kind(handler), look_s=10 * HANG_S):
        until(lambda: handler.keys == ["a"])
