"""Figures told in invented sentences of German and Spanish: how many that still say the old one are found, no others.

The sentences of `figures_told.txt` were written before the rules that find them. The floors rise with what is reached.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple, cast

from asithappened.ledger.changes import Moved, Place, Value, plain
from asithappened.ledger.stale.sweep import sweep
from asithappened.ledger.suggestions import FigureKind

_AT = datetime(2031, 3, 12, 14, 10, tzinfo=UTC)


class Told(NamedTuple):
    """A text about a series that has moved, and whether it still says the old value."""

    change: Moved
    language: str
    text: str
    place: Place
    stale: bool


def _told() -> Iterator[Told]:
    change, language = Moved(key="f", label="", old=(), new=Value()), "en"
    for line in Path(__file__).with_name("figures_told.txt").read_text(encoding="utf-8").splitlines():
        kind, _, words = line.partition(" ")
        if kind == "=":
            change, language = _series(words)
        elif kind in {"+", "-"}:
            place: Place = "headline" if words.startswith("H ") else "post"
            yield Told(change, language, words.removeprefix("H "), place, kind == "+")
        else:
            assert not line or kind == "#", line


def _series(words: str) -> tuple[Moved, str]:
    language, _, series = words.removeprefix("[").partition("] ")
    series, _, where = series.partition(" @ ")
    label, counts, values = series.split(" | ")
    figure, unit, counted, outcome = counts.split(", ")
    old, new = (Value(value=float(value)) for value in values.split(" > "))
    places = (where,) if where else ()
    moved = Moved(key="f", label=label, figure=cast(FigureKind, figure), unit=unit, counted=counted, outcome=outcome,
                  places=places, old=(old,), new=new)  # fmt: skip
    return moved, language


def test_figures_of_all_kinds_are_found_that_no_longer_hold() -> None:
    wrong = [
        one.text
        for one in _told()
        if one.stale != bool(list(sweep([one.change], [plain("a", one.text, at=_AT, place=one.place)], one.language)))
    ]
    extra = [one.text for one in _told() if not one.stale and one.text in wrong]
    assert len(extra) <= 1, extra
    assert len(wrong) <= 5, wrong
