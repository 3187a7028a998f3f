"""Promises of what is kept of a row: all of it in its list and on its page, and nothing of one that was taken back."""

import re

from asithappened.core import ledger_events as le
from asithappened.core.ledger_state import Assessment, Row
from asithappened.render.ledger import rows
from asithappened.render.ledger.rows import RowHtml
from tests.render.blogs import edition
from tests.render.ledger.written import LUND, anchors, at, correction, read, series, statement, value


def html_of(row: Row, language: str = "en-GB") -> RowHtml:
    printed_as = edition(language=language)
    with printed_as.speaking():
        return rows.row_html(printed_as, row)


def test_a_statement_names_who_where_and_when_and_leads_to_its_updates() -> None:
    row = statement(by=LUND, on=le.SaidOn(channel="radio"), anchors=anchors("p1", "p3", "p1"), stated_at=at(9))
    html = html_of(row).entry
    assert read(html) == (
        "Reported The sea wall has broken. said by Bo Lund, coastguard officer · radio · 12 Nov 2026, 09:00 GMT"
        " · In the updates 1, 2"
    )
    assert re.findall(r'href="/live/storm/p/(\w+)/"', html) == ["p1", "p3"]
    assert "“The sea wall has broken.”" in read(html_of(statement(quote="direct")).entry)
    assert "more than one source" in html_of(statement(by=LUND, status=le.Verification.CORROBORATED)).entry


def test_its_own_page_says_what_the_newsroom_did_the_newest_first() -> None:
    told = (
        Assessment(seq=5, status=le.Verification.CHECKING, at=at(15)),
        Assessment(seq=9, status=le.Verification.FALSE, note="Our reporter stands on it.", at=at(16)),
    )
    html = html_of(statement(assessments=told))
    assert read(html.page.removeprefix(html.entry)) == (
        "What we did False 12 Nov 2026, 16:00 GMT Our reporter stands on it. Being checked 12 Nov 2026, 15:00 GMT"
    )


def test_a_series_has_its_values_in_a_table_and_says_each_day_once() -> None:
    row = series(
        value(1200, 5, as_of=at(23, 10, day=11)), value(4600, 6, modifier="about", as_of=at(14, 20), by=LUND),
        value(11400, 7, as_of=at(18, 5), anchors=anchors("p6")), value(12000, 8), places=("Port Tavell",),
    )  # fmt: skip
    html = html_of(row)
    assert read(html.entry) == (
        "Homes without power 12,000 was 11,400 at 12 Nov 2026, 18:05 GMT · Port Tavell When Figure Source"
        " Time unknown 12,000 12 Nov 2026, 18:05 GMT 11,400 14:20 GMT about 4,600 Bo Lund, coastguard officer"
        " 11 Nov 2026, 23:10 GMT 1,200"
    )
    assert 'class="spark"' in html.entry
    assert 'class="chart"' in html.page


def test_the_table_of_a_series_that_names_no_source_has_no_column_for_one() -> None:
    html = html_of(series(value(84, 5, as_of=at(18)), value(112, 6, as_of=at(19)))).entry
    assert "Source" not in html
    assert html.count("<td>") == 2 * 2


def test_a_long_series_lists_its_newest_values_and_leads_to_all() -> None:
    row = series(*(value(n, n) for n in range(1, 41)))
    html = html_of(row)
    assert html.entry.count("<tr>") == 1 + rows.LISTED_VALUES
    assert '<a href="/live/storm/known/series/f1/">40 values in all</a>' in html.entry
    assert html.page.count("<tr>") == 41
    assert html_of(series(value(5, anchors=anchors("p1")))).entry.count("<table") == 0


def test_a_row_of_yesterdays_live_blog_says_where_it_was_before() -> None:
    before = le.CarriedFrom(slug="storm-day-one", title="Day <one>")
    for row, about in (
        (statement(carried_from=before), "statement/s1"),
        (series(value(1), carried_from=before), "series/f1"),
    ):
        assert f'<a href="/live/storm-day-one/known/{about}/"><bdi>Day &lt;one&gt;</bdi></a>' in html_of(row).entry


def test_a_correction_says_was_now_why_when_and_where() -> None:
    assert read(html_of(correction(why="Misheard.")).entry) == (
        "12 November 2026, 14:41 GMT · In this update Was one diver Now two divers Why Misheard."
    )
    assert "In the headline" in html_of(correction(of="headline", post="")).entry


def test_of_a_row_that_is_not_readers_there_is_why_and_no_word_of_it() -> None:
    for row in (statement(removed=True), series(value(63), removed=True), correction(erased=True), statement("")):
        html = html_of(row)
        assert html.entry == ""
        assert read(html.page) == (
            "This entry was withdrawn It is no longer part of this live blog. Read the live blog"
        )
    assert "Said twice" in html_of(statement(removed=True, reason="Said twice")).page
