"""How an instant is printed: in the blog's zone, named, with the offset that was true on the day.

Owns the words for dates and times. Never reads the clock, so nothing here says "five minutes ago".
A reader's own time beside it is the reader's script's doing, from `datetime`.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from babel.dates import format_date, format_skeleton, format_time, get_timezone_name
from django.utils.translation import gettext as _

from asithappened.render.edition import Edition

_NAME: Final = re.compile(r"[^\W\d_]{2,5}")


@dataclass(frozen=True, kw_only=True)
class Moment:
    """An instant in print. `iso`: for `datetime=""`, UTC; `day` is short ("22 Nov 2026"), `long_day` is not."""

    iso: str
    time: str
    zone: str
    day: str
    long_day: str

    @property
    def clock(self) -> str:
        """The time with its zone: "14:01 GMT"."""
        return f"{self.time} {self.zone}"

    @property
    def full(self) -> str:
        """The day, the time and its zone: "22 November 2026, 14:01 GMT"."""
        return _("%(day)s, %(time)s") % {"day": self.long_day, "time": self.clock}

    @property
    def brief(self) -> str:
        """The same with a short day: "22 Nov 2026, 14:01 GMT"."""
        return _("%(day)s, %(time)s") % {"day": self.day, "time": self.clock}


def moment(at: datetime | None, edition: Edition) -> Moment | None:
    """Print an instant; None stays None: an unknown time is never guessed."""
    if at is None:
        return None
    local = at.astimezone(edition.tz)
    locale = edition.locale
    return Moment(
        iso=utc_iso(at),
        time=_plain_spaces(format_time(local, "short", tzinfo=edition.tz, locale=locale)),
        zone=zone_name(local, edition),
        day=_plain_spaces(format_skeleton("yMMMd", local, tzinfo=edition.tz, locale=locale)),
        long_day=_plain_spaces(format_date(local, "long", locale=locale)),
    )


def day_in_words(day: date, edition: Edition) -> str:
    """Print a day of which no hour is known."""
    return _plain_spaces(format_date(day, "long", locale=edition.locale))


def zone_name(local: datetime, edition: Edition) -> str:
    """Return the short name of the zone then: the language's own, else the zone's, else its offset ("GMT+5:30")."""
    name: str = get_timezone_name(local, width="short", locale=edition.locale)
    if _NAME.fullmatch(name):
        return name
    abbreviation = local.tzname() or ""
    if _NAME.fullmatch(abbreviation):
        return abbreviation
    minutes = int((local.utcoffset() or timedelta()).total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    return f"GMT{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")


def utc_iso(at: datetime) -> str:
    """Return an instant as ISO 8601 in UTC, to the second."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def zoned_iso(at: datetime, edition: Edition) -> str:
    """Return an instant as ISO 8601 with the blog's offset on that day, as structured data wants it."""
    return at.astimezone(edition.tz).isoformat(timespec="seconds")


def _plain_spaces(text: str) -> str:
    # CLDR 42 put narrow no-break spaces before AM and PM; some system fonts draw a box there.
    return text.replace("\u202f", "\u00a0")
