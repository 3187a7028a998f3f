"""The date of a social post as somebody types it: a day or an instant.

Owns the formats, and that an hour without a zone is in the blog's zone.
"""

import re
from datetime import UTC, date, datetime, time, tzinfo
from typing import Final

from django.utils.translation import gettext as _

from asithappened.core import codec

_DAY: Final = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})")
_HOUR: Final = re.compile(
    r"(\d{1,2})(?:[:.h](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?)?\s*([ap])?\.?(?:m\.?)?\s*(z|utc|gmt)?\s*(?:(?:utc|gmt)?([+\-\u2212])(\d{1,2}):?(\d{2})?)?",
    re.I,
)


class CannotRead(ValueError):
    """The typed text is neither a day nor an instant. The message says why."""


def read(typed: str, zone: tzinfo) -> str:
    """Return a typed day as 2026-11-25, or a typed instant as ISO 8601 with its offset. Raises CannotRead."""
    typed = typed.strip()
    found = _DAY.match(typed)
    if not found:
        raise CannotRead(_how())
    try:
        day = date(*map(int, found.groups()))
        if not codec.FIRST_YEAR <= day.year <= codec.LAST_YEAR:
            raise CannotRead(_how())
        rest = typed[found.end() :].strip(" ,Tt")
        return _instant(day, rest, zone).isoformat() if rest else day.isoformat()
    except ValueError as error:
        raise CannotRead(_how()) from error


def _how() -> str:
    return _("Write the day as 2026-11-22, with a time after it if you know one: 2026-11-22 14:05.")


def _instant(day: date, typed: str, zone: tzinfo) -> datetime:
    found = _HOUR.fullmatch(typed)
    if not found or not (found[2] or found[4]):
        raise ValueError(typed)
    hour, minute, second = (int(part or 0) for part in found.group(1, 2, 3))
    if found[4]:
        if not 1 <= hour <= 12:
            raise ValueError(typed)
        hour = hour % 12 + (12 if found[4].lower() == "p" else 0)
    naive = datetime.combine(day, time(hour, minute, second))
    if found[6]:
        sign = "+" if found[6] == "+" else "-"
        return datetime.fromisoformat(f"{naive.isoformat()}{sign}{int(found[7]):02}:{found[8] or '00'}")
    return naive.replace(tzinfo=UTC if found[5] else zone)
