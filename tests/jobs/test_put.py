"""Promises of asking for a job: it is there if what asked for it is, once by its key, and due at once."""

from collections.abc import Callable

import pytest
from django.db import transaction
from django.utils.timezone import now as really_now

from asithappened.jobs.models import Job, State
from asithappened.jobs.put import BadJob, put
from asithappened.jobs.work import Kind
from tests.jobs.clocks import Machine
from tests.jobs.conftest import Hand, Noted, job

pytestmark = [pytest.mark.both, pytest.mark.django_db]


Make = Callable[..., Kind]


def test_a_job_is_there_if_what_asked_for_it_is(machine: Machine, kind: Make) -> None:
    with transaction.atomic():
        put("ping", key="a", payload={})
        transaction.set_rollback(True)
    with transaction.atomic():
        put("ping", key="b", payload={"words": "ä\0"})
    handler = Noted()
    assert Hand(machine, kind(handler)).work() == [State.DONE]
    assert handler.keys == ["b"]
    assert handler.given[0].payload == {"words": "ä\0"}
    assert job("b").payload == "{}", "words are kept where they belong, and nowhere else"


def test_of_a_key_there_is_one_job_and_the_first_stands(machine: Machine, kind: Make) -> None:
    with transaction.atomic():
        assert put("ping", key="a", payload={"n": 1})
        assert not put("ping", key="a", payload={"n": 2})
        assert put("pong", key="a", payload={})
    handler = Noted()
    hand = Hand(machine, kind(handler))
    assert hand.work() == [State.DONE]
    assert not put("ping", key="a", payload={"n": 3}), "not even after it was done"
    assert hand.work() == []
    assert [given.payload["n"] for given in handler.given] == [1]


def test_what_cannot_be_kept_is_refused_in_words(machine: Machine) -> None:
    for key, payload in (("", {}), ("k" * 201, {}), ("k", {"words": "x" * 1_000_001})):
        with pytest.raises(BadJob, match=r"at the most|its key"):
            put("ping", key=key, payload=payload)
    assert not Job.objects.exists()


def test_a_job_without_a_time_is_due_at_once_by_the_processs_clock(kind: Make) -> None:
    put("ping", key="a", payload={})
    assert abs((job("a").due - really_now()).total_seconds()) < 120
