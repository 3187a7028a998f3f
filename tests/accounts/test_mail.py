"""Letters: sent by the worker to a real mail server, to the right person, with the house's own address."""

import json
import re
from collections.abc import Iterator
from email.message import EmailMessage

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from asithappened.accounts import attempts, mail, members
from asithappened.accounts.models import Role, User
from asithappened.desk import actions
from asithappened.jobs import running
from asithappened.jobs.models import Job, State
from asithappened.wiring import mail_server
from tests.accounts import mail_house
from tests.accounts.mail_house import MailHouse
from tests.answered import Answer

pytestmark = pytest.mark.django_db
PASSWORD = "a rather long password"


@pytest.fixture(scope="module")
def one_house() -> Iterator[MailHouse]:
    with mail_house.running() as house:
        yield house


@pytest.fixture
def house(one_house: MailHouse, settings: Settings) -> MailHouse:
    """Return a mail server that the installation knows."""
    one_house.arrived.clear()
    one_house.says.clear()
    settings.MAIL = mail_server.named(
        {"ASITHAPPENED_MAIL_URL": f"smtp+plain://127.0.0.1:{one_house.port}",
         "ASITHAPPENED_MAIL_FROM": "The Courier <desk@courier.example>"}
    )  # fmt: skip
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = settings.MAIL.host, settings.MAIL.port
    settings.DEFAULT_FROM_EMAIL = settings.MAIL.sender
    return one_house


def work() -> list[str]:
    """Do what a worker would, and return what became of it."""
    states = []
    for job in Job.objects.filter(kind=mail.KIND, state=State.WAITING):
        became = running.carry_out(job, mail.SEND)
        Job.objects.filter(pk=job.pk).update(state=became, payload=job.payload, error=job.error)
        states.append(became.value)
    return states


@pytest.fixture
def ada() -> User:
    return User.objects.create_user("ada@house.example", PASSWORD, vouched=True)


def asked_for(email: str, **headers: str) -> Answer:
    return Client(headers=headers).post("/accounts/password/reset/", {"email": email})


def link_in(letter: EmailMessage) -> str:
    (link,) = re.findall(r"http\S+/accounts/enter/\S+", letter.get_content())
    return str(link)


def path_in(letter: EmailMessage) -> str:
    return "/" + link_in(letter).split("/", 3)[3]


def test_a_forgotten_password_is_set_anew_by_a_link_that_was_mailed(
    ada: User, house: MailHouse, settings: Settings
) -> None:
    assert b"on its way" in asked_for("ADA@house.example ").content
    assert house.arrived == []  # never in the request
    assert work() == ["done"]
    [letter] = house.arrived
    assert (letter["To"], letter["From"]) == (ada.email, "The Courier <desk@courier.example>")
    assert letter["Auto-Submitted"] == "auto-generated"
    assert link_in(letter).startswith(settings.PUBLIC_URL)
    client = Client()
    assert client.post(path_in(letter)).status_code == 302
    page = client.get("/desk/me/").content
    assert b"Set a password" in page
    new = {"do": "password", "new_password1": "correct horse battery", "new_password2": "correct horse battery"}
    client.post("/desk/me/", new)
    work()
    assert any("A password was set" in letter.get_content() for letter in house.arrived)
    assert b"Whoever had been in this account" not in page  # an address that was proved before
    assert Client().post(path_in(letter)).status_code == 410
    ada.refresh_from_db()
    assert ada.check_password("correct horse battery")


def test_the_answer_is_the_same_whether_there_is_such_an_account_and_so_is_what_it_costs(
    ada: User, house: MailHouse
) -> None:
    User.objects.create_user("gone@house.example", is_active=False)
    asked_for("warm@house.example")
    said, cost = set(), set()
    for email in (ada.email, "nobody@house.example", "gone@house.example"):
        with CaptureQueriesContext(connection) as count:
            page = asked_for(email).content
        said.add(re.sub(rb'value="\w{60,}"', b"", page))
        cost.add(len(count))
    assert (len(said), len(cost)) == (1, 1)
    work()
    assert [letter["To"] for letter in house.arrived] == [ada.email]


def test_nobody_is_flooded(ada: User, house: MailHouse) -> None:
    for _ in range(5):
        asked_for(ada.email)
    assert Job.objects.count() == 1
    for number in range(attempts.LETTERS_OF_A_NETWORK + 5):
        assert asked_for(f"nobody{number}@house.example").status_code == 200
    assert Job.objects.count() <= attempts.LETTERS_OF_A_NETWORK


def test_no_name_that_a_request_makes_up_gets_into_a_letter(ada: User, house: MailHouse, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    asked_for(ada.email, Host="evil.example", X_Forwarded_Host="evil.example")
    work()
    assert "evil" not in house.arrived[0].as_string()


def test_a_job_holds_no_link_and_a_letter_is_written_for_who_may_have_it_then(ada: User, house: MailHouse) -> None:
    asked_for(ada.email)
    mail.write_to(
        ada, "changed", what="mfa/email/webauthn_added", address="::1", agent="", at="2026-10-14T18:00:00+00:00"
    )
    assert "enter" not in "".join(Job.objects.values_list("payload", flat=True))
    ada.is_active = False
    ada.save()
    assert work() == ["done", "done"]
    assert house.arrived == []


def test_a_mailed_link_proves_an_address_and_ends_what_an_inviter_left_in_a_guests_account(house: MailHouse) -> None:
    guest = User.objects.create_user("guest@else.example", "planted by another", last_login="2026-01-01T00:00:00Z")
    Authenticator.objects.create(user=guest, type=Authenticator.Type.TOTP, data={"secret": "planted"})
    lurking = Client()
    lurking.force_login(guest)
    asked_for(guest.email)
    work()
    client = Client()
    answer = client.post(path_in(house.arrived[-1]))
    assert answer["Location"] == "/desk/"
    assert b"Whoever had been in this account" in client.get("/desk/").content
    assert lurking.get("/desk/").status_code == 302
    guest.refresh_from_db()
    assert (guest.vouched, guest.has_usable_password(), Authenticator.objects.count()) == (True, False, 0)


def test_a_browser_that_is_new_is_written_about_and_one_that_is_known_is_not(ada: User, house: MailHouse) -> None:
    client = Client(headers={"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"})
    for _ in range(2):
        client.post("/accounts/login/", {"login": ada.email, "password": PASSWORD})
        client.post("/accounts/logout/")
    work()
    [letter] = house.arrived
    assert "Firefox on Linux, from 127.0.0.1" in letter.get_content()


def test_every_change_of_how_one_signs_in_is_written_about(ada: User, house: MailHouse) -> None:
    client = Client()
    client.post("/accounts/login/", {"login": ada.email, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    new = {"oldpassword": PASSWORD, "password1": "another rather long one", "password2": "another rather long one"}
    client.post("/accounts/password/change/", new)
    work()
    assert "Your password was changed." in house.arrived[-1].get_content()


# --- the mail server's half


def test_what_may_be_taken_later_is_tried_again_and_what_never_will_be_waits_for_a_person(
    ada: User, house: MailHouse
) -> None:
    house.says[ada.email] = "451 try later"
    mail.write_to(ada, "link")
    assert work() == ["waiting"]
    house.says[ada.email] = "550 no such mailbox"
    assert work() == ["dead"]
    assert "550 no such mailbox" in Job.objects.get().error
    house.says.clear()
    Job.objects.update(state=State.WAITING)
    assert work() == ["done"]
    assert json.loads(Job.objects.get().payload) == {}
    assert len(house.arrived) == 1


def test_a_try_that_is_made_twice_is_the_same_letter(ada: User, house: MailHouse) -> None:
    mail.write_to(ada, "link")
    job = Job.objects.get()
    for _ in range(2):
        mail.SEND.run(running.given(job))
    first, second = (letter["Message-ID"] for letter in house.arrived)
    assert first == second


def test_a_server_without_tls_is_sent_nothing_unless_the_operator_says_so(
    ada: User, house: MailHouse, settings: Settings
) -> None:
    settings.EMAIL_USE_TLS = True
    mail.write_to(ada, "link")
    assert work() == ["waiting"]
    assert house.arrived == []


def test_without_a_mail_server_nothing_is_asked_for_and_the_page_says_whom_to_ask(ada: User) -> None:
    assert asked_for(ada.email).status_code == 405
    assert b"Ask whoever runs this newsroom" in Client().get("/accounts/password/reset/").content
    mail.write_to(ada, "link")
    assert Job.objects.count() == 0


def test_who_is_new_to_a_live_blog_is_invited_by_mail_and_the_inviter_never_has_the_link(house: MailHouse) -> None:
    owner = User.objects.create_user("owner@house.example", is_staff=True, vouched=True, byline="Olu Owner")
    blog = actions.open_blog(by=owner, slug="storm", title="Storm over London").blog
    client = Client()
    client.force_login(owner)
    page = client.post("/desk/live/storm/people/", {"do": "add", "email": "new@else.example", "role": "editor"})
    assert b"/accounts/enter/" not in page.content
    assert b"on its way to new@else.example" in page.content
    work()
    [letter] = house.arrived
    assert "Olu Owner asks you to work on the live blog “Storm over London”" in letter.get_content()
    assert Client().post(path_in(letter)).status_code == 302
    assert User.objects.get(email="new@else.example").vouched
    there = User.objects.create_user("ada@house.example")
    known = members.add(blog, email=there.email, role=Role.EDITOR, by=owner, confirmed=there.pk)
    assert (known.link, known.mailed) == ("", False)
