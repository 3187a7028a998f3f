"""Correcting an error at the desk in a browser: readers see it where it stood; what else says it is a key away."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Open
from tests.journeys.installation import Installation
from tests.journeys.test_composer import barriers, desk, newsroom, people

__all__ = ["desk", "newsroom", "people"]

pytestmark = pytest.mark.browser

SHEET = "[data-sheet-dialog]"


def publish(page: Page, words: str) -> None:
    """Publish a post by keyboard."""
    page.keyboard.press("n")
    page.keyboard.type(words)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#rows")).to_contain_text(words)
    page.keyboard.press("Escape")


def test_of_words_that_stand_twice_in_a_post_the_selected_ones_are_mended(
    newsroom: Installation, desk: Callable[..., Page], read: Open
) -> None:
    page = desk("twice")
    publish(page, "63 homes flooded; 63 died.")
    row = page.locator("[data-row]").first
    row.focus()
    row.locator(".post-body p").evaluate("p => getSelection().setBaseAndExtent(p.firstChild, 18, p.firstChild, 20)")
    page.keyboard.press("c")
    expect(page.locator(f"{SHEET} [name=was]")).to_have_value("63")
    page.fill(f"{SHEET} [name=now]", "36")
    page.click(f"{SHEET} button.primary")
    expect(page.locator(f"{SHEET} h1")).to_have_text("What still says the old thing")
    expect(row.locator(".post-body")).to_have_text("63 homes flooded; 36 died.")


def test_a_correction_stands_on_an_open_page_and_at_the_permalink_and_what_else_says_it_is_mended_by_one_key(
    newsroom: Installation, desk: Callable[..., Page], read: Open
) -> None:
    page = desk("wrong")
    reader = read(f"{newsroom.url}/live/wrong/")
    publish(page, "The sea wall was built by Hallam Brothers in 1953, the council said.")
    publish(page, "Hallam Brothers built the sea wall in 1953, and nobody has mended it since.")
    expect(reader.locator("#feed, main")).to_contain_text("nobody has mended it")
    row = page.locator("[data-row]").nth(1)
    row.focus()
    page.keyboard.press("c")
    expect(page.locator(f"{SHEET} h1")).to_have_text("Correct an error")
    page.fill(f"{SHEET} [name=was]", "Hallam Brothers")
    page.fill(f"{SHEET} [name=now]", "Hallam & Sons")
    page.fill(f"{SHEET} [name=reason]", "We took the firm’s later name.")
    assert barriers(page) == []
    page.click(f"{SHEET} button.primary")
    expect(page.locator(f"{SHEET} h1")).to_have_text("What still says the old thing")
    expect(page.locator(f"{SHEET} .stale")).to_have_count(1)
    assert barriers(page) == []
    expect(page.locator(f"{SHEET} .stale button.primary")).to_be_focused()
    expect(reader.locator("article").last).to_contain_text("Correction")
    expect(reader.locator("article").last).to_contain_text("Hallam & Sons in 1953")
    page.keyboard.press("Enter")
    expect(page.locator(SHEET)).to_contain_text("None found.")
    expect(reader.locator("article").first).to_contain_text("Hallam & Sons built")
    page.goto(f"{newsroom.url}/desk/live/wrong/corrections/")
    post = next(fact for fact in newsroom.log("wrong") if fact["kind"] == "correction.recorded")["payload"]["post"]
    permalink = read(f"{newsroom.url}/live/wrong/p/{post}/")
    expect(permalink.locator("article")).to_contain_text("We took the firm’s later name.")
