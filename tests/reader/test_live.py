"""An open page follows the blog, and nothing moves under its reader."""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, TimeoutError, expect

from asithappened.core import events as e
from tests.reader.comparing import differences
from tests.reader.conftest import Open, streaming
from tests.reader.line import wait_until
from tests.reader.newsroom import NOON, Newsroom

pytestmark = pytest.mark.browser

PLACE = """id => document.getElementById(id).getBoundingClientRect().top"""
DEEP = 2500


def settled(page: Page, newsroom: Newsroom) -> None:
    """Wait until everything has arrived that was published so far: until what is published now has, in its part."""
    expect(page.locator("[data-part=tags]")).to_contain_text(newsroom.mark())


def asks_by_and_by(page: Page, came: Locator) -> None:
    """Let minutes go by on a page that asks once a minute, until something came.

    A question may be under way at this moment, have missed by a hair what happened, and set the next minute off only
    afterwards: then it takes another minute, for a reader too.
    """
    for _ in range(5):
        page.clock.fast_forward(70_000)
        with suppress(TimeoutError):
            came.wait_for(state="attached", timeout=4_000)
            break
    expect(came).to_be_attached()


def test_at_the_very_top_a_new_post_slides_in(newsroom: Newsroom, read: Open) -> None:
    page = read()
    newsroom.publish("new", "Just in")
    expect(page.locator("[data-posts] > article").first).to_have_id("p-new")
    expect(page.locator("button.news")).to_be_hidden()
    settled(page, newsroom)
    assert differences(page) == []


def test_below_the_top_new_posts_wait_behind_a_button_and_nothing_moves(newsroom: Newsroom, read: Open) -> None:
    page = read(at=DEEP)
    before = page.evaluate(PLACE, "p-p5")
    newsroom.publish("n1", "One more")
    newsroom.publish("n2", "And another")
    button = page.locator("button.news")
    expect(button).to_have_text("2 new updates")
    assert page.title().startswith("(2) ")
    assert page.locator("#p-n1").count() == 0
    assert page.evaluate(PLACE, "p-p5") == pytest.approx(before, abs=1)
    button.click()
    expect(page.locator("#p-n2")).to_be_focused()
    expect(button).to_be_hidden()
    assert not page.title().startswith("(")
    settled(page, newsroom)
    assert differences(page) == []


def test_an_edit_changes_what_differs_and_keeps_focus_and_place(newsroom: Newsroom, read: Open) -> None:
    page = read(at=DEEP)
    page.locator("#p-p4 .share").focus()
    page.evaluate("y => scrollTo(0, y)", DEEP)
    page.evaluate("document.querySelector('#p-p4 p').mine = true")
    visible = "[...document.querySelectorAll('article')].find(a => a.getBoundingClientRect().top > 0).id"
    kept = page.evaluate(visible)
    before = page.evaluate(PLACE, kept)
    newsroom.revise("p11", "A longer headline " * 8, "More text. " * 200)  # above what is on the screen
    newsroom.revise("p4", "Headline 4", newsroom_text(4) + "\nA new end.", reason="More is known.")
    expect(page.locator("#p-p4")).to_contain_text("A new end.")
    settled(page, newsroom)
    assert page.evaluate(PLACE, kept) == pytest.approx(before, abs=1)
    assert page.evaluate("document.activeElement.closest('article').id") == "p-p4"
    expect(page.locator("#p-p4 .updated")).to_contain_text("Updated")
    assert differences(page) == []


def newsroom_text(n: int) -> str:
    """Return the words of a post of the fixture."""
    return "\n".join(f"Paragraph {m} of {n}. " * 12 for m in range(3))


def test_an_untouched_paragraph_is_the_same_node_after_an_edit(newsroom: Newsroom, read: Open) -> None:
    page = read()
    page.evaluate("document.querySelector('#p-p4 .post-body p').mine = true")
    newsroom.revise("p4", "Headline 4", newsroom_text(4) + "\nA new end.")
    expect(page.locator("#p-p4")).to_contain_text("A new end.")
    assert page.evaluate("document.querySelector('#p-p4 .post-body p').mine")


def test_a_withdrawn_post_goes_without_a_jump_and_is_not_replayed(newsroom: Newsroom, read: Open) -> None:
    page = read(at=DEEP)
    kept = page.evaluate("[...document.querySelectorAll('article')].find(a => a.getBoundingClientRect().top > 0).id")
    before = page.evaluate(PLACE, kept)
    newsroom.publish("oops", "Not true")
    expect(page.locator("button.news")).to_be_visible()
    newsroom.add(e.PostWithdrawn(post="oops", reason="It was not true."))
    newsroom.add(e.PostWithdrawn(post="p11"))
    expect(page.locator("#p-p11")).to_have_count(0)
    expect(page.locator("button.news")).to_be_hidden()
    assert page.evaluate(PLACE, kept) == pytest.approx(before, abs=1)
    settled(page, newsroom)
    assert differences(page) == []


def test_headline_pin_key_events_contributors_and_closing_arrive(newsroom: Newsroom, read: Open) -> None:
    page = read()
    newsroom.add(e.BlogDescribed(title="A great storm", standfirst="It blows.", zone="Europe/London", tags=("Wind",)))
    newsroom.add(e.ContributorJoined(name="Ada Quist"))
    newsroom.add(e.PostKindSet(post="p3", kind=e.PostKind.KEY_EVENT))
    newsroom.add(e.PostPinned(post="p2"))
    expect(page.locator("h1")).to_have_text("A great storm")
    expect(page.locator("[data-part=standfirst]")).to_have_text("It blows.")
    expect(page.locator("[data-part=tags]")).to_contain_text("Wind")
    expect(page.locator("[data-part=contributors]")).to_contain_text("Ada Quist")
    expect(page.locator("[data-part=keyevents] a")).to_contain_text("Headline 3")
    expect(page.locator("[data-part=pinned]")).to_contain_text("Headline 2")
    expect(page).to_have_title(re.compile(r"^A great storm \| "))
    page.locator("[data-part=keyevents] a").click()  # a post of this page: no new page is loaded
    expect(page.locator("#p-p3")).to_be_focused()
    newsroom.add(e.BlogClosed())
    expect(page.locator("h1")).to_have_text("A great storm – as it happened")
    expect(page.locator(".connection")).to_have_text("Closed")
    assert differences(page) == []
    newsroom.add(e.BlogReopened())  # the stream that was open is, until the server ends it
    expect(page.locator("h1")).to_have_text("A great storm")
    expect(page.locator(".connection")).to_have_text("Live")
    assert differences(page) == []


def test_an_offline_reader_comes_back_to_all_of_it_once(newsroom: Newsroom, read: Open) -> None:
    page = read()
    newsroom.go_dark()
    expect(page.locator(".connection")).to_have_text("Reconnecting…", timeout=20_000)
    newsroom.fill(23, "d", "In the dark")
    newsroom.revise("p9", "Headline 9", "Other words.")
    newsroom.add(e.PostWithdrawn(post="d4"))
    newsroom.add(e.PostWithdrawn(post="p7"))
    newsroom.dark = False
    streaming(newsroom)
    expect(page.locator(".connection")).to_have_text("Live", timeout=20_000)
    settled(page, newsroom)
    newsroom.publish("after", "Back again")
    settled(page, newsroom)
    assert differences(page) == []
    assert page.locator("#p-after").count() == 1


def test_refused_streams_leave_a_page_that_polls(newsroom: Newsroom, read: Open) -> None:
    newsroom.refusing_streams = True
    page = read(wait=False)
    newsroom.publish("polled", "By polling")
    expect(page.locator("#p-polled")).to_be_visible(timeout=20_000)
    expect(page.locator(".connection")).to_have_text("Live")


def test_a_stream_that_ends_is_opened_again(newsroom: Newsroom, read: Open) -> None:
    page = read()
    newsroom.end_streams()
    wait_until(lambda: newsroom.requests.count(newsroom.base + "stream") >= 2)
    streaming(newsroom)
    newsroom.publish("again", "After the deploy")
    expect(page.locator("#p-again")).to_be_visible()


@pytest.mark.parametrize("calamity", [Newsroom.forget, Newsroom.render_again])
def test_a_reset_fetches_the_page_and_reconciles(
    calamity: Callable[[Newsroom, str], None], newsroom: Newsroom, read: Open
) -> None:
    page = read(at=DEEP)
    kept = page.evaluate("[...document.querySelectorAll('article')].find(a => a.getBoundingClientRect().top > 0).id")
    before = page.evaluate(PLACE, kept)
    calamity(newsroom, "p10")
    newsroom.publish("after", "After it")
    expect(page.locator("button.news")).to_be_visible(timeout=20_000)
    expect(page.locator("#p-p10")).to_have_count(0, timeout=20_000)
    settled(page, newsroom)
    assert page.evaluate(PLACE, kept) == pytest.approx(before, abs=1)
    state = page.evaluate("document.querySelector('[data-posts]').children.length")
    assert state == 11
    assert differences(page) == []


def test_a_frame_from_the_future_is_counted_and_skipped(newsroom: Newsroom, read: Open) -> None:
    page = read()
    newsroom.add_unknown([{"op": "explode", "post": "p3", "html": "<b>?</b>"}])
    newsroom.publish("next", "After it")
    expect(page.locator("#p-next")).to_be_visible()
    assert not [path for path in newsroom.requests if "/log/" in path], "a gap was seen where there was none"
    assert differences(page) == []


def test_a_part_that_an_open_page_has_no_place_for_is_skipped(newsroom: Newsroom, read: Open) -> None:
    page = read()
    newsroom.add_unknown_part('weather"] *, [data-part="headline', "<b>Rain by noon</b>")
    newsroom.add_unknown_part("weather", "<b>Rain by noon</b>")
    newsroom.publish("next", "After it")
    expect(page.locator("#p-next")).to_be_visible()
    expect(page.get_by_text("Rain by noon")).to_have_count(0)
    assert differences(page) == []


def test_a_frame_lost_on_the_way_is_fetched_before_the_next_is_applied(newsroom: Newsroom, read: Open) -> None:
    page = read()
    with newsroom.losing(lambda: newsroom.head):
        newsroom.publish("lost", "Lost on the way")
        newsroom.revise("p9", "Headline 9", "An edit that was lost, too.")
    newsroom.publish("next", "The next")
    expect(page.locator("#p-next, button.news:not([hidden])").first).to_be_attached(timeout=20_000)
    expect(page.locator("#p-p9")).to_contain_text("An edit that was lost, too.")
    settled(page, newsroom)
    assert differences(page) == []
    assert page.locator("#p-lost").count() == 1


def test_what_comes_twice_or_late_changes_nothing(newsroom: Newsroom, read: Open) -> None:
    page = read()
    early = newsroom.publish("early", "Early", "First words.")
    newsroom.revise("early", "Early", "Second words.")
    newsroom.add(e.BlogDescribed(title="A new headline", zone="Europe/London"))
    newsroom.repeat(early)
    newsroom.publish("next", "The next")
    expect(page.locator("#p-next")).to_be_visible()
    expect(page.locator("#p-early")).to_contain_text("Second words.")
    expect(page.locator("h1")).to_have_text("A new headline")
    assert not [path for path in newsroom.requests if "/log/" in path], "the page lost its place and had to ask"
    assert differences(page) == []


def test_an_edit_of_an_older_pages_post_is_no_news_here(newsroom: Newsroom, read: Open) -> None:
    newsroom.fill(45)
    page = read()
    newsroom.revise("p3", "Headline 3", "Edited on an older page.")
    settled(page, newsroom)
    assert page.locator("#p-p3, button.news:not([hidden])").count() == 0
    assert differences(page) == []


HIDE = """hidden => {
  Object.defineProperty(document, "hidden", {configurable: true, get: () => hidden});
  document.dispatchEvent(new Event("visibilitychange"));
}"""


@pytest.mark.parametrize("closed", [False, True], ids=["live", "closed"])
def test_an_open_page_of_a_blog_that_is_taken_down_soon_shows_none_of_it(
    newsroom: Newsroom, read: Open, closed: bool
) -> None:
    first = read()
    second = first.context.new_page()  # which shares the stream of the first
    second.goto(newsroom.url)
    newsroom.publish("a", "Words that have to go")
    for page in (first, second):
        expect(page.locator("#p-a")).to_be_attached()
    if closed:
        newsroom.add(e.BlogClosed())
        for page in (first, second):
            expect(page.locator(".connection")).to_have_text("Closed")
    newsroom.add(e.BlogTakenDown(reason="Opened by mistake."))
    for page in (first, second):
        expect(page.locator("#p-a")).not_to_be_attached(timeout=20_000)
        expect(page.locator("[data-posts]")).not_to_be_attached()


def test_a_hidden_tab_lets_its_stream_go_and_still_counts(newsroom: Newsroom, read: Open) -> None:
    page = read(wait=False)
    page.clock.install()
    page.reload()
    streaming(newsroom)
    page.evaluate(HIDE, True)
    wait_until(lambda: not newsroom.streams)
    newsroom.publish("h1", "While you looked away")
    newsroom.publish("h2", "And again")
    asks_by_and_by(page, page.locator("button.news", has_text="2 new updates"))
    assert page.title() == "(2) A storm | As It Happened"
    page.evaluate(HIDE, False)
    streaming(newsroom)
    expect(page.locator("button.news")).to_have_text("2 new updates")
    assert differences(page) == []


def test_two_tabs_of_one_browser_share_a_stream(newsroom: Newsroom, read: Open) -> None:
    first = read()
    second = first.context.new_page()
    second.goto(newsroom.url)
    newsroom.publish("shared", "For both")
    for page in (first, second):
        expect(page.locator("#p-shared, button.news:not([hidden])").first).to_be_attached(timeout=20_000)
    assert len(newsroom.streams) == 1
    first.close()
    streaming(newsroom)
    newsroom.publish("handed", "For who is left")
    expect(second.locator("#p-handed")).to_be_attached(timeout=20_000)
    assert differences(second) == []


def test_paused_nothing_changes_but_a_count_and_resumed_nothing_is_missing(newsroom: Newsroom, read: Open) -> None:
    page = read()
    page.get_by_role("button", name="Pause updates").click()
    expect(page.locator(".connection")).to_have_text("Updates paused")
    newsroom.publish("later", "While paused")
    newsroom.publish("oops", "Not true")
    newsroom.publish("past", "Earlier", published_at=NOON + timedelta(minutes=4.5))
    newsroom.add(e.PostWithdrawn(post="oops"))
    newsroom.add(e.PostWithdrawn(post="p7"))
    newsroom.publish("more", "Also while paused")
    newsroom.publish("last", "Also while paused")
    expect(page.locator("button.news")).to_have_text("3 new updates")  # as it never was before the last came
    assert page.title().startswith("(3) ")
    assert page.locator("[data-posts] > *").count() == 12
    page.get_by_role("button", name="Resume updates").click()
    expect(page.locator("#p-last")).to_be_attached(timeout=20_000)
    expect(page.locator("#p-p7")).to_have_count(0)
    settled(page, newsroom)
    assert differences(page) == []


def test_what_waits_in_a_pause_is_gone_to_by_its_count(newsroom: Newsroom, read: Open) -> None:
    page = read(at=DEEP)
    page.locator(".pause").click()
    newsroom.publish("later", "While paused")
    page.locator("button.news").click()
    expect(page.locator("#p-later")).to_be_focused()
    expect(page.locator(".connection")).to_have_text("Live")
    settled(page, newsroom)
    assert differences(page) == []


def test_a_page_that_filled_up_is_still_what_its_older_pages_say(newsroom: Newsroom, read: Open) -> None:
    page = read(at=DEEP)
    newsroom.fill(45)
    newsroom.revise("p3", "Headline 3", "Edited on an older page.")
    expect(page.locator("button.news")).to_have_text("45 new updates")
    expect(page.locator("#p-p3")).to_contain_text("Edited on an older page.")
    settled(page, newsroom)
    assert differences(page) == []


def test_oldest_first_new_posts_wait_at_the_end_and_edits_and_withdrawals_come_in_place(
    newsroom: Newsroom, read: Open
) -> None:
    page = read("oldest/")
    expect(page.locator(".post").first).to_have_id("p-p0")
    stands = "document.getElementById('p-p5').getBoundingClientRect().top"
    page.locator("#p-p5").evaluate("post => post.scrollIntoView()")
    top = page.evaluate(stands)
    newsroom.publish("new1", "First of the new")
    newsroom.publish("new2", "Last of the new")
    newsroom.revise("p3", "Better headline", "Better words.")
    newsroom.add(e.PostWithdrawn(post="p0"))
    expect(page.locator(".news")).to_have_text("2 new updates")
    expect(page.locator("#p-p3")).to_contain_text("Better words.")
    expect(page.locator("#p-p0")).to_have_count(0)
    assert page.locator("#p-new1").count() == 0
    assert page.evaluate(stands) == pytest.approx(top, abs=2)
    page.locator(".news").click()
    expect(page.locator("#p-new1")).to_be_focused()
    assert page.locator(".post").evaluate_all("all => all.slice(-2).map(post => post.id)") == ["p-new1", "p-new2"]


def test_the_page_of_all_key_events_follows(newsroom: Newsroom, read: Open) -> None:
    page = read("key-events/", wait=False)
    newsroom.publish("k1", "Bridge closed", kind=e.PostKind.KEY_EVENT)
    newsroom.publish("k2", "Bridge open", kind=e.PostKind.KEY_EVENT)
    expect(page.locator("main .keyevents .label")).to_have_text(["Bridge open", "Bridge closed"], timeout=20_000)


def test_an_older_page_takes_edits_and_no_new_posts(newsroom: Newsroom, read: Open) -> None:
    newsroom.fill(45)
    page = read("page/1/", wait=False)
    page.clock.install()
    page.reload()
    newsroom.revise("p3", "Headline 3", "Edited on an older page.")
    newsroom.add(e.PostWithdrawn(post="p5"))
    newsroom.publish("new", "Not for here")
    asks_by_and_by(page, page.locator("#p-p3", has_text="Edited on an older page."))
    expect(page.locator("#p-p5")).to_have_count(0)
    assert page.locator("#p-new, button.news:not([hidden])").count() == 0
    assert not newsroom.streams


def test_a_permalink_takes_edits_of_its_post_and_leads_to_its_place(newsroom: Newsroom, read: Open) -> None:
    page = read("p/p3/", wait=False)
    expect(page.locator(".back a")).to_have_attribute("href", re.compile(f"{newsroom.base}#p-p3$"))
    permalink, head = newsroom.base + "p/p3/", newsroom.base + "log/head.json"
    newsroom.fill(12)  # whatever it had, it is far behind now
    page.evaluate("dispatchEvent(new Event('online'))")
    wait_until(lambda: newsroom.requests.count(permalink) >= 2 and newsroom.requests[-1] == head)
    newsroom.revise("p3", "Headline 3", "Edited for those on its own page.")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#p-p3")).to_contain_text("Edited for those")
    assert {path for path in newsroom.requests if "/log/" in path} == {head}, (
        "what happened elsewhere was not asked for"
    )
    newsroom.add(e.PostWithdrawn(post="p3"))
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("main")).to_contain_text("This update was withdrawn", timeout=20_000)


def test_an_address_with_a_post_that_is_on_an_older_page_leads_to_it(newsroom: Newsroom, read: Open) -> None:
    newsroom.fill(45)
    page = read("#p-p1", wait=False)
    page.wait_for_url(newsroom.url + "p/p1/")
    expect(page.locator("article")).to_have_id("p-p1")


def test_the_readers_own_time_stands_beside_the_blogs(newsroom: Newsroom, read: Open) -> None:
    page = read(timezone_id="America/New_York")
    expect(page.locator("#p-p0 time .yours")).to_have_text("07:01 your time")
    newsroom.publish("new", "Just in")
    expect(page.locator("#p-new time .yours")).to_have_text("07:13 your time")
    assert differences(page) == []
    near = read()
    assert near.locator(".yours").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(scheme: str, newsroom: Newsroom, read: Open) -> None:
    newsroom.publish("gone", "Withdrawn soon")
    newsroom.add(e.PostWithdrawn(post="gone", reason="It was not true."))
    newsroom.fill(45)
    newsroom.add(*(e.PostKindSet(post=f"f{n}", kind=e.PostKind.KEY_EVENT) for n in range(0, 45, 9)))
    newsroom.publish("sum", "Summary", "What we know.", kind=e.PostKind.SUMMARY)
    newsroom.revise("p3", "Headline 3", "Edited.", reason="A slip.")
    newsroom.add(e.PostPinned(post="f3"))
    page = read(color_scheme=scheme)
    main = page.url
    for path in ("", "page/1/", "p/p3/", "p/gone/"):
        if path:
            page.goto(main + path)
        found = Axe().run(page).response["violations"]
        assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found] == [], path
