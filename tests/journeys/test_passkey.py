"""Signing in with a passkey, in a real browser with an authenticator: also while somebody guesses at the password."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.conftest import Open
from tests.journeys.installation import Installation

pytestmark = pytest.mark.browser


def with_authenticator(page: Page) -> None:
    """Give the browser a security key that knows its owner by a touch."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_signs_in_while_somebody_guesses_and_a_challenge_signs_in_once(
    installation: Installation, read: Open
) -> None:
    house = installation.url.replace("127.0.0.1", "localhost")  # browsers give passkeys to names alone
    link = installation.as_json("invite", "olu@courier.example")["link"].replace(installation.url, house)
    page = read(link)
    page.click("main button:has-text('Sign in')")
    page.wait_for_url("**/desk/**")
    with_authenticator(page)
    page.goto(f"{house}/accounts/2fa/webauthn/add/")
    page.check("input[name=passwordless]")
    page.click("#mfa_webauthn_add")
    expect(page.locator("main")).to_contain_text("Security key added")
    page.context.clear_cookies()

    for _ in range(11):
        page.goto(f"{house}/accounts/login/")
        page.fill("input[name=login]", "olu@courier.example")
        page.fill("input[name=password]", "wrong")
        page.click("form button.primary")
        expect(page.locator("[role=alert]")).to_be_visible()
    expect(page.locator("[role=alert]")).to_contain_text("Too many wrong guesses")

    sent: list[tuple[str, str]] = []

    def overhear(route: Route) -> None:
        if route.request.method == "POST":
            cookies = "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in page.context.cookies())
            sent.append((route.request.post_data or "", cookies))
        route.continue_()

    page.route("**/accounts/2fa/webauthn/login/", overhear)
    page.goto(f"{house}/accounts/login/")
    page.click("#passkey_login")
    page.wait_for_url(f"{house}/desk/")

    # The same once more, cookies and all, from whoever overheard it.
    [(form, cookies)] = sent
    thief = read("about:blank").context
    headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded", "Origin": house}
    again = thief.request.post(f"{house}/accounts/2fa/webauthn/login/", data=form, headers=headers, max_redirects=0)
    assert again.status == 403
    assert "opened nothing" in again.text()
