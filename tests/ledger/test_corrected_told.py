"""Corrections of all kinds, told in invented sentences: how many that still say the wrong thing are found.

The sentences of `corrected_told.txt` were written before the rules that find them, those of `corrected_told_later.txt`
when those rules were done (P .90 R .78 then), those of `corrected_told_last.txt` when these were (P .89 R .56). The
floors rise with what is reached.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from asithappened.ledger.changes import Corrected, Place, plain
from asithappened.ledger.stale.sweep import sweep

_AT = datetime(2031, 3, 12, 14, 10, tzinfo=UTC)


class Told(NamedTuple):
    """A text after a correction, and whether it still says the wrong thing."""

    change: Corrected
    language: str
    text: str
    place: Place
    stale: bool


def told(name: str) -> Iterator[Told]:
    change, language = Corrected(key="c", was="", now=""), "en"
    for line in Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines():
        kind, _, words = line.partition(" ")
        if kind == "=":
            language = words[1:3] if words.startswith("[") else "en"
            was, now, sentence = words.removeprefix(f"[{language}] ").split(" | ")
            assert was in sentence, line
            change = Corrected(key="c", was=was, now=now, sentence=sentence)
        elif kind in {"+", "-"}:
            place: Place = "headline" if words.startswith("H ") else "post"
            yield Told(change, language, words.removeprefix("H "), place, kind == "+")
        else:
            assert not line or kind == "#", line


@pytest.mark.parametrize(
    ("name", "precision", "recall"),
    [
        ("corrected_told.txt", 0.94, 0.84),
        ("corrected_told_later.txt", 0.95, 0.89),
        ("corrected_told_last.txt", 0.95, 0.86),
    ],
)
def test_corrections_of_all_kinds_are_found_where_the_wrong_thing_is_still_said(
    name: str, precision: float, recall: float
) -> None:
    right = extra = missed = 0
    for one in told(name):
        found = len(list(sweep([one.change], [plain("a", one.text, at=_AT, place=one.place)], one.language)))
        right += one.stale and found > 0
        extra += found - (one.stale and found > 0)
        missed += one.stale and not found
    assert right / (right + extra) >= precision
    assert right / (right + missed) >= recall
