"""Guesses are limited by name and by network, and the account's owner can still sign in."""

import itertools
import re
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from asithappened.accounts import attempts, links
from asithappened.accounts.models import Attempts, User
from tests.answered import Answer

pytestmark = [pytest.mark.django_db, pytest.mark.both]
RIGHT = "her own long password"
TOO_MANY = "Too many wrong guesses"


@pytest.fixture(autouse=True)
def low(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits that a few requests reach, in the order of the real ones."""
    monkeypatch.setattr(attempts, "OF_A_NAME", 4)
    monkeypatch.setattr(attempts, "OF_A_BROWSER", 6)
    monkeypatch.setattr(attempts, "OF_A_NETWORK", 8)


@pytest.fixture
def ada() -> User:
    return User.objects.create_user("ada@house.example", RIGHT, is_staff=True)


def sign_in(
    client: Client, password: str = RIGHT, login: str = "ada@house.example", address: str = "192.0.2.1", **headers: str
) -> Answer:
    return client.post("/accounts/login/", {"login": login, "password": password}, REMOTE_ADDR=address, headers=headers)


def signed_in(client: Client) -> bool:
    return client.get("/desk/").status_code == 200


def refused(answer: Answer) -> bool:
    return TOO_MANY in answer.content.decode()


def addresses() -> Iterator[str]:
    return (f"198.51.{a}.{b}" for a, b in itertools.product(range(256), range(1, 255)))


def guess_from_everywhere(times: int, login: str = "ada@house.example") -> Answer:
    """Guess wrong, each time from somewhere else; return the last answer."""
    return [sign_in(Client(), "wrong", login, address) for address in itertools.islice(addresses(), times)][-1]


def test_a_stranger_is_stopped_by_the_name_wherever_they_guess_from(ada: User) -> None:
    assert not refused(guess_from_everywhere(attempts.OF_A_NAME))
    assert refused(sign_in(Client(), "wrong", address="203.0.113.9"))
    unknown = Client()
    assert refused(sign_in(unknown, RIGHT, address="203.0.113.9"))
    assert not signed_in(unknown)


def test_a_stranger_is_stopped_by_the_network_whatever_names_they_try(ada: User) -> None:
    for number in range(attempts.OF_A_NETWORK):
        assert not refused(sign_in(Client(), "wrong", f"name{number}@house.example"))
    assert refused(sign_in(Client(), "wrong", "another@house.example"))
    assert refused(sign_in(Client(), RIGHT))
    elsewhere = Client()
    sign_in(elsewhere, RIGHT, address="192.0.2.2")
    assert signed_in(elsewhere)


def test_a_browser_that_signed_in_before_gets_in_while_somebody_guesses(ada: User) -> None:
    browser = Client()
    sign_in(browser)
    browser.post("/accounts/logout/")
    assert not signed_in(browser)
    guess_from_everywhere(attempts.OF_A_NAME + 5)
    for _ in range(attempts.OF_A_NETWORK + 1):
        sign_in(Client(), "wrong", "nobody@house.example")
    assert refused(sign_in(Client()))
    assert not refused(sign_in(browser, "mistyped"))
    sign_in(browser)
    assert signed_in(browser)


def test_a_known_browser_is_known_for_its_own_people_and_is_no_way_to_guess_on(ada: User) -> None:
    thief = User.objects.create_user("thief@house.example", "his own long password")
    browser = Client()
    sign_in(browser, "his own long password", thief.email)
    browser.post("/accounts/logout/")
    guess_from_everywhere(attempts.OF_A_NAME)
    assert refused(sign_in(browser, "wrong")), "his browser is not one of hers"
    for _ in range(attempts.OF_A_BROWSER):
        assert not refused(sign_in(browser, "wrong", thief.email))
    assert refused(sign_in(browser, "wrong", thief.email))
    for value in ("", "made up", "W10:x:y", browser.cookies["known"].value[:-2]):
        forged = Client()
        forged.cookies["known"] = value
        assert refused(sign_in(forged, "wrong"))


def test_a_one_time_link_and_a_shared_browser_let_in_while_somebody_guesses(ada: User) -> None:
    guess_from_everywhere(attempts.OF_A_NAME)
    browser = Client()
    assert browser.post(urlsplit(links.sign_in_link(ada)).path).status_code == 302
    assert signed_in(browser)
    ben = User.objects.create_user("ben@house.example", "his own long password")
    browser.post(urlsplit(links.sign_in_link(ben)).path)
    browser.post("/accounts/logout/")
    sign_in(browser)
    assert signed_in(browser), "known for both"


def test_who_has_a_second_factor_is_known_only_once_it_was_given(ada: User) -> None:
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(ada, secret)
    browser = Client()
    assert "2fa/authenticate" in sign_in(browser)["Location"]
    assert "known" not in browser.cookies
    code = totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))
    browser.post("/accounts/2fa/authenticate/", {"code": code})
    assert signed_in(browser)
    assert browser.cookies["known"].value


def test_after_ten_minutes_everybody_may_guess_again(ada: User) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        guess_from_everywhere(attempts.OF_A_NAME + 1)
        clock.shift(timedelta(seconds=attempts.WINDOW_S - 1))
        assert refused(sign_in(Client()))
        clock.shift(timedelta(seconds=1))
        browser = Client()
        sign_in(browser)
        assert signed_in(browser)


def test_made_up_names_push_nobodys_counter_out_and_make_no_more_rows_than_there_are_slots(
    ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attempts, "SLOTS", 64)
    monkeypatch.setattr(attempts, "OF_A_NAME", 1_000)
    victim = attempts._slot("name ada@house.example")
    request = RequestFactory().post("/")
    for _ in range(3):
        attempts.guess(request, "ada@house.example")
    before = Attempts.objects.get(slot=victim).count
    assert before >= 3
    for number in range(300):
        request.META["REMOTE_ADDR"] = f"198.51.100.{number % 250}"
        attempts.guess(request, f"made-up-{number}@house.example")
    assert Attempts.objects.get(slot=victim).count >= before
    assert Attempts.objects.count() <= 64


def test_a_right_password_counts_against_nobody(ada: User) -> None:
    for _ in range(attempts.OF_A_NETWORK + attempts.OF_A_NAME + 1):
        client = Client()
        sign_in(client)
        assert signed_in(client)
    assert sum(Attempts.objects.values_list("count", flat=True)) == 0


def test_a_name_that_has_no_account_is_answered_alike(ada: User) -> None:
    """By its words and by the work that it makes, before the limit and after."""
    work: dict[str, list[tuple[int, str, int]]] = {}
    for login in (ada.email, "nobody@house.example"):
        for moment, address in (("before", "192.0.2.77"), ("after", "192.0.2.78")):
            if moment == "after":
                guess_from_everywhere(attempts.OF_A_NAME, login)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                answer = sign_in(Client(), "wrong", login, address)
            words = re.sub(r'csrfmiddlewaretoken" value="\w+"', "", answer.content.decode()).replace(login, "LOGIN")
            work.setdefault(moment, []).append((answer.status_code, words, len(queries)))
    for alike in work.values():
        assert alike[0] == alike[1]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("192.0.2.1", "192.0.2.1", True), ("192.0.2.1", "192.0.2.2", False), ("2001:db8::1", "2001:db8::ffff:1", True),
     ("2001:db8:0:1::1", "2001:db8:0:2::1", False), ("::ffff:192.0.2.1", "192.0.2.1", True), ("", "nonsense", True)],
)  # fmt: skip
def test_a_network_is_an_address_of_the_old_kind_and_a_64_of_the_new(one: str, other: str, same: bool) -> None:
    networks = {attempts.network_of(RequestFactory().get("/", REMOTE_ADDR=address)) for address in (one, other)}
    assert len(networks) == (1 if same else 2)


def test_nobody_chooses_their_network_by_a_header(ada: User) -> None:
    for number in range(attempts.OF_A_NETWORK):
        forged = f"203.0.113.{number}"
        headers = {
            "X-Forwarded-For": forged,
            "X-Real-IP": forged,
            "Forwarded": f"for={forged}",
            "True-Client-IP": forged,
        }
        sign_in(Client(), "wrong", f"name{number}@house.example", **headers)
    assert refused(sign_in(Client(), "wrong", "another@house.example"))
    browser = Client()
    sign_in(browser, address="192.0.2.55", **{"X-Forwarded-For": "203.0.113.7"})
    listed = browser.get("/accounts/sessions/", REMOTE_ADDR="192.0.2.55").content.decode()
    assert "192.0.2.55" in listed
    assert "203.0.113.7" not in listed


def test_a_code_of_an_authenticator_passes_once_whichever_worker_is_asked(ada: User) -> None:
    """The note that it was used is in the database, and not in one process's memory."""
    totp_of_ada = totp.TOTP.activate(ada, secret := totp.generate_totp_secret())
    code = totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))
    assert totp_of_ada.validate_code(code)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM accounts_cache")
        assert cursor.fetchone()[0] >= 1
    assert not totp_of_ada.validate_code(code)


def test_guesses_at_a_second_factor_are_counted_too(ada: User) -> None:
    totp.TOTP.activate(ada, totp.generate_totp_secret())
    browser = Client()
    sign_in(browser)
    answers = [browser.post("/accounts/2fa/authenticate/", {"code": "000000"}).content.decode() for _ in range(6)]
    assert TOO_MANY not in answers[0]
    assert TOO_MANY in answers[-1]


def test_strangers_put_nothing_into_the_cache(ada: User) -> None:
    for number in range(20):
        sign_in(Client(), "wrong", f"name{number}@house.example")
        Client().get("/accounts/2fa/webauthn/login/", headers={"X-Requested-With": "XMLHttpRequest"})
        Client().post("/accounts/2fa/webauthn/login/", {"credential": "{}"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM accounts_cache")
        assert cursor.fetchone()[0] == 0
    assert cache.get("nothing") is None
