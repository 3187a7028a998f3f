"""A connection that dies without a word is noticed, said and replaced, and nothing from before holds up what comes.

The page's timers and its clock are Playwright's, so that half a minute of silence takes no time; sockets are real, and
fall silent in a relay. `make scenarios` does the same in real time (scenarios/silence.py).
"""

import asyncio
import re
import threading
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from asithappened.core import events as e
from scenarios.silent_relay import SilentRelay
from tests.reader.conftest import Covered, Open, in_stopped_time, streaming
from tests.reader.line import wait_until
from tests.reader.newsroom import Newsroom, opened
from tests.reader.test_live import HIDE

pytestmark = pytest.mark.browser

SILENCE_MS = 30_000  # these three as in frontend/reader/transport.ts
DEADLINE_MS = 15_000
OVERDUE_MS = 5_000
WATCH = """() => {
  const element = document.querySelector(".connection");
  window.states = [];
  new MutationObserver(() => states.push(element.textContent)).observe(element, {childList: true});
}"""
# Only beats: the hello may still be on its way when the test begins to listen.
COUNT_BEATS = """name => {
  heard = 0;
  (ear = new BroadcastChannel(name)).onmessage = ({data: [type]}) => heard += type === "beat";
}"""
POLL_MS = 2_400  # the newsroom asks for two seconds, a fifth more or less


@pytest.fixture
def relay(newsroom: Newsroom) -> Iterator[SilentRelay]:
    """A relay in front of the newsroom, in a thread of its own."""
    made = SilentRelay(int(urlsplit(newsroom.url).port or 0))
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    asyncio.run_coroutine_threadsafe(made.start(), loop).result(10)
    yield made
    asyncio.run_coroutine_threadsafe(made.stop(), loop).result(10)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(10)
    loop.close()


@pytest.fixture
def through(read: Open, newsroom: Newsroom, relay: SilentRelay) -> Callable[..., Page]:
    """Open the blog through the relay, with a clock that the test moves, and it alone if it is `stopped`."""

    def opened(path: str = "", *, stopped: bool = False) -> Page:
        page = read("known/", wait=False)  # a page that asks for nothing by itself
        url = f"http://127.0.0.1:{relay.port}{newsroom.base}{path}"
        if stopped:
            in_stopped_time(page, url)
        else:
            page.clock.install()
            page.goto(url)
        return page

    return opened


def says(page: Page, words: str) -> None:
    """Wait until the page says so, where it is seen, and nothing else."""
    expect(page.locator(".connection")).to_have_text(words)
    expect(page.locator(".connection")).to_be_in_viewport()
    assert ("Live" in page.locator("body").inner_text().split("\n")) == (words == "Live")


def test_a_stream_that_falls_silent_is_noticed_and_what_came_meanwhile_is_shown(
    newsroom: Newsroom, relay: SilentRelay, through: Callable[..., Page]
) -> None:
    page = through(stopped=True)
    newsroom.publish("heard", "Before the silence")
    expect(page.locator("#p-heard")).to_be_attached()
    says(page, "Live")
    relay.fall_silent()
    newsroom.publish("silent", "In the silence")
    page.clock.run_for(SILENCE_MS - 4_000)
    assert page.locator("#p-silent").count() == 0
    page.evaluate(WATCH)
    page.clock.resume()
    page.clock.run_for(5_000)
    expect(page.locator("#p-silent")).to_be_attached()
    says(page, "Live")
    assert page.evaluate("states") == ["Reconnecting…", "Live"]


def test_beats_keep_a_quiet_stream_for_as_long_as_they_come(
    newsroom: Newsroom, relay: SilentRelay, through: Callable[..., Page]
) -> None:
    page = through(stopped=True)
    streaming(newsroom)
    channel = f"asithappened:{newsroom.base}"
    page.evaluate(COUNT_BEATS, channel)
    for beats in range(1, 7):
        newsroom.beat()
        page.wait_for_function("beats => heard === beats", arg=beats)  # the tab has told the others of it
        page.clock.run_for(SILENCE_MS - 5_000)
    says(page, "Live")
    assert relay.streams == 1
    assert not [path for path in newsroom.requests if path.endswith("head.json")], "nobody had to ask"


def test_a_poll_over_a_dead_line_is_said_when_overdue_given_up_and_asked_anew(
    newsroom: Newsroom, relay: SilentRelay, through: Callable[..., Page]
) -> None:
    newsroom.refusing_streams = True
    page = through()
    with page.expect_response("**/log/head.json") as polled:
        page.clock.run_for(2_300)  # a first poll, soon after the refusal; it says when the next is due
    polled.value.finished()
    relay.fall_silent()
    newsroom.publish("silent", "In the silence")
    page.clock.run_for(POLL_MS + OVERDUE_MS + 500)
    says(page, "Reconnecting…")
    page.mouse.wheel(0, 2_500)
    says(page, "Reconnecting…")
    page.mouse.wheel(0, -2_500)
    page.clock.run_for(DEADLINE_MS - OVERDUE_MS)
    page.clock.run_for(5_600)  # the longest pause before it is asked again
    expect(page.locator("#p-silent, button.news:not([hidden])").first).to_be_attached()
    says(page, "Live")


def test_a_stream_that_never_says_hello_is_given_up_and_polls_go_on_meanwhile(
    newsroom: Newsroom, relay: SilentRelay, through: Callable[..., Page]
) -> None:
    relay.mutes_streams = True
    page = through()
    wait_until(lambda: relay.streams == 1)
    newsroom.publish("polled", "By polling")
    page.clock.run_for(OVERDUE_MS + 500)
    expect(page.locator("#p-polled")).to_be_attached()
    says(page, "Live")
    page.clock.run_for(DEADLINE_MS)
    page.clock.run_for(11_000)  # the longest pause before it is tried again
    wait_until(lambda: relay.streams >= 2)
    says(page, "Live")


def come_back(page: Page) -> None:
    """Leave the tab, and look at it again."""
    page.evaluate(HIDE, True)
    page.evaluate(HIDE, False)


def be_online(page: Page) -> None:
    """Have the browser find its network."""
    page.evaluate("dispatchEvent(new Event('online'))")


def resume(page: Page) -> None:
    """Pause, and resume."""
    page.locator(".pause").click()
    expect(page.locator(".connection")).to_have_text("Updates paused")
    page.locator(".pause").click()


@pytest.mark.parametrize("again", [come_back, be_online, resume])
@pytest.mark.parametrize("streams", [True, False])
def test_coming_back_asks_at_once_over_a_new_connection_whatever_is_under_way(
    again: Callable[[Page], None], streams: bool, newsroom: Newsroom, relay: SilentRelay, through: Callable[..., Page]
) -> None:
    relay.refuses_streams = not streams
    page = through()
    wait_until(lambda: relay.streams == 1 and (len(newsroom.streams) == 1 or not streams))
    relay.fall_silent()
    if not streams:
        page.clock.run_for(POLL_MS + 1_000)  # a poll is under way, and will hang for long
    newsroom.publish("silent", "In the silence")
    again(page)
    expect(page.locator("#p-silent, button.news:not([hidden])").first).to_be_attached()
    says(page, "Live")


@pytest.mark.parametrize("again", [come_back, be_online, resume])
def test_coming_back_while_a_fresh_page_is_fetched_is_no_reason_to_wait_for_ones_turn_again(
    again: Callable[[Page], None], newsroom: Newsroom, through: Callable[..., Page]
) -> None:
    page = through()
    page.evaluate("Math.random = () => 0.99")  # whoever has to wait waits long
    streaming(newsroom)
    newsroom.stalled = newsroom.base
    asked = newsroom.requests.count(newsroom.stalled)
    newsroom.forget("p10")
    newsroom.publish("after", "After it")
    page.clock.run_for(5_000)  # the longest wait
    wait_until(lambda: newsroom.requests.count(newsroom.stalled) == asked + 1)
    newsroom.stalled = ""
    page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 1)  # in seconds
    again(page)
    page.clock.run_for(100)
    expect(page.locator("#p-after")).to_be_attached()


def test_an_older_page_and_a_permalink_do_not_say_live_over_a_dead_line(
    newsroom: Newsroom, relay: SilentRelay, through: Callable[..., Page]
) -> None:
    newsroom.fill(45)
    for path in ("page/1/", "p/f3/"):
        page = through(path)
        says(page, "Live")
        with page.expect_response("**/log/head.json") as asked:
            page.clock.run_for(1_600)
        asked.value.finished()
        relay.fall_silent()
        for words in ("Reconnecting…", "Live"):
            for _ in range(62):  # the next poll is due after 45 s, a fifth more or less
                page.clock.run_for(1_000)
                if page.locator(".connection").inner_text() == words:
                    break
            says(page, words)


def test_an_offline_browser_says_so_at_once(read: Open) -> None:
    page = read()
    says(page, "Live")
    page.context.set_offline(True)
    says(page, "Reconnecting…")
    page.context.set_offline(False)
    says(page, "Live")


def test_whoever_must_be_known_is_asked_with_the_name_they_have(
    newsroom: Newsroom, relay: SilentRelay, through: Callable[..., Page]
) -> None:
    page = through()
    streaming(newsroom)
    page.context.add_cookies([{"name": "ticket", "value": "good", "url": page.url}])
    newsroom.ticket = b"ticket=good"
    relay.fall_silent()
    newsroom.publish("silent", "For members")
    be_online(page)
    for _ in range(6):  # the connections that the page came by are dead, and are given up one after the other
        page.clock.run_for(DEADLINE_MS)
        page.clock.run_for(5_600)
        if page.locator(".connection").inner_text() == "Live":
            break
    expect(page.locator("#p-silent")).to_be_attached()
    says(page, "Live")


def test_eight_blogs_in_eight_tabs_all_load_and_all_follow(newsroom: Newsroom, covered: Covered, read: Open) -> None:
    rooms = [newsroom, *(covered(opened("other", f"Other {n}")) for n in range(7))]
    first = read("p/p0/", wait=False)
    pages = []
    for room in rooms:
        page = first.context.new_page()
        page.goto(room.url)
        pages.append((room, page))
    for room, page in pages:
        expect(page.locator(".connection")).to_have_text("Live")
        room.publish("news", "News")
        expect(page.locator("#p-news")).to_be_attached(timeout=20_000)
    assert sum(len(room.streams) for room in rooms) == 3, "as frontend/reader/tabs.ts has it"
    held = next(n for n, (room, _) in enumerate(pages) if room.streams)
    pages.pop(held)[1].close()
    wait_until(lambda: sum(len(room.streams) for room, _ in pages) == 3)  # a tab that waited has its turn


def test_the_state_stays_in_view_on_a_phone(newsroom: Newsroom, read: Open) -> None:
    page = read(viewport={"width": 360, "height": 640}, at=2500)
    says(page, "Live")
    newsroom.go_dark()
    expect(page.locator(".connection")).to_have_text("Reconnecting…", timeout=20_000)
    says(page, "Reconnecting…")
    assert page.locator(".live-bar").bounding_box()["height"] <= 44  # type: ignore[index]
    assert page.evaluate("document.documentElement.scrollWidth") == 360


@pytest.mark.parametrize("language", ["en", "de", "ar"])
def test_no_word_of_the_state_is_cut_on_a_phone(language: str, covered: Covered, read: Open) -> None:
    room = covered(opened("small", "1", language=language))
    room.publish("a", "1")
    page = read("p/p0/", wait=False, viewport={"width": 360, "height": 640})
    page.goto(room.url)
    streaming(room)
    seen = []
    for what in ("0", "dispatchEvent(new Event('offline'))", "document.querySelector('.pause').click()"):
        page.evaluate(what)
        seen.append(page.locator(".connection").inner_text())
        assert page.locator(".connection").evaluate("e => e.scrollWidth <= e.clientWidth"), seen
        assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert len(set(seen)) == 3


def test_closing_is_said_in_the_same_place(newsroom: Newsroom, read: Open) -> None:
    page = read(at=2500)
    newsroom.add(e.BlogClosed())
    says(page, "Closed")
    expect(page.locator(".pause")).to_be_hidden()
    assert not re.search("Live", page.locator(".status").inner_text())
