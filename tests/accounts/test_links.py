"""One-time sign-in links: looked at as often as you like, spent once, worthless after a day."""

from datetime import timedelta
from urllib.parse import urlencode, urlsplit

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from asithappened.accounts import invitations, links
from asithappened.accounts.models import Membership, Role, User
from asithappened.desk import actions

pytestmark = pytest.mark.django_db


def path_of(user):
    return urlsplit(links.sign_in_link(user)).path


@pytest.fixture
def user(db):
    return User.objects.create_user("ada@house.example")


def signed_in(client):
    return client.get("/desk/").status_code == 200


def test_looking_at_a_link_spends_nothing_and_signs_nobody_in(user):
    path, client = path_of(user), Client()
    for _ in range(3):
        answer = client.get(path)
        assert answer.status_code == 200
        assert answer["Referrer-Policy"] == "same-origin"
    assert not signed_in(client)


def test_pressing_the_button_signs_in_once(user):
    path, first, second = path_of(user), Client(), Client()
    assert first.post(path)["Location"] == "/desk/"
    assert signed_in(first)
    assert second.post(path).status_code == 410
    assert second.get(path).status_code == 410
    assert not signed_in(second)


def test_who_works_on_one_running_live_blog_is_there_at_once_and_who_has_a_choice_chooses(user):
    owner = User.objects.create_user("owner@house.example", is_staff=True)
    for n, (status, to) in enumerate((("live", "/desk/live/day-0/"), ("live", "/desk/"), ("closed", "/desk/"))):
        blog = actions.open_blog(by=owner, slug=f"day-{n}", title=f"Day {n}").blog
        Membership.objects.create(blog_id=blog, user=user, role=Role.CONTRIBUTOR)
        if status == "closed":
            actions.close_blog(blog, by=owner)
        assert Client().post(path_of(user))["Location"] == to
        user.refresh_from_db()


def test_a_link_made_and_used_within_the_second_of_the_last_login_works_once(user):
    with time_machine.travel(timezone.now(), tick=True):
        Client().post(path_of(user))
        user.refresh_from_db()
        path = path_of(user)
        assert Client().post(path).status_code == 302
        assert Client().post(path).status_code == 410


def test_a_second_link_is_worthless_when_the_first_is_spent(user):
    one, two = path_of(user), path_of(user)
    Client().post(one)
    assert Client().post(two).status_code == 410


def test_a_link_is_good_for_a_day(user):
    path = path_of(user)
    with time_machine.travel(timezone.now() + timedelta(hours=23)):
        assert Client().get(path).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert Client().post(path).status_code == 410


def test_a_link_of_somebody_locked_out_or_made_up_does_nothing(user):
    path = path_of(user)
    User.objects.update(is_active=False)
    assert Client().post(path).status_code == 410
    for made_up in ("/accounts/enter/zzzzzzzzzzzzzzzzz/x-y/", "/accounts/enter/1/x/", "/accounts/enter/-/x-y/"):
        assert Client().post(made_up).status_code == 410


def test_a_link_is_no_way_around_a_second_factor(user):
    from allauth.mfa.totp.internal import auth as totp

    totp.TOTP.activate(user, totp.generate_totp_secret())
    client = Client()
    assert client.post(path_of(user))["Location"].startswith("/accounts/2fa/authenticate/")
    assert not signed_in(client)


def test_who_came_by_a_link_may_set_a_password_for_a_quarter_of_an_hour(user):
    user.set_password("an old and forgotten one")
    user.save()
    client = Client()
    client.post(path_of(user))
    new = {"do": "password", "new_password1": "a much better one 7", "new_password2": "a much better one 7"}
    with time_machine.travel(timezone.now() + timedelta(minutes=20)):
        client.post("/desk/me/", new)
        user.refresh_from_db()
        assert user.check_password("an old and forgotten one")
    client.post("/desk/me/", new)
    user.refresh_from_db()
    assert user.check_password("a much better one 7")
    assert signed_in(client)


def test_signing_in_gives_the_session_another_key(user):
    client = Client()
    client.get("/accounts/login/")
    session = client.session
    session["x"] = 1
    session.save()
    before = session.session_key
    client.cookies["session"] = before
    client.post(path_of(user))
    assert client.session.session_key != before


def test_inviting_an_admin_makes_one_account_and_opens_a_closed_one():
    admin = invitations.invite("Desk@House.example ", admin=True).user
    assert (admin.email, admin.is_superuser, admin.has_usable_password()) == ("desk@house.example", True, False)
    assert invitations.invite("desk@house.example", admin=True).user == admin
    assert invitations.invite("desk@house.example").user.is_superuser
    User.objects.create_user("ed@house.example", is_active=False)
    assert invitations.invite("ed@house.example", admin=True).user.is_active


def test_nobody_signs_up_and_a_password_signs_in(user):
    assert Client().get("/accounts/signup/").status_code == 404
    Client().post(
        "/accounts/signup/",
        {"email": "new@house.example", "password1": "long enough 12", "password2": "long enough 12"},
    )
    assert not User.objects.filter(email="new@house.example").exists()
    user.set_password("a rather long password")
    user.save()
    client = Client()
    client.post("/accounts/login/", {"login": "ADA@house.example", "password": "a rather long password"})
    assert signed_in(client)


@pytest.mark.parametrize(
    "path",
    ["/accounts/login/", "/accounts/password/reset/", "/accounts/2fa/", "/accounts/2fa/totp/activate/", "/desk/me/",
     "/accounts/2fa/webauthn/add/", "/accounts/sessions/", "/accounts/password/set/", "/accounts/logout/",
     "/accounts/webauthn.js"],
)  # fmt: skip
def test_every_page_of_an_account_is_there(user, path):
    client = Client()
    if path != "/accounts/login/":
        client.post(path_of(user))
    answer = client.get(path)
    assert answer.status_code == 200
    if path.endswith("/"):
        assert "desk." in answer.content.decode()


@pytest.mark.parametrize("wanted", ["/desk/me/", "/desk/open/?x=1"])
def test_signing_in_leads_on_to_where_one_was_going(user, wanted):
    user.set_password("a rather long password")
    user.save()
    typed = {"login": user.email, "password": "a rather long password", "next": wanted}
    assert Client().post("/accounts/login/", typed)["Location"] == wanted


@pytest.mark.parametrize(
    "wanted",
    ["http://localhost/", "http://localhost:9200/_all", "//localhost/", "http://127.0.0.1/", "https://evil.example/",
     "http:///evil.example", "/\\evil.example", "\\/\\/evil.example", "javascript:alert(1)", "http://testserver/desk/",
     "///evil.example", "data:text/html,x", " //evil.example", "/\t/evil.example", "evil.example"],
)  # fmt: skip
def test_signing_in_leads_nowhere_outside(user, wanted):
    user.set_password("a rather long password")
    user.save()
    typed = {"login": user.email, "password": "a rather long password", "next": wanted}
    for path in ("/accounts/login/", f"/accounts/login/?{urlencode({'next': wanted})}"):
        client = Client()
        assert client.post(path, typed)["Location"] == "/desk/"
        assert client.get(path, {"next": wanted})["Location"] == "/desk/"
        assert client.post("/accounts/logout/", {"next": wanted})["Location"] == "/"
