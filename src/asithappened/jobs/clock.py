"""What time it is for work that is due, whatever happens to the machine's clock meanwhile.

Owns one rule: a process goes by the time that it found as it began and by what has elapsed since, and follows the
machine's clock only in small corrections. A clock that is set an hour forth makes nothing happen early, and one that is
set an hour back holds nothing up. A worker begun while others of this boot are known (`leases`) goes by their time, so
that a crash is no way round the rule; one begun when there are none takes the clock as it is.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

SMALL_S: Final = 60.0  # what a clock is corrected by while it is kept right; more than that, and somebody set it


def elapsed() -> float:
    """Return seconds that nobody can set; they go on while the machine sleeps, where the system counts those."""
    boottime = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boottime is None else time.clock_gettime(boottime)


def boot() -> str:
    """Return what tells this boot of this machine from any other; "" where the system does not say."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    except OSError:
        return ""


class Clock:
    """A process's time. `boot`: within which `elapsed` can be compared."""

    def __init__(
        self, wall: Callable[[], float] = time.time, elapsed: Callable[[], float] = elapsed, boot: str | None = None
    ) -> None:
        """Take the time as it is now."""
        self._wall, self._elapsed = wall, elapsed
        self.boot = _BOOT if boot is None else boot
        self._found = wall(), elapsed()

    def reading(self) -> tuple[datetime, float]:
        """Return the time, and what had elapsed since the boot at that time."""
        return self.now(), self._elapsed()

    def go_by(self, at: datetime, elapsed: float) -> None:
        """Go by a reading of another process of this boot."""
        self._found = at.timestamp(), elapsed

    def now(self) -> datetime:
        """Return the time, aware UTC."""
        return datetime.fromtimestamp(self._seconds(), UTC)

    def step_s(self) -> float:
        """Return by how many seconds the machine's clock was set meanwhile; 0 while it is followed."""
        return self._wall() - self._seconds()

    def after(self, seconds: float) -> datetime:
        """Return the time in a while."""
        return self.now() + timedelta(seconds=seconds)

    def _seconds(self) -> float:
        found, since = self._found
        now = self._elapsed()
        expected, wall = found + now - since, self._wall()
        if abs(wall - expected) > SMALL_S:
            return expected
        self._found = wall, now
        return wall


_BOOT: Final = boot()
CLOCK: Final = Clock()
"""The process's own."""
