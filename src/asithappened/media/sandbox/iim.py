"""Reads IIM, which agencies and desks have written into pictures since 1991, and most still write.

Owns which fields of its second record match a field for an editor, and their encoding (1:90).
"""

from typing import Final

from asithappened.media.sandbox import bounds
from asithappened.media.sandbox.exif import decoded

_WANTED: Final = {
    120: "caption", 105: "headline", 80: "creator", 110: "credit", 115: "source", 116: "copyright",
    90: "city", 101: "country", 55: "day", 60: "clock", 40: "instructions", 30: "release_day", 35: "release_clock",
}  # fmt: skip
_UTF8: Final = b"\x1b%G"


def read(raw: bytes) -> dict[str, str]:
    """Return the fields. Never raises. Several creators are joined by commas."""
    said: dict[str, list[bytes]] = {}
    charset, at = b"", 0
    raw = raw[: bounds.IIM_BYTES]
    while at + 5 <= len(raw) and raw[at] == 0x1C:
        record, field = raw[at + 1], raw[at + 2]
        length = int.from_bytes(raw[at + 3 : at + 5], "big")
        at += 5
        if length & 0x8000:  # then it is the length of the length, which real fields do not need
            wide = min(length & 0x7FFF, 8)
            length = int.from_bytes(raw[at : at + wide], "big")
            at += wide
        value = raw[at : at + min(length, bounds.VALUE_CHARS)]
        at += length
        if (record, field) == (1, 90):
            charset = value
        elif record == 2 and (name := _WANTED.get(field)):
            values = said.setdefault(name, [])
            if not values or (name == "creator" and len(values) < bounds.VALUES):
                values.append(value)
    words = {
        name: ", ".join(v.decode("utf-8", "replace") if charset.startswith(_UTF8) else decoded(v) for v in values)
        for name, values in said.items()
    }
    if date := _moment(words.pop("day", ""), words.pop("clock", "")):
        words["date"] = date
    if release := _moment(words.pop("release_day", ""), words.pop("release_clock", "")):
        words["release"] = release
    return words


def _moment(day: str, clock: str) -> str:
    """Return "2026-11-26T09:30:00+0100" for "20261126" and "093000+0100"; the day alone if the time is missing."""
    if len(day) != 8 or not day.isdecimal() or not day.strip("0"):
        return ""
    date = f"{day[:4]}-{day[4:6]}-{day[6:]}"
    return (
        f"{date}T{clock[:2]}:{clock[2:4]}:{clock[4:6]}{clock[6:]}"
        if clock[:6].isdecimal() and len(clock) >= 6
        else date
    )
