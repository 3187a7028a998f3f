"""The world's cities of 15,000 inhabitants and more, and its countries, by folded name; names of smaller places.

Owns reading those lists, and spellings of one name in Latin letters (`folded`, `sounded`). The data is GeoNames' (CC BY
4.0), made smaller by `evaluation/gazetteer.py`; names that it has not, or spells in another way, stand in the lexicon
`places`. Read at the first question, in some 30 ms.
"""

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from anyascii import anyascii

FILE: Final = Path(__file__).parent / "gazetteer.txt"
SMALL: Final = Path(__file__).parent / "small_places.txt"

_ADJECTIVES: Final = ("ian", "ans", "ish", "ese", "ic", "ist", "ists")  # "Syrian" sounds like a town
_SOUNDS: Final = (
    (re.compile(r"[’'ʼ`\-]"), ""),
    (re.compile(r"^(?:al|el|ad|ar|as|ash|at|az)\s+"), ""),
    (re.compile(r"dzh|dj"), "j"),
    (re.compile(r"zh"), "z"),
    (re.compile(r"kh|ch(?=r)"), "h"),
    (re.compile(r"[yj]"), "i"),
    (re.compile(r"ou"), "u"),
    (re.compile(r"w"), "v"),
    (re.compile(r"q|c(?=[aourlk])"), "k"),
    (re.compile(r"(?:ah|a)$"), "a"),
    (re.compile(r"(.)\1+"), r"\1"),
)


class City(NamedTuple):
    """A place of the list. `thousands`: of inhabitants, 0 for a country."""

    name: str
    country: str
    thousands: int


@lru_cache(maxsize=8192)
def folded(name: str) -> str:
    """Return a name in small ASCII letters, as names are looked up."""
    return (name if name.isascii() else anyascii(name)).lower().replace("’", "'")


@lru_cache(maxsize=8192)
def sounded(name: str) -> str:
    """Return what is alike in the spellings of one name that comes from other letters."""
    sound = folded(name)
    for pattern, instead in _SOUNDS:
        sound = pattern.sub(instead, sound)
    return sound


def find(name: str) -> City | None:
    """Return the greatest place of a name, by its spelling, else by its sound."""
    by_name, by_sound = _read()
    found = by_name.get(folded(name))
    if found is None and len(name) >= 7 and not name.endswith(_ADJECTIVES):
        found = by_name.get(by_sound.get(sounded(name), ""))
    if found is None:
        return None
    printed, country, thousands = found.split("\t")
    return City(printed, country, int(thousands))


def is_small(name: str) -> bool:
    """Say whether a village or a small town is called so. Many of their names are somebody's too."""
    return folded(name) in _small()


@cache
def _small() -> frozenset[str]:
    return frozenset(SMALL.read_text(encoding="utf-8").splitlines())


@cache
def _read() -> tuple[dict[str, str], dict[str, str]]:
    by_name, by_sound = dict[str, str](), dict[str, str]()
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        key, sound, rest = line.split("\t", 2)
        by_name[key] = rest
        if sound:
            by_sound[sound] = key
    return by_name, by_sound
