"""The pages of an account: those that are meant to be there, and no other; looking at them changes nothing."""

import re
from collections.abc import Iterable, Iterator

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from asithappened.accounts.models import User

pytestmark = pytest.mark.django_db

# Written out, and not made from the module under test: whatever an include or an upgrade adds is found here.
PAGES = {
    "enter/<str:uid>/<str:token>/",
    "webauthn.js",
    "confirm/",
    "oidc/",
    "oidc/begin/",
    "oidc/callback/",
    "login/",
    "logout/",
    "inactive/",
    "reauthenticate/",
    "password/change/",
    "password/set/",
    "password/reset/",
    "2fa/",
    "2fa/authenticate/",
    "2fa/reauthenticate/",
    "2fa/totp/activate/",
    "2fa/totp/deactivate/",
    "2fa/recovery-codes/",
    "2fa/recovery-codes/generate/",
    "2fa/recovery-codes/download/",
    "2fa/webauthn/",
    "2fa/webauthn/add/",
    "2fa/webauthn/login/",
    "2fa/webauthn/reauthenticate/",
    "2fa/webauthn/keys/<int:pk>/remove/",
    "2fa/webauthn/keys/<int:pk>/edit/",
    "sessions/",
}
ROOMS = {"desk/", "accounts/"}
WAYS_IN = {"accounts/join/<str:token>/"}  # that lead into the desk
READERS = {  # what readers send and look for, and sites that show links
    "contribute/<slug:slug>/",
    "alerts/live/<slug:slug>/",
    "alerts/moved/",
    "alerts/worker.js",
    "oembed",
    "polls/<slug:slug>/<slug:post>/<slug:poll>/",
    "search",
    "live/<slug:slug>/search",
}
FILES = {  # of readers' pages, that delivery has not got
    "live/<slug:slug>/p/<slug:post>/media/<slug:medium>/<slug:digest>/<str:name>",
    "live/<slug:slug>/people/<slug:medium>/<slug:digest>/<str:name>",
    "live/<slug:slug>/card/<str:version>.jpg",
    "live/<slug:slug>/p/<str:name>/card/<str:version>.jpg",
    "live/<slug:slug>/known/<str:about>/<str:name>/card/<str:version>.jpg",
}


def routes(found: Iterable[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    for item in found:
        if isinstance(item, URLResolver):
            yield from routes(item.url_patterns, prefix + str(item.pattern))
        elif isinstance(item, URLPattern):
            yield prefix + str(item.pattern)


ALL = list(routes(get_resolver().url_patterns))


def path_of(route: str) -> str:
    return "/" + re.sub(r"<\w+:(\w+)>", lambda named: "1" if named[1] in {"pk", "number"} else "x", route)


def test_the_pages_of_an_account_are_a_closed_list() -> None:
    found = [route.removeprefix("accounts/") for route in ALL if route.startswith("accounts/") and route not in WAYS_IN]
    assert sorted(found) == sorted(PAGES)
    assert {str(item.pattern) for item in get_resolver().url_patterns} == ROOMS | FILES | WAYS_IN | READERS


@pytest.mark.parametrize(
    "path",
    ["email/", "signup/", "confirm-email/", "confirm-email/x/", "login/code/", "login/code/confirm/", "phone/change/",
     "password/reset/done/", "password/reset/key/1-x/", "2fa/trust/", "2fa/webauthn/signup/", "3rdparty/"],
)  # fmt: skip
def test_what_allauth_has_besides_is_not_there(path: str) -> None:
    client = Client()
    client.force_login(User.objects.create_user("ada@house.example", "a rather long password"))
    for method in ("get", "post"):
        assert getattr(client, method)(f"/accounts/{path}", {"email": "boss@house.example"}).status_code == 404


def everything() -> tuple[object, ...]:
    """Return all that is kept of anybody, but for when they were last seen."""
    from allauth.mfa.models import Authenticator
    from django.contrib.sessions.models import Session

    users = list(User.objects.order_by("pk").values())
    kept = [list(table.objects.order_by("pk").values()) for table in (Authenticator, EmailAddress)]
    return users, kept, Session.objects.count()


@pytest.mark.parametrize("password", [None, "a rather long password"])
def test_looking_at_any_page_of_ones_account_changes_nothing_of_it(password: str | None) -> None:
    client = Client()
    client.force_login(User.objects.create_user("ada@house.example", password))
    client.get("/accounts/sessions/")  # notes where one is signed in
    before = everything()
    for route in ALL:
        for headers in ({}, {"X-Requested-With": "XMLHttpRequest"}, {"Accept": "application/json"}):
            client.get(path_of(route), headers=headers)
    assert everything() == before
    assert client.get("/desk/").status_code == 200


@pytest.mark.parametrize("method", ["get", "head", "post", "options", "put", "delete"])
def test_nobody_anonymous_makes_a_row_that_stays(method: str) -> None:
    before = everything()
    for route in ALL:
        for headers in ({}, {"X-Requested-With": "XMLHttpRequest"}, {"Accept": "application/json"}):
            client = Client(headers=headers)
            data = {} if method == "get" else {"login": "ada@house.example", "password": "x", "credential": "{}"}
            getattr(client, method)(path_of(route), data if method in {"get", "head", "post"} else "")
            getattr(client, method)(path_of(route), headers={"Cookie": "session=" + "a" * 32})
    assert everything() == before
