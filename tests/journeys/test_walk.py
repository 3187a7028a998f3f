"""The walk of a new user, from the first sign-in to the closing of a day, as often as it takes a click or a page.

Each step goes on from what the screen shows. The clicks and page loads of each are compared with docs/desk.md.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.installation import Installation

pytestmark = pytest.mark.browser
DOCUMENTED = Path(__file__).resolve().parents[2] / "docs/desk.md"


@dataclass
class Walk:
    """What each step took. A page counts when a new document is there."""

    steps: list[tuple[str, int, int]] = field(default_factory=list)
    clicks: int = 0
    loads: int = 0

    def watch(self, page: Page) -> Page:
        """Count the documents of a page from now on."""
        page.set_default_timeout(30_000)
        page.on("domcontentloaded", lambda _: self._loaded())
        return page

    def _loaded(self) -> None:
        self.loads += 1

    def click(self, page: Page, what: str, role: str = "button", exact: bool = False) -> None:
        """Press what is seen on the page, by its name."""
        self.clicks += 1
        page.get_by_role(role, name=re.compile(what if not exact else f"^{what}$")).first.click()  # type: ignore[arg-type]

    def done(self, step: str) -> None:
        """Write down what a step took."""
        self.steps.append((step, self.clicks, self.loads))
        self.clicks = self.loads = 0

    def table(self) -> str:
        """Return the steps as documentation has them."""
        rows = [f"| {step} | {clicks} | {loads} |" for step, clicks, loads in self.steps]
        total = f"| in all | {sum(s[1] for s in self.steps)} | {sum(s[2] for s in self.steps)} |"
        return "\n".join(["| step | clicks | page loads |", "| --- | --- | --- |", *rows, total])


def wait_for_editor(page: Page) -> None:
    """Return once the editor stands in the composer."""
    page.wait_for_selector("[data-composer-place] [contenteditable=true]")


def write(page: Page, headline: str, *lines: str) -> None:
    """Write a post from anywhere on the screen, by the keyboard alone."""
    page.keyboard.press("n")
    expect(page.locator("[data-composer-place] [contenteditable=true]")).to_be_focused()
    for number, line in enumerate(lines):
        if number:
            page.keyboard.press("Enter")
        page.keyboard.type(line)
    page.locator("[data-composer-place] [name=title]").focus()  # Shift and Tab
    page.keyboard.type(headline)


def test_a_new_user_goes_from_the_invitation_to_a_closed_day(installation: Installation, browser: Browser) -> None:
    walk = Walk()
    link = installation.as_json("invite", "olu@courier.example", "--admin", "--name", "Olu Quist")["link"]
    desk = walk.watch(browser.new_context(viewport={"width": 1440, "height": 900}).new_page())

    desk.goto(link)
    walk.click(desk, "Sign in")
    desk.wait_for_url("**/desk/welcome/")
    walk.done("sign in, by the link that was passed on")

    walk.click(desk, "Next: a live blog")
    desk.get_by_label("Headline").fill("Storm Isolde: what we know")
    desk.get_by_label("Everyone").check()
    walk.clicks += 1
    walk.click(desk, "Open it")
    desk.get_by_label("E-mail address").fill("nia@courier.example")
    desk.get_by_label("Byline").fill("Nia Vale")
    desk.get_by_label("As", exact=True).select_option("contributor")
    walk.click(desk, "Add", exact=True)
    invited = desk.get_by_label("One-time sign-in link").input_value()
    walk.click(desk, "Done")
    wait_for_editor(desk)
    walk.done("open a live blog, and add a contributor")

    write(desk, "The sea wall is breached", "> Get to high ground.")
    desk.keyboard.press("Control+Enter")
    post = desk.locator("#rows .desk-post").first
    expect(post.locator("blockquote")).to_contain_text("Get to high ground.")
    expect(post).to_contain_text("The sea wall is breached")
    walk.done("publish a post with a headline and a quotation")

    post.focus()  # J
    desk.keyboard.press("e")
    inner = post.locator("form[data-composer] [contenteditable=true]")
    expect(inner).to_be_focused()
    desk.keyboard.press("Control+End")
    desk.keyboard.type(" Now.")
    desk.keyboard.press("Control+Enter")
    expect(post.locator("form[data-composer]")).to_have_count(0)
    expect(post).to_contain_text("Now.")
    walk.done("edit it")

    post.focus()
    desk.keyboard.press("p")
    expect(desk.locator("#rows .desk-post.pinned")).to_have_count(1)
    walk.done("pin it")

    theirs = walk.watch(browser.new_context(viewport={"width": 1440, "height": 900}).new_page())
    theirs.goto(invited)
    walk.click(theirs, "Sign in")
    wait_for_editor(theirs)
    write(theirs, "Bridge shut", "Since noon.")
    theirs.keyboard.press("Control+Enter")
    walk.clicks += 1
    theirs.locator("[data-tab=submissions]").click()
    expect(theirs.locator("[data-panel]")).to_contain_text("Bridge shut")
    walk.done("a contributor signs in, and hands in a post")

    walk.clicks += 1
    desk.locator("[data-tab=submissions]").click()
    expect(desk.locator("[data-panel]")).to_contain_text("Bridge shut")
    walk.click(desk, "Approve")
    expect(desk.locator("#rows")).to_contain_text("Bridge shut")
    walk.done("approve it")

    write(desk, "Tide table", "High water at six.")
    walk.clicks += 1
    desk.locator("[data-composer-place] .later-fields summary").click()
    desk.locator("[data-composer-place] [name=at]").fill("2099-11-26 06:00")
    walk.click(desk, "Schedule", exact=True)
    walk.clicks += 1
    desk.locator("[data-tab=scheduled]").click()
    expect(desk.locator("[data-panel]")).to_contain_text("Tide table")
    walk.done("schedule another")

    walk.clicks += 1
    desk.locator("[data-tab=handover]").click()
    expect(desk.locator("[data-panel]")).to_contain_text("Tide table")
    walk.click(desk, "Print, or share by a link", role="link")
    walk.click(desk, "Make a link")
    sheet = desk.get_by_label("Link to the handover").input_value()
    desk.keyboard.press("Escape")
    walk.done("hand over by a link")
    stranger = browser.new_context().new_page()
    stranger.goto(sheet)
    expect(stranger.locator("main")).to_contain_text("Bridge shut")

    walk.clicks += 1
    desk.locator("summary:has(.gear)").click()
    walk.click(desk, "Close it, as it happened", role="link")
    walk.click(desk, "Close it, as it happened")
    expect(desk.locator("[data-frame=notice]")).to_contain_text("closed, as it happened")
    expect(desk.locator("[data-frame=status]")).to_contain_text("Closed")
    walk.done("close the day")

    assert walk.table() in DOCUMENTED.read_text("utf-8"), f"docs/desk.md has other counts than:\n{walk.table()}"
    for context in browser.contexts:
        context.close()
