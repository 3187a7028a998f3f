"""Table cells as sentences, with the headings of row and column: "Orrin: Schools closed: 112".

Owns which words of a table, as it is printed, are a cell's headings. Look next: `sweep_figures`, which reads them.
"""

from bisect import bisect_right
from typing import Final, NamedTuple

from asithappened.ledger.by_part import by_part
from asithappened.ledger.views import Part, PartView

_BETWEEN: Final = " | "
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
