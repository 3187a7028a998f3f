"""Signing in with a passkey: a challenge is a cookie of five minutes, good once, and a stranger makes no row."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/2fa/webauthn/login/"
MADE_UP = {"credential": "{}"}


def test_a_challenge_is_given_in_a_cookie_and_stores_nothing() -> None:
    client = Client(headers={"X-Requested-With": "XMLHttpRequest"})
    answer = client.get(LOGIN)
    assert answer.status_code == 200
    assert "challenge" in answer.content.decode()
    assert client.cookies["passkey"]["max-age"] == 300
    assert not Session.objects.exists()


def test_what_was_signed_by_no_passkey_of_ours_signs_nobody_in_and_takes_the_challenge_back() -> None:
    client = Client(headers={"X-Requested-With": "XMLHttpRequest"})
    client.get(LOGIN)
    for _ in range(2):
        assert client.post(LOGIN, MADE_UP).status_code == 403
    assert client.cookies["passkey"].value == ""
    assert "_auth_user_id" not in client.session
