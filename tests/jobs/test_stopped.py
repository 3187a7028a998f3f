"""Jobs that wait for a person's word: they are counted, and done, discarded or taken for done when it is said."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from asithappened.jobs import stopped
from asithappened.jobs.models import State
from asithappened.jobs.put import put
from asithappened.jobs.work import Kind, Promise, Work
from tests.jobs.clocks import Machine
from tests.jobs.conftest import Hand, Noted, job

pytestmark = [pytest.mark.both, pytest.mark.django_db]

Make = Callable[..., Kind]


def test_they_are_named_and_counted_and_nobody_takes_them(hand: Hand, machine: Machine) -> None:
    machine.elapse(100_000)
    assert hand.work() == []
    assert {found.key for found in stopped.stopped()} == {"dead", "unsure", "forbidden"}
    counts = stopped.counts(hand.clock.now())
    assert (counts.due, counts.since, counts.running) == (0, None, 0)
    assert counts.stopped == {State.DEAD: 1, State.UNSURE: 1, State.FORBIDDEN: 1}


@pytest.mark.parametrize("key", ["dead", "unsure", "forbidden"])
def test_one_that_is_tried_again_is_done_as_if_it_had_never_failed(hand: Hand, key: str) -> None:
    assert stopped.try_again(job(key).pk, by=7)
    assert (job(key).attempts, job(key).error) == (0, "")
    assert hand.work() == [State.DONE]
    assert job(key).settled_by == 7
    assert not stopped.try_again(job(key).pk, by=7), "done is done"


def test_one_that_is_discarded_is_never_done_even_if_it_is_asked_for_again(hand: Hand, machine: Machine) -> None:
    assert stopped.discard(job("dead").pk, by=None)
    assert not put("dead", key="dead", payload={})
    machine.elapse(100_000)
    assert hand.work() == []
    assert (job("dead").state, job("dead").payload) == (State.DISCARDED, "{}")
    assert not stopped.discard(job("dead").pk, by=None)


def test_only_what_was_perhaps_sent_can_have_arrived(hand: Hand) -> None:
    assert stopped.mark_arrived(job("unsure").pk, by=None)
    assert (job("unsure").state, job("unsure").payload) == (State.DONE, "{}")
    for key in ("dead", "forbidden", "unsure"):
        assert not stopped.mark_arrived(job(key).pk, by=None)


def test_a_job_that_waits_its_turn_is_nobodys_to_settle(hand: Hand) -> None:
    put("dead", key="waits", payload={})
    assert not any(settle(job("waits").pk, by=None) for settle in stopped.SETTLED.values())
    assert job("waits").state == State.WAITING


def test_after_a_restore_a_person_is_asked_about_what_may_have_been_sent_since(
    machine: Machine, kind: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = machine.process().now()
    monkeypatch.setattr("asithappened.jobs.stopped.CLOCK", machine.process())
    for kind_ in ("note", "webhook"):
        put(kind_, key=f"{kind_} that was due", payload={}, due=now)
        put(kind_, key=f"{kind_} to come", payload={}, due=now + timedelta(hours=1))
    kinds = (kind(Noted(), Promise.ASK, name="note"), kind(Noted(), name="webhook"))
    assert stopped.mark_unsure(Work(kinds=kinds)) == 1
    assert [found.key for found in stopped.stopped()] == ["note that was due"]
    assert Hand(machine, *kinds).work() == [State.DONE], "the other receiver knows what it had by its key"
