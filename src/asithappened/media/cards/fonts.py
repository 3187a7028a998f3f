"""The two fonts of cards, and the characters that they can print.

They have Latin, Greek, Cyrillic, Hebrew and Arabic. A missing character is never printed as a box: a symbol is left
out, and a text with a missing letter is not printed at all. Hebrew and Arabic need Pillow's raqm, which needs fribidi
on the machine; without it their letters are missing.
"""

import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

from PIL import ImageFont, features

Face = Literal["card-serif", "card-sans"]
SERIF: Final[Face] = "card-serif"
SANS: Final[Face] = "card-sans"
FILES: Final = Path(__file__).parent / "fonts"

_JOINERS: Final = "\u200c\u200d"  # which decide how Arabic letters join
_MISSING: Final = "\U0010fffd"  # of the last private plane: no font has it
_OF_A_WORD: Final = "LMN"  # the first of a character's category: letters, marks, numbers
_RIGHT_TO_LEFT: Final = frozenset(("R", "AL", "AN"))


def shapes() -> bool:
    """Return whether this machine can set text from right to left, with joined letters."""
    return bool(features.check("raqm"))


@lru_cache(maxsize=64)
def font(face: Face, size: int) -> ImageFont.FreeTypeFont:
    """Return a face in a size in pixels. Not shared by threads: use it while drawing alone."""
    engine = ImageFont.Layout.RAQM if shapes() else ImageFont.Layout.BASIC
    return ImageFont.truetype(FILES / f"{face}.woff2", size, layout_engine=engine)


def printable(text: str, face: Face) -> str:
    """Return the printable characters of a text, on one line; "" if a letter is missing."""
    kept: list[str] = []
    for char in unicodedata.normalize("NFC", text):
        category = unicodedata.category(char)
        if char.isspace() and char not in "\u00a0\u202f":
            kept.append(" ")
        elif category[0] == "C" or "\ufe00" <= char <= "\ufe0f":
            kept.append(char if char in _JOINERS and shapes() else "")
        elif _has(face, char):
            kept.append(char)
        elif category[0] in _OF_A_WORD and category != "Me":
            return ""
    return " ".join(filter(None, "".join(kept).split(" "))) if any(map(str.isalnum, kept)) else ""


@lru_cache(maxsize=4096)
def _has(face: Face, char: str) -> bool:
    if not shapes() and (unicodedata.bidirectional(char) in _RIGHT_TO_LEFT or unicodedata.combining(char)):
        return False
    probe = _probe(face)
    drawn, missing = probe.getmask(char), probe.getmask(_MISSING)
    return drawn.size != missing.size or bytes(drawn) != bytes(missing)


@lru_cache(maxsize=2)
def _probe(face: Face) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FILES / f"{face}.woff2", 24, layout_engine=ImageFont.Layout.BASIC)
