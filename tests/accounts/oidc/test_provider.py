"""The provider's settings: refused in words where they would let in more than was meant; and the rules they make."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from asithappened.accounts.models import User
from asithappened.accounts.oidc import client, provider
from asithappened.accounts.oidc.claims import Verified, is_allowed
from asithappened.wiring.doctor import external
from tests.accounts.oidc.conftest import ADA, SignIn
from tests.accounts.oidc.house_of_names import Provider

HERE = {"ISSUER": "https://login.example.org/realms/x", "CLIENT_ID": "us"}


def named(**given: str) -> provider.Provider:
    found = provider.named({f"ASITHAPPENED_OIDC_{name}": value for name, value in (HERE | given).items()}, "hidden")
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"ISSUER": "http://login.example.org"}, "https://"),
        ({"ISSUER": "login.example.org"}, "https://"),
        ({"ISSUER": "https://login.example.org/?a=b"}, "https://"),
        ({"ISSUER": "https://[::1"}, "https://"),
        ({"CLIENT_ID": ""}, "CLIENT_ID is missing"),
        ({"NEW": "anybody"}, "invited or staff"),
        ({"NEW": "staff"}, "Say who that is"),
    ],
)
def test_settings_that_cannot_be_meant_are_refused_in_words(given: dict[str, str], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        named(**given)


def test_without_an_issuer_there_is_no_provider_and_its_secret_is_never_shown() -> None:
    assert provider.named({}, "") is None
    assert "hidden" not in repr(named())
    assert (named().label, named().scope, named(SCOPE="groups").scope) == (
        "login.example.org", "openid email profile", "openid groups",
    )  # fmt: skip


def somebody(email: str = "", **claims: Any) -> Verified:
    return Verified(subject="x", email=email, name="", at=None, claims=claims)


def test_somebody_needs_one_of_each_sort_of_rule() -> None:
    both = named(ONLY="example.org @press.example groups=newsroom hd=example.org")
    assert is_allowed(both, somebody("a@example.org", groups=["x", "newsroom"]))
    assert is_allowed(both, somebody("a@press.example", hd="example.org"))
    for nobody in (
        somebody("a@example.org"), somebody("", groups=["newsroom"]),
        somebody("a@sub.example.org", groups=["newsroom"]),
        somebody("a@example.org.evil.example", groups=["newsroom"]), somebody("a@example.org", groups="a newsroom"),
    ):  # fmt: skip
        assert not is_allowed(both, nobody)
    assert is_allowed(named(ONLY="anybody", NEW="staff"), somebody())


@pytest.mark.django_db
def test_who_passes_is_made_a_person_of_the_newsroom_where_the_operator_says_so(
    sign_in: SignIn, rules: Callable[..., None], client: Client
) -> None:
    rules(makes_staff=True, domains=frozenset({"house.example"}))
    assert sign_in(client, {**ADA, "email": "eve@evil.example"}).status_code == 403
    assert sign_in(client, {**ADA, "email_verified": False}).status_code == 403
    assert not User.objects.exists()
    assert sign_in(client).status_code == 302
    ada = User.objects.get()
    assert (ada.email, ada.byline, ada.is_staff, ada.is_superuser, ada.vouched, ada.has_usable_password()) == (
        "ada@house.example", "Ada Reporter", True, False, True, False,
    )  # fmt: skip


@pytest.mark.django_db
def test_who_has_left_the_group_is_out_at_the_next_sign_in(
    sign_in: SignIn, rules: Callable[..., None], client: Client
) -> None:
    rules(claims=frozenset({("groups", "newsroom")}))
    User.objects.create_user("ada@house.example", vouched=True)
    assert sign_in(client, {**ADA, "groups": ["newsroom"]}).status_code == 302
    assert sign_in(client, {**ADA, "groups": []}).status_code == 403


@pytest.mark.django_db
def test_without_a_provider_none_of_its_pages_is_there(client: Client) -> None:
    for method, path in (("post", "begin/"), ("get", "callback/")):
        assert getattr(client, method)(f"/accounts/oidc/{path}").status_code == 404
    assert b"oidc" not in client.get("/accounts/login/").content


def test_the_doctor_says_whether_the_provider_answers_and_has_keys(names: Provider, settings: Settings) -> None:
    found = external.provider()
    assert (found.result, found.says) == ("ok", f"{names.issuer} answers, and has keys")
    settings.OIDC = replace(settings.OIDC, issuer=f"{names.issuer}/elsewhere")
    client.of.cache_clear()
    lost = external.provider()
    assert lost.result == "fail"
    assert lost.says.startswith(f"{names.issuer}/elsewhere cannot be used:")
    settings.OIDC = None
    assert external.provider().says == "no provider of OpenID Connect is named"
