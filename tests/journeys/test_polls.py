"""A poll in a browser: asked at the desk, voted in with and without script, closed by one key, and then a fact."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Open
from tests.journeys.installation import Installation
from tests.journeys.test_composer import barriers, desk, newsroom, people

__all__ = ["desk", "newsroom", "people"]

pytestmark = pytest.mark.browser


def test_a_poll_is_asked_voted_in_and_closed(
    newsroom: Installation, desk: Callable[..., Page], read: Open, browser: Browser
) -> None:
    page = desk("dyke")
    reader = read(f"{newsroom.url}/live/dyke/")
    page.keyboard.press("n")
    page.keyboard.type("/poll")
    page.keyboard.press("Enter")
    page.keyboard.type("Should the dyke stay shut?")
    options = page.get_by_label("What may be chosen")
    for number, words in enumerate(("Yes", "No")):
        options.nth(number).focus()
        page.keyboard.type(words)
    page.keyboard.press("Control+Enter")
    poll = reader.locator("article .poll")
    expect(poll).to_contain_text("Should the dyke stay shut?")
    assert barriers(reader) == []

    poll.get_by_role("link", name="See the results").click()
    expect(poll.get_by_role("status")).to_contain_text("0 votes")
    reader.reload()
    poll.get_by_role("button", name="Yes").focus()
    reader.keyboard.press("Enter")
    told = poll.get_by_role("status")
    expect(told).to_contain_text("Thank you. Your vote is counted.")
    expect(told).to_contain_text("1 vote")
    expect(told).to_be_focused()
    expect(poll.get_by_role("button")).to_have_count(0)
    assert reader.context.cookies() == []
    assert barriers(reader) == []

    with browser.new_context(java_script_enabled=False) as plain:
        without = plain.new_page()
        without.goto(f"{newsroom.url}/live/dyke/")
        without.click("article .poll button:has-text('No')")
        expect(without.locator("main")).to_contain_text("No more votes from this internet address are counted today.")
        expect(without.locator("main .results tbody tr").first).to_contain_text("100%")
        without.click("main a:has-text('Back to the post')")
        expect(without.locator("article .poll form")).to_have_count(1)
        assert plain.cookies() == []

    page.keyboard.press("Escape")
    page.locator("[data-row]").first.focus()
    page.keyboard.press("u")
    sheet = page.locator("[data-sheet-dialog]")
    expect(sheet).to_contain_text("Yes: 1 vote")
    sheet.get_by_label("Voting is over").check()
    sheet.get_by_role("button", name="Publish").click()
    closed = reader.locator("article figure.results:not(.poll, .poll *)")
    expect(closed).to_contain_text("Voting is over")
    expect(closed).to_contain_text("100%")
    expect(reader.locator("article .poll")).to_have_count(0)
    expect(reader.locator("article .updated")).to_have_count(0)
    assert barriers(reader) == []
