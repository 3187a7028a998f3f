"""Coming by a link that was handed over: with a new account or one's own; and what a link that is not good says."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from pytest_django import Settings

from asithappened.accounts import attempts, invitation_links
from asithappened.accounts.models import Invitation, Membership, Role, User
from asithappened.desk.actions import inviting as verbs
from asithappened.desk.models import Act
from asithappened.desk.views import join
from tests.desk.conftest import Blog

pytestmark = pytest.mark.django_db
PASSWORD = "four words no belong"
NEW = {"byline": "Nia Vale", "email": "nia@house.example", "way": "password", "password": PASSWORD}


@pytest.fixture(autouse=True)
def quick_passwords(settings: Settings) -> None:
    """Hash passwords with one round in place of a million."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def link(blog: Blog, owner: User) -> Callable[..., str]:
    """Return a function that makes a link and gives its path."""

    def make(**more: Any) -> str:
        said = {"role": Role.EDITOR, "email": "", "uses": 1, "days": 7, **more}
        return urlsplit(verbs.make_link(blog.id, by=owner, **said).address).path

    return make


def test_a_password_and_a_link_make_a_member_who_is_at_the_desk_at_once(link: Callable[..., str], blog: Blog) -> None:
    client, path = Client(), link()
    page = client.get(path)
    assert (page.status_code, page["Referrer-Policy"]) == (200, "same-origin")
    assert "Storm Isolde" in page.content.decode()
    answer = client.post(path, NEW)
    assert (answer.status_code, answer["Location"]) == (302, blog.path)
    assert client.get(blog.path).status_code == 200
    assert Membership.objects.get(user__email="nia@house.example").role == Role.EDITOR
    assert Act.objects.filter(verb="join_by_invitation", user__email="nia@house.example").exists()
    assert client.logout() is None
    assert client.post("/accounts/login/", {"login": NEW["email"], "password": PASSWORD})["Location"] == blog.path


def test_who_chose_a_passkey_is_led_to_making_one(link: Callable[..., str]) -> None:
    answer = Client().post(link(), {**NEW, "way": "passkey", "password": ""})
    assert answer["Location"] == "/accounts/2fa/webauthn/add/"
    assert not User.objects.get(email=NEW["email"]).has_usable_password()


@pytest.mark.parametrize("wrong", [{"password": "short"}, {"password": ""}, {"email": "no address"}, {"byline": " "}])
def test_what_is_wrong_is_said_and_spends_nothing(wrong: dict[str, str], link: Callable[..., str]) -> None:
    answer = Client().post(link(), {**NEW, **wrong})
    assert answer.status_code == 422
    assert PASSWORD not in answer.content.decode()
    assert (Invitation.objects.get().used, User.objects.filter(email=NEW["email"]).count()) == (0, 0)


def test_looking_spends_nothing_and_makes_no_session(link: Callable[..., str]) -> None:
    client, path = Client(), link()
    for _ in range(3):
        assert client.get(path).status_code == 200
        assert client.head(path).status_code == 200
    assert "session" not in client.cookies
    assert Invitation.objects.get().used == 0


def test_a_link_that_is_not_good_says_that_and_nothing_of_the_live_blog(link: Callable[..., str], blog: Blog) -> None:
    path = link()
    invitation_links.revoke(blog.id, Invitation.objects.get().pk)
    for client in (Client(), Client()):
        for answer in (client.get(path), client.post(path, NEW), client.get("/accounts/join/made-up/")):
            assert answer.status_code == 410
            assert "Storm" not in answer.content.decode()
    assert not User.objects.filter(email=NEW["email"]).exists()


def test_an_address_that_has_an_account_is_told_to_sign_in_and_nobody_is_signed_in(
    link: Callable[..., str], stranger: User
) -> None:
    client = Client()
    answer = client.post(link(), {**NEW, "email": stranger.email})
    assert answer.status_code == 409
    assert client.get("/desk/").status_code == 302
    assert not Membership.objects.filter(user=stranger).exists()


def test_whoever_is_signed_in_joins_as_themselves_after_a_press(
    link: Callable[..., str], blog: Blog, browse: Callable[[User | None], Client], stranger: User
) -> None:
    client, path = browse(stranger), link()
    assert client.get(path).status_code == 200
    assert not Membership.objects.filter(user=stranger).exists()
    assert client.post(path)["Location"] == blog.path
    assert Membership.objects.get(user=stranger).role == Role.EDITOR
    assert client.get(path).status_code == 410


def test_a_link_for_one_address_is_of_no_use_to_another_account(
    link: Callable[..., str], browse: Callable[[User | None], Client], stranger: User
) -> None:
    client, path = browse(stranger), link(email="nia@house.example")
    assert "alone" in client.get(path).content.decode()
    assert client.post(path).status_code == 409
    answer = Client().post(path, {"byline": "Nia", "way": "password", "password": PASSWORD})
    assert answer.status_code == 302
    assert Membership.objects.filter(user__email="nia@house.example").exists()


def test_addresses_are_not_tried_without_end(link: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(join, "TRIES_OF_A_NETWORK", 2)
    User.objects.create_user("boss@house.example")
    path, said = link(), [Client() for _ in range(3)]
    statuses = [one.post(path, {**NEW, "email": "boss@house.example"}).status_code for one in said]
    assert statuses == [409, 409, 429]
    assert attempts.count("joining 10.0.0.9", 2)
