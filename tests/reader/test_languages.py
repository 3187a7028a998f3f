"""The script's own words and times are in declared languages, and in the digits that the server writes."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from asithappened.core import events as e
from tests.reader.conftest import Covered, streaming
from tests.reader.newsroom import Newsroom, opened

pytestmark = pytest.mark.browser

# Texts with Latin letters that are in no element of English, left to right: of a page whose own language has none.
LOOSE = """() => {
  const loose = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walk.nextNode()); ) {
    const at = node.parentElement;
    if (at.closest("script,style,noscript") || !/[a-z]/i.test(node.data.replace(/GMT|As It Happened/g, ""))) continue;
    if (at.closest("[lang]").lang !== "en" || getComputedStyle(at).direction !== "ltr") loose.push(node.data);
  }
  return loose;
}"""


@contextmanager
def reading(browser: Browser, newsroom: Newsroom, zone: str) -> Iterator[Page]:
    """Open a live blog as a reader of a time zone."""
    context = browser.new_context(timezone_id=zone, viewport={"width": 1000, "height": 700})
    page = context.new_page()
    page.goto(newsroom.url)
    streaming(newsroom)
    yield page
    context.close()


def live(covered: Covered, language: str, zone: str, words: str) -> Newsroom:
    """Return a live blog of a language with a post of noon, UTC."""
    room = covered(opened("storm", words, zone=zone, language=language))
    room.publish("p1", "", words, kind=e.PostKind.KEY_EVENT)
    return room


@pytest.mark.parametrize(
    ("language", "zone", "words", "server", "script"),
    [
        ("fa", "Asia/Tehran", "آب بالا می‌رود.", "۱۵:۳۱", "۱۳:۰۱ your time"),
        ("he", "Asia/Jerusalem", "המים עולים.", "14:01", "13:01 your time"),
        ("bn", "Asia/Dhaka", "জল বাড়ছে।", "৬:০১ PM", "১:০১ PM your time"),
        ("ne", "Asia/Kathmandu", "पानी बढ्दैछ।", "१७:४६", "१३:०१ your time"),
        ("en-US", "Asia/Tehran", "The water rises.", "3:31 PM", "1:01 PM your time"),
        ("en", "Asia/Tehran", "The water rises.", "15:31", "13:01 your time"),
        ("ckb", "Asia/Baghdad", "ئاو بەرز دەبێتەوە.", "٣:٠١ د.ن", "١٣:٠١ your time"),  # as for an unknown language
    ],
)
def test_server_and_script_write_the_same_digits_and_mark_their_words(
    language: str, zone: str, words: str, server: str, script: str, browser: Browser, covered: Covered
) -> None:
    room = live(covered, language, zone, words)
    with reading(browser, room, "Europe/Berlin") as page:
        assert page.locator("#p-p1 .clock").inner_text().replace("\u00a0", " ") == server
        yours = page.locator("#p-p1 .yours")
        assert yours.inner_text().replace("\u202f", " ").strip("()") == script
        if language not in ("en", "en-US", "bn"):  # in Bengali, AM and PM are Latin letters
            assert page.evaluate(LOOSE) == []
        page.evaluate("document.body.style.minHeight = '3000px'; scrollTo(0, 900)")
        room.publish("p2", "", words)
        expect(page.locator("button.news")).to_have_text("1 new update")
        for ours in ("button.news", ".pause", ".connection", "[role=status]"):
            assert page.locator(ours).evaluate("it => it.lang + it.dir") == "enltr"


@pytest.mark.parametrize(
    ("reader", "script"),
    [
        ("Europe/London", ""),
        ("Asia/Shanghai", "20:01 your time"),
        ("Pacific/Auckland", "Monday 01:01 your time"),
        ("Pacific/Kiritimati", "Monday 02:01 your time"),
    ],
)
def test_the_readers_time_says_when_it_is_another_day_there(
    reader: str, script: str, browser: Browser, covered: Covered
) -> None:
    with reading(browser, live(covered, "en", "Europe/London", "The water rises."), reader) as page:
        assert page.locator("#p-p1 .yours").all_inner_texts() == [script][: bool(script)]


def test_the_same_hour_of_another_day_is_told_too(browser: Browser, covered: Covered) -> None:
    with reading(browser, live(covered, "en", "Pacific/Honolulu", "The water rises."), "Pacific/Kiritimati") as page:
        assert page.locator("#p-p1 .clock").inner_text() == "02:01"
        assert page.locator("#p-p1 .yours").inner_text() == "Monday 02:01 your time"


def test_counts_are_in_the_digits_of_their_phrase(browser: Browser, covered: Covered) -> None:
    room = live(covered, "ar-EG", "Africa/Cairo", "المياه ترتفع.")
    with reading(browser, room, "Africa/Cairo") as page:
        page.evaluate("document.body.style.minHeight = '3000px'; scrollTo(0, 900)")
        for n in range(3):
            room.publish(f"n{n}", "", "المياه ترتفع.")
        expect(page.locator("button.news")).to_have_text("٣ تحديثات جديدة")
        assert page.title().startswith("(٣) ")
