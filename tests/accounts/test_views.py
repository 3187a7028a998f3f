"""The pages of signing in: each is there, nobody signs up, and they lead on but never out."""

from urllib.parse import urlencode

import pytest
from django.test import Client

from asithappened.accounts.models import User
from tests.accounts.test_links import path_of, signed_in

pytestmark = pytest.mark.django_db


def test_nobody_signs_up_and_a_password_signs_in(user: User) -> None:
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
def test_every_page_of_an_account_is_there(user: User, path: str) -> None:
    client = Client()
    if path != "/accounts/login/":
        client.post(path_of(user))
    answer = client.get(path)
    assert answer.status_code == 200
    if path.endswith("/"):
        assert "desk." in answer.content.decode()


@pytest.mark.parametrize("wanted", ["/desk/me/", "/desk/open/?x=1"])
def test_signing_in_leads_on_to_where_one_was_going(user: User, wanted: str) -> None:
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
def test_signing_in_leads_nowhere_outside(user: User, wanted: str) -> None:
    user.set_password("a rather long password")
    user.save()
    typed = {"login": user.email, "password": "a rather long password", "next": wanted}
    for path in ("/accounts/login/", f"/accounts/login/?{urlencode({'next': wanted})}"):
        client = Client()
        assert client.post(path, typed)["Location"] == "/desk/"
        assert client.get(path, {"next": wanted})["Location"] == "/desk/"
        assert client.post("/accounts/logout/", {"next": wanted})["Location"] == "/"
