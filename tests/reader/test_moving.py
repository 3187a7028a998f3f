"""Results and scores on an open page: they move in place, a clock runs on, and a screen reader is told now and then."""

from datetime import UTC, datetime, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from msgspec.structs import replace
from playwright.sync_api import expect

from asithappened.core import body
from asithappened.core import events as e
from tests.core.body.test_results import NIGHT
from tests.core.body.test_score import MATCH
from tests.reader.conftest import Open
from tests.reader.newsroom import Newsroom

pytestmark = pytest.mark.browser

LOADED = "performance.getEntriesByType('resource').some((one) => one.name.includes('reader-moving'))"
RUNS = "() => /^1[2-9]:/.test(document.querySelector('.score .count').textContent)"
LISTEN = """() => {
  window.told = [];
  new MutationObserver(() => {
    for (const one of document.querySelectorAll('[role=status]')) window.told.push(one.textContent);
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
}"""


def test_results_and_a_clock_move_in_place_on_a_page_that_had_neither(newsroom: Newsroom, read: Open) -> None:
    page = read()
    assert not page.evaluate(LOADED)
    page.evaluate(LISTEN)
    began = datetime.now(UTC) - timedelta(minutes=12)
    runs = replace(MATCH, clock="0:00", clock_at=f"{began:%Y-%m-%dT%H:%M:%SZ}")
    night = newsroom.post("night", "The count")
    newsroom.add(replace(night, body=body.with_ids(body.Doc(content=(NIGHT, body.Score(attrs=runs))), seed="night")))
    row = page.locator("#p-night .results tbody tr")
    expect(row.first).to_contain_text("Harbour")
    page.wait_for_function(f"() => {LOADED}")
    clock = page.locator("#p-night .score .count")
    page.wait_for_function(RUNS)
    expect(clock.locator(".moved")).to_be_hidden()  # when it was set is for whoever sees it stand
    page.evaluate("document.querySelector('#p-night .results table').mine = true")
    lines = tuple(
        replace(
            line, attrs=replace(line.attrs, seats=(line.attrs.seats or 0) + (20 if line.attrs.name == "Hill" else 0))
        )
        for line in NIGHT.content
    )
    moved = replace(NIGHT, content=lines, attrs=replace(NIGHT.attrs, declared=72))
    doc = body.with_ids(body.Doc(content=(moved, body.Score(attrs=runs))), seed="night", old=newsroom.now("night").body)
    now = newsroom.now("night")
    newsroom.add(
        e.PostRevised(
            post="night", title="The count", body=doc, published_at=now.published_at, position=now.position, minor=True
        )
    )
    expect(row.first).to_contain_text("Hill")
    expect(page.locator("#p-night .results caption")).to_contain_text("72 of 72")
    assert page.evaluate("document.querySelector('#p-night .results table').mine")
    expect(page.locator("#p-night .updated")).to_have_count(0)
    page.wait_for_function(
        "() => window.told.join().includes('72 of 72 wards declared, 37 needed to win, Hill Leads, 43')"
    )
    page.wait_for_function(RUNS)
    page.wait_for_function("() => !document.querySelector('#p-night').getAnimations().length")  # it slid in
    assert Axe().run(page, context="#p-night").response["violations"] == []
