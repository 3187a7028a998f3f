"""Whether this process may use its caches: only if nothing was published since it last read the tables.

Owns when it reads them: when the doorbell rings, every second, and before a cache is used if the stamp, which changes
with every publish, has changed. Look next: bell.py; site.py, which reads.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from asithappened.delivery.bell import Bell
from asithappened.delivery.single_flight import SingleFlight

REFRESH_S: Final = 1.0  # the tables are read this often even if no ring arrives
TICK_S: Final = 0.02  # events within one tick are sent in one write: ten times as fast in a burst

log = logging.getLogger("asithappened.delivery")

Refresh = Callable[[], Coroutine[Any, Any, None]]
"""Brings rooms and caches at least to the state of the tables when it is called. Raises if they cannot be read."""


class Freshness:
    """Compares the stamp with that of the last refresh."""

    def __init__(self, doorbells: Path, refresh: Refresh) -> None:
        """`doorbells`: the folder of their sockets. `start` listens."""
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
        """Whether nothing was published since the last refresh began: then caches may be used."""
        return self._stamp.read() == self._seen

    def invalidate(self) -> None:
        """Have another refresh before caches are used, even if one is under way."""
        self._invalidations += 1
        self._seen = b""

    async def refresh(self) -> None:
        """Refresh now, once for all who ask at the same time."""
        await self._refreshes.result(None, self._refresh_once)

    async def up_to_date(self) -> None:
        """Return when caches may be used."""
        while not self.current:
            await self.refresh()

    async def _refresh_once(self) -> None:
        # Read before the tables, so that a later publish shows as a difference.
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
