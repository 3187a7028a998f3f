"""Back leads to the post that was being read, at the height where it was, whatever copy of the page the browser has."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.reader.comparing import differences
from tests.reader.conftest import Covered, streaming
from tests.reader.line import wait_until
from tests.reader.newsroom import Newsroom, opened

pytestmark = pytest.mark.browser

FIRST = """() => {
  const first = [...document.querySelectorAll("[data-posts] > *")].find(p => p.getBoundingClientRect().bottom > 0);
  return [first.id, first.getBoundingClientRect().top];
}"""
NO_STORAGE = (
    """Object.defineProperty(window, "sessionStorage", {get() { throw new DOMException("no", "SecurityError"); }});"""
)


@pytest.fixture
def thirty(covered: Covered) -> Newsroom:
    """A live blog of thirty short posts on one page."""
    newsroom = covered(opened("storm", "A storm", zone="Europe/London"))
    newsroom.fill(30, "t", "Short", text="Two hundred characters or so of what happened just now. " * 4)
    return newsroom


@pytest.fixture
def cached(browser: Browser) -> Iterator[BrowserContext]:
    """A window of a browser that keeps whole pages for Back, which automation switches off."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))))
    again = browser.browser_type.launch(
        executable_path=found,
        args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
        ignore_default_args=["--disable-back-forward-cache"],
    )
    yield again.new_context(viewport={"width": 1280, "height": 720})
    again.close()


def left_and_back(page: Page, newsroom: Newsroom, deep: int = 2600) -> tuple[str, float]:
    """Read on a page that three posts slide into, leave it, and come back; return what was first, and where."""
    page.goto(newsroom.url)
    streaming(newsroom)
    for n in range(3):
        newsroom.publish(f"slid{n}", f"Slid in {n}", "While the reader was at the very top. " * 5)
        expect(page.locator(f"#p-slid{n}")).to_be_attached()
    page.evaluate("y => scrollTo(0, y)", deep)
    post, top = page.evaluate(FIRST)
    page.goto(newsroom.url + "p/t3/")
    newsroom.publish("meanwhile", "Meanwhile")
    page.evaluate("history.back()")  # Playwright waits for a load that a page kept whole never has
    page.wait_for_url(newsroom.url, wait_until="commit")
    expect(page.locator("button.news")).to_have_text("1 new update")
    expect(page.locator("#p-slid2")).to_be_attached()
    return post, top


def stands(page: Page, post: str, top: float) -> None:
    """Wait until the post that was being read is where it was, within 8 px."""
    expected = page.locator(f"#{post}")
    wait_until(lambda: abs(expected.evaluate("post => post.getBoundingClientRect().top") - top) <= 8)


@pytest.mark.parametrize("copy", ["old", "fresh"])
def test_back_leads_to_the_post_that_was_being_read(copy: str, thirty: Newsroom, browser: Browser) -> None:
    thirty.caching = b"no-store" if copy == "fresh" else b""
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    stands(page, *left_and_back(page, thirty))
    page.reload()
    expect(page.locator("#p-meanwhile")).to_be_attached()  # whoever asks for the page again gets all of it
    expect(page.locator("button.news")).to_be_hidden()
    assert differences(page) == []
    page.context.close()


def test_back_leads_there_from_the_browsers_own_copy_too(thirty: Newsroom, cached: BrowserContext) -> None:
    page = cached.new_page()
    page.add_init_script("addEventListener('pageshow', event => window.persisted = event.persisted)")
    stands(page, *left_and_back(page, thirty))
    assert page.evaluate("persisted")


@pytest.mark.parametrize("copy", ["old", "fresh"])
def test_a_post_that_the_old_copy_lacks_is_come_back_to_as_well(copy: str, thirty: Newsroom, browser: Browser) -> None:
    thirty.caching = b"no-store" if copy == "fresh" else b""
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    post, top = left_and_back(page, thirty, deep=330)
    assert post.startswith("p-slid"), "the test reads a post that slid in"
    stands(page, post, top)
    page.context.close()


def test_without_storage_a_page_still_lives_and_goes_back(thirty: Newsroom, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.add_init_script(NO_STORAGE)
    page.goto(thirty.url)
    streaming(thirty)
    page.evaluate("scrollTo(0, 2600)")
    page.goto(thirty.url + "p/t3/")
    page.go_back()
    streaming(thirty)
    thirty.publish("after", "After it")
    expect(page.locator("button.news")).to_have_text("1 new update")
    page.wait_for_function("() => scrollY > 2000")  # the browser's own way is left to it
    assert errors == []
    page.context.close()


def test_back_within_the_page_is_the_browsers_own(thirty: Newsroom, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    left_and_back(page, thirty)
    page.evaluate("scrollTo(0, 2000)")
    page.evaluate("location.hash = 'updates'")
    page.wait_for_function("scrollY < 1900")
    page.go_back()
    page.wait_for_function("Math.abs(scrollY - 2000) < 9")
    page.context.close()
