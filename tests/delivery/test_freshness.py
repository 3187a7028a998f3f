"""Promises of `delivery.freshness`: caches are used only if nothing was published since they were filled."""

import asyncio
from pathlib import Path

import pytest

from asithappened.delivery.freshness import Freshness
from asithappened.published import doorbell


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that a Unix socket's path has room for."""
    return doorbell.folder_in(tmp_path_factory.mktemp("fresh"))


def test_what_was_read_is_current_until_something_is_published_or_taken_for_old(folder: Path) -> None:
    async def read() -> list[bool]:
        async def refresh() -> None: ...

        fresh = Freshness(folder, refresh)
        found = [fresh.current]
        await fresh.up_to_date()
        found.append(fresh.current)
        doorbell.ring(folder, 1, 1)
        found.append(fresh.current)
        await fresh.up_to_date()
        fresh.invalidate()
        return [*found, fresh.current]

    assert asyncio.run(read()) == [False, True, False, False]


def test_what_is_published_or_taken_for_old_while_the_tables_are_read_is_read_after_it(folder: Path) -> None:
    async def read() -> list[int]:
        reads: list[int] = []

        async def refresh() -> None:
            reads.append(len(reads))
            if len(reads) == 1:
                doorbell.ring(folder, 1, 1)
            elif len(reads) == 2:
                fresh.invalidate()

        fresh = Freshness(folder, refresh)
        await fresh.up_to_date()
        await fresh.up_to_date()  # nothing new, nothing read
        return reads

    assert asyncio.run(read()) == [0, 1, 2]


def test_a_ring_has_the_tables_read_and_a_read_that_failed_leaves_all_for_old(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def read() -> bool:
        tried = asyncio.Event()

        async def refresh() -> None:
            tried.set()
            raise OSError("the disk is gone")

        fresh = Freshness(folder, refresh)
        fresh.start()
        await asyncio.sleep(0)
        doorbell.ring(folder, 1, 1)
        await asyncio.wait_for(tried.wait(), 0.5)
        await asyncio.sleep(0)
        current = fresh.current
        await fresh.stop()
        return current

    assert not asyncio.run(read())
    assert "could not be read" in caplog.text
