"""Promises of `delivery.connections`: places are shared fairly, and some are kept for the signed in."""

import asyncio
import resource
from typing import cast

import pytest

from asithappened.delivery import connections, refusals
from asithappened.delivery.connections import IDLE_S, SHORT_PROBATION_S, Connections
from asithappened.delivery.metrics import Metrics
from asithappened.delivery.proxies import Proxies
from asithappened.delivery.refusals import Refusal, Refusals


class Loop:
    """A loop whose time passes when told to."""

    now = 100.0

    def time(self) -> float:
        return self.now


class Here:
    """A connection that notes how it ended."""

    signed_in = probation = False

    def __init__(self, places: Connections, loop: Loop, peer: str) -> None:
        self.places, self.peer = places, peer
        self.address, self.made_at = peer, loop.now
        self.loop, self.transport = cast(asyncio.AbstractEventLoop, loop), cast(asyncio.Transport, self)
        self.idle: float | None = loop.now
        self.refused: list[Refusal] = []
        self.closed = False
        places.enter(self)

    def on_probation(self) -> None:
        self.probation = True

    def refuse(self, refusal: Refusal, /) -> None:
        self.refused.append(refusal)
        self.places.leave(self)

    def idle_since(self) -> float | None:
        return self.idle

    def idle_too_long(self, now: float, /) -> None:
        """Stay."""

    def close(self) -> None:
        """Note it: the loop takes the place back a moment later."""
        self.closed = True


class Door:
    """Twenty places, of which four are kept for people who are signed in."""

    def __init__(self) -> None:
        self.loop = Loop()
        self.places = Connections(Proxies(), Refusals(Metrics()), total=20)
        self._came = 0

    def come(self, many: int = 1, *, peer: str = "") -> list[Here]:
        """Let so many in, each from another address unless one is named."""
        self._came += many
        return [Here(self.places, self.loop, peer or f"192.0.2.{self._came - n}") for n in range(many)]


@pytest.fixture
def door() -> Door:
    """Return a process with few places."""
    return Door()


def test_a_stranger_who_finds_places_short_has_one_on_probation_and_none_where_all_are_taken(door: Door) -> None:
    first = door.come(16)
    assert not any(here.probation for here in first)
    kept = door.come(4)
    assert all(here.probation for here in kept)
    assert not any(here.refused for here in kept)
    [last] = door.come()
    assert last.refused == [refusals.FULL]


def test_who_has_been_on_probation_for_longest_makes_room_and_who_proved_to_be_known_stays(door: Door) -> None:
    door.come(16)
    known, stranger, *_ = door.come(4)
    door.places.recognise(known, signed_in=True)
    door.places.proved(known)
    door.loop.now += 2 * SHORT_PROBATION_S
    [last] = door.come()
    assert (known.closed, stranger.closed, last.refused) == (False, True, [])
    assert not known.probation


def test_the_signed_in_take_no_places_of_strangers(door: Door) -> None:
    for here in door.come(4):
        door.places.recognise(here, signed_in=True)
    assert not any(here.probation for here in door.come(16))


def test_idle_connections_are_closed_before_a_stranger_waits_and_busy_ones_are_not(door: Door) -> None:
    busy, *idle = door.come(16)
    busy.idle = None
    door.loop.now += IDLE_S + 1
    door.come()
    assert not busy.closed
    assert all(here.closed for here in idle)


def test_an_address_that_has_too_many_is_refused_until_some_have_gone_and_a_proxy_never(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "PER_NETWORK", 2)
    first, _, third = door.come(3, peer="198.51.100.1")
    assert third.refused == [refusals.CROWD]
    door.places.leave(first)
    door.places.leave(first)  # once more does nothing
    assert [here.refused for here in door.come(2, peer="198.51.100.1")] == [[], [refusals.CROWD]]
    assert not any(here.refused for here in door.come(3, peer="127.0.0.1"))


def test_streams_leave_places_for_documents_and_for_the_signed_in() -> None:
    places = connections.places()
    assert places >= 100
    assert connections.kept(100) == 20
    assert connections.kept(10**6) == connections.KEPT
    assert connections.places() + connections.backlog() <= resource.getrlimit(resource.RLIMIT_NOFILE)[0]
