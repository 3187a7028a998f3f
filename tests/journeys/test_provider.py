"""Signing in by way of a provider that somebody else wrote, in a real browser: who comes in, and who does not."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bench.machine import reserve_port
from tests.journeys import provider as names
from tests.journeys.conftest import Open
from tests.journeys.installation import Installation, killed, until

pytestmark = pytest.mark.browser


@pytest.fixture
def provider(tmp_path: Path) -> Iterator[tuple[Installation, subprocess.Popen[str]]]:
    """A running provider, and a running installation that knows it."""
    port = reserve_port()
    folder = tmp_path / "names"
    folder.mkdir()
    (folder / "secret").write_text(names.SECRET)
    one = Installation(tmp_path / "home")
    running = subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.provider", str(port), f"{one.url}/accounts/oidc/callback/", str(folder)],
        text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path(__file__).resolve().parents[2],
    )  # fmt: skip
    one.given = {
        "ASITHAPPENED_OIDC_ISSUER": f"http://127.0.0.1:{port}",
        "ASITHAPPENED_OIDC_CLIENT_ID": names.CLIENT,
        "ASITHAPPENED_OIDC_SECRET_FILE": str(folder / "secret"),
        "ASITHAPPENED_OIDC_LABEL": "House of Names",
    }
    try:
        with one:
            one.serve()
            assert running.stdout is not None
            assert running.stdout.readline() == "ready\n"
            yield one, running
    finally:
        killed(running)


def by_the_provider(page: Page, who: str) -> None:
    """Go the way to the provider, sign in there, and allow it."""
    page.click("text=Sign in with House of Names")
    page.fill("input[name=login]", who)
    page.fill("input[name=password]", names.PASSWORD)
    page.press("input[name=password]", "Enter")
    page.click("button[value=grant]")


def test_who_was_invited_comes_in_by_the_provider_and_nobody_else_and_all_do_without_it(
    provider: tuple[Installation, subprocess.Popen[str]], read: Open
) -> None:
    one, running = provider
    _, link = (one.as_json("invite", email)["link"] for email in ("ada@courier.example", "bo@courier.example"))
    login = f"{one.url}/accounts/login/"

    ada = read(f"{login}?next=/desk/me/")
    by_the_provider(ada, "ada")
    ada.wait_for_url("**/desk/me/")
    expect(ada.locator("main")).to_contain_text("ada@courier.example")
    ada.click("nav.me summary")
    ada.click("nav.me button:has-text('Sign out')")
    ada.wait_for_url(f"{one.url}/")
    ada.goto(f"{one.url}/desk/")
    expect(ada.locator("h1")).to_have_text("Sign in to the desk")

    page = read(login)
    for who, why in (("eve", "Nobody has invited eve@courier.example"), ("bo", "does not say that an address")):
        page = read(login)
        by_the_provider(page, who)
        expect(page.locator("[role=alert]")).to_contain_text(why)
        page.goto(f"{one.url}/accounts/oidc/callback/?state=made-up&code=x")
        expect(page.locator("[role=alert]")).to_contain_text("belongs to no sign-in of this browser")

    killed(running)

    def said() -> bool:
        page.goto(login)
        page.click("text=Sign in with House of Names")
        page.locator("body").wait_for()
        return page.get_by_text("cannot be reached just now").count() > 0

    # Until that is noticed it is sent on to there; a body without words would never be visible.
    page.route("**/authorize**", lambda route: route.fulfill(body="sent on to the provider"))
    until(said, "the page says that the provider is away")
    page.goto(link)
    page.click("main button:has-text('Sign in')")
    page.wait_for_url("**/desk/**")
