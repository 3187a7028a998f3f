"""Promises of `delivery.catching_up`: a returning reader gets all missed events, or a reset."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from msgspec.structs import replace

from asithappened.delivery.catching_up import CatchingUp
from asithappened.delivery.library_threads import LibraryThreads
from asithappened.delivery.room import Room
from asithappened.published.read import Blog, Frame, Library, Part

HEAD = 2_000
BLOG = Blog(id=1, slug="a", epoch="e", head=HEAD, generation=1, render=1, floor=900, audience="everyone", status="live")
T = TypeVar("T")


class Tables:
    """The published tables, as far as one blog is read from them."""

    def __init__(self, blog: Blog, *, lost: int = 0) -> None:
        self.blog, self.lost = blog, lost
        self.asked = 0

    def blogs(self, ids: list[int]) -> list[Blog]:
        self.asked += 1
        assert ids == [self.blog.id]
        return [self.blog]

    def frames(self, blog: Blog, *, after: int, upto: int) -> list[Frame]:
        """Return the events between two."""
        del blog
        return [Frame(seq, b"%d" % seq) for seq in range(after + 1, upto + 1) if seq != self.lost]

    def parts(self, blog: Blog, *, after: int) -> list[Part]:
        del blog, after
        return []


class Threads(LibraryThreads):
    """Reads what is given instead of a database."""

    def __init__(self, tables: Tables) -> None:
        super().__init__(Path("nowhere"))
        self.tables = tables

    async def run(self, work: Callable[[Library], T]) -> T:
        return work(self.tables)  # type: ignore[arg-type]  # as much of a Library as is asked here


def missed(cursors: list[str], tables: Tables) -> list[bytes | None]:
    """Return what readers get who return with these cursors at the same time."""

    async def asked() -> list[bytes | None]:
        async def up_to_date() -> None: ...

        room = Room(BLOG, clock=lambda: 0.0)
        catching_up = CatchingUp(Threads(tables), up_to_date=up_to_date)
        return await asyncio.gather(*[catching_up.missed(room, cursor) for cursor in cursors])

    return asyncio.run(asked())


def test_a_herd_that_missed_the_same_is_looked_up_once_and_has_every_event() -> None:
    tables = Tables(BLOG)
    first, second = missed([f"e-{HEAD - 2}"] * 2, tables)
    assert first == second == b"id: e-1999\ndata: 1999\n\nid: e-2000\ndata: 2000\n\n"
    assert tables.asked == 1


@pytest.mark.parametrize(
    "cursor",
    ["", "e", "e-", "f-1999", "e-01999", "e-1999 ", "e-+1999", "e-\u0661", f"e-{HEAD + 1}", "e-899", "e-999"],
)
def test_a_cursor_that_nobody_can_be_brought_on_from_is_looked_up_nowhere(cursor: str) -> None:
    tables = Tables(BLOG)
    assert missed([cursor], tables) == [None]
    assert tables.asked == 0


def test_who_is_at_the_head_missed_nothing_and_nothing_is_looked_up() -> None:
    tables = Tables(BLOG)
    assert missed([f"e-{HEAD}"], tables) == [b""]
    assert tables.asked == 0


@pytest.mark.parametrize(
    "tables",
    [Tables(BLOG, lost=HEAD - 1), Tables(replace(BLOG, epoch="f")), Tables(replace(BLOG, generation=2))],
    ids=["a gap", "another log", "something was taken back"],
)
def test_where_no_gap_cannot_be_ruled_out_nothing_is_given(tables: Tables) -> None:
    assert missed([f"e-{HEAD - 2}"], tables) == [None]
