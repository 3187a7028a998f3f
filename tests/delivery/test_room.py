"""Promises of `delivery.room`: when its readers get heartbeats, by a clock of the test's own."""

import asyncio
import random
from itertools import pairwise

import pytest

from asithappened.delivery import sse
from asithappened.delivery.room import HEARTBEAT_S, ROUND_S, SWEEP_S, Room
from asithappened.published.read import Blog
from asithappened.published.tickets import Ticket

# What frontend/reader/transport.ts gives a stream to say nothing; it must not be the server's habit.
SCRIPT_WAITS_S = 30.0
EVENT = b"data: {}\n\n"


class Clock:
    """A clock that stands still until it is moved."""

    now = 1_000.0

    def __call__(self) -> float:
        return self.now


class Reader:
    """A stream whose reader takes everything at once, and keeps the times."""

    ends_at = written_at = 0.0
    ticket: Ticket | None = None
    queued = 0
    at_desk = False

    def __init__(self, clock: Clock) -> None:
        self.clock, self.got = clock, [(clock.now, b"")]

    def push(self, data: bytes) -> None:
        self.got.append((self.clock.now, data))

    def end(self) -> None:
        """Stay: how long a stream lasts is nothing to these tests."""

    def cut(self) -> None:
        """Never happens to a quick reader."""

    def stuck(self, now: float) -> bool:
        del now
        return False


def room_of(readers: int) -> tuple[Room, Clock, list[Reader]]:
    """Return a room with so many readers in it."""
    clock = Clock()
    blog = Blog(id=1, slug="a", epoch="e", head=0, generation=1, render=1, floor=0, audience="everyone", status="live")
    room = Room(blog, clock=clock)
    made = [Reader(clock) for _ in range(readers)]
    for reader in made:
        room.join(reader)
    return room, clock, made


def silences(reader: Reader, until: float) -> float:
    """Return the longest time in which a reader got nothing."""
    times = [at for at, _ in reader.got] + [until]
    return max(b - a for a, b in pairwise(times))


@pytest.mark.parametrize("readers", [1, 7, 30, 400])
@pytest.mark.parametrize("seed", range(4))
def test_nobody_hears_nothing_for_longer_than_a_script_waits(readers: int, seed: int) -> None:
    chance = random.Random(seed)
    room, clock, made = room_of(readers)
    for _ in range(int(180 / SWEEP_S)):
        clock.now += SWEEP_S
        if chance.random() < 0.03:  # an event every sixteen seconds or so, the worst for who counts from the last word
            asyncio.run(_said(room))
        room.sweep()
    longest = max(silences(reader, clock.now) for reader in made)
    assert longest <= HEARTBEAT_S + ROUND_S / 2 + SWEEP_S
    assert longest <= SCRIPT_WAITS_S * 2 / 3, "one beat may be late by a third of the script's patience"


async def _said(room: Room) -> None:
    await room.broadcast(EVENT)


def test_an_idle_room_beats_four_times_a_minute_and_in_slices() -> None:
    room, clock, made = room_of(300)
    for _ in range(int(600 / SWEEP_S)):
        clock.now += SWEEP_S
        room.sweep()
    beats = [sum(data == sse.HEARTBEAT for _, data in reader.got) for reader in made]
    assert max(beats) <= 600 / HEARTBEAT_S
    at_once: dict[float, int] = {}
    for reader in made:
        for at, data in reader.got:
            at_once[at] = at_once.get(at, 0) + bool(data)
    assert max(at_once.values()) < len(made) / 5, "an event waits for no long row of beats"


def test_a_busy_room_spends_nothing_on_beats() -> None:
    room, clock, made = room_of(50)
    for _ in range(int(120 / SWEEP_S)):
        clock.now += SWEEP_S
        if clock.now % 5 < SWEEP_S:
            asyncio.run(_said(room))
        room.sweep()
    assert all(data != sse.HEARTBEAT for reader in made for _, data in reader.got)


def test_a_beat_is_an_event_that_a_script_sees_and_that_resumes_nothing() -> None:
    assert sse.event(b"{}", name=b"beat") == sse.HEARTBEAT
    assert b"id:" not in sse.HEARTBEAT, "a plain EventSource comes back to the last event, not to the last beat"
