"""Whether what this process has cached may be given: only while nothing was published since it last read the tables.

Owns when it reads them: when the doorbell rings, every second, and before anything cached is given if the stamp, which
changes with every publish, is another. What is read, the site decides. Look next: bell.py, site.py.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from asithappened.delivery.bell import Bell
from asithappened.delivery.single_flight import SingleFlight

REFRESH_S: Final = 1.0  # the tables are read this often even where no ring arrives
TICK_S: Final = 0.02  # events due within one tick go out in one write: worth ten times in a burst

log = logging.getLogger("asithappened.delivery")

Refresh = Callable[[], Coroutine[Any, Any, None]]
"""Brings all that is cached to the newest moment, or further. Raises where the tables cannot be read."""


class Freshness:
    """Which publishes this process has seen in the tables."""

    def __init__(self, doorbells: Path, refresh: Refresh) -> None:
        """Know the doorbells' folder, and how to refresh; `start` listens."""
        self._bell = Bell(doorbells)
        self._stamp = self._bell.stamp
        self._seen = b""  # the stamp as of the last refresh
        self._invalidations = 0
        self._refreshes = SingleFlight[None, None]()
        self._refresh = refresh
        self._following: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Listen for the doorbell and begin to refresh, on the running loop."""
        self._bell.open()
        self._following = asyncio.get_running_loop().create_task(self._follow())

    async def stop(self) -> None:
        if self._following is not None:
            self._following.cancel()
            await asyncio.gather(self._following, return_exceptions=True)
        self._bell.close()

    @property
    def current(self) -> bool:
        """Whether nothing was published since the last refresh began: then what is cached may be given."""
        return self._stamp.read() == self._seen

    def invalidate(self) -> None:
        """Refresh before anything cached is given, whatever a refresh that is under way finds."""
        self._invalidations += 1
        self._seen = b""

    async def refresh(self) -> None:
        """Refresh now. Asked for by many at once, it is done once."""
        await self._refreshes.result(None, self._refresh_once)

    async def up_to_date(self) -> None:
        """Return when what is cached may be given."""
        while not self.current:
            await self.refresh()

    async def _refresh_once(self) -> None:
        # Before the tables are read: what is published after this shows as a difference.
        stamp, invalidations = self._stamp.read(), self._invalidations
        await self._refresh()
        if invalidations == self._invalidations:
            self._seen = stamp

    async def _follow(self) -> None:
        failing = False
        while True:
            if not await self._bell.rung(within_s=REFRESH_S):
                with suppress(OSError):
                    self._bell.rebind()
            try:
                await self.refresh()
                failing = False
            except Exception:
                if not failing:
                    log.exception("The published tables could not be read; trying again every second")
                failing = True
                await asyncio.sleep(REFRESH_S)
            await asyncio.sleep(TICK_S)
