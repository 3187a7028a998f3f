"""Whether what this process keeps may be given: only while nothing was published since it last looked.

Owns when it looks: a ring of the doorbell, every second the clock, and before anything kept is given the stamp, which
changes with every publish. What there is to look at, the site knows. Look next: bell.py, site.py.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from asithappened.delivery.bell import Bell
from asithappened.delivery.single_flight import SingleFlight

POLL_S: Final = 1.0  # whoever hears no doorbell looks this often anyway
TICK_S: Final = 0.02  # events due within one tick go out in one write: worth ten times in a burst

log = logging.getLogger("asithappened.delivery")

Look = Callable[[], Coroutine[Any, Any, None]]
"""Brings everything that is kept to the newest moment, or further. Raises where the tables cannot be read."""


class Freshness:
    """What this process has seen of the published tables."""

    def __init__(self, doorbells: Path, look: Look) -> None:
        """Know the doorbells' folder, and how to look; `start` listens."""
        self._bell = Bell(doorbells)
        self._stamp = self._bell.stamp
        self._seen = b""
        self._invalidations = 0
        self._looks = SingleFlight[None, None]()
        self._look = look
        self._following: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Listen for the doorbell and begin to look, on the running loop."""
        self._bell.open()
        self._following = asyncio.get_running_loop().create_task(self._follow())

    async def stop(self) -> None:
        """Look no more."""
        if self._following is not None:
            self._following.cancel()
            await asyncio.gather(self._following, return_exceptions=True)
        self._bell.close()

    @property
    def current(self) -> bool:
        """Whether nothing was published since the last look began: then what is kept may be given."""
        return self._stamp.read() == self._seen

    def invalidate(self) -> None:
        """Look again before anything kept is given, whatever a look that is under way says."""
        self._invalidations += 1
        self._seen = b""

    async def refresh(self) -> None:
        """Look now. Asked for by many at once, it is done once."""
        await self._looks.result(None, self._refresh)

    async def up_to_date(self) -> None:
        """Return when what is kept may be given."""
        while not self.current:
            await self.refresh()

    async def _refresh(self) -> None:
        # Before the look: what comes after it shows as a difference.
        stamp, invalidations = self._stamp.read(), self._invalidations
        await self._look()
        if invalidations == self._invalidations:
            self._seen = stamp

    async def _follow(self) -> None:
        failing = False
        while True:
            if not await self._bell.rung(within_s=POLL_S):
                with suppress(OSError):
                    self._bell.rebind()
            try:
                await self.refresh()
                failing = False
            except Exception:
                if not failing:
                    log.exception("The published tables could not be read; trying again every second")
                failing = True
                await asyncio.sleep(POLL_S)
            await asyncio.sleep(TICK_S)
