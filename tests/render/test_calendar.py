"""The archive's calendars: real tables, whose weeks and names are those of the house's language."""

from datetime import date

import pytest
from selectolax.lexbor import LexborHTMLParser

from asithappened.delivery.compose import fill
from asithappened.render import calendar

DAY = date(2026, 11, 26)


def month(language: str, day: date = DAY) -> LexborHTMLParser:
    """Return the calendar of a month in which something was on this day alone."""
    layout = calendar.layouts(day)[calendar.month_path(day)]()
    layout = layout.spoken.get(language, layout)
    cells = [(layout.sections if n == day.day - 1 else layout.vacant)[n] for n in range(len(layout.vacant))]
    slots = {b"section_%d" % n: fill(cell.encode(), {}) for n, cell in enumerate(cells)}
    return LexborHTMLParser(fill(layout.whole.encode(), slots).decode())


@pytest.mark.parametrize(
    ("language", "first", "title", "said", "blanks"),
    [
        ("en", "Monday", "November 2026", "Thursday, 26 November 2026", 6),
        ("de", "Montag", "November 2026", "Donnerstag, 26. November 2026", 6),
    ],
)
def test_a_month_is_a_table_of_weeks_in_the_language_of_the_house(
    language: str, first: str, title: str, said: str, blanks: int
) -> None:
    tree = month(language)
    assert tree.css_first("caption h1").text() == title
    heads = tree.css("th[scope=col] abbr")
    assert (len(heads), heads[0].attributes["title"]) == (7, first)
    cells = [cell.text().strip() for cell in tree.css("tbody td")]
    assert len(cells) % 7 == 0
    assert cells[:blanks] == [""] * blanks
    assert [cell for cell in cells if cell] == [str(n) for n in range(1, 31)]
    [link] = tree.css("tbody a")
    assert link.attributes == {"href": "/archive/2026/11/26/", "aria-label": said}
    assert [a.attributes["href"] for a in tree.css(".front-months a")] == ["/archive/2026/10/", "/archive/2026/12/"]


def test_a_week_begins_where_it_does_there_and_a_year_has_no_neighbours() -> None:
    tree = month("ar", date(2024, 2, 29))
    assert tree.css_first("html").attributes["dir"] == "rtl"
    assert len([cell for cell in tree.css("tbody td") if cell.text().strip()]) == 29
    assert len(month("en", date(2026, 12, 1)).css(".front-months a")) == 1
