"""From readers' visits to the figures at the desk, in a browser: counted as pages are left, and told roughly."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import OUT, Open
from tests.journeys.installation import Installation, finished
from tests.journeys.test_composer import EDITOR, barriers, desk, newsroom, people

__all__ = ["desk", "newsroom", "people"]

pytestmark = pytest.mark.browser
HIDE = """() => {
  Object.defineProperty(document, "hidden", {configurable: true, get: () => true});
  document.dispatchEvent(new Event("visibilitychange"));
}"""
VISITS = 12


def test_readers_visits_stand_at_the_desk_as_rounded_counts_with_a_chart_and_its_tables(
    newsroom: Installation, desk: Callable[..., Page], read: Open
) -> None:
    page = desk("counted")
    page.keyboard.press("n")
    page.keyboard.type("The sea wall has given way.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(EDITOR)).to_be_focused()
    expect(page.locator("[data-sent]").first).to_contain_text(OUT)
    page.locator("[data-frame=menu] summary").click()
    page.locator("[data-frame=menu]").get_by_role("link", name="Readers", exact=True).click()
    sheet = page.locator("[data-sheet-dialog]")
    expect(sheet.locator(".reading")).to_contain_text("fewer than 10")
    assert barriers(page) == []

    reader = read(f"{newsroom.url}/live/counted/")
    for visit in range(VISITS):
        if visit:
            reader.goto(f"{newsroom.url}/live/counted/", referer="https://news.example.org/story")
        expect(reader.locator("article.post")).to_have_count(1)
        with reader.expect_response(lambda answer: "/readership/" in answer.url) as told:
            reader.evaluate(HIDE)
        assert told.value.status == 202
    assert reader.context.cookies() == []

    # What was counted is kept as the server stops, and by nobody's clock.
    assert newsroom.server is not None
    newsroom.server.terminate()
    assert finished(newsroom.server) == 0
    newsroom.serve()

    page.goto(f"{newsroom.url}/desk/live/counted/readers/")
    how_far = page.get_by_role("table", name="How far down")
    expect(how_far.get_by_role("row", name="to post 1 about 12", exact=True)).to_be_visible()
    sites = page.get_by_role("table", name="Where they came from")
    expect(sites.get_by_role("row", name="news.example.org")).to_contain_text("about 11")
    expect(sites.get_by_role("row", name="No other page")).to_contain_text("fewer than 10")
    assert barriers(page) == []

    page.goto(f"{newsroom.url}/desk/live/counted/handover/?since=8")
    expect(page.locator("section", has=page.get_by_role("heading", name="Readers"))).to_contain_text("news.example.org")
    assert barriers(page) == []
