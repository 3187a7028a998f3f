r"""The cells of a row of a table as people type them: with bars or tabs between, and `\\|` for a bar that is text.

Owns where one cell ends. Look next: `kinds`, whose table reads each with `inline`.
"""

import re
from typing import Final

_PIECES: Final = re.compile(r"\\+\|?|[|\t]|[^\\|\t]+")


def split(line: str) -> list[str]:
    """Split a row at tabs (a spreadsheet's paste) and bars, but not at a bar behind a backslash."""
    cells: list[str] = []
    cell: list[str] = []
    for piece in _PIECES.findall(line):
        behind = len(piece) - 1 if piece[-1] == "|" else 0  # backslashes: a pair is one, one more escapes the bar
        if piece in {"|", "\t"} or (behind and behind % 2 == 0):
            cell.append("\\" * (behind // 2))
            cells.append("".join(cell))
            cell = []
        else:
            cell.append(piece if piece[-1] != "|" else "\\" * ((len(piece) - 1) // 2) + "|")
    cells.append("".join(cell))
    if len(cells) > 2 and not cells[0].strip() and not cells[-1].strip() and "\t" not in line:
        cells = cells[1:-1]  # "| a | b |", as Markdown draws it
    return [cell.strip(" ") for cell in cells]


def escaped(cell: str) -> str:
    """Return a cell's text so that `split` gives it back."""
    return _PIECES.sub(lambda match: _written(match[0]), cell)


def _written(piece: str) -> str:
    return piece if piece[-1] != "|" else "\\" * (2 * len(piece) - 2) + "\\|"
