"""Promises of `delivery.single_flight`: concurrent callers share one run of the work, and its result."""

import asyncio

import pytest

from asithappened.delivery.single_flight import SingleFlight


def test_work_is_done_once_for_all_who_ask_meanwhile_and_anew_for_who_asks_later() -> None:
    done: list[int] = []

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

        flight = flights.task("page", work)
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
