"""Jobs in the table: taken by one, tried again after a pause, and given up when there is no use."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from asithappened.jobs import running
from asithappened.jobs.models import Job, State
from asithappened.jobs.put import put
from asithappened.jobs.work import GiveUp, Kind, NotAllowed, NotSent, Promise
from tests.jobs.clocks import Machine
from tests.jobs.conftest import Hand, Noted, job

pytestmark = [pytest.mark.both, pytest.mark.django_db]

Make = Callable[..., Kind]


def test_nothing_is_taken_before_it_is_due_and_the_longest_due_comes_first(machine: Machine, kind: Make) -> None:
    at = machine.process().now()
    for minutes in (30, 10, 20):
        put("ping", key=str(minutes), payload={}, due=at + timedelta(minutes=minutes))
    handler = Noted()
    hand = Hand(machine, kind(handler))
    assert hand.work() == []
    machine.elapse(599)
    assert hand.work() == []
    machine.elapse(601)
    hand.work()
    assert handler.keys == ["10", "20"]


@pytest.mark.parametrize("by_s", [3600.0, -3600.0])
def test_a_clock_that_is_set_an_hour_forth_or_back_makes_nothing_early_and_holds_nothing_up(
    machine: Machine, kind: Make, by_s: float
) -> None:
    due = machine.process().now() + timedelta(minutes=30)
    put("ping", key="at six", payload={}, due=due)
    handler = Noted()
    hand = Hand(machine, kind(handler))
    machine.elapse(60)
    machine.set(by_s)
    assert hand.work() == []
    machine.elapse(28 * 60 + 59)
    assert hand.work() == []
    machine.elapse(1)
    assert hand.work() == [State.DONE]


def test_a_job_is_taken_by_one_of_several(machine: Machine, kind: Make) -> None:
    for n in range(10):
        put("ping", key=str(n), payload={})
    one, two = (Hand(machine, kind(Noted())) for _ in range(2))
    taken = [one.take(3), two.take(100), one.take(100)]
    assert [len(jobs) for jobs in taken] == [3, 7, 0]
    assert len({found.key for jobs in taken for found in jobs}) == 10


def test_a_kind_that_nobody_here_knows_is_left_to_who_does(machine: Machine, kind: Make) -> None:
    put("pong", key="a", payload={})
    assert Hand(machine, kind(Noted())).work() == []
    assert Hand(machine, kind(Noted(), name="pong")).work() == [State.DONE]


def test_what_fails_is_tried_again_after_longer_and_longer_pauses_and_then_given_up(
    machine: Machine, kind: Make
) -> None:
    put("ping", key="a", payload={})
    handler = Noted(*(OSError(f"no route\nto {n}") for n in range(9)))
    hand = Hand(machine, kind(handler, attempts=9))
    pauses = []
    for _ in range(8):
        assert hand.work() == [State.WAITING]
        pauses.append((job("a").try_at - hand.clock.now()).total_seconds())
        assert job("a").error.startswith("OSError: no route to")
        machine.elapse(pauses[-1] - 1)
        assert hand.work() == []
        machine.elapse(1)
    assert all(2.0**n <= pause <= 2.0 ** (n + 1) for n, pause in enumerate(pauses)), pauses
    assert hand.work() == [State.DEAD]
    machine.elapse(100_000)
    assert hand.work() == []
    assert (job("a").state, job("a").attempts, job("a").error) == (State.DEAD, 9, "OSError: no route to 8")


def test_no_pause_is_longer_than_the_longest() -> None:
    assert 450 <= running.pause_s(40) <= running.LONGEST_PAUSE_S
    assert running.pause_s(70_000) <= running.LONGEST_PAUSE_S


def test_a_pause_that_was_said_by_a_clock_an_hour_ahead_is_mended(machine: Machine, kind: Make) -> None:
    put("ping", key="failed", payload={})
    put("ping", key="later", payload={}, due=machine.process().now() + timedelta(hours=2))
    machine.set(3600)
    ahead = Hand(machine, kind(Noted(OSError())))
    machine.set(-3600)
    ahead.work()
    ahead.leases.leave()
    hand = Hand(machine, kind(Noted()))
    machine.elapse(10)
    assert hand.work() == []
    running.cap_waits(hand.clock.now())
    assert hand.work() == [State.DONE]
    assert job("later").state == State.WAITING


def test_what_is_due_at_once_is_so_whatever_the_clock_of_who_asks(machine: Machine, kind: Make) -> None:
    hand = Hand(machine, kind(Noted()))
    machine.set(3600)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("asithappened.jobs.put.CLOCK", machine.process())
        put("ping", key="a", payload={})
    assert hand.work() == [State.DONE]


@pytest.mark.parametrize("by_s", [3600.0, -3600.0])
def test_a_worker_that_follows_one_that_was_killed_goes_by_its_time_and_one_that_is_started_anew_by_the_clocks(
    machine: Machine, kind: Make, by_s: float
) -> None:
    killed = Hand(machine, kind(Noted()))
    machine.set(by_s)
    machine.elapse(5)
    follower = Hand(machine, kind(Noted()))
    assert follower.clock.now() == killed.clock.now()
    follower.leases.free_dead()
    machine.elapse(15)
    follower.leases.beat()
    assert follower.leases.free_dead()
    another = Hand(machine, kind(Noted()))
    assert another.clock.now() == killed.clock.now()
    for hand in (follower, another):
        hand.leases.leave()
    anew = Hand(machine, kind(Noted()))
    assert (anew.clock.now() - killed.clock.now()).total_seconds() == by_s
    machine.boot, machine.uptime = "boot-2", 3.0
    assert Hand(machine, kind(Noted())).clock.step_s() == 0, "another boot, or machine, is not compared"


@pytest.mark.parametrize(
    ("promise", "error", "became", "said"),
    [
        (Promise.AT_LEAST_ONCE, OSError("x"), State.WAITING, "OSError: x"),
        (Promise.AT_LEAST_ONCE, SystemExit(), State.WAITING, "SystemExit"),
        (Promise.AT_LEAST_ONCE, GiveUp("It is closed."), State.DEAD, "It is closed."),
        (Promise.ONCE_BY_KEY, NotAllowed("She left."), State.FORBIDDEN, "She left."),
        (Promise.ASK, OSError("timed out"), State.UNSURE, "OSError: timed out"),
        (Promise.ASK, NotSent("refused"), State.WAITING, "NotSent: refused"),
        (Promise.ASK, GiveUp("No such account."), State.DEAD, "No such account."),
    ],
)
def test_what_becomes_of_a_job_is_said_by_how_its_handler_fails(
    machine: Machine, kind: Make, promise: Promise, error: BaseException, became: State, said: str
) -> None:
    put("ping", key="a", payload={"words": "kept"})
    assert Hand(machine, kind(Noted(error), promise)).work() == [became]
    assert (job("a").state, job("a").error, job("a").owner) == (became, said, "")
    assert "kept" in job("a").payload


def test_jobs_that_were_done_are_forgotten_after_a_while(machine: Machine, kind: Make) -> None:
    put("ping", key="done", payload={})
    hand = Hand(machine, kind(Noted()))
    hand.work()
    put("ping", key="waits", payload={})
    assert running.forget(hand.clock.now()) == 0
    assert running.forget(hand.clock.after(1)) == 1
    assert [found.key for found in Job.objects.all()] == ["waits"]
