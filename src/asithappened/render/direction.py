"""The direction of a text: the live blog's, unless the text is clearly in a script of the other direction.

Owns that judgement. `dir="auto"` goes by the first letter alone: a Hebrew paragraph that begins with "BBC" would run
from left to right, with its full stop at the wrong end. Names are too short to judge: they are put in <bdi>.
"""

import re
import unicodedata
from typing import Final, Literal

Direction = Literal["ltr", "rtl"]

# Scripts written from right to left, by the languages that live blogs come in; Babel's own table is by locale.
_RIGHT_TO_LEFT: Final = {"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ji", "ps", "sd", "syr", "ug", "ur", "yi"}
_SCRIPTS: Final = {"arab", "hebr", "thaa", "syrc", "nkoo", "adlm", "rohg"}
_WAYS: Final[dict[str, Direction]] = {"L": "ltr", "R": "rtl", "AL": "rtl"}
_WORD: Final = re.compile(r"[^\W\d_]+")
# Hebrew and Arabic sentences often hold Latin names and abbreviations, the reverse is rare: where the usual direction
# is right to left, a text is left to right only with four Latin words to one; otherwise the majority decides.
_LATIN_TO_ONE: Final = 4
_JUDGED_CHARS: Final = 2_000
# Most texts hold letters of one direction alone, and are judged by that.
_RTL: Final = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_STRANGE: Final = {"ltr": re.compile(f"[{_RTL}]"), "rtl": re.compile(rf"[^\W\d_{_RTL}]")}


def direction(language: str) -> Direction:
    """Return the direction of a language; a script subtag outweighs the language (az-Arab, ku-Latn)."""
    subtags = language.lower().replace("_", "-").split("-")
    if _SCRIPTS & set(subtags[1:]):
        return "rtl"
    return "rtl" if subtags[0] in _RIGHT_TO_LEFT and "latn" not in subtags else "ltr"


def dir_of(text: str, usual: Direction) -> str:
    """Return the attribute of an element whose text runs against the direction around it, otherwise nothing."""
    way = other_direction(text, usual)
    return f' dir="{way}"' if way else ""


def other_direction(text: str, usual: Direction) -> Direction | None:
    """Return the direction of a text that is written in scripts of the other direction than `usual`, otherwise None."""
    if not _STRANGE[usual].search(text, 0, _JUDGED_CHARS):
        return None
    ways = [
        way for word in _WORD.findall(text[:_JUDGED_CHARS]) if (way := _WAYS.get(unicodedata.bidirectional(word[0])))
    ]
    rtl, ltr = ways.count("rtl"), ways.count("ltr")
    if usual == "ltr":
        return "rtl" if rtl > ltr else None
    return "ltr" if ltr and ltr >= _LATIN_TO_ONE * rtl else None
