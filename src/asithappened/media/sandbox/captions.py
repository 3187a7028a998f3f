"""Reads WebVTT, and writes it again with times and words only.

Owns which cues are valid and which tags stay. Styles, regions, notes and classes are left out, so that captions look as
the page styles them.
"""

import re
from typing import Final

from asithappened.media.sandbox.refusal import NotTaken

CUES: Final = 20_000  # ten hours of speech have some 12,000
CUE_CHARS: Final = 1_000

_TIME: Final = r"(?:(\d{2,4}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMES: Final = re.compile(rf"{_TIME}[ \t]+-->[ \t]+{_TIME}(?:[ \t]+(.*))?")
_SETTING: Final = re.compile(
    r"(?:line:-?[\d.]{1,6}%?(?:,(?:start|center|end))?|position:[\d.]{1,6}%(?:,(?:line-left|center|line-right))?|"
    r"size:[\d.]{1,6}%|align:(?:start|center|end|left|right)|vertical:(?:rl|lr))"
)
_TAG: Final = re.compile(r"<(/?)(b|i|u|v|ruby|rt|lang)(?:\.[^\s>]*)?((?:[ \t][^<>]*)?)>|<[^>]*>?")
_CONTROLS: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ufeff\ufffe\uffff]")


def take(raw: bytes) -> tuple[bytes, float]:
    """Return the captions written again, and the end of the last in seconds. Raises NotTaken with the faulty line."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotTaken("captions_text") from None
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not re.fullmatch(r"WEBVTT(?:[ \t].*)?", lines[0]):
        raise NotTaken("captions_head")
    out, last, cues = ["WEBVTT"], 0.0, 0
    for at, block in _blocks(lines):
        where = next((n for n, line in enumerate(block[:2]) if "-->" in line), -1)
        if where < 0:
            continue  # a note, a style, a region, or a part of one
        times = _TIMES.fullmatch(block[where].strip())
        if times is None:
            raise NotTaken("captions_times", line=at + where + 1)
        begins, ends = _seconds(times.groups()[:4]), _seconds(times.groups()[4:8])
        if ends <= begins:
            raise NotTaken("captions_order", line=at + where + 1)
        cues += 1
        if cues > CUES:
            raise NotTaken("captions_many", most=CUES)
        settings = "".join(f" {one}" for one in (times[9] or "").split() if _SETTING.fullmatch(one))
        words = [_CONTROLS.sub("", _TAG.sub(_tag, line)) for line in block[where + 1 :]]
        words = [line[:CUE_CHARS] for line in words if line.strip() and "-->" not in line]
        if words:
            out += ["", f"{_clock(begins)} --> {_clock(ends)}{settings}", *words]
            last = max(last, ends)
    if not last:
        raise NotTaken("captions_none")
    return ("\n".join(out) + "\n").encode(), last


def _blocks(lines: list[str]) -> list[tuple[int, list[str]]]:
    """Return the blocks between empty lines, each with the number of lines before it."""
    blocks: list[tuple[int, list[str]]] = []
    open_ = False
    for number, line in enumerate(lines[1:], start=1):
        if line.strip():
            if not open_:
                blocks.append((number, []))
            blocks[-1][1].append(line)
        open_ = bool(line.strip())
    return blocks


def _tag(found: re.Match[str]) -> str:
    """Return a tag without its classes, or "" for one that is not kept."""
    closes, name, annotation = found.groups()
    if not name:
        return ""
    said = annotation.strip() if name in {"v", "lang"} and not closes else ""
    return f"<{closes}{name}{' ' + said if said else ''}>"


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000


def _clock(seconds: float) -> str:
    thousandths = round(seconds * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"
