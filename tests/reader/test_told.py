"""What counts as new, what a screen reader is told of it, and how often."""

import re
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from asithappened.core import events as e
from tests.reader.comparing import differences
from tests.reader.conftest import Covered, Open, in_stopped_time, streaming
from tests.reader.line import wait_until
from tests.reader.newsroom import NOON, Newsroom, opened
from tests.reader.test_live import DEEP, HIDE, PLACE, settled

pytestmark = pytest.mark.browser

# Every text that the region ever had, with the page's own time.
WATCH = """() => {
  const region = document.querySelector("[role=status]");
  window.told = [];
  new MutationObserver(() => told.push([Date.now(), region.textContent])).observe(region, {childList: true});
}"""
WAIT_MS = 12_000
COUNT_MS = 200


def listening(read: Open, newsroom: Newsroom) -> Page:
    """Open the blog with a clock that only the test moves, and listen to what is said."""
    page = read("known/", wait=False)  # a page that asks for nothing by itself
    in_stopped_time(page, newsroom.url)
    streaming(newsroom)
    expect(page.locator("[role=status]")).to_have_count(1)
    page.evaluate(WATCH)
    return page


def told(page: Page) -> list[str]:
    """Return what was said, and see to it that it was no more than once in ten seconds, and emptied in between."""
    all_: list[tuple[int, str]] = page.evaluate("told")
    said = [(at, words) for at, words in all_ if words]
    assert all(b - a >= 10_000 for (a, _), (b, _) in pairwise(said)), all_
    assert not any(a and b for (_, a), (_, b) in pairwise(all_)), all_
    return [words for _, words in said]


def test_how_many_came_is_said_once_and_the_same_words_are_said_again(newsroom: Newsroom, read: Open) -> None:
    page = listening(read, newsroom)
    for posts in (("a", "b", "c"), ("d",), ("e",)):
        for post in posts:
            newsroom.publish(post, f"Headline {post}")
        expect(page.locator(f"#p-{posts[-1]}")).to_be_attached()
        page.clock.run_for(WAIT_MS)
    assert told(page) == ["3 new updates", "1 new update", "1 new update"]
    assert page.locator("[role=status]").inner_text() == ""


def test_that_a_post_on_the_page_was_corrected_is_said_once(newsroom: Newsroom, read: Open) -> None:
    page = listening(read, newsroom)
    wrong = e.CorrectionRecorded(correction="c", post="p2", was="one diver", now="two divers")
    newsroom.add(wrong)
    expect(page.locator("#p-p2 .correction")).to_contain_text("two divers")
    page.clock.run_for(WAIT_MS)
    newsroom.revise("p2", "Headline 2", "Edited.")
    expect(page.locator("#p-p2")).to_contain_text("Edited.")
    expect(page.locator("#p-p2 .correction")).to_contain_text("two divers")
    page.clock.run_for(WAIT_MS)
    assert told(page) == ["An update on this page was corrected."]


@pytest.mark.parametrize("pause_ms", [0, 1_000, 1_900])
def test_a_burst_is_one_announcement_wherever_it_begins(pause_ms: int, newsroom: Newsroom, read: Open) -> None:
    page = listening(read, newsroom)  # as soon as the page is there
    for post in ("a", "b", "c"):
        newsroom.publish(post, f"Headline {post}")
        expect(page.locator(f"#p-{post}")).to_be_attached()
        page.clock.run_for(pause_ms)
    page.clock.run_for(WAIT_MS)
    assert told(page) == ["3 new updates"]


def test_what_waits_is_said_as_the_button_has_it_and_what_was_taken_back_is_not(newsroom: Newsroom, read: Open) -> None:
    page = listening(read, newsroom)
    page.evaluate("y => scrollTo(0, y)", DEEP)
    for post in ("a", "b"):
        newsroom.publish(post, f"Headline {post}")
    newsroom.publish("oops", "Not true")
    newsroom.add(e.PostWithdrawn(post="oops"))
    settled(page, newsroom)
    page.clock.run_for(WAIT_MS)
    expect(page.locator("button.news")).to_have_text("2 new updates")
    newsroom.publish("c", "Headline c")
    settled(page, newsroom)
    page.clock.run_for(WAIT_MS)
    expect(page.locator("button.news")).to_have_text("3 new updates")
    newsroom.publish("d", "Gone before it is said")
    settled(page, newsroom)
    page.clock.run_for(COUNT_MS)
    expect(page.locator("button.news")).to_have_text("4 new updates")
    page.locator("button.news").click()
    page.clock.run_for(WAIT_MS)
    assert told(page) == ["2 new updates", "3 new updates"]


def test_a_flood_and_a_line_that_comes_and_goes_are_said_no_more_often(newsroom: Newsroom, read: Open) -> None:
    page = listening(read, newsroom)
    for n in range(12):
        newsroom.publish(f"n{n}", f"Headline {n}")
        expect(page.locator(f"#p-n{n}")).to_be_attached()
        page.evaluate("dispatchEvent(new Event('offline'))")
        page.clock.run_for(3_000)
    page.clock.run_for(WAIT_MS)
    words = told(page)
    assert sum(int(found[1]) for said in words if (found := re.search(r"(\d+) new update", said))) == 12


def test_loss_pause_resuming_and_closing_are_said(newsroom: Newsroom, read: Open) -> None:
    page = listening(read, newsroom)
    page.evaluate("dispatchEvent(new Event('offline'))")
    page.clock.run_for(WAIT_MS)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator(".connection")).to_have_text("Live")
    page.clock.run_for(WAIT_MS)
    page.locator(".pause").click()
    page.clock.run_for(WAIT_MS)
    page.locator(".pause").click()
    expect(page.locator(".connection")).to_have_text("Live")
    streaming(newsroom)
    page.clock.run_for(WAIT_MS)
    newsroom.add(e.BlogClosed())
    expect(page.locator("[data-status=closed]").first).to_be_attached()
    page.clock.run_for(WAIT_MS)
    expect(page.locator(".connection")).to_have_text("Closed")
    assert told(page) == ["Reconnecting…", "Live", "Updates paused", "Live", "Closed"]


def test_all_of_it_is_said_in_the_pages_language(covered: Covered, read: Open) -> None:
    room = covered(opened("sturm", "Ein Sturm", language="de"))
    room.publish("a", "Erstes")
    page = read("known/", wait=False)
    in_stopped_time(page, room.url)
    streaming(room)
    page.evaluate(WATCH)
    room.publish("b", "Zweites")
    room.publish("c", "Drittes")
    expect(page.locator("#p-c")).to_be_attached()
    page.clock.run_for(WAIT_MS)
    page.locator(".pause").click()
    page.clock.run_for(WAIT_MS)
    words = told(page)
    assert words[0].startswith("2 neue")
    assert words[1] == page.locator(".connection").inner_text() != "Updates paused"


def in_its_place(newsroom: Newsroom, page: Page, post: str, comes: Any) -> None:
    """Have an old post come, and see that it stands in its place, moves nothing and is no news."""
    kept = page.evaluate("[...document.querySelectorAll('article')].find(a => a.getBoundingClientRect().top > 0).id")
    before, title, at = page.evaluate(PLACE, kept), page.title(), page.evaluate("scrollY")
    comes()
    expect(page.locator(f"#p-{post}")).to_be_attached()
    assert page.evaluate(PLACE, kept) == pytest.approx(before, abs=1)
    assert at > 1 or page.evaluate("scrollY") == at
    assert page.locator("button.news").is_hidden()
    assert page.title() == title
    assert page.locator(f"#p-{post}[data-fresh]").count() == 0
    settled(page, newsroom)
    assert differences(page, reveal=False) == []


# Far below, just below the newest, and the newest itself, above which at the very top there is nothing to keep.
@pytest.mark.parametrize(("old", "at"), [("p2", 0), ("p10", 0), ("p2", DEEP), ("p10", DEEP), ("p11", DEEP)])
def test_a_restored_post_is_no_new_update(old: str, at: int, newsroom: Newsroom, read: Open) -> None:
    page = read(at=at)
    newsroom.add(e.PostWithdrawn(post=old))
    expect(page.locator(f"#p-{old}")).to_have_count(0)
    in_its_place(newsroom, page, old, lambda: newsroom.restore(old))


@pytest.mark.parametrize("at", [0, DEEP])
def test_a_post_placed_in_the_past_or_imported_is_no_new_update(at: int, newsroom: Newsroom, read: Open) -> None:
    page = read(at=at)
    in_its_place(
        newsroom, page, "past", lambda: newsroom.publish("past", "Earlier", published_at=NOON + timedelta(minutes=4.5))
    )
    imported = e.PostPublished(post="old", title="From the archive", published_at=NOON + timedelta(minutes=7.5))
    in_its_place(newsroom, page, "old", lambda: newsroom.add(imported, origin=e.Origin.IMPORT))


def test_beside_old_posts_only_what_is_above_is_counted_and_gone_to(newsroom: Newsroom, read: Open) -> None:
    page = read(at=DEEP)
    newsroom.add(e.PostWithdrawn(post="p1"))
    newsroom.restore("p1")
    newsroom.publish("new", "Just in")
    newsroom.publish("past", "Earlier", published_at=NOON + timedelta(minutes=2.5))
    expect(page.locator("#p-past")).to_be_attached()
    button = page.locator("button.news")
    expect(button).to_have_text("1 new update")
    button.click()
    expect(page.locator("#p-new")).to_be_focused()
    assert page.evaluate("scrollY") < DEEP
    settled(page, newsroom)
    assert differences(page) == []


def test_what_came_back_while_the_reader_was_away_is_no_news_either(newsroom: Newsroom, read: Open) -> None:
    page = read(at=DEEP)
    newsroom.add(e.PostWithdrawn(post="p2"))
    expect(page.locator("#p-p2")).to_have_count(0)
    page.evaluate(HIDE, True)
    wait_until(lambda: not newsroom.streams)
    newsroom.restore("p2")
    page.evaluate(HIDE, False)
    expect(page.locator("#p-p2")).to_be_attached()
    expect(page.locator("button.news")).to_be_hidden()
