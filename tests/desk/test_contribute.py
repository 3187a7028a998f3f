"""What readers write: who is kept out, what an editor does with it, and that nobody else sees how to reach them."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from asithappened.accounts.models import User
from asithappened.core.events import Audience
from asithappened.desk import actions
from asithappened.desk.actions import contributions
from asithappened.desk.models import Contact, Submission
from asithappened.desk.views import contribute
from asithappened.log import read
from asithappened.render.page import FONTS
from tests.answered import Answer
from tests.desk.conftest import Blog
from tests.house.foreign_text import NASTY

pytestmark = pytest.mark.django_db(databases="__all__")
PATH = "/contribute/storm/"
WRITTEN = {"words": "The bridge is shut.\nI stand before it.", "name": "Rae Reader", "email": "rae@reader.example",
           "agree": "yes"}  # fmt: skip


@pytest.fixture
def open_(blog: Blog, owner: User) -> Blog:
    """Return the live blog, whose readers may write."""
    contributions.set_contributions(blog.id, by=owner, open_=True)
    return blog


def token_in(answer: Answer) -> str:
    found = re.search(r'name="token" value="([^"]+)"', answer.content.decode())
    assert found is not None
    return found[1]


def send(client: Client | None = None, after: int = 10, **more: Any) -> Answer:
    """Send the form as a person does, who takes some seconds."""
    client = client or Client()
    token = token_in(client.get(PATH))
    with time_machine.travel(timezone.now() + timedelta(seconds=after)):
        return client.post(PATH, {**WRITTEN, "token": token, **more})


@pytest.fixture
def written(open_: Blog) -> Submission:
    """Return what a reader wrote."""
    assert send().status_code == 200
    return Submission.objects.get()


def test_off_by_default_and_wherever_it_is_off_there_is_nothing(blog: Blog, owner: User) -> None:
    def status() -> list[int]:
        return [Client().get(PATH).status_code, Client().post(PATH, WRITTEN).status_code]

    nowhere = Client().get("/contribute/nowhere/")
    off = Client().get(PATH)
    assert off.content.replace(off["X-Request-Id"].encode(), b"") == nowhere.content.replace(
        nowhere["X-Request-Id"].encode(), b""
    )
    contributions.set_contributions(blog.id, by=owner, open_=True)
    assert status() == [200, 422]
    actions.set_audience(blog.id, by=owner, audience=Audience.MEMBERS)
    assert status() == [404, 404]
    actions.set_audience(blog.id, by=owner, audience=Audience.EVERYONE)
    actions.close_blog(blog.id, by=owner)
    assert status() == [404, 404]


def test_what_a_reader_writes_awaits_an_editor_and_is_in_no_fact(open_: Blog, written: Submission) -> None:
    assert (written.author, written.state) == (None, "waiting")
    assert Contact.objects.get().email == "rae@reader.example"
    assert [type(fact.event).__name__ for fact in read.facts(open_.id)] == ["BlogOpened", "ContributionsSet"]
    assert read.posts(open_.id) == []


def test_the_form_asks_for_its_fonts_at_once_since_one_that_comes_late_is_not_shown(open_: Blog) -> None:
    page = Client().get(PATH).content.decode()
    for font in FONTS:
        assert f'<link rel="preload" href="{font}"' in page


def test_no_cookie_is_given_and_none_is_needed(open_: Blog) -> None:
    client = Client(enforce_csrf_checks=True)
    assert send(client).status_code == 200
    assert not client.cookies
    assert Submission.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"words": " \u200b "}, "Write what you know"),
        ({"words": "x" * 4_001}, "longer than"),
        ({"words": "http://a " * 6}, "five links"),
        ({"email": "no address"}, "no e-mail address"),
        ({"name": "n" * 121}, "too long"),
        ({"agree": ""}, "Tick the box"),
        ({"token": "made up"}, "Wait a few seconds"),
    ],
)
def test_what_is_wrong_is_said_and_loses_no_word(more: dict[str, Any], said: str, open_: Blog) -> None:
    answer = send(**more)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page
    assert "words" in more or "The bridge is shut." in page
    assert not Submission.objects.exists()


@pytest.mark.parametrize("after", [0, 2, 13 * 3600])
def test_faster_than_anybody_types_and_a_form_of_yesterday_are_asked_again(after: int, open_: Blog) -> None:
    answer = send(after=after)
    assert answer.status_code == 422
    assert not Submission.objects.exists()


def test_a_form_of_yesterday_brings_a_new_one_with_which_it_is_taken(open_: Blog) -> None:
    answer = send(after=13 * 3600)
    with time_machine.travel(timezone.now() + timedelta(hours=13, seconds=20)):
        assert Client().post(PATH, {**WRITTEN, "token": token_in(answer)}).status_code == 200
    assert Submission.objects.count() == 1


def test_whoever_fills_in_what_nobody_sees_is_thanked_and_forgotten(open_: Blog) -> None:
    assert "Thank you" in send(website="https://spam.example").content.decode()
    assert not Submission.objects.exists()


def test_a_network_and_all_together_may_send_so_much_and_keep_their_words(
    open_: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contribute, "OF_A_NETWORK", 2)
    monkeypatch.setattr(contribute, "IN_ALL", 3)
    same_64 = [Client(REMOTE_ADDR=f"2001:db8::{n}") for n in (1, 2, 3)]
    assert [send(one).status_code for one in same_64] == [200, 200, 429]
    elsewhere = [send(Client(REMOTE_ADDR=f"10.0.{n}.1")) for n in (1, 2)]
    assert [one.status_code for one in elsewhere] == [200, 429]
    assert "The bridge is shut." in elsewhere[1].content.decode()


def test_more_than_a_desk_can_read_is_not_kept(open_: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contributions, "WAITING_AT_ONCE", 1)
    assert [send().status_code, send().status_code] == [200, 429]


def test_sent_twice_it_is_kept_once(open_: Blog) -> None:
    client = Client()
    token = token_in(client.get(PATH))
    with time_machine.travel(timezone.now() + timedelta(seconds=9)):
        for _ in range(2):
            assert client.post(PATH, {**WRITTEN, "token": token}).status_code == 200
    assert Submission.objects.count() == 1


def test_hostile_words_are_words(open_: Blog, browse: Callable[[User | None], Client], owner: User) -> None:
    for n, unit in enumerate(NASTY):
        contributions.contribute(open_.id, words=f"a{unit * 20}"[:4_000], name="", email="", once=str(n))
    page = browse(owner).get(f"{open_.path}tab/submissions/").content.decode()
    assert "<b id=" not in page
    for one in Submission.objects.all():
        assert browse(owner).get(f"{open_.path}contributions/{one.pk}/").status_code == 200


def test_the_page_leads_to_the_form_while_readers_may_write(open_: Blog, owner: User, blog: Blog) -> None:
    from asithappened.published.models import Part

    def box() -> str:
        return bytes(Part.objects.get(blog=blog.id, name="contribute").data).decode()

    assert '"/contribute/storm/"' in box()
    contributions.set_contributions(blog.id, by=owner, open_=False)
    assert "contribute" not in box()
