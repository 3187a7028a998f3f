"""Recognises a file's type by its first bytes, not by its name or the sender's media type.

Owns the signatures, also of refused types, so that a refusal names the type. Reads the first kilobyte only; the decoder
checks the rest.
"""

from typing import Final, Literal, NamedTuple

from asithappened.media.sandbox.refusal import NotTaken, unreadable

HEAD_BYTES: Final = 1_024

Picture = Literal["JPEG", "PNG", "WEBP", "GIF", "AVIF", "HEIF"]
Playing = Literal["MP4", "WEBM", "MP3", "OGG", "WAV", "FLAC"]

TYPES: Final[dict[Picture, str]] = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "GIF": "image/gif",
    "AVIF": "image/avif",
    "HEIF": "image/heic",
}


class Sniffed(NamedTuple):
    """A file's probable type: exactly one of these is set."""

    picture: Picture | None = None
    playing: Playing | None = None
    captions: bool = False


# If one begins with another, the longer comes first. The names are usual in any language, and not translated.
_DRAWINGS: Final = (
    (b"%PDF-", "PDF"),
    (b"8BPS", "Photoshop (PSD)"),
    (b"%!PS", "PostScript (EPS)"),
    (b"\xc5\xd0\xd3\xc6", "PostScript (EPS)"),
    (b"SIMPLE  =", "FITS"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"II+\0", "TIFF"),
    (b"MM\0+", "TIFF"),
    (b"IIU\0", "RW2"),
    (b"FUJIFILMCCD-RAW", "RAF"),
    (b"\0\0\0\x0cjP  ", "JPEG 2000"),
    (b"\xff\x4f\xff\x51", "JPEG 2000"),
    (b"\0\0\0\x0cJXL ", "JPEG XL"),
    (b"\xff\x0a", "JPEG XL"),
    (b"BM", "BMP"),
    (b"\0\0\1\0", "ICO"),
    (b"\0\0\2\0", "CUR"),
    (b"gimp xcf", "GIMP (XCF)"),
    (b"\xd7\xcd\xc6\x9a", "WMF"),
    (b"qoif", "QOI"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Microsoft Office"),
)
_FILMS: Final = (
    (b"FLV\1", "Flash (FLV)"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "Windows Media (WMV, WMA)"),
    (b"\0\0\1\xba", "MPEG"),
    (b"\0\0\1\xb3", "MPEG"),
    (b"\x06\x0e\x2b\x34", "MXF"),
)
_SOUNDS: Final = (
    (b"FORM", "AIFF"),
    (b"#!AMR", "AMR"),
    (b"\xff\xf1", "AAC"),
    (b"\xff\xf9", "AAC"),
    (b"MThd", "MIDI"),
    (b"caff", "CAF"),
    (b".snd", "AU"),
    (b"RF64", "RF64"),
)
_OTHERS: Final = (
    (b"PK\3\4", "ZIP"),
    (b"PK\5\6", "ZIP"),
    (b"\x1f\x8b", "gzip"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"MZ", "EXE"),
    (b"\x7fELF", "ELF"),
)
_AVIF: Final = {b"avif", b"avis"}
_HEIC: Final = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"heif"}


def sniff(head: bytes) -> Sniffed:
    """Return the type of a file with this beginning. Raises NotTaken, with the type's name, for one that is refused."""
    if not head:
        raise NotTaken("empty")
    if picture := _picture(head):
        return Sniffed(picture=picture)
    if playing := _playing(head):
        return Sniffed(playing=playing)
    for code, signatures in (
        ("drawing", _DRAWINGS), ("film", _FILMS), ("sound", _SOUNDS), ("other", _OTHERS),
    ):  # fmt: skip
        for begins, name in signatures:
            if head.startswith(begins):
                raise NotTaken(code, what=name)
    return _text(head)


def _picture(head: bytes) -> Picture | None:
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    brands = _brands(head)
    if brands & _AVIF:
        return "AVIF"
    if b"crx " in brands:
        raise NotTaken("drawing", what="CR3")
    return "HEIF" if brands & _HEIC else None


def _playing(head: bytes) -> Playing | None:
    if _brands(head) or head[4:8] in {b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"}:
        return "MP4"
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return "WEBM"
    if head.startswith(b"OggS"):
        return "OGG"
    if head.startswith(b"fLaC"):
        return "FLAC"
    if head[:4] == b"RIFF":
        if head[8:12] == b"WAVE":
            return "WAV"
        raise NotTaken("film", what="AVI") if head[8:12] == b"AVI " else unreadable()
    if head.startswith(b"ID3") or (
        head[0] == 0xFF and len(head) > 1 and head[1] in {0xFA, 0xFB, 0xF2, 0xF3, 0xE2, 0xE3}
    ):
        return "MP3"
    if head[0] == 0x47 and head[188:189] == b"\x47":
        raise NotTaken("film", what="MPEG-TS")
    return None


def _brands(head: bytes) -> set[bytes]:
    """Return the brands of an ISO media file; none for any other file."""
    if head[4:8] != b"ftyp":
        return set()
    ends = min(int.from_bytes(head[:4], "big"), len(head))
    return {head[8:12], *(head[at : at + 4] for at in range(16, ends, 4))}


def _text(head: bytes) -> Sniffed:
    """Recognise captions; refuse any other text by its name."""
    words = head.removeprefix(b"\xef\xbb\xbf")
    if words.startswith(b"WEBVTT"):
        return Sniffed(captions=True)
    words = words.replace(b"\0", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").lstrip().lower()
    if b"<svg" in words or b"<!doctype svg" in words:
        raise NotTaken("drawing", what="SVG")
    if words.startswith((b"<!doctype html", b"<html", b"<script", b"<body", b"<head")):
        raise NotTaken("other", what="HTML")
    if words.startswith(b"<?xml"):
        raise NotTaken("other", what="XML")
    if b" --> " in words:
        raise NotTaken("subtitles")
    raise NotTaken("unknown")
