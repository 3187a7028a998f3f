"""The order in which requests are answered behind delivery: by rank, and nobody many times before others once."""

import asyncio
from collections.abc import Iterator

import pytest

from asithappened.delivery.turns import (
    AT_ONCE,
    OF_A_RANK,
    OF_A_SESSION,
    WAITING,
    WAITING_OF_A_SESSION,
    Client,
    Rank,
    Turns,
)

STRANGERS = OF_A_RANK[Rank.STRANGER]
BY_THEMSELVES = OF_A_RANK[Rank.BY_ITSELF]


def stranger(number: int) -> Client:
    return Client(b"192.0.2.%d" % number, Rank.STRANGER)


def editor(number: int) -> Client:
    return Client(b"session %d" % number, Rank.AWAITED)


def open_desk(number: int) -> Client:
    """Return a session whose desk sends something by itself."""
    return Client(b"session %d" % number, Rank.BY_ITSELF)


@pytest.fixture
def turns() -> Iterator[Turns]:
    """Yield turns without anybody."""
    loop = asyncio.new_event_loop()
    yield Turns(loop)
    loop.close()


def came(*joined: "asyncio.Future[bool]") -> int:
    """Return how many have got a turn."""
    return sum(turn.done() and turn.result() for turn in joined)


def test_strangers_leave_most_turns_to_editors(turns: Turns) -> None:
    crowd = [turns.join(stranger(n)) for n in range(100)]
    assert came(*crowd) == STRANGERS < AT_ONCE
    assert came(*(turns.join(editor(n)) for n in range(20))) == AT_ONCE - STRANGERS


def test_of_twenty_who_send_files_one_is_answered_at_a_time_and_everybody_else_signed_in_before(turns: Turns) -> None:
    senders = [Client(b"session %d" % n, Rank.PIECE) for n in range(20)]
    pieces = [turns.join(who) for who in senders]
    assert came(*pieces) == 1
    desks = [turns.join(open_desk(n)) for n in range(BY_THEMSELVES)]
    assert came(*desks, *(turns.join(editor(n)) for n in range(20))) == AT_ONCE - 1
    turns.finish(senders[0])
    assert came(*pieces) == 1, "editors wait"


def test_an_editor_who_waits_comes_before_strangers_who_waited_longer(turns: Turns) -> None:
    for n in range(AT_ONCE):
        turns.join(editor(n))
    waiting = turns.join(stranger(1))
    late = turns.join(editor(99))
    assert not came(waiting, late)
    turns.finish(editor(0))
    assert (came(late), came(waiting)) == (1, 0)
    turns.finish(editor(1))
    assert came(waiting) == 1


def test_a_crowd_from_one_address_gets_as_many_turns_as_a_single_asker(turns: Turns) -> None:
    crowd = [turns.join(stranger(1)) for _ in range(50)]
    single = turns.join(stranger(2))
    turns.finish(stranger(1))
    turns.finish(stranger(1))
    assert came(single) == 1
    assert came(*crowd) == STRANGERS + 1


def test_one_session_is_not_answered_many_times_at_once(turns: Turns) -> None:
    costly = [turns.join(editor(1)) for _ in range(10)]
    assert came(*costly) == OF_A_SESSION
    assert came(turns.join(editor(2))) == 1
    turns.finish(editor(1))
    assert came(*costly) == OF_A_SESSION + 1


def test_what_open_desks_send_by_themselves_leaves_the_turns_to_what_people_wait_for(turns: Turns) -> None:
    beats = [turns.join(open_desk(n)) for n in range(30)]
    assert came(*beats) == BY_THEMSELVES < AT_ONCE
    assert came(*(turns.join(editor(n)) for n in range(20))) == AT_ONCE - BY_THEMSELVES
    turns.finish(open_desk(0))
    assert came(*beats) == BY_THEMSELVES, "whoever waits to publish was first, however late she came"


def test_a_publish_does_not_wait_for_what_its_own_desk_sends_by_itself(turns: Turns) -> None:
    beat, save = turns.join(open_desk(1)), turns.join(open_desk(1))
    publish = turns.join(editor(1))
    assert (came(beat), came(save), came(publish)) == (1, 0, 1)
    turns.finish(open_desk(1))
    assert came(save) == 1


def test_too_many_strangers_and_the_newest_of_the_largest_crowd_is_refused(turns: Turns) -> None:
    crowd = [turns.join(stranger(1)) for _ in range(WAITING + STRANGERS)]
    assert turns.waiting[Rank.STRANGER] == WAITING
    single = turns.join(stranger(2))
    assert not single.done()
    assert crowd[-1].done()
    assert crowd[-1].result() is False
    assert turns.waiting[Rank.STRANGER] == WAITING
    assert came(turns.join(editor(1))) == 1, "whatever strangers do"


def test_a_session_that_waits_endlessly_often_is_refused(turns: Turns) -> None:
    joined = [turns.join(editor(1)) for _ in range(OF_A_SESSION + WAITING_OF_A_SESSION + 5)]
    assert sum(turn.done() and not turn.result() for turn in joined) == 5


def test_whoever_leaves_takes_no_turn_and_nothing_is_kept_of_anybody(turns: Turns) -> None:
    first, second = turns.join(stranger(1)), turns.join(stranger(1))
    third, fourth = turns.join(stranger(1)), turns.join(stranger(2))
    turns.leave(stranger(1), third)
    turns.leave(stranger(1), third)
    turns.leave(stranger(9), fourth)
    turns.finish(stranger(1))
    assert (came(first, second), came(third), came(fourth)) == (2, 0, 0)
    turns.finish(stranger(1))
    assert (came(third), came(fourth)) == (0, 1)
    turns.finish(stranger(2))
    assert turns.running == 0
    assert turns.waiting == dict.fromkeys(Rank, 0)
    assert not turns._waiting[Rank.STRANGER]
