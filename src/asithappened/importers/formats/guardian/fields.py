"""Reads values of a Content API answer in every form that it uses: flags as "true" or true, times in three spellings.

A value of the wrong type counts as missing.
"""

from datetime import UTC, datetime
from typing import Any

Json = dict[str, Any]


class Fields:
    """An object of the answer."""

    def __init__(self, raw: Any) -> None:
        self.raw: Json = raw if isinstance(raw, dict) else {}

    def get(self, name: str) -> Any:
        return self.raw.get(name)

    def words(self, name: str) -> str:
        """Return a string; "" for anything else, a number as its digits."""
        value = self.raw.get(name)
        if isinstance(value, bool) or not isinstance(value, str | int):
            return ""
        return str(value)

    def flag(self, name: str) -> bool:
        """Return a flag, also one written as a string in any case ("True")."""
        value = self.raw.get(name)
        return value is True or (isinstance(value, str) and value.strip().lower() == "true")

    def inner(self, name: str) -> "Fields":
        return Fields(self.raw.get(name))

    def list(self, name: str) -> "list[Fields]":
        """Return the objects of a list inside."""
        value = self.raw.get(name)
        return [Fields(item) for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def instant(value: Any) -> datetime | None:
    """Return a time as aware UTC: ISO 8601 (UTC if it has no offset), milliseconds, or thrift's object of both.

    In whole seconds, because the HTML has no fractions: with the milliseconds of `blocks` the two encodings of a post
    would differ. None for an invalid time, because an unknown time is better than a wrong one.
    """
    if isinstance(value, dict):
        return instant(value.get("iso8601")) or instant(value.get("dateTime"))
    try:
        if isinstance(value, int) and not isinstance(value, bool):
            at = datetime.fromtimestamp(value / 1000, UTC)
        elif isinstance(value, str):
            at = datetime.fromisoformat(value.strip())
        else:
            return None
        at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return at.replace(microsecond=0) if at.year >= 1970 else None
