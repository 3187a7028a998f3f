"""One bar stays in view, the key event that is read is marked, and a page that is open for long stays a light one."""

import re
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from asithappened.core import body
from asithappened.core import events as e
from tests.reader.comparing import differences
from tests.reader.conftest import Open, streaming
from tests.reader.newsroom import Newsroom
from tests.reader.test_live import DEEP, PLACE, settled
from tests.reader.test_silence import says

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 640}
CURRENT = """posts =>
  String([...document.querySelectorAll(".box-keyevents a[aria-current]")].map((a) => a.dataset.post)) === posts"""


@pytest.fixture
def eventful(newsroom: Newsroom) -> Newsroom:
    """A live blog with two key events far from one another."""
    for post in ("p2", "p8"):
        newsroom.add(e.PostKindSet(post=post, kind=e.PostKind.KEY_EVENT))
    return newsroom


# 320 by 256 is a window of 1280 by 1024 at 400 %.
@pytest.mark.parametrize("window", [PHONE, {"width": 320, "height": 256}, {"width": 768, "height": 900}])
@pytest.mark.parametrize("colors", ["none", "active"])
def test_one_slim_bar_says_headline_state_and_what_is_new_and_opens_key_events(
    eventful: Newsroom, read: Open, window: Any, colors: str
) -> None:
    page = read(viewport=window, forced_colors=colors)
    bar, topic = page.locator(".live-bar"), page.locator(".live-bar .topic")
    expect(topic).to_be_hidden()  # the page's own headline is in sight
    page.evaluate("y => scrollTo(0, y)", DEEP)
    expect(topic).to_be_visible()
    expect(topic).to_have_text("A storm")
    says(page, "Live")
    eventful.publish("new", "Just in")
    expect(bar.get_by_role("button", name="1 new update")).to_be_in_viewport(ratio=1)
    keys = bar.get_by_role("button", name="Key events")
    keys.focus()
    page.keyboard.press("Enter")
    listed = page.locator(".key-list a")
    expect(listed).to_have_count(2)
    eventful.add(e.PostKindSet(post="p4", kind=e.PostKind.KEY_EVENT))
    expect(listed).to_have_count(3)  # as it happens
    assert bar.bounding_box()["height"] <= 44  # type: ignore[index]
    assert page.evaluate("document.documentElement.scrollWidth") == window["width"]
    page.keyboard.press("Escape")
    expect(listed.first).to_be_hidden()
    expect(keys).to_be_focused()
    page.keyboard.press("Enter")
    listed.filter(has_text="Headline 2").click()
    expect(page.locator("#p-p2")).to_be_focused()
    expect(listed.first).to_be_hidden()
    page.emulate_media(media="print")
    expect(bar).to_be_hidden()


def test_the_key_event_that_is_read_is_marked_and_stays_so_while_the_list_grows(eventful: Newsroom, read: Open) -> None:
    page = read(viewport={"width": 1300, "height": 700})
    reading = "id => document.getElementById(id).scrollIntoView()"
    page.evaluate(reading, "p-p10")
    page.wait_for_function(CURRENT, arg="p8")  # what happened before what is read
    page.evaluate(reading, "p-p6")
    page.wait_for_function(CURRENT, arg="p2")
    eventful.publish("new", "Just in", kind=e.PostKind.KEY_EVENT)
    expect(page.locator(".box-keyevents li")).to_have_count(3)
    page.wait_for_function(CURRENT, arg="p2")
    eventful.add(e.PostKindSet(post="p5", kind=e.PostKind.KEY_EVENT))
    page.wait_for_function(CURRENT, arg="p5")
    page.evaluate(reading, "p-p0")
    page.wait_for_function(CURRENT, arg="")
    settled(page, eventful)
    assert differences(page) == []


def test_summary_pins_ledger_counts_and_who_is_on_arrive_in_place(newsroom: Newsroom, read: Open) -> None:
    page = read(at=DEEP, viewport={"width": 1300, "height": 700})
    kept = page.evaluate("[...document.querySelectorAll('article')].find(a => a.getBoundingClientRect().top > 0).id")
    before = page.evaluate(PLACE, kept)
    newsroom.publish("sum", "Where things stand", "The water is high.\nThe port is shut.", kind=e.PostKind.SUMMARY)
    newsroom.publish("after", "After it")
    newsroom.add(e.PostPinned(post="p2"))
    newsroom.add(e.ContributorJoined(name="Ada Quist"))
    newsroom.add(e.ContributorJoined(name="Bo Ahn"))
    newsroom.add(e.ContributorLeft(name="Ada Quist"))
    newsroom.add(e.SeriesRecorded(series="s", of="figure", label="Homes without power"))
    newsroom.add(e.SeriesMoved(series="s", value=1_200.0))
    newsroom.add(*(e.PostKindSet(post=f"p{n}", kind=e.PostKind.KEY_EVENT) for n in range(12)))
    newsroom.publish("k", "A thirteenth", kind=e.PostKind.KEY_EVENT)
    expect(page.locator("[data-part=summary]")).to_contain_text("Where things stand")
    expect(page.locator("[data-part=pinned]")).to_contain_text("Headline 2")
    expect(page.locator("[data-part=contributors] .on")).to_have_text("Bo Ahn")
    expect(page.locator("[data-part=contributors] dd:not(.on)")).to_have_text("Ada Quist")
    expect(page.locator("[data-part=known]")).to_contain_text("1,200")
    expect(page.locator("[data-part=keyevents] .more")).to_contain_text("12 of 13")
    assert page.evaluate(PLACE, kept) == pytest.approx(before, abs=1)
    settled(page, newsroom)
    assert differences(page) == []


def test_what_is_marked_and_a_film_that_plays_stay_while_the_day_goes_on(newsroom: Newsroom, read: Open) -> None:
    film = body.MediaAttrs(media="film1234", digest="cd" * 32, kind="video/webm")
    words = body.with_ids(body.Doc(content=(body.paragraph("Waves."), body.Video(attrs=film))), seed="film")
    newsroom.add(e.PostPublished(post="film", title="A film", body=words, published_at=newsroom.at))
    page = read()
    mark = """() => { const words = document.querySelector("#p-p9 .post-body p").firstChild;
      getSelection().setBaseAndExtent(words, 10, words, 30); document.querySelector("video").mine = true;
      return String(getSelection()); }"""
    marked = page.evaluate(mark)
    assert len(marked) == 20
    newsroom.publish("new", "Just in")
    expect(page.locator("button.news")).to_have_text("1 new update")  # nobody's marking is moved by what slides in
    newsroom.revise("p10", "Headline 10", "Other words.")
    at = newsroom.now("film").published_at
    more = body.with_ids(body.Doc(content=(*words.content, body.paragraph("And a bell."))), seed="film")
    newsroom.add(e.PostRevised(post="film", title="A film of waves", body=more, published_at=at))
    expect(page.locator("#p-film")).to_contain_text("And a bell.")
    page.locator("button.news").click()
    settled(page, newsroom)
    assert page.evaluate("String(getSelection())") == marked
    assert page.evaluate("document.querySelector('video').mine"), "the same player goes on"


# --- a page that is open for long


def test_a_night_asleep_and_a_clock_set_back_come_right_without_a_reload(newsroom: Newsroom, read: Open) -> None:
    page = read("p/p0/", wait=False)
    page.clock.install()
    page.goto(newsroom.url)
    streaming(newsroom)
    page.evaluate("window.same = 'no reload'")
    for night in (True, False):
        newsroom.go_dark()
        newsroom.fill(8, f"n{newsroom.head}-", "In the night")
        if night:
            page.clock.fast_forward("08:00:00")
        else:
            page.clock.set_system_time("2020-01-01")
        newsroom.dark = False
        page.evaluate("dispatchEvent(new Event('online'))")
        page.clock.run_for(3_000)
        streaming(newsroom)
        says(page, "Live")
        settled(page, newsroom)
        assert differences(page) == []
    assert page.evaluate("window.same") == "no reload"


def test_a_page_that_is_open_all_day_holds_no_more_than_a_few_pages_of_posts(newsroom: Newsroom, read: Open) -> None:
    top, deep = read(), read(at=DEEP)
    kept = deep.evaluate("[...document.querySelectorAll('article')].find(a => a.getBoundingClientRect().top > 0).id")
    before = deep.evaluate(PLACE, kept)
    for part in range(8):
        newsroom.fill(45, f"d{part}-", "All day")
        expect(top.locator(f"#p-d{part}-44")).to_be_attached(timeout=20_000)
    assert top.locator("[data-posts] > *").count() <= 150
    settled(top, newsroom)
    assert differences(top) == []
    expect(deep.locator("button.news")).to_have_text("360 new updates")
    assert deep.evaluate(PLACE, kept) == pytest.approx(before, abs=1)
    deep.locator("button.news").click()
    expect(deep.locator("#p-d7-44")).to_be_visible()
    expect(deep.locator("#p-d0-0")).to_have_count(0)
    settled(deep, newsroom)
    assert differences(deep) == []


# --- time


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ((2026, 10, 24), "07:30 your time"),  # both in summer time
        ((2026, 10, 28), "08:30 your time"),  # London's clocks were put back, New York's not yet
        ((2026, 11, 4), "07:30 your time"),
    ],
)
def test_the_readers_time_is_that_of_the_day_of_the_post(
    day: tuple[int, int, int], said: str, newsroom: Newsroom, read: Open
) -> None:
    newsroom.publish("old", "From the archive", published_at=datetime(*day, 12, 30, tzinfo=ZoneInfo("Europe/London")))
    page = read("p/old/", wait=False, timezone_id="America/New_York")
    expect(page.locator("#p-old .clock")).to_have_text("12:30")
    expect(page.locator("#p-old .zone")).to_have_text(re.compile("GMT|BST"))
    expect(page.locator("#p-old .post-time .yours")).to_have_text(said)
