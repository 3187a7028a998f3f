"""What is kept finished is bounded, and work that many ask for is done once."""

import asyncio
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asithappened.delivery import documents
from asithappened.delivery.documents import Document
from asithappened.delivery.shelf import NOT_BY_PATH, Shelf
from asithappened.delivery.single_flight import SingleFlight

MOST = 2_000
ACTS = st.lists(
    st.tuples(st.integers(0, 9), st.integers(1, 300), st.sampled_from(["put", "put by path", "get", "drop"]))
)


@dataclass
class Of:
    """What documents are of."""

    version: int = 0


def document(size: int) -> Document:
    """Return a document of so many bytes."""
    return Document(b"x" * size, kind=documents.JSON, cache=documents.PAGE, compress=False)


@given(ACTS)
def test_a_shelf_keeps_what_was_asked_for_last_and_never_too_much(acts: list[tuple[int, int, str]]) -> None:
    shelf = Shelf[int](MOST)
    put: dict[int, Document] = {}  # the last asked for last
    by_path: set[bytes] = set()
    for key, size, act in acts:
        path = b"/%d" % key
        if act == "drop":
            shelf.drop(lambda other, key=key: other == key)  # type: ignore[misc]
            put.pop(key, None)
        elif act == "get":
            assert shelf.get(key) is (put.get(key) if key in shelf else None)
            if key in shelf:
                put[key] = put.pop(key)
        else:
            put.pop(key, None)
            put[key] = document(size)
            shelf.put(key, put[key], Of(), path=path if act == "put by path" else NOT_BY_PATH)
            by_path = by_path | {path} if act == "put by path" else by_path - {path}
        kept = [key for key in put if key in shelf]
        assert kept == list(put)[len(put) - len(kept) :], "who was asked for longest ago went first"
        assert shelf.bytes == sum(put[key].size for key in kept) <= MOST
        assert set(shelf.by_path) == by_path & {b"/%d" % key for key in kept}


def test_work_is_done_once_for_all_who_ask_meanwhile_and_anew_for_who_asks_later() -> None:
    done = []

    async def asked() -> list[int]:
        flights = SingleFlight[str, int]()
        begun = asyncio.Event()

        async def work() -> int:
            await begun.wait()
            done.append(len(done))
            return len(done)

        first = [asyncio.ensure_future(flights.result("page", work)) for _ in range(3)]
        await asyncio.sleep(0)
        first[0].cancel()  # who stops waiting ends it for nobody else
        begun.set()
        return [*await asyncio.gather(*first[1:]), await flights.result("page", work)]

    assert asyncio.run(asked()) == [1, 1, 2]


def test_who_asks_in_the_moment_that_work_ends_gets_it_done_anew() -> None:
    async def asked() -> tuple[int, int]:
        flights = SingleFlight[str, int]()
        counted = iter(range(9))

        async def work() -> int:
            return next(counted)

        flight = flights.begun("page", work)
        while not flight.done():  # noqa: ASYNC110 -- the moment that it is done, and its callbacks were not called yet
            await asyncio.sleep(0)
        return await flight, await flights.result("page", work)

    assert asyncio.run(asked()) == (0, 1)


def test_a_fault_is_everybodys_who_waits_and_nobodys_later() -> None:
    async def asked() -> None:
        flights = SingleFlight[str, int]()

        async def fails() -> int:
            raise OSError

        async def works() -> int:
            return 1

        waiting = [asyncio.ensure_future(flights.result("page", fails)) for _ in range(2)]
        for one in waiting:
            with pytest.raises(OSError):
                await one
        assert await flights.result("page", works) == 1

    asyncio.run(asked())
