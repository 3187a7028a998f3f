"""An authenticator app and its recovery codes, in a real browser, from being added to being lost."""

import base64
import hmac
import struct
import time

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Open
from tests.journeys.installation import Installation
from tests.journeys.test_passkey import with_authenticator

pytestmark = pytest.mark.browser

PASSWORD = "four words, no neighbours"


def code(secret: str) -> str:
    """Return what an authenticator app shows now (RFC 6238)."""
    mac = hmac.digest(base64.b32decode(secret), struct.pack(">Q", int(time.time()) // 30), "sha1")
    at = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[at : at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def give(page: Page, secret: str, button: str) -> None:
    """Type the code of now; and that of the next half minute, if it has begun meanwhile."""
    for _ in range(3):
        page.fill("input[name=code]", code(secret))
        here = page.url
        page.click(button)
        page.wait_for_load_state()
        if page.url != here or not page.locator(".error, [role=alert]").count():
            return


def with_password(page: Page, house: str) -> None:
    page.goto(f"{house}/accounts/login/")
    page.fill("input[name=login]", "ada@courier.example")
    page.fill("input[name=password]", PASSWORD)
    page.click("form.card button.primary")


def sign_out(page: Page) -> None:
    page.click("nav.me summary")
    page.click("nav.me button:has-text('Sign out')")
    page.wait_for_url(lambda url: "/accounts/" not in url and "/desk/" not in url)


def test_a_second_factor_is_added_asked_for_lost_and_taken_off(installation: Installation, read: Open) -> None:
    house = installation.url.replace("127.0.0.1", "localhost")
    page = read(installation.as_json("invite", "ada@courier.example")["link"].replace(installation.url, house))
    page.click("main button:has-text('Sign in')")
    page.goto(f"{house}/desk/me/")
    for name in ("new_password1", "new_password2"):
        page.fill(f"input[name$={name}]", PASSWORD)
    page.click("#password button")
    expect(page.locator("[role=status]")).to_be_visible()

    # It is asked once more who it is, though she has just signed in: she has a password now.
    page.goto(f"{house}/accounts/2fa/totp/activate/")
    expect(page).to_have_url(f"{house}/accounts/reauthenticate/?next=%2Faccounts%2F2fa%2Ftotp%2Factivate%2F")
    page.fill("input[name=password]", PASSWORD)
    page.click("form.card button.primary")
    secret = page.input_value("#authenticator_secret")
    give(page, secret, "form.card button")
    page.goto(f"{house}/accounts/2fa/recovery-codes/")
    codes = page.input_value("#recovery_codes").split()
    assert len(codes) == 10

    sign_out(page)
    with_password(page, house)
    expect(page).to_have_url(f"{house}/accounts/2fa/authenticate/")
    page.goto(f"{house}/desk/")  # where a password alone leads nowhere
    expect(page).to_have_url(f"{house}/accounts/2fa/authenticate/")
    give(page, secret, "form.card button.primary")
    expect(page).to_have_url(f"{house}/desk/")

    # The telephone is lost: a recovery code lets her in, and nobody a second time.
    sign_out(page)
    with_password(page, house)
    page.fill("input[name=code]", codes[0])
    page.click("form.card button.primary")
    expect(page).to_have_url(f"{house}/desk/")
    sign_out(page)
    with_password(page, house)
    page.fill("input[name=code]", codes[0])
    page.click("form.card button.primary")
    expect(page.locator(".error, [role=alert]").first).to_be_visible()
    page.fill("input[name=code]", codes[1])
    page.click("form.card button.primary")
    expect(page).to_have_url(f"{house}/desk/")

    # New codes end the old ones, after she has shown who she is; a key is added and taken off; so is the app.
    page.goto(f"{house}/accounts/2fa/recovery-codes/generate/")
    expect(page).to_have_url(f"{house}/accounts/reauthenticate/?next=%2Faccounts%2F2fa%2Frecovery-codes%2Fgenerate%2F")
    page.fill("input[name=password]", PASSWORD)
    page.click("form.card button.primary")
    page.click("form.card button")
    page.wait_for_url("**/recovery-codes/")
    assert not set(page.input_value("#recovery_codes").split()) & set(codes)
    with_authenticator(page)
    page.goto(f"{house}/accounts/2fa/webauthn/add/")
    page.click("#mfa_webauthn_add")
    expect(page.locator("main")).to_contain_text("Security key added")
    page.goto(f"{house}/accounts/2fa/webauthn/")
    page.click("text=Remove")
    page.click("form.card button")
    page.wait_for_url("**/2fa/webauthn/")
    expect(page.locator("main")).to_contain_text("None yet.")
    page.goto(f"{house}/accounts/2fa/totp/deactivate/")
    page.click("form.card button")
    page.wait_for_url("**/2fa/")
    sign_out(page)
    with_password(page, house)
    expect(page).to_have_url(f"{house}/desk/")
