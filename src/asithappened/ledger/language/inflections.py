"""The other forms of participles that a list has in one: "gesperrter" of "gesperrt", "cerradas" of "cerrado".

Owns which words have them, in German and Spanish, and by which endings. Look next: `lexicon`, which adds them to the
lists of what became of things and people.
"""

import re
from collections.abc import Iterator
from typing import Final

LISTS: Final = frozenset({"outcomes", "tells", "states"})
_SEPARABLE: Final = (
    "ab|an|auf|aus|bei|dar|durch|ein|fest|fort|frei|heim|her|hin|hoch|lahm|los|mit|nach|nieder|um|vor|weg|wieder|zu|"
    "zurück|zusammen"
)
_GERMAN: Final = re.compile(
    rf"(?:{_SEPARABLE})?(?:ge\w{{2,}}|(?:be|ver|zer|ent|er|miss|unter|über)\w{{3,}})(?:t|en)"
)  # "gesperrt", "festgenommen", "überflutet"
_GONE: Final = re.compile(rf"(?:{_SEPARABLE})?ge\w+en")
_GERMAN_ENDINGS: Final = ("e", "en", "er", "em", "es")
_SPANISH: Final = re.compile(r"(\w{2,}(?:ad|id)|\w+(?:iert|uert|uest|uelt|rit|rot|ech))(?:o|a|os|as)")
_SPANISH_ENDINGS: Final = ("o", "a", "os", "as")
_NOMINAL: Final = re.compile(rf"{_GERMAN.pattern}(?:en|er|e)")
_FEMININE: Final = (("oras", "ores"), ("as", "os"))
_HEAD: Final = 5  # letters of a noun that others are put together with
_FIRST: Final = 3


def of(phrase: str, language: str) -> Iterator[str]:
    """Yield the forms of a listed word, where it is a participle."""
    if language == "de" and _GERMAN.fullmatch(phrase):
        yield from (phrase + ending for ending in _GERMAN_ENDINGS)
    elif language == "es" and (match := _SPANISH.fullmatch(phrase)):
        yield from (match[1] + ending for ending in _SPANISH_ENDINGS)


def is_participle(word: str, language: str) -> bool:
    """Say whether a word is a participle in the plural, as those are called who it happened to: "die Geretteten"."""
    if language == "de":
        return _NOMINAL.fullmatch(word) is not None
    return language == "es" and word.endswith("s") and _SPANISH.fullmatch(word) is not None


def is_passive(word: str) -> bool:
    """Say whether a German word can only be the participle of what is done, and no infinitive: "geschätzt"."""
    return _GERMAN.fullmatch(word) is not None and (word.endswith("t") or _GONE.fullmatch(word) is not None)


def nouns(word: str, language: str) -> Iterator[str]:
    """Yield what a noun may be listed as: "Schüler" for "Grundschülerinnen", "vecinos" for "vecinas"."""
    yield word
    if language == "de":
        for form in dict.fromkeys((word, word.removesuffix("innen"), word.removesuffix("n"))):
            yield form
            yield from (form[at:] for at in range(_FIRST, len(form) - _HEAD + 1))
    elif language == "es":
        yield from (word.removesuffix(ending) + other for ending, other in _FEMININE if word.endswith(ending))
