"""What readers write: who is kept out, what an editor does with it, and that nobody else sees how to reach them."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from asithappened.accounts.models import User
from asithappened.core.events import Audience
from asithappened.desk import actions
from asithappened.desk.actions import Moved, Refused, contributions
from asithappened.desk.drafts.models import Draft
from asithappened.desk.models import Act, Contact, Submission
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


def test_an_editor_takes_it_into_a_draft_and_readers_have_nothing(
    written: Submission, editor: User, browse: Callable[[User | None], Client], open_: Blog
) -> None:
    client, path = browse(editor), f"{open_.path}contributions/{written.pk}/"
    assert "rae@reader.example" in client.get(path).content.decode()
    assert client.post(path, {"do": "take", "based_on": "1"}).status_code == 302
    kept = Draft.objects.get()
    assert (kept.author, kept.first_words) == (editor.pk, "The bridge is shut. I stand before it.")
    assert "rae@" not in kept.words
    written.refresh_from_db()
    assert written.state == "taken"
    assert read.posts(open_.id) == []


def test_of_two_who_take_it_one_is_told(written: Submission, editor: User, owner: User) -> None:
    contributions.take(written, by=editor, version=1)
    with pytest.raises(Moved):
        contributions.take(written, by=owner, version=1)
    assert Draft.objects.get(state="open").author == editor.pk


def test_it_is_not_taken_with_a_note_for_the_desk(
    written: Submission, editor: User, open_: Blog, browse: Callable[[User | None], Client]
) -> None:
    with pytest.raises(Refused):
        contributions.reject(written, by=editor, note_=" ", version=1)
    contributions.reject(written, by=editor, note_="We have seen no such bridge.", version=1)
    assert "no such bridge" in browse(editor).get(f"{open_.path}contributions/{written.pk}/").content.decode()


def test_how_to_reach_a_reader_is_shown_to_who_judges_alone_and_stands_in_no_audit(
    written: Submission,
    open_: Blog,
    browse: Callable[[User | None], Client],
    editor: User,
    contributor: User,
    owner: User,
) -> None:
    contributions.take(written, by=editor, version=1)
    assert browse(contributor).get(f"{open_.path}contributions/{written.pk}/").status_code == 403
    for path in ("", "submissions/", "tab/submissions/", "tab/handover/", "audit/", "audit/csv/", "tab/drafts/"):
        answer = browse(owner).get(open_.path + path)
        page = answer.getvalue()
        assert b"rae@reader" not in page
        assert b"Rae Reader" not in page
    assert not Act.objects.filter(about__contains="rae").exists()
    assert "rae" not in str(Contact.objects.get()).lower()


def test_a_press_forgets_how_to_reach_a_reader(written: Submission, editor: User) -> None:
    contributions.forget_contact(written, by=editor)
    assert not Contact.objects.exists()
    assert Submission.objects.exists()
    with pytest.raises(Refused):
        contributions.forget_contact(written, by=editor)


def test_all_of_it_is_erased_some_days_after_the_end_and_not_before(
    written: Submission, open_: Blog, owner: User, settings: Settings
) -> None:
    settings.CONTRIBUTIONS_KEPT_DAYS = 30
    assert contributions.forget_ended() == 0
    actions.close_blog(open_.id, by=owner)
    for days, kept in ((29, 1), (31, 0)):
        contributions.forget_ended(timezone.now() + timedelta(days=days))
        assert (Submission.objects.count(), Contact.objects.count()) == (kept, kept)


def test_the_page_leads_to_the_form_while_readers_may_write(open_: Blog, owner: User, blog: Blog) -> None:
    from asithappened.published.models import Part

    def box() -> str:
        return bytes(Part.objects.get(blog=blog.id, name="contribute").data).decode()

    assert '"/contribute/storm/"' in box()
    contributions.set_contributions(blog.id, by=owner, open_=False)
    assert "contribute" not in box()
