"""A reader looks for a word in a live blog and in the house, on a phone and without script, and lands on the post."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Open
from tests.journeys.installation import Installation, until

pytestmark = pytest.mark.browser

POSTS = ["The ferry runs again.", "Überflutung at the harbour wall.", "Nothing moves in the town."]
PAGE = "Gale\n\nLast modified: 01: 00 PM\n\nA gale.\n\n" + "\n\nUpdated\n\n".join(POSTS) + "\n\nUpdated\n"


def find(page: Page, typed: str) -> None:
    """Type into the box of the page, and send it."""
    page.locator(".find [type=search]").fill(typed)
    page.locator(".find [type=search]").press("Enter")
    page.wait_for_url("**/search?q=*")


def test_what_is_typed_into_the_box_is_found_and_led_to(read: Open, tmp_path: Path) -> None:
    (tmp_path / "gale.txt").write_text(PAGE, encoding="utf-8")
    with Installation(tmp_path / "home") as one:
        one.command(
            "import", str(tmp_path / "gale.txt"), "--as", "page-text", "--slug", "gale", "--audience", "everyone"
        )
        one.serve()
        page = read(f"{one.url}/live/gale/", viewport={"width": 360, "height": 740})
        find(page, "uberflutung")
        until(lambda: page.reload() and page.locator(".hits mark").count(), "the worker has followed")
        expect(page.locator(".hits mark")).to_have_text(
            ["Überflutung", "Überflutung"][: page.locator(".hits mark").count()]
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        found = Axe().run(page).response["violations"]
        assert [each["id"] for each in found] == []
        page.locator(".hits h3 a").first.click()
        page.wait_for_url("**/live/gale/#p-*")
        expect(page.locator(".post:target")).to_contain_text("harbour wall")
        plain = read(f"{one.url}/", java_script_enabled=False)
        find(plain, "GALE")
        plain.get_by_label("In the headline first").check()
        plain.locator(".blog-search .find button").click()
        plain.wait_for_url("**order=best*")
        expect(plain.locator(".hits h3 a").first).to_have_text("Gale")
        plain.goto(f"{one.url}/live/nothing/search?q=x")
        expect(plain.locator(".hits")).to_have_count(0)
        expect(plain.locator("h1")).to_be_visible()
