"""Reads names out of printed bylines: "Ann Lee (now); Bo Day and Cy Ross (earlier)".

Used by every format that has one.
"""

import re
from typing import Final

from asithappened.core import limits, text
from asithappened.importers.found import FoundContributor

_BETWEEN: Final = re.compile(r"\s*[,;&]\s*(?:and\s+)?|\s+and\s+|\s+with\s+")
_NOTE: Final = re.compile(r"\(([^()]*)\)")
# "Ann Lee in London": a place is not part of a name; names with a lower-case "in" inside do not occur.
_PLACE: Final = re.compile(r"\s+(?:in|at|from|reports)\s.*$")


def contributors_of(line: str) -> tuple[FoundContributor, ...]:
    """Return the names of a byline in their order.

    "(earlier)" and "(now)" count for all names since the last such note.
    Descriptions in lower case ("science correspondent") are not names. A repeated name counts once.
    """
    line = re.sub(r"^by\s+", "", text.one_line(line), flags=re.IGNORECASE)
    out: list[FoundContributor] = []
    waiting: list[str] = []
    for piece in _pieces(line):
        notes = " ".join(_NOTE.findall(piece)).lower()
        name = _PLACE.sub("", text.one_line(_NOTE.sub("", piece)))
        if name and not name[0].islower() and len(name) <= limits.NAME_CHARS:
            waiting.append(name)
        if "earlier" in notes or re.search(r"\bnow\b", notes):
            out += [FoundContributor(name=known, on="earlier" not in notes) for known in waiting]
            waiting = []
    out += [FoundContributor(name=name) for name in waiting]
    return tuple({one.name: one for one in reversed(out)}.values())[::-1][: limits.CONTRIBUTORS]


def _pieces(line: str) -> list[str]:
    """Split a byline between names, but not inside brackets."""
    notes: list[str] = []

    def hide(match: re.Match[str]) -> str:
        notes.append(match.group())
        return f"\0{len(notes) - 1}\0"

    hidden = _NOTE.sub(hide, line)
    return [
        re.sub(r"\0(\d+)\0", lambda match: notes[int(match[1])], piece) for piece in _BETWEEN.split(hidden) if piece
    ]
