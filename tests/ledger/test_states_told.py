"""States of all kinds, told in invented sentences: how many that still say the old one are found, and no others.

The sentences of `states_told.txt` were written before the rules that find them, those of `states_told_later.txt` were
not looked at until those rules were done; `states_told_anew.txt` has what thirty days of other people's told otherwise,
`states_told_abroad.txt` has more of German and Spanish.
The floors rise with what is reached.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from asithappened.ledger.changes import Place, Switched, Value, plain
from asithappened.ledger.stale.sweep import sweep

_AT = datetime(2031, 3, 12, 14, 10, tzinfo=UTC)


class Told(NamedTuple):
    """A text about a series that has switched, and whether it still says the old state."""

    change: Switched
    language: str
    text: str
    place: Place
    stale: bool


def told(name: str) -> Iterator[Told]:
    change, language = Switched(key="s", label="", old=(), new=Value()), "en"
    for line in Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines():
        kind, _, words = line.partition(" ")
        if kind == "=":
            language = words[1:3] if words.startswith("[") else "en"
            series, _, where = words.removeprefix(f"[{language}] ").partition(" @ ")
            label, _, values = series.partition(" | ")
            old, _, new = values.partition(" > ")
            places = (where,) if where else ()
            change = Switched(key="s", label=label, places=places, old=(Value(words=old),), new=Value(words=new))
        elif kind in {"+", "-"}:
            place: Place = "headline" if words.startswith("H ") else "post"
            yield Told(change, language, words.removeprefix("H "), place, kind == "+")
        else:
            assert not line or kind == "#", line


@pytest.mark.parametrize(
    ("name", "kinds", "precision", "recall"),
    [
        ("states_told.txt", 55, 0.95, 0.95),
        ("states_told_later.txt", 45, 0.94, 0.91),
        ("states_told_abroad.txt", 22, 0.96, 0.83),
        ("states_told_anew.txt", 30, 0.98, 0.86),
        ("states_told_last.txt", 20, 0.96, 0.70),
    ],
)
def test_states_of_all_kinds_are_found_that_no_longer_hold(
    name: str, kinds: int, precision: float, recall: float
) -> None:
    right = extra = missed = 0
    labels = set[str]()
    for one in told(name):
        labels.add(one.change.label)
        found = len(list(sweep([one.change], [plain("a", one.text, at=_AT, place=one.place)], one.language)))
        right += one.stale and found > 0
        extra += found - (one.stale and found > 0)
        missed += one.stale and not found
    assert len(labels) >= kinds
    assert right / (right + extra) >= precision
    assert right / (right + missed) >= recall
