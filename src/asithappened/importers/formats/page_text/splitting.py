"""Decides where one post of a plain-text page ends and the next begins.

"Updated" ends a post, and a headline begins one. Between posts that have neither, the page has no mark, and it is
guessed whether a paragraph begins a new subject; every guess is reported with its line. Look next: evidence.py.
"""

from dataclasses import dataclass

from asithappened.importers.formats.page_text.evidence import BIAS, WEIGHTS, WHY, PageStats, features
from asithappened.importers.formats.page_text.prose import heads_a_post, is_headline
from asithappened.importers.formats.page_text.units import Unit


@dataclass(frozen=True)
class Boundary:
    """Where a post begins. `sure`: the probability, roughly; `why`: the reason, for the report."""

    at: int
    sure: float
    why: str


def boundaries(units: list[Unit], stats: PageStats) -> list[Boundary]:
    """Return where posts begin inside the units between two "Updated", without the first unit."""
    out: list[Boundary] = []
    start = 0
    for number in range(1, len(units)):
        unit = units[number]
        before = units[number - 1]
        after = units[number + 1] if number + 1 < len(units) else None
        titled = start == number - 1 and is_headline(before, unit)
        if unit.quoted or titled:
            continue
        if is_headline(unit, after) and heads_a_post(unit):
            out.append(Boundary(at=number, sure=0.9, why="a headline stands there"))
            start = number
            continue
        if _score(units, start, number, stats) >= 0:
            out.append(Boundary(at=number, sure=0.5, why=_why(units, start, number, stats)))
            start = number
    return out


def _why(units: list[Unit], start: int, number: int, stats: PageStats) -> str:
    reasons = [
        (WEIGHTS.get(name, 0.0) * value, name)
        for name, value in features(units, start, number, stats).items()
        if value and name in WHY
    ]
    best = max(reasons, default=(0.0, ""))
    return WHY.get(best[1], "the subject seems to change") if best[0] > 0 else "the subject seems to change"


def _score(units: list[Unit], start: int, number: int, stats: PageStats) -> float:
    """Return 0 or more if the post that began at `start` probably ends before `number`."""
    return sum(WEIGHTS.get(name, 0.0) * value for name, value in features(units, start, number, stats).items()) + BIAS
