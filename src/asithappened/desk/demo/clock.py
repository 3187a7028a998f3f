"""The script's clock: converts a time in the script to seconds since the blog opened, and these to instants.

Never reads the real time: an instant is on the day that it is given.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

OPENS: Final = time(5, 40)
ZONE: Final = "Europe/London"

When = Callable[[int], datetime]
"""Seconds of script time (negative before the blog opened) to an aware instant."""


def seconds(at: str) -> int:
    """Convert a time of the script, "16:41", "23:29:10" or "-1 18:30" (the day before), to seconds since 05:40."""
    days, _, clock = at.rpartition(" ")
    moment = time.fromisoformat(clock)
    since_midnight = moment.hour * 3600 + moment.minute * 60 + moment.second
    return int(days or 0) * 86_400 + since_midnight - OPENS.hour * 3600 - OPENS.minute * 60


def clock(at_s: int) -> time:
    """Convert seconds of the script to the time of day.

    >>> clock(30_000)
    datetime.time(14, 0)
    """
    return (datetime.combine(date.min, OPENS) + timedelta(seconds=at_s)).time()


def on(day: date) -> When:
    """Return a clock that gives posts the script's own times, on one day and in the blog's zone."""
    opened_at = datetime.combine(day, OPENS, ZoneInfo(ZONE)).astimezone(UTC)
    return lambda at_s: opened_at + timedelta(seconds=at_s)
