"""Invented news of many kinds, read as a whole: how many of its figures and places are found.

A rule that mends one sentence may break ten others: this is where that shows. The floors rise with what is reached.
"""

import itertools
import math
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

import pytest

from asithappened.ledger.suggestions import Figure, Place
from evaluation.heads import same_noun
from tests.ledger.reading_text import figures, places

UNITS = (
    "percentage points", "basis points", "cubic metres", "%", "USD", "GBP", "EUR", "INR", "ZAR", "pence", "cents",
    "mm", "cm", "km/h", "km", "mph", "miles", "yards", "inches", "ft", "tonnes", "kg", "GB", "hectares", "acres", "MW",
    "points", "seconds", "minutes", "hours", "days", "weeks", "months", "years", "degrees", "m", "C", "F", "g",
)  # fmt: skip
_G = TypeVar("_G")


class Counted(NamedTuple):
    value: float
    unit: str
    counted: str


class Sentence(NamedTuple):
    text: str
    figures: list[list[Counted]]
    places: list[list[str]]


def sentences(name: str) -> Iterator[Sentence]:
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    lines = [line for line in lines if not line.startswith("#")]
    starts = [at for at, line in enumerate(lines) if line[:2] not in {"F:", "P:"}]
    for start, end in itertools.pairwise([*starts, len(lines)]):
        text, about = lines[start].replace("\\n", "\n"), {line[:2]: line[2:] for line in lines[start + 1 : end]}
        assert about, text
        numbers = about.get("F:", "").split(";")
        wanted = [[_counted(one) for one in item.split("|")] for item in numbers if item.strip()]
        placed = [item for item in about.get("P:", "").split(";") if item.strip()]
        yield Sentence(text, wanted, [[one.split("=")[0].strip() for one in item.split("|")] for item in placed])


def _counted(written: str) -> Counted:
    value, _, rest = written.strip().partition(" ")
    unit = next((one for one in UNITS if re.match(rf"{re.escape(one)}(?: |$)", rest)), "")
    return Counted(float(value), unit, rest.removeprefix(unit).strip())


def _is(wanted: Counted, one: Figure) -> bool:
    same_unit = wanted.unit == one.unit or (wanted.unit == "points" and not one.unit)
    return same_unit and math.isclose(wanted.value, one.value, rel_tol=1e-3)


def _counts(wanted: Counted, one: Figure) -> bool:
    return _is(wanted, one) and (same_noun(wanted.counted, one.counted) or one.counted == "points")


def _lies(wanted: str, one: Place) -> bool:
    return wanted in one.exact or one.exact in wanted


def _right(wanted: Sequence[list[_G]], given: Sequence[object], same: Callable[..., bool]) -> int:
    left = list(given)
    for answers in wanted:
        hit = next((one for one in left for answer in answers if same(answer, one)), None)
        if hit is not None:
            left.remove(hit)
    return len(given) - len(left)


def _f1(right: int, wanted: int, given: int) -> float:
    return 2 * right / (wanted + given)


@pytest.mark.parametrize(
    ("name", "least", "found_at", "counted_at"),
    [
        ("invented.txt", 350, 0.98, 0.97),
        ("invented_figures.txt", 600, 0.98, 0.96),
        ("invented_kinds.txt", 220, 0.98, 0.96),
    ],
)
def test_figures_of_invented_news_are_found_with_what_they_count(
    name: str, least: int, found_at: float, counted_at: float
) -> None:
    found = counted = wanted = given = 0
    for sentence in sentences(name):
        ours = figures(sentence.text)
        found += _right(sentence.figures, ours, _is)
        counted += _right(sentence.figures, ours, _counts)
        wanted, given = wanted + len(sentence.figures), given + len(ours)
    assert wanted > least
    assert _f1(found, wanted, given) >= found_at
    assert _f1(counted, wanted, given) >= counted_at


@pytest.mark.parametrize(
    ("name", "least", "surely", "found_at"), [("invented.txt", 200, 0.96, 0.85), ("invented_places.txt", 85, 0.9, 0.9)]
)
def test_places_of_invented_news_are_found_and_hardly_another(
    name: str, least: int, surely: float, found_at: float
) -> None:
    found = wanted = given = 0
    for sentence in sentences(name):
        ours = places(sentence.text)
        found += _right(sentence.places, ours, _lies)
        wanted, given = wanted + len(sentence.places), given + len(ours)
    assert wanted > least
    assert found / given >= surely
    assert _f1(found, wanted, given) >= found_at
