"""Reads when a plain-text page was last changed, from its line "Last modified: …".

If the line has no day, the day is inferred from dated posts of social networks in the text. Never guesses: the line
must have a zone, and the dates must agree; else the time stays unknown, and the line's words are kept.
"""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final

from asithappened.core import body as b
from asithappened.core.printed_days import printed_day
from asithappened.importers.found import FoundPost

_CLOCK: Final = re.compile(
    r"(?:(?P<day>[A-Z][a-z]{2,8} \d{1,2}, \d{4}),? )?(?P<hour>\d{1,2}): ?(?P<minute>\d{2}) (?P<half>[AP])M "
    r"GMT(?P<offset>[+-]\d{1,2})"
)
_AGREE: Final = 2  # dated embeds at least, because a single one may quote an old post


def modified(words: str, posts: Sequence[FoundPost]) -> tuple[datetime | None, str]:
    """Return the time after "Last modified:", or None, and a problem for the report if its day was inferred."""
    found = _CLOCK.fullmatch(words)
    if found is None:
        return None, ""
    day = printed_day(found["day"]) if found["day"] else None
    note = ""
    if day is None and not found["day"]:
        days = _days(posts)
        if len(days) < _AGREE or len(set(days)) > 1:
            return None, ""
        day = days[0]
        note = (
            f"The page gives the time of its last change ({words!r}) without a day. It was inferred to be {day}, the "
            f"day of all {len(days)} dated posts of social networks in the text."
        )
    hour, minute, offset = int(found["hour"]), int(found["minute"]), int(found["offset"])
    if day is None or not (1 <= hour <= 12 and minute < 60 and abs(offset) <= 14):
        return None, ""
    hour = hour % 12 + (12 if found["half"] == "P" else 0)
    zone = timezone(timedelta(hours=offset))
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone).astimezone(UTC), note


def _days(posts: Sequence[FoundPost]) -> list[date]:
    embeds = (block for post in posts for block in b.blocks(post.body) if isinstance(block, b.Social))
    return [day for embed in embeds if (day := printed_day(embed.attrs.date[:10]))]
