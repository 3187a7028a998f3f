"""Promises of `render.results`: a real table, bars that draw what stands beside them, no colour that speaks alone."""

import re
from pathlib import Path
from typing import get_args

from selectolax.lexbor import LexborHTMLParser

from asithappened.core import body
from asithappened.core.body.results import Color, Result, ResultAttrs, Results, ResultsAttrs
from asithappened.render.body import body_html
from tests.core.body.test_results import NIGHT, of
from tests.render.blogs import edition


def shown(results: Results, language: str = "en") -> LexborHTMLParser:
    """Return results as a page has them."""
    of = edition(language=language)
    with of.speaking():
        return LexborHTMLParser(body_html(body.Doc(content=(results,)), of))


def test_results_are_a_table_with_heads_a_summary_and_the_leader_in_words() -> None:
    page = shown(NIGHT)
    assert [one.text() for one in page.css("thead th")] == ["Name", "Seats", "Share"]
    assert [one.text(separator=" ") for one in page.css("caption .count")] == [
        "54 of 72 wards declared",
        "37 needed to win",
    ]
    rows = [" ".join(row.text(separator=" ").split()) for row in page.css("tbody tr")]
    assert rows == ["Harbour Leads 31 +6 43.2%", "Hill 23 −4 31.25%", "Independents 0"]
    assert all(one.attributes["scope"] == "row" for one in page.css("tbody th"))
    assert all(one.attributes["aria-hidden"] == "true" for one in page.css("meter"))
    # of what is needed to win, which nobody has yet
    assert [one.attributes["value"] for one in page.css("tbody meter")] == ["84", "62", "0"]


def test_numbers_are_written_as_the_live_blog_s_language_writes_them() -> None:
    results = of(ResultAttrs(name="حزب الميناء", votes=12_345, share=43.2))
    german, arabic, english = shown(results, "de"), shown(results, "ar-EG"), shown(results)
    assert [cell.text() for cell in german.css("td")] == ["43,2\u00a0%", "12.345"]
    assert "١٢" in arabic.css("td")[1].text()
    assert english.css_first("tbody th bdi").text() == "حزب الميناء"


def test_who_called_it_and_since_when_stands_below_and_only_then() -> None:
    line = ResultAttrs(name="Ann Lee", votes=9)
    called = {
        "called_by": "The Courier",
        "called_at": "2026-11-26T22:04:00Z",
        "source": "Officer",
        "url": "https://o.example/",
    }
    undecided = shown(of(line, **called))
    assert "The Courier" not in undecided.body.text()
    won = shown(of(ResultAttrs(name="Ann Lee", votes=9, won=True), **called))
    assert won.css_first("tr.won .mark").text() == "Won"
    assert won.css_first("figcaption").text() == "Called by The Courier, 22:04 GMT Source: Officer"
    assert won.css_first("figcaption a").attributes["href"] == "https://o.example/"


def _luminance(color: str) -> float:
    each = [int(color[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in each)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_every_colour_is_told_from_every_page_in_light_and_in_dark(root: Path) -> None:
    style = (root / "frontend/reader/results.css").read_text("utf-8")
    fills = dict(re.findall(r"\.in-(\w+) \{\s+--fill: (#\w{6});", style))
    assert set(fills) == set(get_args(Color)) - {""}
    sheet = (root / "frontend/reader/reader.css").read_text("utf-8")
    pages = re.findall(r"--(?:paper|tint): (#\w{6});", sheet)
    assert len(pages) >= 3
    for fill in fills.values():
        for page in [*pages, "#ffffff"]:
            light, dark = sorted((_luminance(fill), _luminance(page)), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 3, (fill, page)


def test_the_largest_figures_and_none_at_all_are_drawn_within_their_bars() -> None:
    for lines in ([ResultAttrs(votes=10**12), ResultAttrs(votes=0)], [ResultAttrs()], [ResultAttrs(votes=0)]):
        page = shown(
            Results(content=tuple(Result(attrs=line) for line in lines), attrs=ResultsAttrs(declared=0, total=0))
        )
        assert all(0 <= int(one.attributes["value"] or -1) <= 100 for one in page.css("meter"))
