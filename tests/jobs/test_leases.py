"""A lease lasts as long as its worker beats, whatever clocks say; what the dead had is taken over once."""

from collections.abc import Callable

import pytest

from asithappened.jobs import running
from asithappened.jobs.models import Duty, State, Worker
from asithappened.jobs.put import put
from asithappened.jobs.work import Kind, Promise
from tests.jobs.clocks import Machine
from tests.jobs.conftest import Hand, Noted, job

pytestmark = [pytest.mark.both, pytest.mark.django_db]

Make = Callable[..., Kind]


def test_what_a_worker_had_that_beats_no_more_is_taken_over_after_a_lease(machine: Machine, kind: Make) -> None:
    put("ping", key="a", payload={})
    dead, other = Hand(machine, kind(Noted())), Hand(machine, kind(handler := Noted()))
    assert len(dead.take()) == 1
    assert other.leases.free_dead() == []
    machine.elapse(14.9)
    assert other.leases.free_dead() == []
    assert other.work() == []
    machine.elapse(0.2)
    assert len(other.leases.free_dead()) == 1
    assert other.work() == [State.DONE]
    assert handler.given[0].attempt == 2


def test_a_worker_that_beats_keeps_what_it_has_for_as_long_as_it_takes(machine: Machine, kind: Make) -> None:
    put("ping", key="a", payload={})
    slow, other = Hand(machine, kind(Noted())), Hand(machine, kind(Noted()))
    (taken,) = slow.take()
    for _ in range(20):
        machine.elapse(5)
        assert slow.leases.beat()
        assert other.leases.free_dead() == []
    assert other.work() == []
    assert slow.do(taken) is State.DONE
    assert job("a").state == State.DONE


def test_a_worker_that_always_has_something_to_do_is_due_to_beat_and_to_free_the_dead(
    machine: Machine, kind: Make
) -> None:
    busy = Hand(machine, kind(Noted()))
    for second in range(5):
        assert not busy.leases.due
        machine.elapse(1)
        put("ping", key=f"{second}", payload={})
        assert busy.work() == [State.DONE]
    assert busy.leases.due


@pytest.mark.parametrize("by_s", [3600.0, -3600.0])
def test_no_clock_breaks_or_steals_a_lease(machine: Machine, kind: Make, by_s: float) -> None:
    put("ping", key="a", payload={})
    one, other = Hand(machine, kind(Noted())), Hand(machine, kind(Noted()))
    one.take()
    other.leases.free_dead()
    machine.set(by_s)
    machine.boot = "boot-2"
    newest = Hand(machine, kind(Noted()))  # on another machine, by its clock
    for _ in range(3):
        machine.elapse(5)
        for hand in (one, other, newest):
            assert hand.leases.beat()
            assert hand.leases.free_dead() == []
    machine.elapse(14)
    assert other.leases.beat()
    assert other.leases.free_dead() == newest.leases.free_dead() == []
    machine.elapse(2)
    assert one.leases.name in other.leases.free_dead(), "the hour ends no lease later either"


def test_a_worker_that_stood_still_has_lost_what_it_had_and_ends_nothing(machine: Machine, kind: Make) -> None:
    put("ping", key="a", payload={})
    still, other = Hand(machine, kind(Noted(OSError()))), Hand(machine, kind(Noted()))
    (taken,) = still.take()
    assert still.leases.duties(["scrub"]) == {"scrub"}
    other.leases.free_dead()
    machine.elapse(15)
    other.leases.free_dead()
    (theirs,) = other.take()
    assert still.take() == []
    assert still.do(taken) is State.WAITING
    assert job("a").owner == other.leases.name, "what another has is not given back by who lost it"
    assert other.do(theirs) is State.DONE
    assert other.leases.duties(["scrub"]) == {"scrub"}
    assert not still.leases.beat(), "it is told that it has nothing any more"
    assert still.leases.duties(["scrub"]) == set()
    assert still.leases.beat()


def test_a_worker_that_leaves_gives_back_at_once_and_no_attempt_is_counted(machine: Machine, kind: Make) -> None:
    put("ping", key="a", payload={})
    one, other = Hand(machine, kind(Noted())), Hand(machine, kind(Noted()))
    one.take()
    one.leases.duties(["scrub"])
    one.leases.leave()
    assert (job("a").state, job("a").attempts) == (State.WAITING, 0)
    assert other.leases.duties(["scrub"]) == {"scrub"}
    assert other.work() == [State.DONE]


@pytest.mark.parametrize("ends", ["killed", "told to"])
def test_what_was_being_sent_as_its_worker_ended_waits_for_a_persons_word(
    machine: Machine, kind: Make, ends: str
) -> None:
    put("ping", key="a", payload={})
    asking = kind(handler := Noted(), Promise.ASK)
    one, other = Hand(machine, asking), Hand(machine, asking)
    one.take()
    assert job("a").state == State.SENDING, "before a byte goes out"
    if ends == "told to":
        one.leases.leave()
    other.leases.free_dead()
    machine.elapse(15)
    other.leases.free_dead()
    assert other.work() == []
    assert job("a").state == State.UNSURE
    assert handler.given == []


def test_a_job_that_kills_its_workers_is_given_up(machine: Machine, kind: Make) -> None:
    put("ping", key="a", payload={})
    deadly = kind(Noted(), attempts=3)
    for _ in range(3):
        assert len(Hand(machine, deadly).take()) == 1
        undertaker = Hand(machine, deadly)
        undertaker.leases.free_dead()
        machine.elapse(15)
        undertaker.leases.free_dead()
    assert Hand(machine, deadly).work() == []
    assert (job("a").state, job("a").error) == (State.DEAD, "The worker ended in the midst of it.")


def test_a_duty_is_one_workers_until_that_ends(machine: Machine) -> None:
    one, other = Hand(machine), Hand(machine)
    assert one.leases.duties(["scrub", "replays"]) == {"scrub", "replays"}
    assert other.leases.duties(["scrub", "feeds"]) == {"feeds"}
    other.leases.free_dead()
    machine.elapse(15)
    other.leases.beat()
    other.leases.free_dead()
    assert other.leases.duties(["scrub", "feeds"]) == {"scrub", "feeds"}
    assert one.leases.duties(["scrub", "replays"]) == set()
    assert Worker.objects.count() == 1
    assert Duty.objects.count() == 3


def test_an_idle_worker_writes_nothing_when_it_looks(
    machine: Machine, kind: Make, django_assert_num_queries: Callable[..., object]
) -> None:
    hand = Hand(machine, kind(Noted()))
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        assert running.take(hand.leases, hand.kinds, clock=hand.clock, most=4) == []
