"""Who comes back is told what they missed, by their own device alone, and reads on from where they left."""

import json
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from asithappened.core import events as e
from asithappened.core.ledger_events import Anchor
from tests.reader.comparing import differences
from tests.reader.conftest import Covered, Open, drawn, streaming
from tests.reader.newsroom import Newsroom, opened
from tests.reader.test_live import DEEP, HIDE, PLACE, settled

pytestmark = pytest.mark.browser

KEPT = "() => Object.entries(localStorage).filter(([name]) => name.startsWith('asithappened:left:'))"
ORDER = "() => [...document.querySelectorAll('[data-posts] > *')].map((post) => post.id.slice(2))"


def away(page: Page, newsroom: Newsroom, hours: float = 3) -> None:
    """Leave the page, and let the device's memory of it be so old when the reader returns."""
    drawn(page)  # what was not on the screen was not seen
    page.goto(newsroom.url + "known/")
    page.evaluate(
        """hours => { for (const name of Object.keys(localStorage)) {
          if (!name.startsWith("asithappened:left:")) continue;
          const visit = JSON.parse(localStorage[name]);
          localStorage[name] = JSON.stringify({...visit, at: visit.at - hours * 3_600_000});
        } }""",
        hours,
    )


def meanwhile(newsroom: Newsroom) -> None:
    """Let much happen: posts, a key event, a figure that moves, a correction of what was read and of what was not."""
    newsroom.publish("n0", "The water rises")
    newsroom.publish("n1", "The bridge is closed", kind=e.PostKind.KEY_EVENT)
    newsroom.publish("n2", "A shelter opens")
    newsroom.add(e.SeriesMoved(series="power", value=4_600.0))
    newsroom.add(e.CorrectionRecorded(correction="c1", post="p11", was="one diver", now="two divers"))
    newsroom.add(e.CorrectionRecorded(correction="c2", post="p0", was="a mile", now="two miles"))


@pytest.fixture
def watched(newsroom: Newsroom) -> Newsroom:
    """A live blog with a key event and two figures, of which one will move."""
    newsroom.add(e.PostKindSet(post="p5", kind=e.PostKind.KEY_EVENT))
    for name, label in (("power", "Homes without power"), ("trees", "Trees down")):
        newsroom.add(e.SeriesRecorded(series=name, label=label))
        newsroom.add(e.SeriesMoved(series=name, value=1_200.0, anchors=(Anchor(post="p9"),)))
    return newsroom


def test_who_comes_back_is_told_what_was_missed_and_reads_on_from_there(watched: Newsroom, read: Open) -> None:
    page = read()
    page.wait_for_function("() => document.querySelectorAll('.keyevents').length")
    away(page, watched)
    meanwhile(watched)
    asked = len(watched.requests)
    page.goto(watched.url)
    card = page.get_by_role("region", name="Since you left")
    expect(card).to_contain_text("3 new updates")
    expect(card.locator(".missed li")).to_have_count(1)
    expect(card.locator(".missed")).to_contain_text("The bridge is closed")
    expect(card.locator(".lines li")).to_have_count(1)
    expect(card.locator(".lines")).to_contain_text("4,600")
    expect(card.locator(".corrected li")).to_have_text("one diver two divers")  # what was on screen
    assert Axe().run(page, {"include": [[".since"]]}).response["violations"] == []
    expect(page.locator("[role=status]")).to_contain_text("3 new updates", timeout=15_000)
    card.get_by_role("button", name="Read on").press("Enter")
    expect(page.locator("#p-n0")).to_be_focused()
    expect(page.locator("#p-n0")).to_be_in_viewport()
    expect(card).to_have_count(0)
    assert page.evaluate(ORDER) == [*(f"p{n}" for n in range(12)), "n0", "n1", "n2"]
    watched.publish("n3", "And it goes on")
    page.locator("button.news").click()
    expect(page.locator("#p-n3")).to_be_focused()
    assert page.evaluate(ORDER)[-2:] == ["n2", "n3"]
    page.get_by_role("button", name="Newest first").click()
    expect(page.locator("#p-n3")).to_be_focused()
    settled(page, watched)
    assert differences(page) == []
    # What was asked for says nothing of who asked.
    everybodys = {watched.base + path for path in ("", "stream", "log/head.json", "corrections/")}
    assert {path for path in watched.requests[asked:] if path.startswith(watched.base)} <= everybodys


def test_after_a_long_absence_the_posts_are_fetched_that_were_missed(newsroom: Newsroom, read: Open) -> None:
    page = read()
    away(page, newsroom)
    newsroom.add(e.CorrectionRecorded(correction="c1", post="p11", was="one diver", now="two divers"))
    newsroom.fill(90, "m", "Missed")
    page.goto(newsroom.url)
    card = page.locator(".since")
    expect(card).to_contain_text("More than 2")  # 25 to 49 new updates are on this page
    expect(card.locator(".corrected")).to_contain_text("two divers")  # of a post that has moved to an older page
    card.get_by_role("button", name="Read on").click()
    expect(page.locator("#p-m0")).to_be_focused()
    order = page.evaluate(ORDER)
    assert order[order.index("m0") :] == [f"m{n}" for n in range(90)]
    settled(page, newsroom)
    page.get_by_role("button", name="Newest first").press("Enter")
    assert differences(page) == []


def test_nothing_is_said_to_who_missed_nothing_and_the_card_moves_nothing(watched: Newsroom, read: Open) -> None:
    page = read()
    away(page, watched)
    page.goto(watched.url)
    streaming(watched)
    settled(page, watched)
    expect(page.locator(".since")).to_have_count(0)
    page.evaluate("y => scrollTo(0, y)", DEEP)
    kept = page.evaluate("[...document.querySelectorAll('article')].find(a => a.getBoundingClientRect().top > 0).id")
    before = page.evaluate(PLACE, kept)
    page.evaluate(HIDE, True)
    meanwhile(watched)
    # The night goes by in a tab that stays open.
    page.evaluate("() => { const now = Date.now; Date.now = () => now() + 9 * 3_600_000; }")
    page.evaluate(HIDE, False)
    expect(page.locator(".since")).to_contain_text("3 new updates", timeout=20_000)
    assert page.evaluate(PLACE, kept) == pytest.approx(before, abs=1)
    watched.add(e.PostWithdrawn(post="n1"))
    expect(page.locator(".since")).not_to_contain_text("The bridge")
    expect(page.locator(".since")).to_contain_text("2 new updates")
    page.locator(".since .close").press("Enter")
    expect(page.locator(".since")).to_have_count(0)
    settled(page, watched)
    assert differences(page) == []


def test_the_device_keeps_no_words_and_no_longer_than_it_may(newsroom: Newsroom, read: Open) -> None:
    newsroom.add(*(newsroom.post(f"many{n}", published_at=newsroom.at) for n in range(20)))
    page = read()
    away(page, newsroom, 0)
    ((name, kept),) = page.evaluate(KEPT)
    visit: dict[str, Any] = json.loads(kept)
    assert name == f"asithappened:left:{newsroom.base}"
    assert set(visit) == {"epoch", "seq", "at", "seen"}
    assert visit["seq"] == newsroom.head
    assert set(visit["seen"].values()) == {0}
    assert set(visit["seen"]) <= {f"many{n}" for n in range(20)} | {f"p{n}" for n in range(12)}
    page.evaluate(
        """name => { const visit = JSON.parse(localStorage[name]);
          visit.seen = Object.fromEntries([...Array(900).keys()].map((n) => ["old" + n, 0]));
          localStorage[name] = JSON.stringify(visit);
          localStorage["asithappened:left:/live/other/"] = JSON.stringify({...visit, at: Date.now() - 31 * 86_400_000});
        }""",
        name,
    )
    page.goto(newsroom.url)
    streaming(newsroom)
    page.wait_for_function("() => localStorage.length === 1")
    away(page, newsroom, 0)
    ((name, kept),) = page.evaluate(KEPT)
    assert len(json.loads(kept)["seen"]) == 300
    assert "many19" in json.loads(kept)["seen"]


def test_a_reader_has_all_of_it_forgotten_by_the_card_or_the_switch(watched: Newsroom, read: Open) -> None:
    page = read()
    away(page, watched)
    meanwhile(watched)
    page.goto(watched.url)
    page.get_by_role("button", name="Forget it").click()
    expect(page.locator(".since")).to_contain_text("Forgotten.")
    switch = page.get_by_role("checkbox", name="Remember where I left off")
    expect(switch).not_to_be_checked()
    assert page.evaluate(KEPT) == []
    away(page, watched)
    watched.publish("more", "More")
    page.goto(watched.url)
    streaming(watched)
    settled(page, watched)
    expect(page.locator(".since")).to_have_count(0)
    assert page.evaluate(KEPT) == []
    switch.check()
    away(page, watched)
    watched.publish("again", "Again")
    page.goto(watched.url)
    expect(page.locator(".since")).to_contain_text("1 new update")


def test_another_life_of_the_log_and_no_storage_are_no_visit(newsroom: Newsroom, read: Open) -> None:
    page = read()
    away(page, newsroom)
    newsroom.forget("p3")
    newsroom.publish("new", "New")
    page.goto(newsroom.url)
    expect(page.locator("#p-new")).to_be_attached()
    settled(page, newsroom)
    expect(page.locator(".since")).to_have_count(0)
    page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('none'); }})")
    page.goto(newsroom.url)
    streaming(newsroom)
    newsroom.publish("after", "After")
    expect(page.locator("#p-after")).to_be_attached()


@pytest.mark.parametrize(("language", "words"), [("de", "3 neue"), ("ar", "منذ مغادرتك")])
def test_the_card_speaks_the_live_blogs_language(language: str, words: str, covered: Covered, read: Open) -> None:
    room = covered(opened("storm", "1", language=language))
    room.publish("a", "1")
    page = read("p/p0/", wait=False, viewport={"width": 360, "height": 740})
    page.goto(room.url)
    streaming(room)
    away(page, room)
    for n in range(3):
        room.publish(f"n{n}", "2", kind=e.PostKind.KEY_EVENT)
    page.goto(room.url)
    expect(page.locator(".since")).to_contain_text(words)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
