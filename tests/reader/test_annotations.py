"""What is said of a post later arrives under it on every open page, moves nothing, and goes with who says it."""

from typing import Any

import pytest
from playwright.sync_api import expect

from asithappened.core import events as e
from tests.reader.comparing import differences
from tests.reader.conftest import Open
from tests.reader.newsroom import Newsroom
from tests.reader.test_live import DEEP, settled

pytestmark = pytest.mark.browser

# Where the first paragraph stands that is whole on the screen, which is what is being read.
READ = """() => {
  kept = [...document.querySelectorAll(".post-body p")].find((p) => p.getBoundingClientRect().top >= 0);
  return kept.getBoundingClientRect().top;
}"""


@pytest.fixture(autouse=True)
def annotating(settings: Any) -> None:
    """Have each post say its title to the one before it."""
    settings.PAGE_PARTS = (*settings.PAGE_PARTS, "tests.press.annotating.PARTS")


def test_it_comes_changes_outlives_an_edit_and_goes_and_nothing_moves(newsroom: Newsroom, read: Open) -> None:
    page = read(at=DEEP)
    said = page.locator("#p-p2 .annotation", has_text="Headline 3")
    expect(said).to_be_attached()
    before = page.evaluate(READ)
    said.evaluate("node => { node.mine = true; }")
    newsroom.revise("p2", "Headline 2", "Edited.")
    expect(page.locator("#p-p2")).to_contain_text("Edited.")
    assert said.evaluate("node => node.mine"), "the same node, with whatever a reader does in it"
    newsroom.revise("p10", "A longer one " * 15, "Above what is read.")  # of two revisions, it speaks to p11 too
    newsroom.revise("p11", "Another longer one " * 15, "Above what is read.")
    newsroom.add(e.PostWithdrawn(post="p3"))
    expect(said).to_have_count(0)
    settled(page, newsroom)
    assert page.evaluate("kept.getBoundingClientRect().top") == pytest.approx(before, abs=1)
    newsroom.publish("p12", "Of what waits")  # says something of p11, and waits behind the button
    newsroom.publish("p13", "Of what waits too")  # says something of p12
    expect(page.locator("button.news")).to_have_text("2 new updates")
    settled(page, newsroom)
    assert differences(page) == []
    expect(page.locator("#p-p12 .annotation", has_text="Of what waits too")).to_be_attached()


@pytest.mark.parametrize("path", ["page/1/", "p/p3/"])
def test_it_comes_to_older_pages_and_to_the_posts_own(path: str, newsroom: Newsroom, read: Open) -> None:
    newsroom.fill(45)
    page = read(path, wait=False)
    with page.expect_response("**/log/head.json") as asked:
        page.evaluate("dispatchEvent(new Event('online'))")
    asked.value.finished()
    newsroom.revise("p4", "Said of three", "It says so.")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#p-p3 .annotation")).to_contain_text("Said of three")
    newsroom.add(e.PostWithdrawn(post="p4"))
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#p-p3 .annotation")).to_have_count(0)
