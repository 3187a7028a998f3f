"""The unit that stands with a number: a sign of money before it, or a word or sign behind it.

Owns where a unit is looked for, and how it is kept ("kilometres" as "km"), as the lexicon `units` says. Never converts.
"""

import itertools
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from asithappened.ledger.amounts.numbers import Number
from asithappened.ledger.language import lexicon
from asithappened.ledger.language.tokens import Token

LONGEST: Final = 3  # tokens of a unit
_NEAR: Final = 8  # tokens between what is measured and its metres
_DEEPEST: Final = 1000  # metres: of more "m" says millions
_SHORT: Final = frozenset({"mm", "cm", "ft", "inches"})
_LENGTHS: Final = frozenset({"ft", "yards", "miles", "inches"})
_RACED: Final = frozenset({"the", "ran", "run", "runs", "over", "men's", "women's", "'s", "last", "first", "final"})
_DISTANCES: Final = frozenset({60, 100, 110, 200, 400, 800, 1500, 5000})  # that people run
ODD: Final = frozenset({"odd", "plus", "some", "ish"})  # stand with a hyphen behind what is not exact
_GLUED: Final = frozenset({"in"})  # "3in of rain", not "3 in London"
HYPHENS: Final = frozenset("-‐‑")


class Unit(NamedTuple):
    """A unit. `last`, `end`: where it ends, one past. `hyphened`: it stands before a noun, as in "a 16-day strike"."""

    kind: str
    name: str
    last: int
    end: int
    hyphened: bool = False


class _Units(NamedTuple):
    units: Mapping[str, tuple[str, str]]
    metres: frozenset[str]


@lexicon.kept
def _units(language: str) -> _Units:
    entries = lexicon.load(language, "units")
    return _Units(
        {phrase: (values[0], values[1]) for phrase, values in entries.items() if len(values) > 1},
        frozenset(phrase for phrase, values in entries.items() if values[0] == "metres"),
    )


def before(tokens: Sequence[Token], number: Number, language: str) -> tuple[str, int] | None:
    """Return the money whose sign or code stands before a number, and the token where that begins."""
    at = number.first - 1
    if at < 0 or number.start - tokens[at].end > 1:
        return None
    sign = tokens[at]
    if sign.kind == "word" and not (sign.text.isupper() or sign.text == "Rs"):
        return None
    kind, name = _units(language).units.get(sign.low, ("", ""))
    if kind != "money":
        return None
    if sign.kind == "word" and len(sign.low) < 2 and not (sign.end == number.start and number.scaled):
        return None  # "R350m", but "R2"
    if at and tokens[at - 1].end == sign.start:
        whole = _units(language).units.get(tokens[at - 1].low + sign.low, ("", ""))
        if whole[0] == "money":
            return whole[1], at - 1
    return name, at


def after(tokens: Sequence[Token], number: Number, language: str) -> Unit | None:
    """Return the unit that stands behind a number, the longest that does."""
    units = _units(language).units
    if number.rest:
        word = number.rest.partition("-")[0]
        if word in ODD and number.last < len(tokens):
            return _longest(tokens, number.last, number, units)  # "thirty-odd years"
        kind, name = units.get(word, ("", ""))
        return Unit(kind, name, number.last, number.end + 1 + len(word), True) if kind else None
    at, hyphened = number.last, False
    if at < len(tokens) and tokens[at].text in HYPHENS and tokens[at].start == number.end:
        at, hyphened = at + 1, True
        if at < len(tokens) and (tokens[at].start > tokens[at - 1].end or tokens[at].kind != "word"):
            return None  # "€30bn-€50bn"
        if at < len(tokens) and tokens[at].low.partition("-")[2][:1].isdecimal():
            return None  # "a 1-in-100-year flood"
        if at + 1 < len(tokens) and tokens[at].low in ODD:
            return _longest(tokens, at + 1, number, units)  # "15-plus years"
    while at < len(tokens) and not hyphened and "skip" in lexicon.load(language, "boundaries").get(tokens[at].low, ()):
        at += 1  # "ten consecutive months"
    if number.scaled and at < len(tokens) and tokens[at].low == "de":
        at += 1  # "2,5 millones de euros"
    if number.value > 1 and at < len(tokens) and language.startswith("es") and tokens[at].low in {"los", "las"}:
        at += 1  # "son 1.400 las hectáreas quemadas"
    if number.fraction:
        while at < len(tokens) and tokens[at].low in {"of", "a", "an"} and at - number.last < 2:
            at += 1  # "half an hour", "a quarter of a mile"
    if at >= len(tokens) or tokens[at].start - tokens[at - 1].end > 1:
        return None
    if "-" in tokens[at].low and tokens[at].low in units:  # "25-basis-point"
        kind, name = units[tokens[at].low]
        return Unit(kind, name, at + 1, tokens[at].end, True)
    if hyphened or "-" in tokens[at].low:
        word = tokens[at].low.partition("-")[0]
        kind, name = units.get(word, ("", ""))
        if kind:
            return Unit(kind, name, at + 1, tokens[at].start + len(word), hyphened or word != tokens[at].low)
        if hyphened:
            return None
    return _longest(tokens, at, number, units)


def _longest(tokens: Sequence[Token], at: int, number: Number, units: Mapping[str, tuple[str, str]]) -> Unit | None:
    for length in range(min(LONGEST, len(tokens) - at), 0, -1):
        these = tokens[at : at + length]
        if any(b.start - a.end > 1 for a, b in itertools.pairwise(these)):
            continue
        phrase = these[0].low + "".join((" " if b.start > a.end else "") + b.low for a, b in itertools.pairwise(these))
        kind, name = units.get(phrase, ("", ""))
        if length == 1 and these[0].start > number.end and phrase in _GLUED:
            continue
        if not kind or (len(phrase) == 1 and phrase.isalpha() and not _cased(these[0], number)):
            continue
        return Unit(kind, name, at + length, these[-1].end)
    return None


def _cased(token: Token, number: Number) -> bool:
    """Say whether one letter is a unit: C and F in capitals, others in small ones and against the digits."""
    if token.low in {"c", "f"}:
        return token.text.isupper() and (token.start == number.end or token.start - number.end == 1)
    return token.text.islower() and token.start == number.end


def is_metres(tokens: Sequence[Token], number: Number, language: str) -> bool:
    """Say whether the m of "100m" means metres, by the word behind it ("high", "freestyle")."""
    metres = _units(language).metres
    at = number.last
    if at < len(tokens) and tokens[at].text in HYPHENS:
        at += 1
    if at + 2 < len(tokens) and tokens[at].text == "(" and tokens[at + 1].kind == "number":
        return _units(language).units.get(tokens[at + 2].low, ("", ""))[1] in _LENGTHS
    before = tokens[number.first - 1].low if number.first else ""
    ahead = tokens[number.first - 2].low if number.first > 1 else ""
    if before == "(" and _units(language).units.get(ahead, ("", ""))[1] in _LENGTHS:
        return True  # "2ft (0.6m)"
    if number.value / 1e6 < _DEEPEST and before == "within" and at < len(tokens) and tokens[at].low == "of":
        return True  # "within 20m of the door"
    if number.value / 1e6 < _DEEPEST and (_by(tokens, at) or _by(tokens, number.first - 1)):
        return True  # "80m by 40m"
    if number.value / 1e6 in _DISTANCES and before in _RACED:
        return at >= len(tokens) or tokens[at].low in {"in", "and", "at", "on", ".", ",", "hurdles", *metres}
    if at < len(tokens) and tokens[at].low in metres:
        return True
    return number.value / 1e6 < _DEEPEST and _measured(tokens, number, language)


def _by(tokens: Sequence[Token], at: int) -> bool:
    """Say whether "by 40m" stands there behind "80m"."""
    words = tokens[at - 1 : at + 3] if at > 0 else ()
    return len(words) == 4 and [words[0].low, words[1].low, words[3].low] == ["m", "by", "m"]


def _measured(tokens: Sequence[Token], number: Number, language: str) -> bool:
    """Say whether what is measured in metres stands before, or another length beside: "the river peaked at 5.7m"."""
    if any(token.low in {"people", "homes", "users"} for token in tokens[number.last : number.last + 2]):
        return False
    units, ahead = _units(language), tokens[max(0, number.first - _NEAR) : number.first]
    deep = lexicon.load(language, "contexts")
    if any(token.kind != "number" and units.units.get(token.low, ("",))[0] == "money" for token in ahead):
        return False
    return any(
        "in_metres" in deep.get(token.low, ()) or units.units.get(token.low, ("", ""))[1] in _SHORT for token in ahead
    )


def is_singular(tokens: Sequence[Token], unit: Unit, language: str) -> bool:
    """Say whether a unit is printed in the singular, which has a plural: "a two year deal"."""
    low = tokens[unit.last - 1].low
    many = _units(language).units.get(f"{low}s", ("", ""))[1]
    whole = many == f"{low}s" or len(low) > len(many)  # "km" is short for both
    if unit.last > 1 and tokens[unit.last - 2].low in {"per", "a", "an"} and unit.kind == "measure":
        return False  # "90 km per hour"
    return bool(many) and whole and not low.endswith("s") and tokens[unit.last - 1].kind == "word"


def named(tokens: Sequence[Token], at: int, language: str) -> tuple[str, str]:
    """Return kind and name of the unit that a token is, both empty for none."""
    return _units(language).units.get(tokens[at].low, ("", "")) if 0 <= at < len(tokens) else ("", "")


def kind_of(low: str, language: str) -> str:
    """Return what kind of unit a word is, empty for none."""
    return _units(language).units.get(low, ("", ""))[0]


def is_time(low: str, language: str) -> bool:
    """Say whether a word is a unit of time."""
    return _units(language).units.get(low, ("",))[0] == "duration"
