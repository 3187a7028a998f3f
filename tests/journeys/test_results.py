"""Results in a browser: written at the desk, counted up by keyboard alone, and moved in place on open pages."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Open
from tests.journeys.installation import Installation
from tests.journeys.test_composer import barriers, desk, newsroom, people

__all__ = ["desk", "newsroom", "people"]

pytestmark = pytest.mark.browser


def test_results_are_counted_up_by_one_key_tab_and_enter_and_move_where_they_are_read(
    newsroom: Installation, desk: Callable[..., Page], read: Open
) -> None:
    page = desk("ballot")
    reader = read(f"{newsroom.url}/live/ballot/")
    page.keyboard.press("n")
    page.keyboard.type("/results")
    page.keyboard.press("Enter")
    page.keyboard.type("Harbour barrier")
    for line, (name, votes) in enumerate((("For", "1031"), ("Against", "1200"))):
        page.get_by_label("Party or name", exact=True).nth(line).focus()
        page.keyboard.type(name)
        page.get_by_label("Votes", exact=True).nth(line).focus()
        page.keyboard.type(votes)
    page.keyboard.press("Control+Enter")
    lines = reader.locator("article .results tbody tr")
    expect(lines.first).to_contain_text("Against")
    reader.evaluate("() => { window.kept = document.querySelector('article') }")

    page.keyboard.press("Escape")
    page.locator("[data-row]").first.focus()
    page.keyboard.press("u")
    sheet = page.locator("[data-sheet-dialog]")
    expect(sheet.locator(":focus")).to_have_count(1)
    for _ in range(40):
        if page.evaluate("() => document.activeElement.value") == "1031":
            break
        page.keyboard.press("Tab")
    page.keyboard.type("2040")
    page.keyboard.press("Enter")
    expect(sheet).to_be_hidden()
    expect(lines.first).to_contain_text("For")
    expect(lines.first).to_contain_text("2,040")
    expect(reader.locator("article .updated")).to_have_count(0)
    assert reader.evaluate("() => window.kept.isConnected")
    assert barriers(reader) == []
