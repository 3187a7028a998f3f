"""Promises of `delivery.bell`: a ring arrives once, also after the folder was cleared."""

import asyncio
from pathlib import Path

import pytest

from asithappened.delivery.bell import Bell
from asithappened.published import doorbell


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that a Unix socket's path has room for."""
    return doorbell.folder_in(tmp_path_factory.mktemp("bell"))


def test_a_ring_is_heard_once_by_the_bell_and_seen_in_the_stamp(folder: Path) -> None:
    async def heard() -> list[bool]:
        bell = Bell(folder)
        bell.open()
        before = bell.stamp.read()
        doorbell.ring(folder, 7, 3)
        found = [
            bell.stamp.read() != before,
            await bell.rung(within_s=1),
            await bell.rung(within_s=0),
        ]
        bell.close()
        bell.close()  # once more does nothing
        return found

    assert asyncio.run(heard()) == [True, True, False]
    assert not list(folder.glob("*.bell"))


def test_a_bell_whose_folder_was_cleared_hears_again_once_it_is_bound_anew(folder: Path) -> None:
    def clear() -> None:
        for path in folder.iterdir():
            path.unlink()

    async def heard() -> list[bool]:
        bell = Bell(folder)
        bell.open()
        clear()
        doorbell.ring(folder, 7, 3)
        lost = await bell.rung(within_s=0)
        bell.rebind()
        before = bell.stamp.read()
        doorbell.ring(folder, 7, 4)
        found = [lost, await bell.rung(within_s=1), bell.stamp.read() != before]
        bell.close()
        return found

    assert asyncio.run(heard()) == [False, True, True]
