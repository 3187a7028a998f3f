"""When what recurs is due: rings are waited for, gathered, and never later than its pause says."""

from asithappened.jobs.clock import CLOCK
from asithappened.jobs.recurring import FOLLOW_AFTER_S, FOLLOW_S, Recurring


def follower(calls: list[int]) -> Recurring:
    """Return a follower that this worker has, and that has caught up once."""
    one = Recurring("follower", lambda: calls.append(1), None, rings=True)
    one.mine, one._known_to_succeed = True, True
    assert one.begin()
    one.run(CLOCK)
    return one


def test_after_a_ring_a_follower_lets_readers_be_written_to_first_and_takes_some_seconds_rings_together() -> None:
    calls: list[int] = []
    one = follower(calls)
    assert one.due_s == float("inf")
    one.ring()
    first = one.due_s
    assert FOLLOW_AFTER_S < first <= FOLLOW_S
    one.ring()
    assert one.due_s <= first
    assert not one.begin()
    assert calls == [1]


def test_a_follower_waits_for_a_ring_until_one_has_come_and_again_once_it_has_begun() -> None:
    one = follower([])
    waits = [one.waits_for_a_ring]
    one.ring()
    waits.append(one.waits_for_a_ring)
    one._next = 0.0
    assert one.begin()
    waits.append(one.waits_for_a_ring)
    one.mine = False
    waits.append(one.waits_for_a_ring)
    assert waits == [True, False, True, False]


def test_a_ring_while_a_follower_runs_is_not_lost() -> None:
    def catch_up() -> None:
        one.ring()

    one = Recurring("follower", catch_up, None, rings=True)
    one.mine, one._known_to_succeed = True, True
    assert one.begin()
    one.run(CLOCK)
    assert 0 < one.due_s <= FOLLOW_S


def test_what_does_not_wait_for_rings_is_due_when_its_pause_is_over() -> None:
    one = Recurring("duty", lambda: None, 60.0)
    one.mine, one._known_to_succeed = True, True
    assert one.begin()
    one.run(CLOCK)
    one.ring()
    assert 59 < one.due_s <= 60
