"""A sign-in by a link counts as reauthentication for a quarter of an hour."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from asithappened.accounts import reauthentication
from asithappened.accounts.models import User
from tests.accounts.test_links import path_of, signed_in

pytestmark = pytest.mark.django_db


def test_who_came_by_a_link_may_set_a_password_for_a_quarter_of_an_hour(user: User) -> None:
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


def test_who_has_neither_password_nor_factor_shows_it_by_a_fresh_sign_in_alone(user: User) -> None:
    request = RequestFactory().get("/desk/me/")
    SessionMiddleware(lambda _: HttpResponse()).process_request(request)
    request.user = user
    assert not reauthentication.is_confirmed(request)
    reauthentication.note(request)
    assert reauthentication.is_confirmed(request)
    assert reauthentication.confirm_at(request, "/desk/") == "/accounts/confirm/?next=%2Fdesk%2F"
    with time_machine.travel(timezone.now() + timedelta(seconds=reauthentication.FRESH_S + 5)):
        assert not reauthentication.is_confirmed(request)
    user.set_password("a rather long password")
    assert reauthentication.has_another_way(user)
