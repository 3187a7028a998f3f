"""Where somebody is signed in: said in plain words, ended one by one, and what was open there ends too."""

import time
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from asithappened.accounts import devices, tickets
from asithappened.accounts.links import sign_in_link
from asithappened.accounts.models import User
from asithappened.delivery.permits import Permits
from asithappened.published.models import Revoked
from asithappened.published.tickets import Ticket, key_in, read

pytestmark = [pytest.mark.django_db, pytest.mark.both]

PASSWORD = "a rather long password"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 "
    "Mobile/15E148 Safari/604.1"
)
EDGE = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML) Chrome/141 Safari/537.36 Edg/141"


@pytest.fixture
def ada() -> User:
    return User.objects.create_user("ada@house.example", PASSWORD, vouched=True)


def signed_in(user: User, agent: str) -> Client:
    client = Client(headers={"User-Agent": agent})
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    assert client.get("/desk/").status_code == 200
    return client


def test_each_is_named_and_one_can_be_ended_with_what_it_reads(ada: User, settings: Settings, tmp_path: Path) -> None:
    settings.TICKET_KEY_FILE = tmp_path / "ticket.key"
    here, there, elsewhere = (signed_in(ada, agent) for agent in (FIREFOX, IPHONE, EDGE))
    page = here.get("/accounts/sessions/").content.decode()
    for device in ("Firefox on Windows", "Safari on iPhone", "Edge on Mac"):
        assert device in page
    assert page.index("Firefox on Windows") < page.index("here</span>") < page.index("Safari on iPhone")
    key = key_in(settings.TICKET_KEY_FILE)
    held = read(key, tickets.issue(3, ada.pk))
    phone = UserSession.objects.get(user_agent=IPHONE)
    here.post("/accounts/sessions/", {"end": str(phone.pk)})
    assert [client.get("/desk/").status_code for client in (here, there, elsewhere)] == [200, 302, 200]
    again = read(key, tickets.issue(3, ada.pk))
    assert held is not None
    assert again is not None
    assert [good(held), good(again)] == [False, True]


def test_a_late_answer_to_a_session_that_ended_leaves_a_new_ones_cookie_alone(ada: User, settings: Settings) -> None:
    client = signed_in(ada, FIREFOX)
    name = settings.SESSION_COOKIE_NAME
    mine = client.cookies[name].value
    client.cookies[name] = "0" * 32
    assert name not in client.get("/desk/").cookies, "it may be the new one by the time that this arrives"
    client.cookies[name] = mine
    assert client.post("/accounts/logout/").cookies[name].value == ""


@pytest.mark.parametrize("ending", ["signs out", "changes the password"])
def test_who_signs_out_or_changes_the_password_leaves_nothing_open_elsewhere(
    ada: User, settings: Settings, tmp_path: Path, ending: str
) -> None:
    settings.TICKET_KEY_FILE = tmp_path / "ticket.key"
    client = signed_in(ada, FIREFOX)
    held = read(key_in(settings.TICKET_KEY_FILE), tickets.issue(3, ada.pk))
    if ending == "signs out":
        client.post("/accounts/logout/")
    else:
        new = {"oldpassword": PASSWORD, "password1": "another rather long one", "password2": "another rather long one"}
        client.post("/accounts/password/change/", new)
    assert held is not None
    assert not good(held)


def good(ticket: Ticket) -> bool:
    """Say whether delivery, with the tables as they are, takes a ticket."""
    permits = Permits()
    permits.revoked = {(row.blog, row.holder): row.until for row in Revoked.objects.all()}
    return permits.good(ticket, time.time())


def test_all_others_can_be_ended_at_once(ada: User) -> None:
    here, there, elsewhere = (signed_in(ada, agent) for agent in (FIREFOX, IPHONE, EDGE))
    here.post("/accounts/sessions/", {"end": "others"})
    assert [client.get("/desk/").status_code for client in (here, there, elsewhere)] == [200, 302, 302]
    assert b"Sign out everywhere else" not in here.get("/accounts/sessions/").content


def test_a_session_whose_key_is_new_is_there_too(ada: User) -> None:
    """A password that is set gives a session another key, so that a stolen one is worthless."""
    client = Client(headers={"User-Agent": FIREFOX})
    client.post("/" + sign_in_link(ada).split("/", 3)[3])
    before = client.session.session_key
    new = {"do": "password", "new_password1": "another rather long one", "new_password2": "another rather long one"}
    client.post("/desk/me/", new)
    assert client.session.session_key != before
    page = client.get("/accounts/sessions/").content.decode()
    assert page.count("Firefox on Windows") == 1
    assert "here</span>" in page


def test_nobody_ends_a_session_of_anothers_nor_this_one_by_mistake(ada: User) -> None:
    bo = User.objects.create_user("bo@house.example", PASSWORD)
    hers, his = signed_in(ada, FIREFOX), signed_in(bo, IPHONE)
    mine = UserSession.objects.get(user=bo)
    for number in (str(UserSession.objects.get(user=ada).pk), str(mine.pk), "-1", "x", ""):
        his.post("/accounts/sessions/", {"end": number})
    assert [client.get("/desk/").status_code for client in (hers, his)] == [200, 200]


def test_when_one_was_used_is_kept_to_some_minutes_and_no_more_often(
    ada: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(ada, FIREFOX)
    row = UserSession.objects.get()
    assert timezone.now() - row.last_seen_at < timedelta(minutes=1)
    long_ago = timezone.now() - timedelta(hours=3)
    UserSession.objects.update(last_seen_at=long_ago)
    client.get("/desk/")
    assert UserSession.objects.get().last_seen_at == long_ago


@pytest.mark.parametrize(
    ("agent", "plain"),
    [
        (FIREFOX, "Firefox on Windows"), (IPHONE, "Safari on iPhone"), (EDGE, "Edge on Mac"), ("", "not known"),
        ("curl/8.0", "not known"), ("<script>Firefox", "Firefox"),
        ("Mozilla/5.0 (Linux; Android 16) Chrome/141 Mobile Safari/537.36", "Chrome on Android"),
    ],
)  # fmt: skip
def test_a_browser_is_named_in_our_own_words(agent: str, plain: str) -> None:
    assert devices.plain(agent).endswith(plain)
    assert "<" not in devices.plain(agent)
