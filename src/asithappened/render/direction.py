"""Decides the direction of a text: the live blog's, unless the text is clearly in scripts of the other direction.

`dir="auto"` uses the first letter alone: a Hebrew paragraph that begins with "BBC" would be written from left to right,
with its full stop at the wrong end. Names are too short to decide, and are put in <bdi>.
"""

import re
import unicodedata
from typing import Final, Literal

Direction = Literal["ltr", "rtl"]

# The languages written from right to left; Babel's own table is by locale.
_RIGHT_TO_LEFT: Final = {"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ji", "ps", "sd", "syr", "ug", "ur", "yi"}
_SCRIPTS: Final = {"arab", "hebr", "thaa", "syrc", "nkoo", "adlm", "rohg"}
_WAYS: Final[dict[str, Direction]] = {"L": "ltr", "R": "rtl", "AL": "rtl"}
_WORD: Final = re.compile(r"[^\W\d_]+")
# Hebrew and Arabic sentences often contain Latin names and abbreviations; the reverse is rare. So in a right-to-left
# blog a text is left to right only with four Latin words to one; otherwise the majority decides.
_LATIN_TO_ONE: Final = 4
_JUDGED_CHARS: Final = 2_000
# Most texts have letters of one direction only, and need no count.
_RTL: Final = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_STRANGE: Final = {"ltr": re.compile(f"[{_RTL}]"), "rtl": re.compile(rf"[^\W\d_{_RTL}]")}


def direction(language: str) -> Direction:
    """Return the direction of a language; a script subtag overrides the language (az-Arab, ku-Latn)."""
    subtags = language.lower().replace("_", "-").split("-")
    if _SCRIPTS & set(subtags[1:]):
        return "rtl"
    return "rtl" if subtags[0] in _RIGHT_TO_LEFT and "latn" not in subtags else "ltr"


def dir_of(text: str, usual: Direction) -> str:
    """Return a `dir` attribute for a text against the usual direction, otherwise ""."""
    way = other_direction(text, usual)
    return f' dir="{way}"' if way else ""


def other_direction(text: str, usual: Direction) -> Direction | None:
    """Return a text's direction if it differs from the usual one, otherwise None."""
    if not _STRANGE[usual].search(text, 0, _JUDGED_CHARS):
        return None
    ways = [
        way for word in _WORD.findall(text[:_JUDGED_CHARS]) if (way := _WAYS.get(unicodedata.bidirectional(word[0])))
    ]
    rtl, ltr = ways.count("rtl"), ways.count("ltr")
    if usual == "ltr":
        return "rtl" if rtl > ltr else None
    return "ltr" if ltr and ltr >= _LATIN_TO_ONE * rtl else None
