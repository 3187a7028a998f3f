"""A typed time for something that happens later, in the live blog's zone.

Owns that a time which a change of clocks skips or repeats is asked about and never guessed.
"""

import re
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from asithappened.core import codec

_TYPED: Final = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt]|,? +)(\d{1,2})[:.](\d{2})(?::(\d{2})(?:\.0+)?)?"
    r"\s*(Z|z|UTC|[+\-\u2212]\d{2}:?\d{2})?"
)


class CannotRead(ValueError):
    """The typed text is no time."""


class NotOneTime(ValueError):
    """The zone skips this time, or has it twice. `offers`: the two times that may be meant, in the zone."""

    def __init__(self, offers: tuple[datetime, datetime], *, skipped: bool) -> None:
        """`skipped`: the zone skips it; otherwise the zone has it twice."""
        super().__init__("skipped" if skipped else "twice")
        self.offers, self.skipped = offers, skipped


def instant(typed: str, zone: str) -> datetime:
    """Return a typed time (2026-11-26 06:00, or with its offset) as aware UTC. Raises CannotRead, NotOneTime."""
    found = _TYPED.fullmatch(typed.strip())
    if not found:
        raise CannotRead(typed)
    try:
        year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
        local = datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 -- whose zone is the question
        if not codec.FIRST_YEAR <= year <= codec.LAST_YEAR - 1:
            raise CannotRead(typed)
        if offset := found[7]:
            offset = "+00:00" if offset.upper() in {"Z", "UTC"} else offset.replace("\u2212", "-")
            return datetime.fromisoformat(f"{local.isoformat()}{offset}").astimezone(UTC)
    except ValueError as error:
        raise CannotRead(typed) from error
    return _meant(local, ZoneInfo(zone))


def _meant(local: datetime, zone: ZoneInfo) -> datetime:
    first, second = (local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first == second:
        return first
    earlier, later = sorted((first, second))
    skipped = earlier.astimezone(zone).replace(tzinfo=None, fold=0) != local
    raise NotOneTime((earlier.astimezone(zone), later.astimezone(zone)), skipped=skipped)
