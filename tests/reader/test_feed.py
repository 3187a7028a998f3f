"""A live blog is a feed: its keys go from post to post, and what changed in one is seen in its place."""

import pytest
from playwright.sync_api import Page, expect

from asithappened.core import events as e
from tests.reader.conftest import Open
from tests.reader.newsroom import Newsroom, words

pytestmark = pytest.mark.browser

AT = "() => document.activeElement.id"
PLACES = """() => [...document.querySelectorAll('[role=feed] > article')]
    .map((post) => [post.ariaPosInSet, post.ariaSetSize].join('/'))"""


def test_the_keys_of_a_feed_go_from_post_to_post_and_out_of_it(newsroom: Newsroom, read: Open) -> None:
    page: Page = read()
    places = page.evaluate(PLACES)
    assert places == [f"{n}/-1" for n in range(1, len(places) + 1)]
    page.locator("#p-p11 .share").focus()
    # What the focus had fetched has run once this same import is done.
    page.evaluate("() => import(JSON.parse(document.getElementById('words').textContent).feed).then(() => 0)")
    page.keyboard.press("PageDown")
    assert page.evaluate(AT) == "p-p10"
    page.keyboard.press("PageUp")
    assert page.evaluate(AT) == "p-p11"
    page.keyboard.press("Control+End")
    after = "document.activeElement.compareDocumentPosition(document.querySelector('[data-posts]')) === "
    assert page.evaluate(f"() => {after} Node.DOCUMENT_POSITION_PRECEDING")
    page.locator("#p-p10 .share").focus()
    page.keyboard.press("Control+Home")
    assert page.evaluate(f"() => {after} Node.DOCUMENT_POSITION_FOLLOWING")
    newsroom.add(e.BlogClosed())
    expect(page.locator("#p-p11")).to_have_attribute("aria-setsize", str(len(places)))


def test_what_changed_is_seen_in_place_and_goes_when_the_post_does(newsroom: Newsroom, read: Open) -> None:
    newsroom.add(e.PostRevised(post="p10", title="Wall", body=words("It said 89."), published_at=newsroom.at))
    page: Page = read()
    post, link = page.locator("#p-p10"), page.locator("#p-p10 .updated a")
    link.click()
    expect(post.locator(".history ins").first).to_be_visible()
    assert link.get_attribute("aria-expanded") == "true"
    assert page.url == newsroom.url
    link.click()
    expect(post.locator(".history")).to_have_count(0)
    link.click()
    expect(post.locator(".history ins").first).to_be_visible()
    newsroom.add(e.PostWithdrawn(post="p10", reason="Misheard.", noted=True))
    expect(page.locator("#p-p10.post-gone")).to_contain_text("Misheard.")
    expect(post.locator(".history")).to_have_count(0)
    assert "It said 89." not in page.locator("body").inner_text()
