"""The sandbox's answer, checked field by field, and the sentences of refusals.

Owns what `take_in` returns. An untrusted file may have taken over the process inside, so its answer is bounded, decoded
strictly, its strings are cleaned and cut here, and an unknown code or name makes it invalid.
"""

import math
import re
from collections.abc import Callable
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta, Struct

from asithappened.core import limits, media
from asithappened.core.rules import Refusal
from asithappened.core.text import cleaned, one_line
from asithappened.core.urls import resolved

ANSWER_BYTES: Final = 512 * 1024  # twenty fields of 4,000 characters, and the places of an hour's telemetry

Kind = Literal["picture", "video", "audio", "captions"]

REFUSALS: Final = {
    refusal.code: refusal
    for refusal in (
        Refusal("empty", "The file is empty. Choose it again, or save it again where it comes from."),
        Refusal("large", "The file has {bytes} MB; {most} MB is the most for its kind. Save it smaller, or cut it."),
        Refusal("truncated", "The file breaks off before its end. Copy it again from where it comes from."),
        Refusal("unreadable", "The file is damaged: it cannot be read as what its first bytes say. Save it again."),
        Refusal(
            "heavy", "The file takes more memory or time to open than any picture should. Save it as a plain JPEG."
        ),
        Refusal("busy", "The file could not be looked at in time: the server has too much to do. Try again later."),
        Refusal(
            "pixels", "The picture has {width} × {height} pixels; {most} megapixels are the most. Save it smaller."
        ),
        Refusal(
            "side", "The picture has {width} × {height} pixels; {most} in one direction is the most. Save it smaller."
        ),
        Refusal("frames", "The picture moves, in more than {most} frames. Upload it as a film (MP4), or as a still."),
        Refusal(
            "drawing",
            "Files of this kind ({what}) are not taken. Export it as JPEG or PNG: "
            "pictures are taken as JPEG, PNG, WebP, GIF, AVIF or HEIC.",
        ),
        Refusal(
            "film",
            "Files of this kind ({what}) are not played by browsers, and nothing is converted here. "
            "Export it as MP4 with H.264 and AAC, or as WebM.",
        ),
        Refusal(
            "sound",
            "Sounds of this kind ({what}) are not played by browsers, and nothing is converted here. "
            "Save it as MP3, M4A, Ogg, WAV or FLAC.",
        ),
        Refusal(
            "codec",
            "This file holds {what}, which not every browser plays, and nothing is converted here. "
            "Export it as MP4 with H.264 (8 bit, 4:2:0) and AAC, or as WebM; sound alone as MP3 or M4A.",
        ),
        Refusal("no_track", "The file holds neither pictures nor sound that can be played. Export it again as MP4."),
        Refusal(
            "telemetry",
            "The film also records where the camera was, in a way that cannot be taken out here. "
            "Export it again as MP4, without location or telemetry.",
        ),
        Refusal(
            "other",
            "Files of this kind ({what}) are not taken. Pictures are taken as JPEG, PNG, WebP, GIF, AVIF or HEIC, "
            "films as MP4 or WebM, "
            "sound as MP3, M4A, Ogg, WAV or FLAC, captions as WebVTT.",
        ),
        Refusal(
            "unknown",
            "Nobody can tell what this file is. Pictures are taken as JPEG, PNG, WebP, GIF, AVIF or HEIC, "
            "films as MP4 or WebM, sound as MP3, M4A, Ogg, WAV or FLAC, captions as WebVTT.",
        ),
        Refusal("subtitles", "These are subtitles, but not WebVTT. Save them as WebVTT (.vtt)."),
        Refusal("captions_text", "The captions are not UTF-8 text. Save them as UTF-8."),
        Refusal("captions_head", "The captions do not begin with a line WEBVTT. Save them as WebVTT (.vtt)."),
        Refusal("captions_times", "Line {line} of the captions is not a time such as 00:01.000 --> 00:04.000."),
        Refusal("captions_order", "In line {line} of the captions the end is not after the beginning."),
        Refusal("captions_many", "The captions have more than {most} lines to show. Cut them, with the film."),
        Refusal("captions_none", "The captions hold no words."),
    )
}

NOTES: Final = {
    note.code: note
    for note in (
        Refusal("still", "The picture moves; only its first frame is kept. A film (MP4) would move."),
        Refusal("quicktime", "This is a QuickTime film (MOV). Most browsers play it; an MP4 is played by all."),
        Refusal("blanked", "Where the camera was, and other data about the recording, was taken out of the film."),
    )
}
"""Hints for a person about a file that is taken, by code; Refusals, so that they are translated in the same way."""

_Line = Annotated[str, Meta(max_length=4_000)]
_Side = Annotated[int, Meta(ge=0, le=20_000)]
_Place = tuple[Annotated[int, Meta(ge=0)], Annotated[int, Meta(ge=1)]]
_Write = tuple[Annotated[int, Meta(ge=0)], Annotated[str, Meta(max_length=64, pattern="^(?:[0-9a-f]{2})+$")]]


class Found(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A file's metadata, cleaned and cut to the limits of a body; "" for a missing field.

    `description`: the long alternative text; `licence`: an address; `embargo`: the line that states one; `date`: ISO
    8601, possibly only a year or month; `digital_source_type`: IPTC's, as an address.
    """

    caption: str = ""
    headline: str = ""
    creator: str = ""
    credit: str = ""
    source: str = ""
    copyright: str = ""
    alt: str = ""
    description: str = ""
    city: str = ""
    country: str = ""
    date: str = ""
    terms: str = ""
    instructions: str = ""
    embargo: str = ""
    licence: str = ""
    licensor: str = ""
    licensor_url: str = ""
    digital_source_type: str = ""


class Taken(Struct, frozen=True, kw_only=True):
    """A file that was taken in. `files`: those written into the folder, by core.media's names; `notes`: codes of NOTES.

    `width`, `height`: upright, of the whole picture; `seconds`: its duration, 0 for unknown; `preview`: base64;
    `held`: the restrictions in force, as lock.lock names them.
    """

    kind: Kind
    media_type: str
    width: int
    height: int
    seconds: float
    preview: str
    found: Found
    notes: tuple[str, ...]
    files: tuple[str, ...]
    held: tuple[str, ...]


class Answer(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The line that the sandbox writes: a refusal's code, or what it found and wrote."""

    refused: str = ""
    values: dict[Annotated[str, Meta(max_length=20)], Annotated[str, Meta(max_length=60)] | int] = {}
    kind: Kind = "picture"
    media_type: Annotated[str, Meta(max_length=40)] = ""
    width: _Side = 0
    height: _Side = 0
    seconds: Annotated[float, Meta(ge=0, le=1e6)] = 0.0
    preview: Annotated[str, Meta(max_length=4 * media.PREVIEW_BYTES // 3 + 4)] = ""
    found: dict[Annotated[str, Meta(max_length=40)], _Line] = {}
    notes: Annotated[tuple[Annotated[str, Meta(max_length=20)], ...], Meta(max_length=5)] = ()
    files: Annotated[tuple[Annotated[str, Meta(max_length=20)], ...], Meta(max_length=20)] = ()
    held: Annotated[tuple[Literal["files", "calls", "hook"], ...], Meta(max_length=3)] = ()
    blanks: Annotated[tuple[_Place, ...], Meta(max_length=10_000)] = ()
    writes: Annotated[tuple[_Write, ...], Meta(max_length=10_000)] = ()


_DECODER: Final = msgspec.json.Decoder(Answer)


def decoded(line: bytes) -> Answer | None:
    """Return the answer in a line, or None if it is no valid JSON of this shape."""
    try:
        answer = _DECODER.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return answer if math.isfinite(answer.seconds) and set(answer.notes) <= NOTES.keys() else None


def refusal(code: str, **values: str | int) -> Refusal:
    """Return the refusal with a code, its blanks filled; that of a damaged file if the code is unknown."""
    known = REFUSALS.get(code, REFUSALS["unreadable"])
    blanks = set(re.findall(r"{(\w+)}", known.says))
    filled = {name: one_line(value) if isinstance(value, str) else value for name, value in values.items()}
    if not blanks <= filled.keys():
        return REFUSALS["unreadable"]
    return Refusal(known.code, known.says, {name: filled[name] for name in sorted(blanks)})


_DATE: Final = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d)?(\.\d+)?(Z|[+-]\d\d:?\d\d)?)?)?)?")


def _date(value: str) -> str:
    line = one_line(value)
    return line if _DATE.fullmatch(line) else ""


def _lines(value: str) -> str:
    return cleaned(value).strip()


_CLEANED: Final[dict[str, tuple[int, Callable[[str], str]]]] = {
    "caption": (limits.CAPTION_CHARS, one_line),
    "alt": (limits.ALT_CHARS, one_line),
    "description": (limits.ALT_CHARS, _lines),
    "terms": (limits.CAPTION_CHARS, _lines),
    "instructions": (limits.CAPTION_CHARS, _lines),
    "date": (40, _date),
    "licence": (limits.URL_CHARS, resolved),
    "licensor_url": (limits.URL_CHARS, resolved),
    "digital_source_type": (limits.URL_CHARS, resolved),
}


def found(said: dict[str, str]) -> Found:
    """Return the sandbox's metadata as `Found`: known names only, each value cleaned and cut."""
    made = {}
    for name, value in said.items():
        if name in Found.__struct_fields__:
            most, clean = _CLEANED.get(name, (limits.TITLE_CHARS, one_line))
            if words := cut(clean(value), most):
                made[name] = words
    return Found(**made)


def cut(words: str, most: int) -> str:
    """Return a text, cut to a length with an ellipsis."""
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
