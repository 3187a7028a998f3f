"""The desk's one screen in a browser: live, by keyboard, and without another page."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.journeys.conftest import served
from tests.journeys.installation import Installation, until

pytestmark = pytest.mark.browser


class Colleague:
    """Somebody who works on the same live blog from elsewhere, through the desk's JSON."""

    def __init__(self, context: BrowserContext, house: str, slug: str) -> None:
        self.context, self.desk, self.posts = context, f"{house}/desk/live/{slug}/", 0
        told = context.request.get(f"{house}/desk/me/", headers={"Accept": "application/json"}).json()
        self._token = told["csrf"]

    def sends(self, path: str, **fields: Any) -> dict[str, Any]:
        """Send a button of the desk, which must do what it says."""
        headers = {"X-CSRFToken": self._token, "Content-Type": "application/json", "Referer": self.desk}
        answer = self.context.request.post(path, headers=headers, data=json.dumps({"version": 1, **fields}))
        assert answer.ok, answer.text()
        told: dict[str, Any] = answer.json()
        return told

    def publishes(self, title: str) -> str:
        """Publish a post and return its id."""
        self.posts += 1
        words = {"type": "paragraph", "content": [{"type": "text", "text": f"What is known of it: {title}. " * 12}]}
        body = {"type": "doc", "content": [words]}
        told = self.sends(f"{self.desk}write/", do="publish", once=f"post-{self.posts}", title=title, body=body)
        return str(told["receipt"]["post"])


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Return a running installation."""
    yield from served(Installation(tmp_path_factory.mktemp("screen") / "home"))


@pytest.fixture(scope="module")
def signed_in(newsroom: Installation, browser: Browser) -> Any:
    """Return the cookies of an owner."""
    link = newsroom.as_json("invite", "olu@courier.example", "--admin", "--name", "Olu Owner")["link"]
    context = browser.new_context()
    page = context.new_page()
    page.goto(link)
    page.click("main button:has-text('Sign in')")
    page.wait_for_url("**/desk/**")
    state = context.storage_state()
    context.close()
    return state


_OPENED: list[str] = []


POSTS = 8  # more than a window of 500 px shows


@pytest.fixture
def colleague(newsroom: Installation, signed_in: Any, browser: Browser) -> Iterator[Colleague]:
    """Return a colleague at a live blog of its own with some posts."""
    context = browser.new_context(storage_state=signed_in)
    slug = f"storm-{len(_OPENED)}"
    _OPENED.append(slug)
    one = Colleague(context, newsroom.url, slug)
    one.sends(
        f"{newsroom.url}/desk/open/", do="open", once=slug, title=f"Storm {slug}", slug=slug, audience="everyone",
        zone="Europe/London", language="en",
    )  # fmt: skip
    for n in range(POSTS):
        one.publishes(f"Post {n}")
    yield one
    context.close()


Open = Callable[..., Page]


@pytest.fixture
def desk(colleague: Colleague, signed_in: Any, browser: Browser) -> Iterator[Open]:
    """Open the screen; a script's error, or a policy's, fails the test."""
    wrong: list[str] = []
    contexts = []

    def opened(width: int = 1440, height: int = 900, **more: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, storage_state=signed_in, **more)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if "Content Security Policy" in said.text else None)
        page.goto(colleague.desk)
        page.evaluate("window.same = 'no other page'")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []


def live(page: Page) -> Page:
    """Return a screen that hears readers' stream."""
    expect(page.locator("[data-screen]")).to_have_attribute("data-connection", "live")
    return page


def titles(page: Page) -> list[str]:
    """Return the headlines in the timeline, from the top."""
    return page.locator("#rows > .desk-post :is(h2, h3)").all_inner_texts()


def test_a_colleagues_post_edit_and_withdrawal_reach_an_open_screen(desk: Open, colleague: Colleague) -> None:
    page = live(desk())
    new = colleague.publishes("Lenn Bridge closed")
    expect(page.locator("#rows > .desk-post").first).to_contain_text("Lenn Bridge closed")
    colleague.sends(f"{colleague.desk}p/{new}/change/", do="key_event")
    expect(page.locator(f"#row-{new} .badge-key")).to_be_visible()
    colleague.sends(f"{colleague.desk}p/{new}/withdraw/", do="withdraw", reason="It is open.")
    expect(page.locator(f"#row-{new}")).to_contain_text("It is open.")
    assert page.evaluate("window.same") == "no other page"


@pytest.mark.parametrize("audience", ["members", "nobody"])
def test_a_rehearsal_is_as_live_at_the_desk(desk: Open, colleague: Colleague, audience: str) -> None:
    colleague.sends(f"{colleague.desk}settings/", do="audience", audience=audience)
    page = desk()
    if audience == "members":
        live(page)
    expect(page.locator("[data-here]")).to_contain_text("Olu Owner")  # the beat was answered
    colleague.publishes("Lenn Bridge closed")
    expect(page.locator("#rows > .desk-post").first).to_contain_text("Lenn Bridge closed")


def test_a_long_shift_leaves_two_hundred_rows_in_the_page(desk: Open, colleague: Colleague) -> None:
    page = live(desk())
    made = "".join(
        f'<div class="desk-post" id="row-n{n}" data-row="n{n}" data-o="9000000000000000-{n}"></div>'
        for n in range(300, 0, -1)
    )

    def many(route: Route) -> None:
        route.fulfill(body=f'<div id="rows" data-head="999999" data-epoch="x">{made}</div>', content_type="text/html")

    page.route("**/rows/**", many)
    colleague.publishes("One of very many")
    expect(page.locator("#rows > .desk-post")).to_have_count(200)
    expect(page.locator("#rows > .older")).to_be_visible()


def test_what_is_new_waits_above_who_reads_and_moves_nothing(desk: Open, colleague: Colleague) -> None:
    page = live(desk(height=500))
    page.evaluate("scrollTo(0, 900)")
    places = "[...document.querySelectorAll('.desk-post')].map(row => [row.id, row.getBoundingClientRect().top])"
    seen = next(place for place in page.evaluate(places) if place[1] > 100)
    colleague.publishes("First above")
    colleague.publishes("Second above")
    expect(page.locator("[data-news]")).to_have_text("2 new above")
    assert page.locator(f"#{seen[0]}").evaluate("e => e.getBoundingClientRect().top") == pytest.approx(seen[1], abs=1)
    page.keyboard.press(".")
    expect(page.locator("#rows > .desk-post:focus")).to_contain_text("Second above")
    assert titles(page)[:2] == ["Second above", "First above"]


def test_a_post_is_pinned_made_key_withdrawn_and_brought_back_by_keys_alone(desk: Open, colleague: Colleague) -> None:
    page = live(desk())
    page.keyboard.press("j")
    row = page.locator("#rows > .desk-post").first
    expect(row).to_be_focused()
    page.keyboard.press("p")
    expect(row.locator(".ribbon")).to_have_text("Pinned")
    expect(page.locator("[data-status-line]")).to_contain_text("is pinned")
    page.keyboard.press("Shift+K")
    expect(row.locator(".badge-key")).to_be_visible()
    page.keyboard.press("w")
    page.keyboard.type("Too early.")
    page.keyboard.press("Enter")
    expect(row).to_contain_text("Too early.")
    expect(row).to_be_focused()
    page.keyboard.press("r")
    expect(row.locator(".badge-key")).to_be_visible()
    page.keyboard.press("h")
    expect(page.locator("dialog[open]")).to_contain_text("Too early.")
    page.keyboard.press("Escape")
    expect(row).to_be_focused()
    assert page.evaluate("window.same") == "no other page"


def test_what_was_done_is_taken_back_where_it_was_said(desk: Open) -> None:
    page = live(desk())
    page.keyboard.press("j")
    page.keyboard.press("p")
    expect(page.locator("#rows > .desk-post .ribbon")).to_have_count(1)
    page.click("[data-status-line] button")
    expect(page.locator("#rows > .desk-post .ribbon")).to_have_count(0)


def test_a_refusal_is_said_at_the_row(desk: Open, colleague: Colleague) -> None:
    page = live(desk())
    page.keyboard.press("j")
    row = page.locator("#rows > .desk-post").first
    post = row.get_attribute("data-row")
    page.context.set_offline(True)
    page.keyboard.press("p")
    expect(row.locator("[data-said]")).to_contain_text("No answer came")
    page.context.set_offline(False)
    colleague.sends(f"{colleague.desk}p/{post}/change/", do="pin")
    until(lambda: page.locator(f"#row-{post} .ribbon").count(), "the row knows that it is pinned")


def test_letters_do_nothing_where_one_types_or_has_switched_them_off(desk: Open) -> None:
    page = live(desk())
    page.locator("[data-finder] [type=search]").focus()
    page.keyboard.type("pkj?")
    assert page.locator("dialog[open]").count() == 0
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.get_by_label("Single keys do something").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("?")
    assert page.locator("#keys").is_hidden()
    assert page.locator(".desk-post:focus").count() == 0
    page.reload()
    page.keyboard.press("j")
    assert page.locator(".desk-post:focus").count() == 0
    page.locator("[data-keys-open]").click()
    expect(page.get_by_label("Single keys do something")).not_to_be_checked()


def test_tabs_are_walked_by_arrows_and_opened_by_g_and_a_letter(desk: Open) -> None:
    page = live(desk())
    tabs = page.get_by_role("tab")
    page.keyboard.press("g")
    page.keyboard.press("a")
    expect(page.get_by_role("tab", name="About")).to_be_focused()
    expect(page.get_by_role("tabpanel")).to_contain_text("Who is on")
    page.keyboard.press("Home")
    expect(tabs.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowLeft")
    expect(tabs.last).to_be_focused()
    expect(tabs.last).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("tabpanel")).to_contain_text("Last done")
    assert page.evaluate("window.same") == "no other page"


def test_posts_are_found_as_one_types(desk: Open, colleague: Colleague) -> None:
    gone = colleague.publishes("Lighthouse dark")
    colleague.sends(f"{colleague.desk}p/{gone}/withdraw/", do="withdraw", reason="")
    page = live(desk())
    page.keyboard.press("/")
    page.keyboard.type("lighthouse")
    expect(page.locator("#rows > .desk-post")).to_have_count(1)
    expect(page.locator("#rows > .desk-post")).to_contain_text("Lighthouse dark")
    page.click("[data-filters] a:text-is('All')")
    expect(page.locator("#rows > .desk-post")).to_have_count(POSTS + 1)
    assert page.evaluate("window.same") == "no other page"


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1440, "light"), (900, "dark")])
def test_axe_finds_nothing_on_the_screen_whatever_is_open_on_it(desk: Open, width: int, scheme: str) -> None:
    page = live(desk(width, color_scheme=scheme, bypass_csp=True))

    def check(state: str) -> None:
        found = Axe().run(page).response["violations"]
        wrong = [(one["id"], node["html"], node["failureSummary"]) for one in found for node in one["nodes"]]
        assert wrong == [], state
        assert page.evaluate("document.documentElement.scrollWidth") <= width, state

    check("as it opens")
    page.keyboard.press("g")
    page.keyboard.press("a")
    expect(page.get_by_role("tabpanel")).to_contain_text("Who is on")
    check("a tab")
    if width < 720:
        page.locator("[data-to-timeline]").click()
    page.locator("#rows > .desk-post").first.focus()  # J would go on in the panel, where the focus is
    page.keyboard.press("m")
    expect(page.locator("details.row-menu[open]")).to_have_count(1)
    check("a row's menu")
    page.keyboard.press("Escape")
    page.locator(".desk-post").first.focus()
    page.keyboard.press("w")
    expect(page.locator(".ask-here")).to_be_visible()
    check("a withdrawal")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    check("the keys")
