"""The names of the files of a picture, film or sound, and the sizes in which a picture is kept.

Owns names, widths and types, and which bytes are accepted as a placeholder. Media makes the files, render names them in
pages, delivery serves them: all three import this. It imports nothing of ours, and touches no file.
"""

import re
from typing import Final, Literal

WIDTHS: Final = (320, 640, 960, 1280, 1920, 2560)
"""From half of a phone's width to a large screen's whole, in device pixels."""
FALLBACK_WIDTHS: Final = (640, 1280)
"""JPEG is kept up to these: for old browsers, cards on other sites and structured data."""

Extension = Literal["webp", "jpg"]

ORIGINAL: Final = "original"
"""The file as it was taken in; no reader ever has it."""
CAPTIONS: Final = "captions.vtt"

VideoType = Literal["video/mp4", "video/webm"]
AudioType = Literal["audio/mpeg", "audio/mp4", "audio/ogg", "audio/wav", "audio/flac", "audio/webm"]

FILES: Final[dict[str, str]] = {
    "video/mp4": "video.mp4",
    "video/webm": "video.webm",
    "audio/mpeg": "audio.mp3",
    "audio/mp4": "audio.m4a",
    "audio/ogg": "audio.ogg",
    "audio/wav": "audio.wav",
    "audio/flac": "audio.flac",
    "audio/webm": "audio.weba",
}
"""The name of the file of a film or sound, by its media type. Only types that every browser plays."""

_TYPES: Final = {
    "webp": "image/webp",
    "jpg": "image/jpeg",
    "vtt": "text/vtt; charset=utf-8",
    **{name.rpartition(".")[2]: kind for kind, name in FILES.items()},
}
# The names that readers may ask for: no other name is looked up on a disk.
SERVED: Final = re.compile(
    r"[1-9][0-9]{0,3}\.(?:webp|jpg)|" + "|".join(re.escape(name) for name in (CAPTIONS, *FILES.values()))
)
MEDIA_ID: Final = re.compile(r"[a-z0-9]{4,32}")


def widths(width: int) -> tuple[int, ...]:
    """Return the widths that a picture of so many pixels is kept in, narrow to wide: never one wider than it is."""
    return tuple(w for w in WIDTHS if w < width) + ((width,) if 0 < width <= WIDTHS[-1] else ())


def fallback_widths(width: int) -> tuple[int, ...]:
    """Return the widths that a picture is kept in as JPEG too, narrow to wide: one or two of `widths`."""
    kept = widths(width)
    return tuple(sorted({max(w for w in kept if w <= most or w == kept[0]) for most in FALLBACK_WIDTHS if kept}))


def file_name(width: int, extension: Extension) -> str:
    """Return the name of a picture's file: "640.webp"."""
    return f"{width}.{extension}"


def files(width: int) -> tuple[str, ...]:
    """Return the names of all files that a picture of so many pixels is kept in, without the original."""
    return (
        *(file_name(w, "webp") for w in widths(width)),
        *(file_name(w, "jpg") for w in fallback_widths(width)),
    )


def path(media: str, name: str) -> str:
    """Return a file's path below the home's folder of media: "ab/abcdef0123/640.webp"."""
    return f"{media[:2]}/{media}/{name}"


def media_type(name: str) -> str:
    """Return a served file's media type, by its name; "" for one that is not served."""
    return _TYPES[name.rpartition(".")[2]] if SERVED.fullmatch(name) else ""


PREVIEW_BYTES: Final = 300  # in every page once for each picture, before any of them is loaded
PREVIEW_PIXELS: Final = 64  # of either side


def is_preview(raw: bytes) -> bool:
    """Say whether some bytes are a tiny WebP picture, by the header: one still picture, of few pixels.

    A few bytes may claim 16,383 pixels each way, and a browser that shows them would take a gigabyte.
    """
    if not 30 <= len(raw) <= PREVIEW_BYTES or raw[:4] != b"RIFF" or raw[8:12] != b"WEBP":
        return False
    if raw[12:16] == b"VP8 " and raw[23:26] == b"\x9d\x01\x2a":
        width, height = (int.from_bytes(raw[at : at + 2], "little") & 0x3FFF for at in (26, 28))
    elif raw[12:16] == b"VP8L" and raw[20] == 0x2F:
        packed = int.from_bytes(raw[21:25], "little")
        width, height = (packed & 0x3FFF) + 1, (packed >> 14 & 0x3FFF) + 1
    else:
        return False
    return 0 < width <= PREVIEW_PIXELS and 0 < height <= PREVIEW_PIXELS
