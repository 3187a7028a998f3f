"""One-time sign-in links: looked at as often as you like, spent once, worthless after a day."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from asithappened.accounts import links
from asithappened.accounts.models import Membership, Role, User
from asithappened.desk import actions

pytestmark = pytest.mark.django_db


def path_of(user: User) -> str:
    return urlsplit(links.sign_in_link(user)).path


def signed_in(client: Client) -> bool:
    return client.get("/desk/").status_code == 200


def test_looking_at_a_link_spends_nothing_and_signs_nobody_in(user: User) -> None:
    path, client = path_of(user), Client()
    for _ in range(3):
        answer = client.get(path)
        assert answer.status_code == 200
        assert answer["Referrer-Policy"] == "same-origin"
    assert not signed_in(client)


def test_pressing_the_button_signs_in_once(user: User) -> None:
    path, first, second = path_of(user), Client(), Client()
    assert first.post(path)["Location"] == "/desk/"
    assert signed_in(first)
    assert second.post(path).status_code == 410
    assert second.get(path).status_code == 410
    assert not signed_in(second)


def test_who_works_on_one_running_live_blog_is_there_at_once_and_who_has_a_choice_chooses(user: User) -> None:
    owner = User.objects.create_user("owner@house.example", is_staff=True)
    for n, (status, to) in enumerate((("live", "/desk/live/day-0/"), ("live", "/desk/"), ("closed", "/desk/"))):
        blog = actions.open_blog(by=owner, slug=f"day-{n}", title=f"Day {n}").blog
        Membership.objects.create(blog_id=blog, user=user, role=Role.CONTRIBUTOR)
        if status == "closed":
            actions.close_blog(blog, by=owner)
        assert Client().post(path_of(user))["Location"] == to
        user.refresh_from_db()


def test_a_link_made_and_used_within_the_second_of_the_last_login_works_once(user: User) -> None:
    with time_machine.travel(timezone.now(), tick=True):
        Client().post(path_of(user))
        user.refresh_from_db()
        path = path_of(user)
        assert Client().post(path).status_code == 302
        assert Client().post(path).status_code == 410


def test_a_second_link_is_worthless_when_the_first_is_spent(user: User) -> None:
    one, two = path_of(user), path_of(user)
    Client().post(one)
    assert Client().post(two).status_code == 410


def test_a_link_is_good_for_a_day(user: User) -> None:
    path = path_of(user)
    with time_machine.travel(timezone.now() + timedelta(hours=23)):
        assert Client().get(path).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert Client().post(path).status_code == 410


def test_a_link_of_somebody_locked_out_or_made_up_does_nothing(user: User) -> None:
    path = path_of(user)
    User.objects.update(is_active=False)
    assert Client().post(path).status_code == 410
    for made_up in ("/accounts/enter/zzzzzzzzzzzzzzzzz/x-y/", "/accounts/enter/1/x/", "/accounts/enter/-/x-y/"):
        assert Client().post(made_up).status_code == 410


def test_a_link_is_no_way_around_a_second_factor(user: User) -> None:
    from allauth.mfa.totp.internal import auth as totp

    totp.TOTP.activate(user, totp.generate_totp_secret())
    client = Client()
    assert client.post(path_of(user))["Location"].startswith("/accounts/2fa/authenticate/")
    assert not signed_in(client)


def test_signing_in_gives_the_session_another_key(user: User) -> None:
    client = Client()
    client.get("/accounts/login/")
    session = client.session
    session["x"] = 1
    session.save()
    before = session.session_key
    assert before is not None
    client.cookies["session"] = before
    client.post(path_of(user))
    assert client.session.session_key != before
