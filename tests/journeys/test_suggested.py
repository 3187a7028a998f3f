"""What a composer's words suggest for the ledger, in a real browser: seen as one types, and decided by key."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import OUT
from tests.journeys.installation import Installation
from tests.journeys.test_composer import EDITOR, barriers, desk, newsroom, people

__all__ = ["desk", "newsroom", "people"]

pytestmark = pytest.mark.browser

LIST = "[data-composer-place] [data-ledger-list]"


def rows(newsroom: Installation, slug: str) -> list[dict[str, Any]]:
    """Return what the log says of the ledger."""
    return [f for f in newsroom.log(slug) if f["kind"].startswith(("statement.", "series."))]


def test_what_is_accepted_by_key_goes_out_with_the_post_in_one_append(
    newsroom: Installation, desk: Callable[..., Page]
) -> None:
    page = desk("accepted")
    page.keyboard.press("n")
    page.keyboard.type("Police chief Ana Ruiz said 63 people were killed in the fire at the mill.")
    expect(page.locator(f"{LIST} li")).to_have_count(2)
    expect(page.locator(f"{EDITOR} .marked-offered").first).to_be_visible()
    page.keyboard.press("Control+Shift+L")
    first = page.locator(f"{LIST} li").first
    expect(first).to_be_focused()
    expect(page.locator(f"{EDITOR} .marked-current").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(f"{LIST} .ticked")).to_have_count(1)
    expect(page.locator(f"{LIST} li").nth(1)).to_be_focused()
    page.keyboard.press("e")
    page.locator(f"{LIST} input").first.fill("Deaths in the mill fire")
    page.keyboard.press("Enter")
    expect(page.locator(f"{LIST} .ticked")).to_have_count(2)
    page.keyboard.press("Escape")
    expect(page.locator(EDITOR)).to_be_focused()
    assert barriers(page) == []
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-sent]").first).to_contain_text(OUT)
    expect(page.locator(LIST)).to_be_hidden()
    post, statement, series, value = newsroom.log("accepted")[-4:]
    assert post["kind"] == "post.published"
    said = statement["payload"]
    assert (said["text"], said["by"]["name"]) == ("63 people were killed in the fire at the mill", "Ana Ruiz")
    assert said["anchors"][0]["post"] == post["payload"]["post"]
    assert (series["payload"]["label"], value["payload"]["value"]) == ("Deaths in the mill fire", 63)
    assert len({fact["at"] for fact in (post, statement, series, value)}) == 1, "one append"


def test_what_is_rejected_is_not_suggested_in_the_next_post_unless_that_is_undone(
    newsroom: Installation, desk: Callable[..., Page]
) -> None:
    page = desk("rejected")
    words = "Police chief Ana Ruiz said the bridge would stay closed all night."
    page.keyboard.press("n")
    page.keyboard.type(words)
    expect(page.locator(f"{LIST} li")).to_have_count(1)
    page.keyboard.press("Control+Shift+L")
    page.keyboard.press("x")
    expect(page.locator("body")).to_contain_text("It will not be suggested again")
    expect(page.locator(f"{LIST} li")).to_have_count(0)
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-sent]").first).to_contain_text(OUT)
    page.keyboard.type(words + " The mayor, Bo Lund, said schools in the town were open.")
    expect(page.locator(f"{LIST} li")).to_have_count(1)
    expect(page.locator(f"{LIST} li")).to_contain_text("Bo Lund")
    assert rows(newsroom, "rejected") == []


def test_rows_of_a_published_post_are_recorded_without_an_edit_of_it(
    newsroom: Installation, desk: Callable[..., Page]
) -> None:
    page = desk("afterwards")
    page.keyboard.press("n")
    page.keyboard.type("The mayor, Bo Lund, said schools would open tomorrow.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-row]").first).to_contain_text("schools")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("e")
    place = "[data-row] [data-ledger-list]"
    expect(page.locator(f"{place} li")).to_have_count(1)
    page.keyboard.press("Control+Shift+L")
    page.keyboard.press("Enter")
    expect(page.locator(f"{place} .ticked")).to_have_count(1)
    page.keyboard.press("Escape")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-row] .in-place")).to_have_count(0)
    assert [fact["kind"] for fact in newsroom.log("afterwards")][-2:] == ["post.published", "statement.recorded"]
