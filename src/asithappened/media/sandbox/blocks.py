"""Splits the file of a picture into the picture itself and its metadata.

Owns one pass over JPEG, PNG, WebP and GIF, before anything is decoded. JPEG and PNG are decoded without their metadata,
so that hostile metadata cannot make the picture fail; metadata.py reads it. Libraries split AVIF and HEIC.
"""

from collections.abc import Iterator
from typing import Final

from asithappened.media.sandbox import bounds
from asithappened.media.sandbox.refusal import NotTaken, broken_off, unreadable

FRAMES: Final = 200  # only the first is kept; a file of more is a film

_EXIF, _XMP, _PHOTOSHOP, _ICC = (
    b"Exif\0\0",
    b"http://ns.adobe.com/xap/1.0/\0",
    b"Photoshop 3.0\0",
    b"ICC_PROFILE\0",
)
_PIXELS_OF_PNG: Final = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}
_WORDS_OF_PNG: Final = {b"tEXt", b"zTXt", b"iTXt"}
# The keywords of a PNG's text that match a field for an editor.
_KEYWORDS: Final = {"Author": "creator", "Copyright": "copyright", "Description": "caption", "Title": "headline"}


class Blocks:
    """A split file. `picture`: the bytes to decode; `width`, `height`: from its header, 0 for unknown."""

    def __init__(self, picture: bytes = b"", width: int = 0, height: int = 0) -> None:
        self.picture = picture
        self.width = width
        self.height = height
        self.frames = 1
        self.exif = self.xmp = self.iim = self.icc = b""
        self.words: dict[str, str] = {}


def jpeg(raw: bytes) -> Blocks:
    """Split a JPEG. Raises NotTaken if it ends before its picture begins."""
    found = Blocks()
    kept, at, profile = [raw[:2]], 2, {}
    while True:
        at = raw.find(b"\xff", at)
        while at >= 0 and raw[at : at + 2] == b"\xff\xff":
            at += 1
        if at < 0 or at + 4 > len(raw):
            raise broken_off()
        marker = raw[at + 1]
        if marker == 0xDA:
            break
        if marker in {0x00, 0x01} or 0xD0 <= marker <= 0xD9:
            at += 2
            continue
        ends = at + 2 + int.from_bytes(raw[at + 2 : at + 4], "big")
        body = raw[at + 4 : ends]
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            found.height, found.width = int.from_bytes(body[1:3], "big"), int.from_bytes(body[3:5], "big")
        if marker == 0xE1 and body.startswith(_EXIF):
            found.exif = found.exif or body[len(_EXIF) :]
        elif marker == 0xE1 and body.startswith(_XMP):
            found.xmp = found.xmp or body[len(_XMP) :]
        elif marker == 0xED and body.startswith(_PHOTOSHOP):
            found.iim += body[len(_PHOTOSHOP) :] if len(found.iim) < bounds.IIM_BYTES else b""
        elif marker == 0xE2 and body.startswith(_ICC):
            profile[body[len(_ICC)] if len(body) > len(_ICC) else 0] = body[len(_ICC) + 2 :]
        # The segments of JFIF and Adobe define the colours; all other application segments, and comments, are metadata.
        if marker in {0xE0, 0xEE} or not (0xE0 <= marker <= 0xEF or marker == 0xFE):
            kept.append(raw[at:ends])
        at = max(ends, at + 2)
    icc = b"".join(profile[part] for part in sorted(profile))
    found.icc = icc if len(icc) <= bounds.ICC_BYTES else b""
    found.iim = _resource(found.iim)
    found.picture = b"".join([*kept, memoryview(raw)[at:]])
    return found


def _resource(raw: bytes) -> bytes:
    """Return the IIM record among Photoshop's resources."""
    at = 0
    while raw[at : at + 4] == b"8BIM":
        kind = raw[at + 4 : at + 6]
        name = raw[at + 6] if at + 6 < len(raw) else 0
        at += 6 + (name + 2 & ~1)
        length = int.from_bytes(raw[at : at + 4], "big")
        if kind == b"\x04\x04":
            return raw[at + 4 : at + 4 + min(length, bounds.IIM_BYTES)]
        at += 4 + (length + 1 & ~1)
    return b""


def png(raw: bytes) -> Blocks:
    """Split a PNG. Raises NotTaken if it ends before its last chunk."""
    found = Blocks(width=int.from_bytes(raw[16:20], "big"), height=int.from_bytes(raw[20:24], "big"))
    kept: list[bytes | memoryview] = [raw[:8]]
    for kind, body, chunk in _chunks(raw):
        if kind in _PIXELS_OF_PNG:
            kept.append(chunk)
        elif kind == b"acTL":
            found.frames = int.from_bytes(body[:4], "big")
        elif kind == b"eXIf":
            found.exif = found.exif or bytes(body[: bounds.EXIF_BYTES])
        elif kind == b"iCCP":
            _, _, packed = bytes(body).partition(b"\0")
            found.icc = found.icc or bounds.inflated(packed[1:], bounds.ICC_BYTES)
        elif kind in _WORDS_OF_PNG and len(body) <= bounds.XMP_BYTES:
            _read_text(found, kind, bytes(body))
    found.picture = b"".join(kept)
    return found


def _chunks(raw: bytes) -> Iterator[tuple[bytes, memoryview, memoryview]]:
    """Yield each chunk's kind, its body, and the whole chunk."""
    view, at, kind = memoryview(raw), 8, b""
    while kind != b"IEND":
        if at + 12 > len(raw):
            raise broken_off()
        kind = raw[at + 4 : at + 8]
        ends = at + 12 + int.from_bytes(raw[at : at + 4], "big")
        if ends > len(raw):
            raise broken_off()
        yield kind, view[at + 8 : ends - 4], view[at:ends]
        at = ends


def _read_text(found: Blocks, kind: bytes, body: bytes) -> None:
    name, _, rest = body.partition(b"\0")
    if kind == b"tEXt":
        words, charset = rest, "latin-1"
    elif kind == b"zTXt":
        words, charset = bounds.inflated(rest[1:], bounds.XMP_BYTES), "latin-1"
    else:
        *_, words = rest[2:].split(b"\0", 2)
        words, charset = bounds.inflated(words, bounds.XMP_BYTES) if rest[:1] == b"\1" else words, "utf-8"
    if name == b"XML:com.adobe.xmp":
        found.xmp = found.xmp or words
    elif meaning := _KEYWORDS.get(name.decode("latin-1")):
        found.words.setdefault(meaning, words[: bounds.VALUE_CHARS].decode(charset, "replace"))


def webp(raw: bytes) -> Blocks:
    """Split a WebP. Raises NotTaken if it is shorter than its header says."""
    ends = 8 + int.from_bytes(raw[4:8], "little")
    if ends > len(raw):
        raise broken_off()
    found, at, frames = Blocks(picture=raw[:ends]), 12, 0
    while at + 8 <= ends:
        kind, length = raw[at : at + 4], int.from_bytes(raw[at + 4 : at + 8], "little")
        body = raw[at + 8 : at + 8 + min(length, bounds.ICC_BYTES)]
        if kind == b"VP8X":
            found.width, found.height = (int.from_bytes(body[at_ : at_ + 3], "little") + 1 for at_ in (4, 7))
        elif kind == b"VP8 " and not found.width:
            found.width, found.height = (int.from_bytes(body[at_ : at_ + 2], "little") & 0x3FFF for at_ in (6, 8))
        elif kind == b"VP8L" and not found.width:
            packed = int.from_bytes(body[1:5], "little")
            found.width, found.height = (packed & 0x3FFF) + 1, (packed >> 14 & 0x3FFF) + 1
        elif kind == b"ANMF":
            frames += 1
        elif kind == b"EXIF":
            found.exif = body.removeprefix(_EXIF)[: bounds.EXIF_BYTES]
        elif kind == b"XMP ":
            found.xmp = body
        elif kind == b"ICCP":
            found.icc = body if length <= bounds.ICC_BYTES else b""
        at += 8 + length + (length & 1)
    found.frames = max(frames, 1)
    return found


def gif(raw: bytes) -> Blocks:
    """Split a GIF. Raises NotTaken if it has no end, or more than FRAMES frames."""
    found = Blocks(picture=raw)
    found.frames = 0
    found.width, found.height = int.from_bytes(raw[6:8], "little"), int.from_bytes(raw[8:10], "little")
    at = 13 + _palette(raw[10:11])
    while raw[at : at + 1] != b";":
        kind = raw[at : at + 1]
        if kind == b",":
            found.frames += 1
            if found.frames > FRAMES:
                raise NotTaken("frames", most=FRAMES)
            at += 11 + _palette(raw[at + 9 : at + 10])
        elif kind == b"!":
            at += 2
        elif not kind:
            raise broken_off()
        else:
            raise unreadable()
        while size := raw[at] if at < len(raw) else 0:
            at += 1 + size
        at += 1
    return found


def _palette(flags: bytes) -> int:
    packed = flags[0] if flags else 0
    return 3 << (packed & 7) + 1 if packed & 0x80 else 0
