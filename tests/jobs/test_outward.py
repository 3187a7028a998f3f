"""What goes outward: at least once with the receiver's key; where it knows none, never twice without being asked."""

import socket

import pytest

from asithappened.jobs import running
from asithappened.jobs.models import State
from asithappened.jobs.put import put
from asithappened.jobs.work import Kind, Promise
from tests.jobs.clocks import Machine
from tests.jobs.conftest import Hand, job
from tests.jobs.receiver import Receiver, send

pytestmark = [pytest.mark.both, pytest.mark.django_db]


def kinds(port: int) -> tuple[Kind, Kind]:
    """Return a kind whose receiver has a key, and one whose receiver has none."""
    return (
        Kind(name="webhook", promise=Promise.AT_LEAST_ONCE, run=lambda given: send(given, port, key=given.key)),
        Kind(name="note", promise=Promise.ASK, run=lambda given: send(given, port, key="")),
    )


def test_a_receiver_with_a_key_is_sent_it_again_and_knows_what_it_had(machine: Machine) -> None:
    with Receiver(mute=2) as receiver:
        put("webhook", key="w1", payload={"words": "Landfall."})
        hand = Hand(machine, *kinds(receiver.port))
        assert hand.work() == [State.WAITING]
        machine.elapse(2)
        assert hand.work() == [State.WAITING]
        machine.elapse(4)
        assert hand.work() == [State.DONE]
        assert receiver.arrived == [("w1", "Landfall.")] * 3
        assert receiver.distinct() == ["Landfall."]


def test_a_receiver_without_a_key_is_not_sent_again_what_it_may_have(machine: Machine) -> None:
    with Receiver(mute=1) as receiver:
        put("note", key="n1", payload={"words": "Landfall."})
        hand = Hand(machine, *kinds(receiver.port))
        assert hand.work() == [State.UNSURE]
        machine.elapse(100_000)
        assert hand.work() == []
        assert receiver.arrived == [("", "Landfall.")]
        assert job("n1").error


def test_a_worker_killed_while_it_sent_sends_nothing_again(machine: Machine) -> None:
    with Receiver() as receiver:
        put("note", key="n1", payload={"words": "Landfall."})
        killed, other = (Hand(machine, *kinds(receiver.port)) for _ in range(2))
        (taken,) = killed.take()
        killed.kinds["note"].run(running.given(taken))  # it arrived, and nobody was told
        other.leases.free_dead()
        machine.elapse(15)
        other.leases.free_dead()
        assert other.work() == []
        assert job("n1").state == State.UNSURE
        assert len(receiver.arrived) == 1


def test_what_certainly_did_not_arrive_is_sent_again(machine: Machine) -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    put("note", key="n1", payload={"words": "Landfall."})
    assert Hand(machine, *kinds(port)).work() == [State.WAITING]
    machine.elapse(2)
    with Receiver() as receiver:
        assert Hand(machine, *kinds(receiver.port)).work() == [State.DONE]
        assert receiver.arrived == [("", "Landfall.")]
