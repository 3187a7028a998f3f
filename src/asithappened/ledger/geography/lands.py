"""Lands and what is called after them: "Norwegian", "Norweger", "noruega" and "Norway" are of one.

Owns knowing which land a word is of, from the names of territories and languages in the CLDR, which Babel has in every
language: no list of peoples is needed, since most are called after one or the other. Look next: `wrong_forms`.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from babel import Locale
from babel.core import UnknownLocaleError, get_global

from asithappened.ledger.geography.gazetteer import folded
from asithappened.ledger.language import lexicon

_ALIKE: Final = 4  # letters that a people has in common with its land
_SURE: Final = 5  # letters that hardly another word begins with
_LONGER: Final = 7  # letters of a word behind those
_ENDING: Final = 3  # letters behind fewer


class Land(NamedTuple):
    """A land. `called`: its names of one word, folded; `begins`: what those words begin with that are of it."""

    name: str
    called: frozenset[str]
    begins: tuple[str, ...]

    def is_called(self, low: str) -> bool:
        """Say whether a word in small letters is its name: "norway", and not "norwegian"."""
        return folded(low) in self.called

    def has(self, low: str) -> bool:
        """Say whether a word in small letters is of this land, or its name."""
        word = folded(low)
        return word in self.called or any(
            word.startswith(one) and len(word) <= len(one) + (_LONGER if len(one) >= _SURE else _ENDING)
            for one in self.begins
        )


class _Names(NamedTuple):
    """Names of one word, folded. `lands`: with the land as it is printed; `languages`: with the land where they are
    spoken.
    """

    lands: Mapping[str, str]
    languages: Mapping[str, str]


@lexicon.kept
def _names(language: str) -> _Names:
    listed = {low: values[1] for low, values in lexicon.load(language, "places").items() if values[0] == "country"}
    try:
        locale = Locale(language[:2])
    except (UnknownLocaleError, ValueError):
        return _Names(dict(_single(listed.items())), {})
    territories = {code: name for code, name in locale.territories.items() if code.isalpha()}
    printed = [*((name, name) for name in territories.values()), *listed.items()]
    return _Names(dict(_single(printed)), dict(_single(_spoken(locale, territories))))


def _single(names: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    return ((folded(name), land) for name, land in names if not {" ", "-"} & set(name))


def _spoken(locale: Locale, territories: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    likely = get_global("likely_subtags")
    for code, name in locale.languages.items():
        where = likely.get(code, "").rpartition("_")[2]
        if "_" not in code and where in territories:
            yield name, territories[where]


@lru_cache(maxsize=256)
def land(word: str, language: str) -> Land | None:
    """Return the land that a word is of, None where it is of none."""
    low, names = folded(word.strip()), _names(language)
    if " " in low:
        return None
    best = max(names.lands, key=lambda name: (_alike(name, low), -len(name)), default="")
    alike = _alike(best, low)
    if alike >= _ALIKE and len(low) <= alike + _LONGER:
        printed = names.lands[best]
    elif low in names.languages:
        printed = names.languages[low]
    else:
        return None
    called = {name for name, its in names.lands.items() if its == printed}
    spoken = {name for name, its in names.languages.items() if its == printed and _alike(name, low) >= _ALIKE - 1}
    begins = {low[:size] for name in called | spoken if (size := _alike(name, low)) >= _SURE}
    return Land(printed, frozenset(called), tuple(sorted({low, *spoken, *begins})))


def _alike(one: str, other: str) -> int:
    """Return how many letters two words begin with alike."""
    size = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        size += 1
    return size
