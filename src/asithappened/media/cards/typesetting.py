"""Sets a headline in the largest size in which it fits, in lines of similar length.

Owns line breaking and fitting. A word that is longer than a line is broken between two letters; a text that does not
fit in the smallest size ends with an ellipsis.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from asithappened.media.cards.fonts import Face, font, shapes
from asithappened.render.direction import Direction

# A line may end after a space, and after a hyphen between letters; a dash stays with the word before it.
_PIECES: Final = re.compile(r"[^ ]*?[^\W\d_]-(?=[^\W\d_])|[^ ]+ *")
_BEFORE_DASH: Final = re.compile(r" (?=[–—] )")
_LOOSE: Final = " ,;:–—-([{“„«‹‘‚"
_ELLIPSIS: Final = "…"
_FINE: Final = 50  # lines are balanced to a fiftieth of their width

Width = Callable[[str], float]


class Type(Struct, frozen=True, kw_only=True):
    """How a text is set. `size`: in pixels."""

    face: Face
    size: int
    direction: Direction
    language: str

    @property
    def how(self) -> dict[str, Any]:
        """The arguments for Pillow, which needs raqm for them."""
        return {"direction": self.direction, "language": self.language} if shapes() else {}

    @property
    def leading(self) -> int:
        """The distance of baselines, which is larger for Arabic: its letters reach higher and lower."""
        return round(self.size * (1.34 if self.direction == "rtl" else 1.12))

    def width(self, text: str) -> float:
        return float(font(self.face, self.size).getlength(text, **self.how))

    def box(self, text: str, anchor: str) -> tuple[float, float, float, float]:
        """Return a text's bounding box relative to its anchor: left, top, right, bottom."""
        return font(self.face, self.size).getbbox(text, anchor=anchor, **self.how)


class SetText(Struct, frozen=True, kw_only=True):
    """A text in lines of one size."""

    lines: Sequence[str]
    type: Type


def fitted(text: str, of: Type, *, sizes: Sequence[int], width: int, height: int, most: int) -> SetText:
    """Set a text in the largest of `sizes` in which it fits in `most` lines without breaking a word."""
    if not text:
        return SetText(lines=(), type=of)
    text = _BEFORE_DASH.sub("\u00a0", text)
    lines: list[str] = []
    for size in sizes:
        of = replace(of, size=size)
        lines = broken(text, of.width, width)
        longest = max(of.width(piece.strip()) for piece in _PIECES.findall(text))
        if longest <= width and len(lines) <= most and len(lines) * of.leading <= height:
            return SetText(lines=_balanced(text, of.width, longest, width, lines), type=of)
    fits = max(1, min(most, height // of.leading))
    if len(lines) > fits:
        lines = [*lines[: fits - 1], shortened(" ".join(lines[fits - 1 :]), of.width, width, cut=True)]
    return SetText(lines=lines, type=of)


def broken(text: str, measure: Width, width: float) -> list[str]:
    """Break a text into lines that are no wider."""
    lines: list[str] = []
    line = ""
    for piece in _PIECES.findall(text):
        if line and measure((line + piece).rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece
        while measure(line.rstrip()) > width:
            at = _most_that_fits(line, measure, width)
            lines.append(line[:at])
            line = line[at:]
    return [*lines, line.rstrip()] if line.strip() else lines


def shortened(text: str, measure: Width, width: float, *, cut: bool = False) -> str:
    """Return a text, or its beginning with an ellipsis if it does not fit, cut between words if possible.

    `cut`: add the ellipsis anyway, because the text was cut before.
    """
    if not cut and measure(text) <= width:
        return text
    at = len(text)
    while at > 0 and measure(text[:at].rstrip(_LOOSE) + _ELLIPSIS) > width:
        space = text.rfind(" ", 0, at)
        # A long word at the end is cut inside, rather than losing more than half of the text.
        at = space if space > at / 2 else _before(text, at)
    return text[:at].rstrip(_LOOSE) + _ELLIPSIS


def _most_that_fits(text: str, measure: Width, width: float) -> int:
    at = len(text)
    while at > 1 and measure(text[:at].rstrip()) > width:
        at = _before(text, at)
    return max(1, at)


def _before(text: str, at: int) -> int:
    """Return the index of the letter before an index; a combining mark stays with its letter."""
    at -= 1
    while at > 0 and unicodedata.category(text[at])[0] == "M":
        at -= 1
    return at


def _balanced(text: str, measure: Width, longest: float, width: float, lines: list[str]) -> list[str]:
    """Return the same number of lines with the longest as short as possible, without breaking the longest word."""
    narrow, wide = longest, width
    while wide - narrow > width / _FINE:
        middle = (narrow + wide) / 2
        tried = broken(text, measure, middle)
        if len(tried) <= len(lines):
            wide, lines = middle, tried
        else:
            narrow = middle
    return lines
