"""Promises of "What we know": the newest few of what a person accepted, a sentence each; nothing where nothing is."""

import re
from collections import Counter
from typing import Any

from asithappened.core import ledger_events as le
from asithappened.core.ledger_state import Row
from asithappened.core.standing import section_of
from asithappened.render.ledger import panel
from asithappened.render.ledger.parts import PARTS
from asithappened.render.part import Part
from tests.render.blogs import Shown, blog
from tests.render.ledger.written import LUND, at, correction, read, series, statement, value


def shown(*rows: Row, **more: Any) -> str:
    """Return the panel of a blog with these rows."""
    ledger: dict[str, list[Row]] = {"statement": [], "series": [], "correction": []}
    for row in rows:
        ledger[type(row).__name__.lower()].append(row)
    count = Counter(section for row in rows if (section := section_of(row)))
    view = Shown(blog=blog(rows=dict(count), **more), ledger=ledger)
    with view.edition.speaking():
        return panel.known(view)["known"].decode()


GRID = le.SaidBy(name="Coastgrid")


def test_each_line_says_what_is_so_since_when_and_on_whose_word() -> None:
    moved = series(value(4600, 5, as_of=at(14, 20), by=GRID), value(11400, 6, as_of=at(18, 5), by=GRID))
    bridge = series(value(words="closed", as_of=at(12, 40)), id="b", of="state", label="Lenn Bridge")
    text = read(shown(moved, bridge, statement(by=LUND, stated_at=at(16, 10), status=le.Verification.FALSE)))
    assert text == (
        "What we know What we know 1 statement, 1 figure as of 18:00 GMT".replace("18:00", "12 Nov 2026, 18:00")
        + " Figures Homes without power 11,400 was 4,600 at 14:20 GMT · Coastgrid"
        " States Lenn Bridge closed since 12:40 GMT"
        " Statements False The sea wall has broken. Bo Lund, coastguard officer · 16:10 GMT"
        " Everything we know"
    )


def test_it_shows_the_newest_few_and_counts_all() -> None:
    rows = [statement(f"Claim {n}.", id=f"s{n}", last_seq=n) for n in range(20)]
    text = read(shown(*rows, correction()))
    assert re.findall(r"Claim (\d+)", text) == ["19", "18", "17", "16"]
    assert "20 statements" in text
    assert text.endswith("Everything we know · 1 correction")


def test_what_was_removed_or_erased_or_has_no_value_is_not_there() -> None:
    assert shown() == ""
    assert shown(statement(removed=True), series(), statement(erased=True)) == ""
    assert read(shown(correction())) == "1 correction"
    assert shown(correction(removed=True)) == ""


def test_corrections_of_headline_and_standfirst_stand_at_the_top() -> None:
    rows = [correction(of="headline", post="", was="Isolda", now="Isolde"), correction(id="c2")]
    view = Shown(blog=blog(), ledger={"correction": rows})
    with view.edition.speaking():
        text = read(panel.corrected(view)["corrected"])
    assert "Isolda" in text
    assert "one diver" not in text, "that stands in its post"


def test_what_is_only_known_since_then_may_have_been_so_before() -> None:
    of_an_archive = series(value(words="over", at=at(14, 36)), of="state", label="Air alert")
    assert "Air alert over known since 14:36 GMT" in read(shown(of_an_archive))


def test_it_speaks_arabic_with_its_plurals_and_german() -> None:
    assert "تصريحان" in shown(statement(), statement(id="s2"), language="ar")
    assert "Was wir wissen" in shown(statement(), language="de")


def test_its_parts_stand_at_the_top_and_beside_the_posts() -> None:
    assert [(part.name, part.region, part.live) for part in PARTS if isinstance(part, Part)] == [
        ("corrected", "top", True),
        ("known", "rail", True),
        ("section:", "", False),
    ]
