"""Table cells as sentences, with the headings of row and column: "Orrin: Schools closed: 112".

Owns which words of a table, as it is printed, are a cell's headings, and whether a row is of something else. Look
next: `sweep_figures`, which reads them.
"""

from bisect import bisect_right
from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

from asithappened.ledger.geography import same_place
from asithappened.ledger.language import clause
from asithappened.ledger.language.by_part import by_part
from asithappened.ledger.language.phrases import phrases
from asithappened.ledger.views import Part, PartView

_BETWEEN: Final = " | "
_TOTALS: Final = frozenset({"total", "overall", "altogether", "gesamt", "insgesamt", "summe", "todos"})
_LONGEST: Final = 60  # characters of a heading: a longer text is no name of its row or column


class Cell(NamedTuple):
    """A cell at characters `start` to `end` of its part.

    `row`: its row's heading; `head`: the headings of its row and column, each with a colon.
    """

    start: int
    end: int
    row: str
    head: str


def _read_part(part: PartView, language: str) -> tuple[Cell, ...]:
    heads: list[str] | None = None
    found, at = list[Cell](), 0
    for line in part.text.split("\n"):
        cells = line.split(_BETWEEN)
        if len(cells) > 1 and heads is None:
            heads = cells
        elif len(cells) > 1 and heads is not None:
            start = at
            for number, words in enumerate(cells):
                column = heads[number] if number < len(heads) else ""
                above = (cells[0], column) if number else ()
                head = "".join(f"{one.strip()}: " for one in above if one.strip() and len(one) <= _LONGEST)
                found.append(Cell(start, start + len(words), cells[0].strip() if number else "", head))
                start += len(words) + len(_BETWEEN)
        at += len(line) + 1
    return tuple(found)


_cells = by_part(_read_part)


def headed(part: PartView, start: int, language: str) -> Cell | None:
    """Return the cell at a character of a table; None if it has no heading."""
    if part.kind != Part.TABLE:
        return None
    cells = _cells(part, language)
    at = bisect_right(cells, start, key=lambda cell: cell.start) - 1
    return cells[at] if at >= 0 and start < cells[at].end and cells[at].head else None


def is_heading(part: PartView, start: int, language: str) -> bool:
    """Say whether a character stands in the first row of a table, which says what is below it."""
    if part.kind != Part.TABLE:
        return False
    cells = _cells(part, language)
    begins, ends = part.text.rfind("\n", 0, start) + 1, part.text.find("\n", start)
    row = part.text[begins : ends if ends >= 0 else len(part.text)]
    return _BETWEEN in row and not (cells and start >= cells[0].start)


def is_of_others(row: str, places: Sequence[str], own: Collection[str], language: str) -> bool:
    """Say whether a row's head names something else than a series and its places. `own`: the stems of its label."""
    low = row.lower()
    if not places or not row or any(place.lower() in low for place in places):
        return False
    if same_place.compared(row, places, language) == "same":
        return False
    sentence, stops = clause.sentences(row, language)[0], phrases(language).classes
    return any(
        token.kind == "word"
        and at not in sentence.outcomes
        and at not in sentence.tolls
        and token.low not in stops
        and token.low not in _TOTALS
        and clause.stem(token.low) not in own
        for at, token in enumerate(sentence.tokens[: sentence.last])
    )
