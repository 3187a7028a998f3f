"""Prints instants in the blog's zone, with the zone's name or its offset on that day.

Owns the words for dates and times, all in the blog's language and digits, not the interface's. Never reads the clock,
so there is no "five minutes ago". The script adds a reader's own time.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache

from babel.dates import format_date, format_skeleton, format_time, get_datetime_format
from django.utils.html import escape

from asithappened.render.edition import Edition
from asithappened.render.numerals import in_digits
from asithappened.render.zones import zone_name


@dataclass(frozen=True, kw_only=True)
class Moment:
    """A printed instant. `iso`: for `datetime=""`, UTC; `full`: "22 November 2026, 14:01 GMT"; `brief`: "22 Nov 2026,
    14:01 GMT"; `day`: as in `brief`, `long_day`: as in `full`."""

    iso: str
    time: str
    zone: str
    day: str
    long_day: str
    full: str
    brief: str

    @property
    def clock(self) -> str:
        """The time with its zone: "14:01 GMT"."""
        return f"{self.time} {self.zone}"


def moment(at: datetime | None, edition: Edition) -> Moment | None:
    """Print an instant; None for an unknown time, which is never guessed."""
    return None if at is None else _printed_moment(at, edition)


@lru_cache(maxsize=4096)  # every publish prints the times of the same key events again
def _printed_moment(at: datetime, edition: Edition) -> Moment:
    local = at.astimezone(edition.tz)
    locale = edition.locale
    time = _printed(format_time(local, "short", tzinfo=edition.tz, locale=locale), edition)
    zone = zone_name(local, edition.zone, locale)
    day = _printed(format_skeleton("yMMMd", local, tzinfo=edition.tz, locale=locale), edition)
    # The CLDR's other forms contain "at", for use in a sentence.
    long_day = day_in_words(local.date(), edition)
    form = str(get_datetime_format("medium", locale=locale)).replace("'", "")

    def joined(of: str) -> str:
        return form.replace("{1}", of).replace("{0}", f"{time} {zone}")

    return Moment(
        iso=utc_iso(at),
        time=time,
        zone=zone,
        day=day,
        long_day=long_day,
        full=joined(long_day),
        brief=joined(day),
    )


def hour_in_print(at: datetime | None, edition: Edition) -> bytes:
    """Return the hour of an instant for a page's list: its day with the zone, a line end, and its beginning.

    Empty for an unknown time. Two equal hours, when clocks are set back, have different zones.
    """
    if at is None:
        return b""
    local = at.astimezone(edition.tz).replace(minute=0, second=0, microsecond=0)
    began = _printed_moment(local.astimezone(UTC), edition)
    clock = f'<time datetime="{began.iso}">{escape(began.time)}</time>'
    return f"{escape(began.long_day)}, {escape(began.zone)}\n{clock}".encode()


def day_in_words(day: date, edition: Edition) -> str:
    """Print a day."""
    return _printed(format_date(day, "long", locale=edition.locale), edition)


def utc_iso(at: datetime) -> str:
    """Return an instant as ISO 8601 in UTC, to the second."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def zoned_iso(at: datetime, edition: Edition) -> str:
    """Return an instant as ISO 8601 with the blog's offset on that day, as structured data requires."""
    return at.astimezone(edition.tz).isoformat(timespec="seconds")


def _printed(text: str, edition: Edition) -> str:
    # Since CLDR 42 narrow no-break spaces are before AM and PM, for which some system fonts draw a box.
    return in_digits(text.replace("\u202f", "\u00a0"), edition.locale)
