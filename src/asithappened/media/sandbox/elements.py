"""Reads WebM: nested elements, of which those that describe the film are read.

Owns which Matroska files are WebM, because browsers play only that, and removing tags about the camera's place: they
become void elements of the same length.
"""

import struct
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from asithappened.media.sandbox.refusal import NotTaken, broken_off, unreadable

ELEMENTS: Final = 200_000
SMALL_BYTES: Final = 1 << 20  # of one that is read: information, tracks

_EBML, _SEGMENT, _INFO, _TRACKS, _TAGS, _ATTACHED = (
    0x1A45DFA3, 0x18538067, 0x1549A966, 0x1654AE6B, 0x1254C367, 0x1941A469,
)  # fmt: skip
_DOCUMENT, _SCALE, _DURATION = 0x4282, 0x2AD7B1, 0x4489
_ENTRY, _CODEC, _VIDEO, _WIDTH, _HEIGHT, _SHOWN_WIDE, _SHOWN_HIGH = 0xAE, 0x86, 0xE0, 0xB0, 0xBA, 0x54B0, 0x54BA
_PLAYED: Final = {"V_VP8", "V_VP9", "V_AV1", "A_OPUS", "A_VORBIS"}


def take(file: BinaryIO, size: int) -> dict[str, Any]:
    """Return the answer for a WebM. Raises NotTaken for other Matroska, and if browsers do not play it."""
    codecs: list[str] = []
    width = height = 0
    seconds = 0.0
    blanks, writes = [], []
    for name, _, begins, ends in _elements(file, 0, size):
        if name == _EBML:
            kind = dict(_within(_payload(file, begins, ends))).get(_DOCUMENT, b"")
            if kind.rstrip(b"\0") != b"webm":
                raise NotTaken("film", what="Matroska (MKV)")
        if name != _SEGMENT:
            continue
        for inner, inner_at, first, last in _elements(file, begins, ends):
            if inner == _INFO:
                said = dict(_within(_payload(file, first, last)))
                scale = int.from_bytes(said.get(_SCALE, b"\x0f\x42\x40"), "big")
                seconds = _float(said.get(_DURATION, b"")) * scale / 1e9
            elif inner == _TRACKS:
                for kind_, entry in _within(_payload(file, first, last)):
                    if kind_ == _ENTRY:
                        track = dict(_within(entry))
                        codecs.append(track.get(_CODEC, b"").rstrip(b"\0").decode("ascii", "replace")[:40])
                        film = dict(_within(track.get(_VIDEO, b"")))
                        width = width or int.from_bytes(film.get(_SHOWN_WIDE) or film.get(_WIDTH, b""), "big")
                        height = height or int.from_bytes(film.get(_SHOWN_HIGH) or film.get(_HEIGHT, b""), "big")
            elif inner in {_TAGS, _ATTACHED}:
                length = last - inner_at - 9  # of the void element's payload, after its header of nine bytes
                if length < 0 or (inner == _TAGS and not _may_have_place(file, first, last)):
                    continue
                writes.append((inner_at, (b"\xec" + (length | 1 << 56).to_bytes(8, "big")).hex()))
                blanks.append((inner_at + 9, length))
        break
    if not codecs:
        raise broken_off()
    for codec in codecs:
        if codec not in _PLAYED:
            raise NotTaken("codec", what=codec.partition("_")[2] or "?")
    pictures = any(codec.startswith("V_") for codec in codecs)
    return {
        "kind": "video" if pictures else "audio",
        "media_type": "video/webm" if pictures else "audio/webm",
        "width": width,
        "height": height,
        "seconds": round(seconds, 3) if 0 <= seconds < 1e6 else 0.0,
        "notes": ["blanked"] if blanks else [],
        "blanks": blanks,
        "writes": writes,
    }


def _elements(file: BinaryIO, begins: int, ends: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield the elements of a part of the file: name, place, beginning and end of the payload."""
    at = begins
    for _ in range(ELEMENTS):
        if at >= ends:
            return
        file.seek(at)
        head = file.read(12)
        name_bytes = _length_of(head, 0)
        name = int.from_bytes(head[:name_bytes], "big")
        size, size_bytes = _number(head, name_bytes)
        first = at + name_bytes + size_bytes
        # In a live recording the segment and clusters have no length, and go to the end, or to the next of their kind.
        last = ends if size is None else first + size
        if last > ends:
            raise broken_off()
        yield name, at, first, last
        if size is None and name != _SEGMENT:
            return
        at = last
    raise unreadable()


def _within(raw: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the elements in a payload: name and payload."""
    at = 0
    while at < len(raw):
        name_bytes = _length_of(raw, at)
        name = int.from_bytes(raw[at : at + name_bytes], "big")
        size, size_bytes = _number(raw, at + name_bytes)
        at += name_bytes + size_bytes
        yield name, raw[at : at + (size or 0)]
        at += size or 0


def _may_have_place(file: BinaryIO, begins: int, ends: int) -> bool:
    """Return whether tags may have the place of the recording; True if they are too long to read."""
    if ends - begins > SMALL_BYTES:
        return True
    tags = _payload(file, begins, ends).lower()
    return b"location" in tags or b"gps" in tags


def _payload(file: BinaryIO, begins: int, ends: int) -> bytes:
    if ends - begins > SMALL_BYTES:
        raise unreadable()
    file.seek(begins)
    return file.read(ends - begins)


def _length_of(raw: bytes, at: int) -> int:
    first = raw[at] if at < len(raw) else 0
    if not first:
        raise unreadable()
    return 9 - first.bit_length()


def _number(raw: bytes, at: int) -> tuple[int | None, int]:
    """Return a size, None for unknown, and the number of bytes that encode it."""
    length = _length_of(raw, at)
    value = int.from_bytes(raw[at : at + length], "big") & (1 << 7 * length) - 1
    return (None if value == (1 << 7 * length) - 1 else value), length


def _float(raw: bytes) -> float:
    value = struct.unpack(">d" if len(raw) == 8 else ">f", raw)[0] if len(raw) in {4, 8} else 0.0
    return float(value) if value == value and abs(value) < 1e18 else 0.0  # noqa: PLR0124  not a number is no duration
