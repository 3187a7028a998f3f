"""Where one post of a plain-text page ends and the next begins.

Owns the decision. "Updated" ends a post and a headline begins one; between posts that have neither, a page says
nothing, and an editor would look at whether a paragraph starts something new. That is guessed here, and every guess is
reported with its line. Look next: evidence.py for what is weighed.
"""

from dataclasses import dataclass

from asithappened.importers.formats.page_text.evidence import BIAS, WEIGHTS, WHY, Page, features
from asithappened.importers.formats.page_text.prose import heads_a_post, is_headline
from asithappened.importers.formats.page_text.units import Unit


@dataclass(frozen=True)
class Boundary:
    """Where a post begins. `sure`: 1 for what the page itself says, less for a guess; `why` for a person."""

    at: int
    sure: float
    why: str


def boundaries(units: list[Unit], page: Page) -> list[Boundary]:
    """Return where posts begin inside one stretch of units (between two "Updated"), its own beginning left out."""
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
        score = evidence(units, start, number, page)
        if score >= 0:
            out.append(Boundary(at=number, sure=0.5, why=_why(units, start, number, page)))
            start = number
    return out


def _why(units: list[Unit], start: int, number: int, page: Page) -> str:
    told = [
        (WEIGHTS.get(name, 0.0) * value, name)
        for name, value in features(units, start, number, page).items()
        if value and name in WHY
    ]
    best = max(told, default=(0.0, ""))
    return WHY.get(best[1], "the subject seems to change") if best[0] > 0 else "the subject seems to change"


def evidence(units: list[Unit], start: int, number: int, page: Page) -> float:
    """Weigh whether a post that began at `start` is over before `number`: 0 or more says yes."""
    return sum(WEIGHTS.get(name, 0.0) * value for name, value in features(units, start, number, page).items()) + BIAS
