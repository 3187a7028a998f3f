"""A device that others use too, or that keeps nothing: no word is somebody else's, or goes silently."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, expect

from tests.journeys.conftest import served
from tests.journeys.installation import Installation, until
from tests.journeys.newsroom import STORM, Newsroom, staffed
from tests.journeys.test_kept import FIELD, NO_DATABASE, ON_DEVICE, STATE, at_desk, typed

pytestmark = pytest.mark.browser

ON_DEVICE_COUNT = """() => new Promise(resolve => {
  const asked = indexedDB.open("asithappened-desk");
  asked.onsuccess = () => {
    const all = asked.result.transaction("drafts").objectStore("drafts").count();
    all.onsuccess = () => { asked.result.close(); resolve(all.result); };
  };
})"""


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Newsroom]:
    """Return a newsroom with people who are signed in."""
    for one in served(Installation(tmp_path_factory.mktemp("shared") / "home")):
        room = staffed(one, browser)
        room.sign_in("tom", one.as_json("invite", "tom@courier.example", "--admin", "--name", "Tom Adeyard")["link"])
        yield room


@pytest.fixture
def at(newsroom: Newsroom) -> Iterator[Callable[[str], BrowserContext]]:
    """Return a function that gives somebody who is signed in a browser of their own."""
    made = []

    def opened(who: str) -> BrowserContext:
        context = newsroom.context(who)
        made.append(context)
        return context

    yield opened
    for context in made:
        context.close()


def away(context: BrowserContext) -> None:
    """Let no draft reach the server."""
    context.route("**/drafts/", lambda route: route.abort())


def only_here(page: Page, words: str) -> None:
    """Type words, and return once this device alone has them."""
    typed(page, words)
    expect(page.locator(STATE)).to_contain_text("Only on this device")
    until(lambda: page.evaluate(ON_DEVICE, words), "this device has it")


def sign_in(newsroom: Newsroom, context: BrowserContext, name: str, *more: str) -> None:
    """Sign somebody in, as in another tab of this browser."""
    page = context.new_page()
    page.goto(newsroom.installation.as_json("invite", f"{name}@courier.example", *more)["link"])
    page.click("main button:has-text('Sign in')")
    page.wait_for_url("**/desk/**")
    page.close()


def sign_out(page: Page) -> None:
    """Press the button."""
    page.locator(".me summary").click()
    page.locator("form[data-sign-out] button").click()


def test_words_that_are_only_here_are_kept_for_their_author_alone_or_deleted(
    newsroom: Newsroom, at: Callable[[str], BrowserContext]
) -> None:
    device, url = at("owner"), newsroom.installation.url + STORM
    away(device)
    page = at_desk(device, url)
    only_here(page, "Half a secret")
    sign_out(page)
    expect(page.locator("dialog [data-count]")).to_have_text("1")
    page.locator("[data-choice=keep]").click()
    page.wait_for_url(f"{newsroom.installation.url}/")
    assert page.evaluate(ON_DEVICE, "Half a secret")

    sign_in(newsroom, device, "zoe", "--admin")
    page = at_desk(device, url)
    page.locator("[data-tab=drafts]").click()
    expect(page.locator("[data-panel]")).not_to_contain_text("secret")
    expect(page.locator(FIELD)).to_have_text("")
    sign_out(page)  # and is asked nothing
    page.wait_for_url(f"{newsroom.installation.url}/")
    assert page.evaluate(ON_DEVICE, "Half a secret")

    sign_in(newsroom, device, "olu")
    page = at_desk(device, url)
    expect(page.locator(FIELD)).to_have_text("Half a secret")
    other = at_desk(device, url)
    only_here(other, "The other half")
    device.set_offline(True)
    sign_out(page)
    page.locator("[data-choice=wipe]").click()
    expect(page.locator("[data-failed]")).to_be_visible()
    assert page.evaluate(ON_DEVICE, "Half a secret"), "whoever could not be signed out has lost nothing"
    device.set_offline(False)
    page.locator("[data-choice=wipe]").click()
    for window in (page, other):
        expect(window).not_to_have_url(url)
    until(lambda: page.evaluate(ON_DEVICE_COUNT) == 0, "nothing is left on this device")


def test_while_somebody_else_is_signed_in_here_nothing_is_sent_in_their_name(
    newsroom: Newsroom, at: Callable[[str], BrowserContext]
) -> None:
    device = at("editor")
    page = at_desk(device, newsroom.installation.url + STORM)
    typed(page, "Mine")
    expect(page.locator(STATE)).to_contain_text("Saved")
    sign_in(newsroom, device, "pat", "--admin")  # who might publish here
    typed(page, " alone")
    bar = page.locator("[data-signed-out]")
    expect(bar).to_contain_text("pat@courier.example is signed in here now.")
    expect(bar.get_by_role("link", name="Sign in again as Ana Lind")).to_be_visible()
    expect(bar.get_by_role("link", name="Go on as pat@courier.example")).to_be_visible()
    page.locator(FIELD).press("Control+Enter")
    expect(page.locator("[data-outbox]")).to_contain_text("1 waiting to be sent")
    assert newsroom.installation.head("storm") == 1, "nothing is published"
    sign_in(newsroom, device, "editor")
    expect(bar).to_be_hidden()
    until(lambda: newsroom.installation.head("storm") == 2, "it is published when she is back")
    assert newsroom.installation.log("storm")[-1]["payload"]["bylines"] == ["Ana Lind"]
    sign_out(page)  # with the token of before that sign-in
    page.wait_for_url(f"{newsroom.installation.url}/")


def test_a_full_device_says_so_at_once_and_what_is_nowhere_is_not_left_unasked(
    newsroom: Newsroom, at: Callable[[str], BrowserContext]
) -> None:
    device, url = at("tom"), newsroom.installation.url + STORM
    page = at_desk(device, url)
    quota = device.new_cdp_session(page)
    quota.send("Storage.overrideQuotaForOrigin", {"origin": newsroom.installation.url, "quotaSize": 1})
    typed(page, "No room for this")
    expect(page.locator("[data-status-line]")).to_contain_text("No room is left on this device")
    expect(page.locator(STATE)).to_contain_text("Saved")
    left_unasked(device, page, "Nor for that")
    quota.send("Storage.overrideQuotaForOrigin", {"origin": newsroom.installation.url})
    typed(page, " again")
    until(lambda: page.evaluate(ON_DEVICE, "again"), "there is room again")


def test_a_private_window_that_keeps_nothing_is_not_left_unasked(
    newsroom: Newsroom, at: Callable[[str], BrowserContext]
) -> None:
    device = at("tom")
    left_unasked(device, at_desk(device, newsroom.installation.url + STORM, NO_DATABASE), "Nowhere at all")


def left_unasked(device: BrowserContext, page: Page, words: str) -> None:
    """Type what neither the server nor this device keeps: it is said, and signing out asks before it goes."""
    away(device)
    typed(page, words)
    expect(page.locator(STATE)).to_contain_text("Kept nowhere")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    sign_out(page)
    until(lambda: page.evaluate("1") and asked == ["beforeunload"], "the browser asked")
    expect(page.locator(FIELD)).to_contain_text(words)
