"""Reads orientation, caption, creator, copyright and date from EXIF.

Never reads the place, camera, lens, the maker's notes or the thumbnail.
"""

import struct
from typing import Final

from asithappened.media.sandbox import bounds

_WANTED: Final = {0x010E: "caption", 0x013B: "creator", 0x8298: "copyright", 0x9003: "date", 0x9011: "zone"}
_ORIENTATION, _MORE = 0x0112, 0x8769
_ENTRIES: Final = 500  # of one directory; cameras write some forty


def read(raw: bytes) -> tuple[int, dict[str, str]]:
    """Return the orientation (1 to 8; 1 if it is missing) and the fields. Never raises.

    Text is ASCII by the standard; most programs write UTF-8, old ones Latin-1.
    """
    raw = raw[: bounds.EXIF_BYTES]
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(raw[:4])
    if order is None or len(raw) < 8:
        return 1, {}
    orientation = 1
    said: dict[str, str] = {}
    (first,) = struct.unpack_from(order + "I", raw, 4)
    ahead = [first]
    for at in ahead:
        for tag, kind, count, where in _entries(raw, at, order):
            if tag == _ORIENTATION and kind in {3, 4}:
                (value,) = struct.unpack_from(order + ("H" if kind == 3 else "I"), raw, where)
                orientation = value if 1 <= value <= 8 else 1
            elif tag == _MORE and kind == 4 and len(ahead) == 1:
                ahead.append(struct.unpack_from(order + "I", raw, where)[0])
            elif tag in _WANTED and kind in {2, 129}:
                begins = where if count <= 4 else struct.unpack_from(order + "I", raw, where)[0]
                text = decoded(raw[begins : begins + min(count, bounds.VALUE_CHARS)].split(b"\0")[0])
                said.setdefault(_WANTED[tag], text)
    day, _, clock = said.pop("date", "").partition(" ")
    zone = said.pop("zone", "")
    if day.strip(" :0"):
        said["date"] = f"{day.replace(':', '-')}T{clock}{zone.strip()}" if clock.strip(" :") else day.replace(":", "-")
    return orientation, said


def _entries(raw: bytes, at: int, order: str) -> list[tuple[int, int, int, int]]:
    """Return a directory's entries: tag, kind, count, place of the value; only those inside the file."""
    if at + 2 > len(raw):
        return []
    (count,) = struct.unpack_from(order + "H", raw, at)
    fits = min(count, _ENTRIES, (len(raw) - at - 2) // 12)
    return [
        (*struct.unpack_from(order + "HHI", raw, place), place + 8) for place in range(at + 2, at + 2 + 12 * fits, 12)
    ]


def decoded(raw: bytes) -> str:
    """Decode text of an unknown encoding: UTF-8 if it is valid, else Latin-1."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")
