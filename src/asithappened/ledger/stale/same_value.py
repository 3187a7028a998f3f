"""Whether a figure that is printed says an old value of a series, its newest, or another one.

Owns the rule for modifiers and rounding. An old number is the old one whatever stands before it: "at least 63" was what
was known then. A rounded one ("more than 60") is old where it rounds an old value and not the newest. What is open
("dozens") says none. Look next: `same_figure`.
"""

import math
from collections.abc import Iterator
from typing import Final, Literal

from asithappened.ledger.amounts import conversions
from asithappened.ledger.amounts.quantities import Quantity
from asithappened.ledger.changes import Moved, Value
from asithappened.ledger.language import lexicon

Said = Literal["old", "rounded", "new", "differs"]

_NEAR: Final = 0.15  # of the value: how far below it a round number may be with "more than"
_ABOUT: Final = 0.06  # of the value, to either side, with "about"
_NEARLY: Final = 0.1  # of the round number, with "nearly"
_LEAST, _MOST = 0.1, 100_000  # what a quantity is given in other units for
_SCALES: Final = (1e3, 1e6, 1e9, 1e12)


def said(quantity: Quantity, moved: Moved) -> Said:
    """Return what a quantity says of a series."""
    new = moved.new
    fewer = _digits(quantity.low) < _digits(new.value)  # "about 60", where 63 is the newest, and 60 was an old one
    if _is(quantity, new) or (fewer and quantity.modifier != "at_least" and _rounds(quantity, new)):
        return "new"
    if new.bottom < new.top and new.bottom <= quantity.low and quantity.high <= new.top:
        return "new"  # within a range that stands
    olds = [old for old in moved.old if (old.bottom, old.top) != (new.bottom, new.top)]
    if any(_is(quantity, old) for old in olds):
        return "old"
    if _rounds(quantity, new):
        return "new"
    return "rounded" if any(_rounds(quantity, old) for old in olds) else "differs"


def contradicts(quantity: Quantity, new: Value) -> bool:
    """Say whether a quantity cannot be true beside a value: "at least 80" is, where 89 are known."""
    number = quantity.low
    match quantity.modifier:
        case "more_than" | "at_least":
            return number > new.top
        case "up_to":
            return number < new.bottom
        case "about" | "nearly":
            return not new.bottom * 0.9 <= number <= new.top * 1.1
        case _:
            return not (new.bottom <= quantity.low and quantity.high <= new.top)


def _is(quantity: Quantity, value: Value) -> bool:
    """Say whether a quantity is a value, whatever their modifiers."""
    if quantity.joined:
        return math.isclose(quantity.low, value.bottom) and math.isclose(quantity.high, value.top)
    low = -quantity.low if quantity.low < 0 < value.value else quantity.low  # "minus 8.4%": a fall is told either way
    return math.isclose(low, value.value)


def _rounds(quantity: Quantity, value: Value) -> bool:
    """Say whether a quantity is a round number for a value, as its modifier says."""
    number, true = quantity.low, float(value.value)
    if quantity.joined or number <= 0 or true <= 0:
        return False
    if not _is_round(number):
        return _cuts(number, true, quantity)
    match quantity.modifier:
        case "more_than" | "at_least":
            return number < true <= number / (1 - _NEAR)
        case "about":
            return abs(number - true) <= _ABOUT * true
        case "nearly":
            return number * (1 - _NEARLY) <= true < number
        case "up_to":
            return number * (1 - _ABOUT) <= true <= number
        case _:
            return _cuts(number, true, quantity)


def _cuts(number: float, true: float, quantity: Quantity) -> bool:
    """Say whether a number has fewer digits than a value that it stands for: "a good 17%" and "17%" for 17.4%."""
    digits = _digits(number)
    exact = quantity.kind == "count" and not quantity.number.scaled and true.is_integer()
    if exact or digits >= _digits(true):
        return False
    step = 10.0 ** (math.floor(math.log10(number)) + 1 - digits)  # one in the last place that is printed
    match quantity.modifier:
        case "more_than" | "at_least":
            return number < true < number + step
        case "nearly" | "up_to":
            return number - step < true < number
        case "only":
            return False
        case _:
            told = quantity.kind != "measure" or quantity.modifier == "about"  # a wall is 4.2 metres high, for 4.24
            plain = told and digits > 1 and (quantity.number.scaled or not _is_round(number))
            return plain and abs(number - true) <= min(step / 2, _ABOUT * true)


def _digits(number: float) -> int:
    return len(f"{number:.12g}".replace(".", "").strip("0")) if number else 0


def _is_round(number: float) -> bool:
    """Say whether a number is one that others are rounded to: 60, 150, 4,500, 2m."""
    if number < 10 or not number.is_integer():
        return False
    digits = str(int(number)).rstrip("0")
    return len(digits) < len(str(int(number))) and (len(digits) == 1 or len(digits) <= len(str(int(number))) - 1)


def needles(moved: Moved, unit: str, language: str) -> tuple[str, ...]:
    """Return what a text has, in small letters, that says an old value: one of these at least.

    `unit`: the series', as texts are read for it.
    """
    factors = {conversions.factor(unit, other) for other in conversions.beside(unit)}
    found = dict.fromkeys(
        needle
        for old in moved.old
        for factor in sorted(factors)
        for value in _values(old, factor)
        if _LEAST <= abs(value) < _MOST or factor == 1
        for needle in _written(value, language)
    )
    return tuple(found)


def _values(old: Value, factor: float) -> Iterator[float]:
    yield from {float(old.value) * factor, float(old.bottom) * factor, float(old.top) * factor}
    for value in {abs(float(old.value)) * factor}:
        if not value.is_integer() or value >= _SCALES[0]:  # "17%" for 17.4%, "2.4 million" for 2,412,000
            for size in (10.0 ** (math.floor(math.log10(value)) - n) for n in range(4) if value):
                yield from (math.floor(value / size) * size, math.ceil(value / size) * size)
        if value >= 20:
            size = 10 ** (len(str(int(value))) - 1)
            for step in {size, size // 2, size // 10, size // 20}:
                if step >= 5:
                    yield float(value // step * step)
                    yield float(-(-value // step) * step)


def _written(value: float, language: str) -> Iterator[str]:
    whole = abs(value)
    if whole.is_integer():
        plain = f"{int(whole)}"
        yield plain
        if whole >= 1000:
            for mark in (",", ".", " ", "\u00a0", "\u202f", "’", "'"):
                yield f"{int(whole):,}".replace(",", mark)
    else:
        yield from {f"{whole:g}", f"{whole:g}".replace(".", ",")}
    for scale in _SCALES:
        if scale <= whole < scale * 1e4 or scale / 10 <= whole < scale:
            scaled = f"{whole / scale:.6g}"
            yield from {scaled, scaled.replace(".", ",")}
    yield from _words(whole, language)


def _words(value: float, language: str) -> Iterator[str]:
    """Yield number words of which every way to write a value in words has one."""
    tens = value % 100 // 10 * 10
    for phrase, values in lexicon.load(language, "numbers").items():
        worth = float(values[1]) if len(values) > 1 else 0.0
        if (
            (values[0] == "number" and (worth == value or (20 <= worth == tens)))
            or (values[0] == "scale" and 12 <= worth <= value)
            or (values[0] in {"fraction", "times"} and worth in {value, value % 1})
        ):
            yield phrase
