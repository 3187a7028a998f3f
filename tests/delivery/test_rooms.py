"""Promises of `delivery.rooms`: readers get a publish's changes once, or a reset, or the end of their stream."""

import asyncio
import time
from typing import cast

import pytest
from msgspec.structs import replace

from asithappened.delivery import rooms
from asithappened.delivery.document_cache import DocumentCache
from asithappened.delivery.metrics import Metrics
from asithappened.delivery.room import Room
from asithappened.delivery.rooms import Rooms
from asithappened.published.reached import Reporter
from asithappened.published.read import Blog, Frame
from asithappened.published.tickets import Ticket

BLOG = Blog(id=1, slug="a", epoch="e", head=5, generation=1, render=1, floor=0, audience="everyone", status="live")
NEXT = [Frame(6, b'{"s":6}')]


class Noted:
    """A cache of documents and a reporter to the desk that note their calls."""

    def __init__(self) -> None:
        self.told: list[tuple[object, ...]] = []

    def forget(self, blog: int) -> None:
        self.told.append(("forget", blog))

    def opened(self, blog: int, epoch: str, head: int) -> None:
        self.told.append(("opened", blog, epoch, head))

    def closed(self, blog: int) -> None:
        self.told.append(("closed", blog))

    def wrote(self, blog: int, epoch: str, head: int, readers: int) -> None:
        self.told.append(("wrote", blog, epoch, head, readers))


class Reader:
    """A stream whose reader takes everything at once."""

    ends_at = written_at = 0.0
    ticket: Ticket | None = None
    queued = 0
    at_desk = False

    def __init__(self, room: Room) -> None:
        self.got, self.ended = b"", False
        room.join(self)

    def push(self, data: bytes) -> None:
        self.got += data

    def end(self) -> None:
        self.ended = True

    def cut(self) -> None:
        """Never happens to a quick reader."""

    def stuck(self, now: float) -> bool:
        del now
        return False


def opened() -> tuple[Rooms, Room, Reader, Noted]:
    """Return rooms with one of the blog, which somebody reads."""
    noted = Noted()
    made = Rooms(cast(DocumentCache, noted), cast(Reporter, noted), Metrics())
    room = made.open(BLOG)
    made.name("a", room)
    return made, room, Reader(room), noted


def advance(made: Rooms, room: Room, blog: Blog, frames: list[Frame]) -> None:
    """Have a publish arrive."""

    async def arrive() -> None:
        await made.advance(room, blog, frames, [])

    asyncio.run(arrive())


def test_readers_are_sent_the_event_and_the_desk_is_told_after_them() -> None:
    made, room, reader, noted = opened()
    advance(made, room, replace(BLOG, head=6), NEXT)
    assert reader.got == b'id: e-6\ndata: {"s":6}\n\n'
    assert room.since(5) == reader.got, "whoever comes back has it, too"
    assert noted.told == [("opened", 1, "e", 5), ("forget", 1), ("wrote", 1, "e", 6, 1)]


@pytest.mark.parametrize(
    ("now", "frames"),
    [
        (replace(BLOG, head=7), NEXT),
        (replace(BLOG, head=6, render=2), NEXT),
        (replace(BLOG, head=6, epoch="f"), NEXT),
    ],
    ids=["an event is missing", "rendered anew", "another log"],
)
def test_where_events_cannot_bring_a_page_on_it_is_told_to_begin_again(now: Blog, frames: list[Frame]) -> None:
    made, room, reader, _ = opened()
    advance(made, room, now, frames)
    assert b"event: reset\n" in reader.got
    assert b'"s":6' not in reader.got


def test_what_was_taken_back_is_given_to_nobody_who_comes_back() -> None:
    made, room, reader, _ = opened()
    advance(made, room, replace(BLOG, head=6), NEXT)
    advance(made, room, replace(BLOG, head=7, generation=2), [Frame(7, b"{}")])
    assert reader.got.endswith(b"id: e-7\ndata: {}\n\n")
    assert room.since(5) is None
    assert room.since(6) is None


@pytest.mark.parametrize("changes", [{"audience": "members"}, {"status": "gone"}])
def test_streams_end_where_not_everyone_may_read_any_more_and_nothing_is_sent(changes: dict[str, str]) -> None:
    made, room, reader, _ = opened()
    advance(made, room, replace(BLOG, head=6, **changes), NEXT)
    assert reader.ended
    assert reader.got == b""


def test_a_room_is_found_by_its_blogs_newest_address_alone() -> None:
    made, room, _, _ = opened()
    advance(made, room, replace(BLOG, slug="b"), [])
    assert made.named("a") is None
    made.name("b", room)
    assert made.named("b") is room


def test_a_closed_room_ends_its_streams_and_is_nobodys_for_who_still_holds_it() -> None:
    made, room, reader, noted = opened()
    made.close(room)
    assert reader.ended
    assert not made
    assert made.named("a") is None
    assert (room.closed, room.blog.everyones) == (True, False)
    assert noted.told[1:] == [("forget", 1), ("closed", 1)]


def test_a_closed_room_leaves_no_address_and_a_room_takes_none_that_is_another_blogs_by_now() -> None:
    made, room, _, _ = opened()
    made.close(room)
    again = made.open(BLOG)
    assert made.named("a") is None, "nobody has named it since"
    other = made.open(replace(BLOG, id=2))
    made.name("a", other)
    advance(made, again, replace(BLOG, slug="b"), [])
    assert made.named("a") is other
    made.close(again)
    assert made.named("a") is other


def test_of_too_many_rooms_the_one_without_readers_that_was_not_asked_for_longest_is_closed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rooms, "MAX_ROOMS", 3)
    made, _, _, _ = opened()
    old, older = (made.open(replace(BLOG, id=id_)) for id_ in (2, 3))
    old.asked_at = time.monotonic() - 2 * rooms.MIN_IDLE_S
    older.asked_at = old.asked_at - 1
    made.open(replace(BLOG, id=4))
    assert set(made) == {1, 2, 4}
    old.asked_at = time.monotonic()
    made.open(replace(BLOG, id=5))
    assert set(made) == {1, 2, 4, 5}, "somebody may be about to enter"
