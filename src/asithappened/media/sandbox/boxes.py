"""Reads MP4, M4A and MOV: nested boxes, of which only the small ones that describe the film are read.

Owns which codecs every browser plays, and removing data about the camera's place: location atoms, XMP, other metadata
and telemetry tracks are overwritten in place, so that no offset in the file changes.
Data inside the H.264 stream is not read.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Final

from asithappened.media.sandbox import bounds
from asithappened.media.sandbox.exif import decoded
from asithappened.media.sandbox.refusal import NotTaken, broken_off, unreadable

MOVIE_BYTES: Final = 64 << 20  # of `moov`; the tables of two hours have some 5 MB
BOXES: Final = 200_000  # a fragmented film of ten hours has some 72,000 on its highest level
TRACKS: Final = 32
EDITS: Final = 5_000  # places to blank; an hour's telemetry has some 3,600

_PLAYED: Final = {b"avc1", b"avc3", b"av01", b"vp08", b"vp09", b"mp4a", b"Opus", b"fLaC", b".mp3"}
_NAMES: Final = {
    b"hvc1": "HEVC (H.265)", b"hev1": "HEVC (H.265)", b"dvh1": "HEVC (H.265)", b"dvhe": "HEVC (H.265)",
    b"apch": "Apple ProRes", b"apcn": "Apple ProRes", b"apcs": "Apple ProRes", b"apco": "Apple ProRes",
    b"ap4h": "Apple ProRes", b"ap4x": "Apple ProRes", b"mp4v": "MPEG-4 Visual", b"jpeg": "Motion JPEG",
    b"mjpa": "Motion JPEG", b"s263": "H.263", b"vvc1": "H.266", b"alac": "Apple Lossless", b"ac-3": "Dolby Digital",
    b"ec-3": "Dolby Digital", b"lpcm": "PCM", b"sowt": "PCM", b"twos": "PCM", b"in24": "PCM", b"ipcm": "PCM",
    b"samr": "AMR", b"encv": "DRM", b"enca": "DRM", b"AVdh": "DNxHD", b"AVdn": "DNxHD",
}  # fmt: skip
_H264_PLAYED: Final = {66, 77, 88, 100}  # baseline, main, extended, high; 10 bits and 4:2:2 are played by no browser
# The metadata that stays: author, title, copyright, and the writing program; and the field for an editor, or "".
_STAYS: Final = {
    b"\xa9nam": "headline",
    b"titl": "headline",
    b"\xa9ART": "creator",
    b"\xa9aut": "creator",
    b"auth": "creator",
    b"\xa9cpy": "copyright",
    b"cprt": "copyright",
    b"\xa9too": "",
    b"name": "",
    b"free": "",
}
_METADATA: Final = {b"udta", b"meta", b"uuid", b"XMP_", b"Xtra"}
_HELD: Final = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"mvex", b"udta"}


@dataclass(kw_only=True)
class Film:
    """What is found about a film. `blanks`: places and lengths to blank; `writes`: places and the bytes to write there.

    `dropped`: a track was blanked.
    """

    width: int = 0
    height: int = 0
    seconds: float = 0.0
    pictures: bool = False
    sound: bool = False
    fragments: bool = False
    tracks: int = 0
    dropped: bool = False
    said: dict[str, str] = field(default_factory=dict)
    blanks: list[tuple[int, int]] = field(default_factory=list)
    writes: list[tuple[int, bytes]] = field(default_factory=list)

    def blank(self, at: int, length: int) -> None:
        """Add a place to blank, merged with the one before it if they touch."""
        if self.blanks and sum(self.blanks[-1]) == at:
            at, length = self.blanks[-1][0], self.blanks.pop()[1] + length
        if length > 0:
            self.blanks.append((at, length))
        if len(self.blanks) + len(self.writes) > EDITS:
            raise NotTaken("telemetry")


@dataclass(frozen=True, kw_only=True)
class Box:
    """A box: its kind, its place in the file, and the beginning and end of its payload in the bytes that were read."""

    kind: bytes
    at: int
    header: int
    begins: int
    ends: int


def take(file: BinaryIO, size: int) -> dict[str, Any]:
    """Return the answer for an MP4, M4A or MOV. Raises NotTaken if browsers do not play it."""
    film, movie, brand = Film(), b"", b""
    for kind, at, header, length in _highest(file, size):
        if kind == b"ftyp":
            file.seek(at + header)
            brand = file.read(4)
        elif kind == b"moov" and not movie:
            if length > MOVIE_BYTES:
                raise unreadable()
            file.seek(at)
            movie = file.read(length)
            _movie(film, movie, at)
        elif kind == b"moof":
            film.fragments = True
        elif kind in _METADATA:
            _blank_box(film, at, header, length)
    if not movie:
        raise broken_off()
    if not (film.pictures or film.sound):
        raise NotTaken("no_track")
    if film.fragments and film.dropped:
        raise NotTaken("telemetry")  # the places of a track's samples are in each fragment, which is not read
    return {
        "kind": "video" if film.pictures else "audio",
        "media_type": "video/mp4" if film.pictures else "audio/mp4",
        "width": film.width,
        "height": film.height,
        "seconds": round(film.seconds, 3),
        "found": film.said,
        "notes": [*(["quicktime"] if brand == b"qt  " else []), *(["blanked"] if film.blanks else [])],
        "blanks": film.blanks,
        "writes": [(at, written.hex()) for at, written in film.writes],
    }


def _highest(file: BinaryIO, size: int) -> Iterator[tuple[bytes, int, int, int]]:
    """Yield the boxes of the highest level: kind, place, length of the header, length of the box."""
    at, count = 0, 0
    while at < size:
        count += 1
        if count > BOXES:
            raise unreadable()
        file.seek(at)
        head = file.read(16)
        if len(head) < 8:
            raise broken_off()
        length, header = int.from_bytes(head[:4], "big"), 8
        if length == 1:
            length, header = int.from_bytes(head[8:16], "big"), 16
        elif length == 0:
            length = size - at
        if length < header:
            raise unreadable()
        if at + length > size:
            raise broken_off()
        yield head[4:8], at, header, length
        at += length


def _boxes(raw: bytes, begins: int, ends: int, base: int) -> Iterator[Box]:
    """Yield the boxes in a part of `raw`, which begins at `base` in the file."""
    at, count = begins, 0
    while at + 8 <= ends:
        count += 1
        length, header = int.from_bytes(raw[at : at + 4], "big"), 8
        if length == 0:
            # QuickTime ends user data with four zeros; anywhere else it means that the box goes to the end.
            length = ends - at
        elif length == 1:
            length, header = int.from_bytes(raw[at + 8 : at + 16], "big"), 16
        if length < header or at + length > ends or count > BOXES:
            raise unreadable()
        yield Box(kind=raw[at + 4 : at + 8], at=base + at, header=header, begins=at + header, ends=at + length)
        at += length


def _movie(film: Film, raw: bytes, base: int) -> None:
    header = 16 if raw[:4] == b"\0\0\0\1" else 8
    said = lasts = b""
    for box in _boxes(raw, header, len(raw), base):
        if box.kind == b"mvhd":
            said = said or raw[box.begins : box.ends]
        elif box.kind == b"mvex":
            film.fragments = True
            lasts = next((raw[one.begins : one.ends] for one in _inside(raw, box, base, b"mehd")), b"")
        elif box.kind == b"trak":
            film.tracks += 1
            if film.tracks > TRACKS:
                raise unreadable()
            _track(film, raw, box, base)
        elif box.kind in _METADATA:
            _said(film, raw, box, base)
    if said:
        film.seconds = _seconds(said, lasts if film.fragments else None)


def _seconds(header: bytes, fragments: bytes | None) -> float:
    """Return a film's duration; 0 if the file does not have it, as in a live recording.

    `fragments`: the payload of `mehd` for a fragmented film, whose header has only the first fragment's duration.
    """
    scale, lasts = (
        struct.unpack_from(">IQ", header, 20) if header[:1] == b"\1" else struct.unpack_from(">II", header, 12)
    )
    if fragments is not None:
        lasts = int.from_bytes(fragments[4 : 12 if fragments[:1] == b"\1" else 8], "big")
    known = scale and lasts not in {0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF}
    return min(lasts / scale, 1e6) if known else 0.0


def _inside(raw: bytes, box: Box, base: int, *path: bytes) -> Iterator[Box]:
    """Yield the boxes at a path below a box."""
    for one in _boxes(raw, box.begins, box.ends, base):
        if one.kind == path[0]:
            if len(path) == 1:
                yield one
            else:
                yield from _inside(raw, one, base, *path[1:])


def _track(film: Film, raw: bytes, track: Box, base: int) -> None:
    """Read a track that is played; blank any other with its samples."""
    handler = next((raw[b.begins + 8 : b.begins + 12] for b in _inside(raw, track, base, b"mdia", b"hdlr")), b"")
    if handler not in {b"vide", b"soun", b"tmcd"}:
        film.dropped = True
        for start, length in _samples(raw, track, base):
            film.blank(start, length)
        _blank_box(film, track.at, track.header, track.ends - track.begins + track.header)
        return
    for table in _inside(raw, track, base, b"mdia", b"minf", b"stbl", b"stsd"):
        for entry in _boxes(raw, table.begins + 8, table.ends, base):
            if handler != b"tmcd":
                _played(entry.kind, raw[entry.begins : entry.ends])
    film.pictures = film.pictures or handler == b"vide"
    film.sound = film.sound or handler == b"soun"
    if handler == b"vide" and not film.width:
        for head in _inside(raw, track, base, b"tkhd"):
            film.width, film.height = _shown(raw[head.begins : head.ends])
    for one in _boxes(raw, track.begins, track.ends, base):
        if one.kind in _METADATA:
            _said(film, raw, one, base)


def _played(codec: bytes, entry: bytes) -> None:
    if codec not in _PLAYED:
        raise NotTaken("codec", what=_NAMES.get(codec) or codec.decode("ascii", "replace").strip() or "?")
    at = entry.find(b"avcC")
    if codec in {b"avc1", b"avc3"} and at >= 0 and entry[at + 5 : at + 6] and entry[at + 5] not in _H264_PLAYED:
        raise NotTaken("codec", what="H.264 (10 bit, 4:2:2)")


def _shown(payload: bytes) -> tuple[int, int]:
    """Return a track's width and height as shown: phones record sideways, with a matrix that rotates the picture."""
    matrix = 52 if payload[:1] == b"\1" else 40
    a, b = struct.unpack_from(">ii", payload, matrix)
    width, height = (side >> 16 for side in struct.unpack_from(">II", payload, matrix + 36))
    return (height, width) if not a and b else (width, height)


def _samples(raw: bytes, track: Box, base: int) -> Iterator[tuple[int, int]]:
    """Yield the places of a track's chunks in the file, and their lengths."""
    tables = {
        box.kind: raw[box.begins : box.ends]
        for table in _inside(raw, track, base, b"mdia", b"minf", b"stbl")
        for box in _boxes(raw, table.begins, table.ends, base)
    }
    wide = b"co64" in tables
    offsets = tables.get(b"co64") or tables.get(b"stco") or b""
    chunks = min(int.from_bytes(offsets[4:8], "big"), EDITS + 1, (len(offsets) - 8) // (8 if wide else 4))
    sizes, runs = tables.get(b"stsz", b""), tables.get(b"stsc", b"")
    one, count = int.from_bytes(sizes[4:8], "big"), int.from_bytes(sizes[8:12], "big")
    sample, run = 0, 0
    for chunk in range(chunks):
        while (
            8 + 12 * (run + 2) <= len(runs) and int.from_bytes(runs[20 + 12 * run : 24 + 12 * run], "big") <= chunk + 1
        ):
            run += 1
        held = min(int.from_bytes(runs[12 + 12 * run : 16 + 12 * run], "big"), count - sample)
        each = (int.from_bytes(sizes[12 + 4 * s : 16 + 4 * s], "big") for s in range(sample, sample + held))
        length = one * held if one else sum(each)
        (at,) = struct.unpack_from(">Q" if wide else ">I", offsets, 8 + chunk * (8 if wide else 4))
        yield at, length
        sample += held


def _said(film: Film, raw: bytes, box: Box, base: int) -> None:
    """Read the metadata in _STAYS; blank all other."""
    if box.kind == b"udta":
        for one in _boxes(raw, box.begins, box.ends, base):
            if one.kind == b"meta":
                _items(film, raw, one, base)
            elif one.kind in _STAYS:
                # Apple's begins with length and language, 3GPP's with version, flags and language.
                _offer(film, one.kind, raw[one.begins + (6 if one.kind.isalpha() else 4) : one.ends])
            elif one.kind != b"\0\0\0\0":
                _blank_box(film, one.at, one.header, one.ends - one.begins + one.header)
    else:
        _blank_box(film, box.at, box.header, box.ends - box.begins + box.header)


def _items(film: Film, raw: bytes, meta: Box, base: int) -> None:
    """Do the same in a list as iTunes writes it, where each item has its text in an inner box."""
    for one in _boxes(raw, meta.begins + 4, meta.ends, base):
        if one.kind == b"ilst":
            for item in _boxes(raw, one.begins, one.ends, base):
                if item.kind in _STAYS:
                    _offer(film, item.kind, raw[item.begins + 16 : item.ends])
                else:
                    _blank_box(film, item.at, item.header, item.ends - item.begins + item.header)
        elif one.kind not in {b"hdlr", b"free"}:
            _blank_box(film, one.at, one.header, one.ends - one.begins + one.header)


def _offer(film: Film, kind: bytes, words: bytes) -> None:
    meaning = _STAYS[kind]
    if meaning and words:
        film.said.setdefault(meaning, decoded(words[: bounds.VALUE_CHARS].strip(b"\0")))


def _blank_box(film: Film, at: int, header: int, length: int) -> None:
    """Make a box free space of the same size, so that no offset in the file changes."""
    film.writes.append((at + 4, b"free"))
    film.blank(at + header, length - header)
