"""How an instant is printed: in the blog's zone, named, with the offset that was true on the day.

Owns the words for dates and times, all of them in the blog's language and digits, whatever the interface speaks. Never
reads the clock, so nothing here says "five minutes ago". A reader's own time beside it is the script's doing.
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
    """An instant in print. `iso`: for `datetime=""`, UTC; `full`: "22 November 2026, 14:01 GMT"; `brief`: "22 Nov 2026,
    14:01 GMT"; `day` is the short one, `long_day` the long."""

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
    """Print an instant; None stays None: an unknown time is never guessed."""
    return None if at is None else _printed_moment(at, edition)


@lru_cache(maxsize=4096)  # every publish prints the times of the same key events once more
def _printed_moment(at: datetime, edition: Edition) -> Moment:
    local = at.astimezone(edition.tz)
    locale = edition.locale
    time = _printed(format_time(local, "short", tzinfo=edition.tz, locale=locale), edition)
    zone = zone_name(local, edition.zone, locale)
    day = _printed(format_skeleton("yMMMd", local, tzinfo=edition.tz, locale=locale), edition)
    # The CLDR's other forms say "at": they are made for a sentence.
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
    """Return the hour that an instant is in as a page lists it: its day with the zone, a line end, when it began.

    Empty for an unknown time. Two hours of one name, when a clock is set back, are of two zones.
    """
    if at is None:
        return b""
    local = at.astimezone(edition.tz).replace(minute=0, second=0, microsecond=0)
    began = _printed_moment(local.astimezone(UTC), edition)
    clock = f'<time datetime="{began.iso}">{escape(began.time)}</time>'
    return f"{escape(began.long_day)}, {escape(began.zone)}\n{clock}".encode()


def day_in_words(day: date, edition: Edition) -> str:
    """Print a day of which no hour is known."""
    return _printed(format_date(day, "long", locale=edition.locale), edition)


def utc_iso(at: datetime) -> str:
    """Return an instant as ISO 8601 in UTC, to the second."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def zoned_iso(at: datetime, edition: Edition) -> str:
    """Return an instant as ISO 8601 with the blog's offset on that day, as structured data wants it."""
    return at.astimezone(edition.tz).isoformat(timespec="seconds")


def _printed(text: str, edition: Edition) -> str:
    # CLDR 42 put narrow no-break spaces before AM and PM; some system fonts draw a box there.
    return in_digits(text.replace("\u202f", "\u00a0"), edition.locale)
