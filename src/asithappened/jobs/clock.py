"""The time by which work is due, independent of changes to the machine's clock.

Owns one rule: a process takes the time at its start and adds what has elapsed since, and follows the machine's clock
only in small corrections. A clock set an hour forward runs nothing early, and one set an hour back delays nothing. A
worker that starts while others of this boot are known (`leases`) takes their time, so that a crash does not undo the
rule; without others it takes the clock as it is.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

SMALL_S: Final = 60.0  # NTP corrects by less than this; a larger step means that somebody set the clock


def elapsed() -> float:
    """Return seconds of a monotonic clock; they include sleep where the system counts it."""
    boottime = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boottime is None else time.clock_gettime(boottime)


def boot() -> str:
    """Return an id of this boot of this machine; "" where the system has none."""
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
