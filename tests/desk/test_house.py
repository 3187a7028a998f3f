"""The people of the house, on a site admin's screens: found, raised, lowered, let in, and off everything."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from asithappened.accounts.models import Membership, User
from asithappened.desk.models import Act
from tests.desk.conftest import Blog

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def boss(admin: User, settings: Settings) -> User:
    """Return the site admin, who has a password."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    admin.set_password("a rather long password")
    admin.save()
    return admin


@pytest.fixture
def fresh(boss: User) -> Client:
    """Return the browser of a site admin who has just shown that it is them."""
    client = Client()
    client.force_login(boss)
    client.post("/accounts/reauthenticate/", {"password": "a rather long password"})
    return client


def test_everybody_is_listed_and_found_by_name_or_address(
    fresh: Client, owner: User, editor: User, contributor: User
) -> None:
    page = fresh.get("/desk/people/").content.decode()
    assert all(who in page for who in ("Olu Owner", "Editor Person", "second factor or passkey: no"))
    for asked, found, not_found in (("oLu", "Olu Owner", "Editor Person"), ("editor@", "Editor Person", "Olu Owner")):
        page = fresh.get("/desk/people/", {"q": asked}).content.decode()
        assert found in page
        assert not_found not in page
    assert "Nobody of that name" in fresh.get("/desk/people/", {"q": "<script>", "page": "x"}).content.decode()


@pytest.mark.parametrize("do", ["rights", "let_in", "leave"])
def test_what_is_dangerous_asks_again_who_asks(
    do: str, boss: User, editor: User, browse: Callable[[User | None], Client]
) -> None:
    client, path = browse(boss), f"/desk/people/{editor.pk}/"
    page = client.get(path).content.decode()
    assert "/accounts/reauthenticate/?next=" in page
    assert 'value="leave"' not in page
    before = User.objects.filter(pk=editor.pk).values().get()
    client.post(path, {"do": do, "admin": "on"})
    assert User.objects.filter(pk=editor.pk).values().get() == before
    assert Membership.objects.filter(user=editor).exists()


def test_a_proved_person_is_raised_and_lowered(fresh: Client, owner: User) -> None:
    User.objects.filter(pk=owner.pk).update(vouched=True)
    path = f"/desk/people/{owner.pk}/"
    assert fresh.post(path, {"do": "rights", "admin": "on"}).status_code == 302
    owner.refresh_from_db()
    assert (owner.is_superuser, owner.is_staff) == (True, True)
    assert fresh.post(path, {"do": "rights", "newsroom": "on"}).status_code == 302
    owner.refresh_from_db()
    assert (owner.is_superuser, owner.is_staff) == (False, True)
    told: set[tuple[str, int | None]] = set(Act.objects.filter(verb="set_rights").values_list("about", "blog"))
    assert told == {
        ("owner@house.example: admin", None),
        ("owner@house.example: newsroom", None),
    }


def test_whose_address_nobody_proved_is_raised_only_with_everybody_else_shut_out(
    fresh: Client, editor: User, browse: Callable[[User | None], Client]
) -> None:
    editor.set_password("the inviter knows this one")
    editor.save()
    inside = browse(editor)
    page = fresh.post(f"/desk/people/{editor.pk}/", {"do": "rights", "newsroom": "on"}).content.decode()
    assert "/accounts/enter/" in page
    editor.refresh_from_db()
    assert (editor.is_staff, editor.vouched, editor.has_usable_password()) == (True, True, False)
    assert inside.get("/desk/").status_code == 302


def test_a_link_is_made_only_for_who_is_shut_out(fresh: Client, editor: User) -> None:
    path = f"/desk/people/{editor.pk}/"
    assert "/accounts/enter/" in fresh.post(path, {"do": "let_in"}).content.decode()
    editor.refresh_from_db()
    editor.set_password("a rather long password")
    editor.save()
    assert "/accounts/enter/" not in fresh.post(path, {"do": "let_in"}).content.decode()


def test_somebody_leaves_by_one_press_and_the_audit_of_the_house_says_so(
    fresh: Client, editor: User, blog: Blog, browse: Callable[[User | None], Client]
) -> None:
    client = browse(editor)
    assert fresh.post(f"/desk/people/{editor.pk}/", {"do": "leave", "to": ""}).status_code == 302
    assert client.get(blog.path).status_code == 302
    assert "closed somebody’s account" in fresh.get("/desk/audit/").content.decode()
    assert b"leave_house" in fresh.get("/desk/audit/csv/").getvalue()


def test_an_admin_invites_people_of_the_newsroom_by_a_link(fresh: Client) -> None:
    page = fresh.post("/desk/people/", {"do": "invite", "invite-uses": "1", "invite-days": "7"}).content.decode()
    link = page.split('value="http')[1].split('"')[0]
    path = "/accounts/join/" + link.rstrip("/").rpartition("/")[2] + "/"
    sent = {"byline": "Nia", "email": "nia@house.example", "way": "passkey"}
    assert Client().post(path, sent).status_code == 302
    user = User.objects.get(email="nia@house.example")
    assert (user.is_staff, user.vouched) == (True, False)


def test_nobody_is_there_who_is_not(fresh: Client) -> None:
    assert fresh.get("/desk/people/999999/").status_code == 404
