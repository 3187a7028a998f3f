"""Signing in by the provider: who comes in, whose account opens, and what an attacker tries."""

import time
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from pytest_django import Settings

from asithappened.accounts.models import Identity, User
from tests.accounts.oidc.conftest import ADA, SignIn, begun, come_back, who
from tests.accounts.oidc.house_of_names import Provider

pytestmark = pytest.mark.django_db


def test_who_is_no_longer_of_the_newsroom_is_answered_like_a_stranger(ada: User, sign_in: SignIn) -> None:
    sign_in(Client())
    ada.is_active = False
    ada.save()
    pages = [sign_in(Client()).content, sign_in(Client(), {**ADA, "sub": "another"}).content]
    Identity.objects.all().delete()
    User.objects.all().delete()
    stranger = sign_in(Client()).content
    assert pages == [stranger, stranger]


def test_a_second_factor_is_asked_for_here_too(ada: User, sign_in: SignIn) -> None:
    Authenticator.objects.create(user=ada, type=Authenticator.Type.TOTP, data={"secret": "x"})
    client = Client()
    assert sign_in(client)["Location"] == "/accounts/2fa/authenticate/"
    assert who(client) == ""


def test_signing_out_ends_the_session(ada: User, sign_in: SignIn) -> None:
    client = Client()
    sign_in(client)
    client.post("/accounts/logout/")
    assert who(client) == ""
    assert client.get("/desk/").status_code == 302
    assert not UserSession.objects.purge_and_list(ada)


@pytest.mark.parametrize(
    "then", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "\t//evil.example"]
)
def test_no_address_leads_out_of_the_house(ada: User, sign_in: SignIn, then: str) -> None:
    assert sign_in(Client(), next=then)["Location"] == "/desk/"


def test_somebody_who_was_asked_to_sign_in_goes_on_where_they_were(ada: User, sign_in: SignIn) -> None:
    assert sign_in(Client(), next="/desk/me/")["Location"] == "/desk/me/"


# --- the browser's half


def test_beginning_is_a_button_and_a_stranger_makes_no_row(names: Provider) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.get("/accounts/oidc/begin/").status_code == 405
    assert strict.post("/accounts/oidc/begin/").status_code == 403
    client = Client()
    asked = begun(client)
    come_back(client, state="made up", code="x")
    come_back(client, state=asked["state"], error="access_denied")
    assert Session.objects.count() == 0


def test_a_state_that_is_not_this_browsers_signs_nobody_in(ada: User, names: Provider, sign_in: SignIn) -> None:
    """Login CSRF: the attacker's answer, brought by the victim's browser, with and without a sign-in of its own."""
    attacker, victim, fresh = Client(), Client(), Client()
    asked = begun(attacker)
    begun(victim)
    code = names.code(asked, ADA)
    for client in (victim, fresh):
        for state in (asked["state"], asked["state"][:-1] + "x", ""):
            assert come_back(client, state=state, code=code).status_code == 400
            assert who(client) == ""
    assert "/token" not in names.asked
    assert come_back(attacker, state=asked["state"], code=code).status_code == 302


def test_a_cookie_that_was_changed_is_none(ada: User, names: Provider) -> None:
    client = Client()
    asked = begun(client)
    client.cookies["oidc"] = client.cookies["oidc"].value.replace(":", "x:", 1)
    assert come_back(client, state=asked["state"], code=names.code(asked, ADA)).status_code == 400


def test_an_answer_is_good_once_even_with_its_cookie(ada: User, names: Provider) -> None:
    client = Client()
    asked = begun(client)
    kept = client.cookies["oidc"].value
    assert come_back(client, state=asked["state"], code=names.code(asked, ADA)).status_code == 302
    thief = Client()
    thief.cookies["oidc"] = kept
    assert come_back(thief, state=asked["state"], code=names.code(asked, ADA)).status_code == 400
    assert who(thief) == ""


def test_a_code_that_was_given_for_another_browser_is_worth_nothing_here(ada: User, names: Provider) -> None:
    """PKCE and the nonce: the victim's code, stolen on the way, put into the attacker's own sign-in."""
    victim, attacker = Client(), Client()
    code = names.code(begun(victim), ADA)
    mine = begun(attacker)
    assert come_back(attacker, state=mine["state"], code=code).status_code == 400
    assert who(attacker) == ""


def test_an_answer_that_says_it_is_another_providers_is_not_taken(ada: User, names: Provider) -> None:
    client = Client()
    asked = begun(client)
    answer = come_back(client, state=asked["state"], code=names.code(asked, ADA), iss="https://evil.example")
    assert (answer.status_code, who(client)) == (400, "")


def test_people_come_back_to_the_installations_address_whatever_a_request_says(
    names: Provider, settings: Settings
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    page = Client(headers={"Host": "evil.example"}).post(
        "/accounts/oidc/begin/", {"scope": "all", "auth_params": "x=y"}
    )
    assert b"evil.example" not in page.content
    assert (
        f"{settings.PUBLIC_URL}/accounts/oidc/callback/".replace("/", "%2F").replace(":", "%3A")
        in page.content.decode()
    )
    assert b"scope=openid+email+profile&amp;" in page.content
    assert b"x=y" not in page.content


def test_what_a_browser_is_told_on_the_way_is_text(names: Provider, rules: Callable[..., None]) -> None:
    rules(label="<script>alert(1)</script>")
    client = Client()
    asked = begun(client)
    page = come_back(client, state=asked["state"], error="<script>alert(2)</script>")
    assert page.status_code == 400
    assert b"<script>alert" not in page.content


# --- the provider's half


@pytest.mark.parametrize("lie", ["metadata", "nothing", "elsewhere", "door"])
def test_a_provider_that_is_away_or_odd_is_said_and_a_password_still_signs_in(
    ada: User, names: Provider, rules: Callable[..., None], lie: str
) -> None:
    match lie:
        case "metadata":
            names.metadata = {"token_endpoint": None}
        case "nothing":
            rules(issuer="http://127.0.0.1:1")
        case "elsewhere":
            names.metadata = {"issuer": "https://evil.example"}
        case _:
            names.metadata = {"authorization_endpoint": "javascript:alert(1)"}
    client = Client()
    for _ in range(3):
        page = client.post("/accounts/oidc/begin/")
        assert page.status_code == 503
        assert b"cannot be reached just now" in page.content
    assert len(names.asked) <= 1  # not asked again by each
    client.post("/accounts/login/", {"login": ada.email, "password": "a rather long password"})
    assert who(client) == ada.email


def test_a_provider_that_goes_away_in_between_is_said_too(ada: User, names: Provider) -> None:
    client = Client()
    asked = begun(client)
    names.metadata = {}
    names.answer = lambda *_: (500, b"<html>")  # type: ignore[method-assign]
    try:
        assert come_back(client, state=asked["state"], code=names.code(asked, ADA)).status_code == 503
    finally:
        del names.answer


# --- joining while signed in, and showing again who one is


def test_somebody_who_is_signed_in_connects_theirs_after_showing_who_they_are(
    ada: User, names: Provider, sign_in: SignIn
) -> None:
    claims = {"sub": "entra-says-no-address"}
    assert sign_in(Client(), claims).status_code == 403
    client = Client()
    client.post("/accounts/login/", {"login": ada.email, "password": "a rather long password"})
    answer = client.post("/accounts/oidc/begin/")
    assert answer["Location"].startswith("/accounts/reauthenticate/")
    client.post("/accounts/reauthenticate/", {"password": "a rather long password"})
    assert sign_in(client, claims)["Location"] == "/accounts/oidc/"
    assert b"has signed you in here since" in client.get("/accounts/oidc/").content
    other = Client()
    sign_in(other, claims)
    assert who(other) == ada.email
    client.post("/accounts/oidc/")
    assert not Identity.objects.exists()


def test_what_one_person_began_joins_nobody_elses_account(ada: User, names: Provider) -> None:
    """A shared browser: Ada begins to connect hers, Bo signs in, and the answer arrives."""
    bo = User.objects.create_user("bo@house.example", vouched=True)
    client = Client()
    client.force_login(bo)  # who has nothing to show again: no password, no factor
    asked = begun(client)
    kept = client.cookies["oidc"].value
    client.force_login(ada)
    client.cookies["oidc"] = kept
    assert come_back(client, state=asked["state"], code=names.code(asked, ADA)).status_code == 400
    assert not Identity.objects.exists()


def test_the_only_way_in_is_not_taken_away(names: Provider, sign_in: SignIn) -> None:
    guest = User.objects.create_user("ada@house.example", vouched=True)
    client = Client()
    sign_in(client)
    client.post("/accounts/oidc/")
    assert Identity.objects.get().user == guest


def test_who_has_only_the_provider_shows_there_again_who_they_are_before_they_add_a_passkey(
    names: Provider, sign_in: SignIn
) -> None:
    User.objects.create_user("ada@house.example", vouched=True)
    client = Client()
    sign_in(client)
    add = "/accounts/2fa/webauthn/add/"
    assert client.get(add).status_code == 200
    session = client.session
    session["account_authentication_methods"][0]["at"] -= 3600
    session.save()
    assert client.get(add)["Location"].startswith("/accounts/confirm/?next=")
    assert b"Sign in again with House of Names" in client.get(client.get(add)["Location"]).content
    assert begun(client, do="confirm", next=add)["max_age"] == "0"
    for at in (None, int(time.time()) - 3600):
        sign_in(client, {**ADA, "auth_time": at}, do="confirm", next=add)
        assert client.get(add).status_code == 302
    sign_in(client, {**ADA, "sub": "another", "auth_time": int(time.time())}, do="confirm", next=add)
    assert client.get(add).status_code == 302
    assert sign_in(client, {**ADA, "auth_time": int(time.time())}, do="confirm", next=add)["Location"] == add
    assert client.get(add).status_code == 200
