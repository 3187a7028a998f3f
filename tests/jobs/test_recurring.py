"""When what recurs is due: rings are waited for, gathered, and never later than its pause says."""

from collections.abc import Callable, Mapping

import pytest
from django.db import OperationalError

from asithappened.jobs import recurring
from asithappened.jobs.clock import CLOCK
from asithappened.jobs.recurring import FOLLOW_AFTER_S, FOLLOW_S, Recurring, Round


def owned(call: Callable[[], object], every_s: float | None = None, name: str = "follower") -> Recurring:
    """Return what this worker owns, and has seen succeed."""
    one = Recurring(name, call, every_s)
    one.mine, one._known_to_succeed = True, True
    assert one.begin()
    one.run(CLOCK)
    return one


def round_of(*followers: Recurring, behind: Callable[[], Mapping[str, int]] = dict) -> Round:
    """Return a round that took place a moment ago."""
    one = Round(followers, behind)
    assert one.begin()
    one.run(CLOCK)
    return one


def test_after_a_ring_the_followers_let_readers_be_written_to_first_and_take_some_seconds_rings_together() -> None:
    one = round_of(owned(lambda: None))
    one._next = float("inf")
    one.ring()
    first = one.due_s
    assert FOLLOW_AFTER_S < first <= FOLLOW_S
    one.ring()
    assert one.due_s <= first
    assert not one.begin()


def test_a_ring_is_waited_for_until_one_has_come_and_again_once_the_round_has_begun(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(recurring, "FOLLOW_S", 60.0)
    follower = owned(lambda: None)
    one = round_of(follower)
    one._not_before = 0.0
    waits = [one.waits_for_a_ring]
    one.ring()
    waits.append(one.waits_for_a_ring)
    one._next = 0.0
    assert one.begin()
    waits.append(one.waits_for_a_ring)
    one.run(CLOCK)
    follower.mine = False
    waits.append(one.waits_for_a_ring)
    assert waits == [True, False, True, False]


@pytest.mark.django_db
def test_a_ring_is_waited_for_while_the_first_round_runs_before_anybody_has_succeeded() -> None:
    waits: list[bool] = []
    follower = Recurring("f", lambda: waits.append(one.waits_for_a_ring))
    follower.mine = True
    one = Round([follower], dict)
    assert one.begin()
    one.run(CLOCK)
    assert waits == [True]


def test_a_ring_while_the_followers_run_is_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    followers: list[Recurring] = []
    one = Round(followers, dict)
    followers.append(owned(one.ring))
    assert one.begin()
    soonest = one._not_before
    monkeypatch.setattr(recurring, "FOLLOW_S", 60.0)  # unasked it is due much later
    one.run(CLOCK)
    assert one._next == soonest


def test_what_does_not_wait_for_rings_is_due_when_its_pause_is_over() -> None:
    assert 59 < owned(lambda: None, 60.0).due_s <= 60


def test_a_round_calls_only_followers_that_have_something_to_consume_or_of_which_that_is_not_known() -> None:
    calls: list[str] = []
    followers = [owned(lambda name=name: calls.append(name), name=name) for name in ("idle", "new", "late")]  # type: ignore[misc]
    calls.clear()
    one = Round(followers, lambda: {"idle": 0, "late": 3})
    assert one.begin()
    one.run(CLOCK)
    assert calls == ["new", "late"]
    assert FOLLOW_S - 1 < one.due_s <= FOLLOW_S


@pytest.mark.django_db
def test_a_follower_that_was_just_taken_over_is_called_whatever_is_left_and_one_of_another_worker_is_not() -> None:
    calls: list[str] = []
    taken = Recurring("taken", lambda: calls.append("taken"))
    other = Recurring("other", lambda: calls.append("other"))
    one = round_of(owned(lambda: None), other, taken, behind=lambda: {"follower": 0, "other": 5, "taken": 0})
    assert calls == []
    taken.mine = True
    assert one.begin(), "it does not wait for the next round"
    one.run(CLOCK)
    assert calls == ["taken"]


@pytest.mark.django_db
def test_if_it_is_not_known_what_is_left_each_follower_is_called_and_one_that_fails_has_a_pause() -> None:
    calls: list[str] = []

    def away() -> Mapping[str, int]:
        raise OperationalError("the database has gone")

    def fails() -> None:
        calls.append("fails")
        raise OSError("The disk is full.")

    failing = Recurring("fails", fails)
    failing.mine = True
    one = Round([failing, owned(lambda: calls.append("well"))], away)
    calls.clear()
    for _ in range(2):
        one._next = 0.0
        assert one.begin()
        one.run(CLOCK)
    assert calls == ["fails", "well", "well"]
    assert 0 < one.due_s < FOLLOW_S, "the end of its pause begins a round"


def test_a_stop_ends_a_round_between_two_followers() -> None:
    calls: list[int] = []
    followers = [owned(lambda n=n: calls.append(n)) for n in (1, 2)]  # type: ignore[misc]
    calls.clear()
    one = Round(followers, dict)
    assert one.begin()
    one.run(CLOCK, stop=lambda: bool(calls))
    assert calls == [1]
