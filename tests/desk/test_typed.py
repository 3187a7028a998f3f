"""Nothing that was typed is lost: to a login that ran out, an old token, a broken server or database."""

import html
import logging
import re
from collections.abc import Callable

import pytest
from asgiref.sync import async_to_sync
from django.db import OperationalError
from django.test import AsyncClient, Client

from asithappened.accounts.models import Membership, User
from asithappened.desk.models import Embargo, Promise, Scheduled, Submission
from asithappened.log import read
from tests.desk.addresses import DESK
from tests.desk.conftest import Blog
from tests.desk.pages import form
from tests.desk.standing import admin, blog, browse, contributor, editor, newsroom, owner, people, place, stranger
from tests.desk.test_matrix import NOT_OF_A_BLOG

__all__ = ["admin", "blog", "browse", "contributor", "editor", "newsroom", "owner", "people", "place", "stranger"]

pytestmark = pytest.mark.django_db

TYPED = "Half an hour of typing, with the mayor’s words in it.\r\n\r\n“We <b>know</b>.”"
# What somebody would have typed at each address that takes words; the others take presses of a button.
WORDS = {
    "write": form(text=TYPED),
    "edit": form(text=TYPED),
    "hand_in": form(text=TYPED),
    "submission": form(text=TYPED),
    "scheduled_post": form(text=TYPED),
    "withdraw": {"reason": TYPED},
    "erase": {"reason": TYPED},
    "history": {"do": "erase_version", "seq": "2", "reason": TYPED},
    "take_down": {"reason": TYPED, "slug": "storm"},
    "settings": {"do": "describe", "describe-title": "A new headline", "describe-standfirst": TYPED},
    "contribution": {"do": "reject", "note": TYPED},
    "contributor": {"name": "Ines Calloway", "do": "on"},
    "people": {"do": "add", "email": "ines@house.example", "byline": "Ines Calloway"},
    "new_statement": {"text": TYPED, "source": "Bo Lund"},
    "statement": {"do": "record", "text": TYPED, "based_on": "1"},
    "new_series": {"do": "figure", "label": "Homes without power", "value": "4600"},
    "series": {"do": "move", "value": "11400"},
    "ledger_row": {"do": "erase", "reason": TYPED},
    "sources": {"name": "Ines Calloway", "aliases": "The harbour master"},
    "source": {"do": "change", "name": "Bo Lund", "based_on": "1"},
    "continue": {"do": "open", "new-title": "Tomorrow", "new-standfirst": TYPED, "new-slug": "tomorrow"},
    "close": {"standfirst": TYPED},
    "notes": {"text": TYPED},
    "correct": {"was": TYPED, "now": TYPED, "reason": TYPED},
    "correct_blog": {"of": "headline", "was": TYPED, "now": TYPED},
    "figures": {"d41e07a9c3-seats": "31"},
    "note": {"text": TYPED},
    "welcome": {"do": "next", "byline": "Ines Calloway"},
    "welcome_blog": {"do": "open", "title": "A new headline"},
    "welcome_people": {"do": "add", "email": "ines@house.example", "byline": "Ines Calloway"},
    "everybody": {"do": "invite", "invite-email": "ines@house.example", "invite-uses": "1", "invite-days": "7"},
    "open": {"title": "A new headline", "standfirst": TYPED},
    "me": {"do": "profile", "byline": "Ines Calloway", "url": "https://courier.example/ines"},
    "told_of": {"do": "profile", "role": "Editor", "url": "https://courier.example/ines"},
}
PRESSES = {
    "change": {"do": "pin"},
    "drafts": {"do": "mine"},
    "handover": {"do": "revoke"},
    "embargo": {"do": "lift"},
    "job": {"do": "again"},
    "person": {"do": "rights"},
    "promise": {"do": "keep"},
    "alert": {"do": "send", "text": "The wall gives way"},
    "reopen": {},
    "public": {},
    "sample": {"do": "remove"},
    "settle_note": {"do": "done"},
    "beat": {"tab": "tab-of-ada"},
    "links": {"url": "https://10.0.0.1/"},
    "suggest": {"title": TYPED},
    "sweep": {"do": "mend", "key": "0" * 24},
    "learned": {"do": "forget", "number": "1"},
}
IN_PIECES = {"media"}  # a file: what its sender has of it, it still has (test_media.py)
ONLY_SHOWN = {"share"}  # to whoever sent it: test_app.py
LOOKED_AT = {
    "handed_over", "scheduled", "promises", "rows", "tab", "desk", "as_readers", "submissions", "blogs", "jobs",
    "audit", "audit_csv", "audit_all", "audit_all_csv", "medium", "media_file", "app", "known", "manifest", "worker",
    "my_picture", "readers", "corrections", "ledger", "alerts",
}  # fmt: skip


def resent(page: str) -> dict[str, str]:
    """Return what a browser sends when somebody presses the button under what was given back."""
    inner = page[page.index('id="typed"') :].split("</form>", maxsplit=1)[0]
    sent = {
        name: html.unescape(value)
        for name, value in re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', inner)
    }
    for name, value in re.findall(r'<textarea id="[^"]*" name="([^"]*)"[^>]*>\n?(.*?)</textarea>', inner, re.S):
        sent[name] = html.unescape(value).replace("\r\n", "\n").replace("\n", "\r\n")
    return sent


def given(page: str, name: str) -> dict[str, str]:
    """Return what was given back of what was typed at an address."""
    sent = resent(page)
    assert sent.pop("csrfmiddlewaretoken")
    assert {key: value for key, value in WORDS[name].items() if value} == {k: v for k, v in sent.items() if v}
    return sent


def test_every_address_of_the_desk_that_is_sent_something_has_its_row() -> None:
    assert set(DESK) == {*WORDS, *PRESSES, *LOOKED_AT, *IN_PIECES, *ONLY_SHOWN}
    assert {*WORDS, *PRESSES, *LOOKED_AT} > NOT_OF_A_BLOG


def everything() -> list[object]:
    """Return all that a form could have changed."""
    return [
        *read.blogs(),
        *User.objects.values_list(),
        *Membership.objects.values_list(),
        *Submission.objects.values_list(),
        *Scheduled.objects.values_list(),
        *Embargo.objects.values_list(),
        *Promise.objects.values_list(),
    ]


@pytest.mark.parametrize("name", WORDS)
def test_who_is_signed_out_finds_the_words_in_the_answer_and_nothing_is_done(
    name: str, place: Callable[..., str], browse: Callable[[User | None], Client], blog: Blog
) -> None:
    before = everything()
    answer = browse(None).post(place(name), WORDS[name])
    page = answer.content.decode()
    given(page, name)
    assert answer.status_code == 403
    assert "You are signed out" in page
    assert "/accounts/login/" in page
    assert everything() == before


@pytest.mark.parametrize("name", WORDS)
def test_a_form_whose_token_is_too_old_gives_them_back_too(
    name: str, place: Callable[..., str], owner: User, blog: Blog
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner)
    before = everything()
    answer = client.post(place(name), WORDS[name])
    given(answer.content.decode(), name)
    assert answer.status_code == 403
    assert everything() == before


@pytest.mark.parametrize("name", WORDS)
@pytest.mark.parametrize("witness", [
    {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"},
    {"Origin": "null"}, {"Referer": "https://evil.example/desk/"}, {"Origin": "http://testserver.evil.example"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
])  # fmt: skip
def test_what_another_site_sent_is_given_back_to_nobody(
    name: str, witness: dict[str, str], place: Callable[..., str], owner: User, blog: Blog
) -> None:
    for signed_in in (False, True):
        client = Client(enforce_csrf_checks=signed_in, headers=witness)
        if signed_in:
            client.force_login(owner)
        page = client.post(place(name), WORDS[name], follow=True).content.decode()
        for value in WORDS[name].values():
            assert len(value) < 12 or value not in html.unescape(page)


def test_after_signing_in_the_form_is_sent_again_by_the_person_and_not_before(owner: User, blog: Blog) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner)
    client.get(blog.path)
    # The session ends; the form's own cookie is still there.
    del client.cookies["session"]
    sent = {**form(text=TYPED, title="The mayor speaks"), "csrfmiddlewaretoken": client.cookies["csrf"].value}
    page = client.post(f"{blog.path}write/", sent).content.decode()
    assert "You are signed out" in page
    client.force_login(owner)
    before = read.posts(blog.id)
    assert "The mayor speaks" not in {post.title for post in before}
    answer = client.post(f"{blog.path}write/", resent(page))
    if answer.status_code == 403:  # signing in by a form gives a new token: the page asks once more
        answer = client.post(f"{blog.path}write/", resent(answer.content.decode()))
    assert answer.status_code == 302
    (post,) = (post for post in read.posts(blog.id) if post not in before)
    assert post.title == "The mayor speaks"
    assert "Half an hour of typing" in client.get(blog.path).content.decode()


def test_a_button_pressed_while_signed_out_is_not_sent_to_an_address_that_only_takes_presses(
    place: Callable[..., str], browse: Callable[[User | None], Client], blog: Blog
) -> None:
    page = browse(None).post(place("change"), {"do": "pin"}).content.decode()
    assert resent(page)["do"] == "pin"
    assert browse(None).post(place("close"))["Location"].startswith("/accounts/login/?next=/desk/")


@pytest.mark.parametrize("gone", ["removed", "not there"])
def test_who_lost_the_right_to_publish_while_writing_loses_no_word(
    gone: str, browse: Callable[[User | None], Client], editor: User, blog: Blog
) -> None:
    client = browse(editor)
    if gone == "removed":
        Membership.objects.filter(user=editor).delete()
    answer = client.post(f"{blog.path if gone == 'removed' else '/desk/live/elsewhere/'}write/", form(text=TYPED))
    assert answer.status_code == 404
    given(answer.content.decode(), "write")


def test_a_contributor_who_may_not_publish_is_told_so_with_the_words(
    browse: Callable[[User | None], Client], contributor: User, blog: Blog
) -> None:
    answer = browse(contributor).post(f"{blog.path}write/", form(text=TYPED))
    assert answer.status_code == 403
    given(answer.content.decode(), "write")


def test_a_password_comes_back_in_no_answer(owner: User) -> None:
    sent = {"do": "password", "new_password1": "correct horse battery", "new_password2": "correct horse battery"}
    page = Client().post("/desk/me/", sent, follow=True).content.decode()
    assert "correct horse" not in page
    broken = Client(enforce_csrf_checks=True)
    broken.force_login(owner)
    assert "correct horse" not in broken.post("/desk/me/", sent).content.decode()


@pytest.fixture
def cut(monkeypatch: pytest.MonkeyPatch) -> Callable[[Exception], None]:
    """Return a function that makes every publish raise something."""

    def raising(error: Exception) -> None:
        def publish(*args: object, **kwargs: object) -> None:
            raise error

        monkeypatch.setattr("asithappened.press.publish", publish)

    return raising


@pytest.mark.parametrize(("error", "status"), [
    (OperationalError("database is locked"), 503),
    (OperationalError("unable to open database file"), 503),
    (OperationalError("database or disk is full"), 503),
    (RuntimeError("a defect of ours"), 500),
    (OSError(28, "No space left on device"), 500),
])  # fmt: skip
@pytest.mark.parametrize("name", ["write", "edit", "settings", "withdraw"])
def test_a_server_that_cannot_gives_the_words_back_with_a_number_that_its_log_knows(
    name: str,
    error: Exception,
    status: int,
    place: Callable[..., str],
    owner: User,
    blog: Blog,
    cut: Callable[[Exception], None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    path = place(name)
    cut(error)
    client = Client(raise_request_exception=False)
    client.force_login(owner)
    sent = {**WORDS[name], "based_on": "0"} if name == "settings" else WORDS[name]
    if name == "settings":
        sent |= {"describe-language": "en", "describe-zone": "UTC"}
    elif name == "edit":
        sent = {**sent, "based_on": str(read.posts(blog.id)[0].last_seq)}
    with caplog.at_level(logging.ERROR):
        answer = client.post(path, sent)
    page = answer.content.decode()
    back = resent(page)
    back.pop("csrfmiddlewaretoken")
    assert {k: v for k, v in back.items() if v} == {k: v for k, v in sent.items() if v}
    assert answer.status_code == status
    assert answer.headers.get("Retry-After", "").isdecimal() == (status == 503)
    number = re.search(r"the number (\w+)", page)
    assert number is not None
    assert number[1] in caplog.text
    assert str(error) in caplog.text
    assert str(error) not in page
    for contradiction in ("Published.", "Saved.", "Readers have"):
        assert contradiction not in page


def test_no_answer_says_both_that_something_was_published_and_that_nothing_was(
    browse: Callable[[User | None], Client], editor: User, blog: Blog
) -> None:
    client = browse(editor)
    answer = client.post(f"{blog.path}write/", form(text="One thing."))
    assert answer.status_code == 302  # and its redirect is not followed: the message waits
    page = client.post(f"{blog.path}write/", form(text=" ", once="another")).content.decode()
    assert "Not sent yet" in page
    assert "Published" not in page.split("<main")[1].split("<form")[0]
    client.post(f"{blog.path}write/", form(text="No token."), headers={"Sec-Fetch-Site": "same-origin"})
    assert "Readers have it" in client.get(blog.path).content.decode()


def test_what_was_done_is_said_without_the_database_being_written_once_more(
    browse: Callable[[User | None], Client], editor: User, blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A session that cannot be saved once turned “Published” into a 400 that said that nothing was."""
    client = browse(editor)

    def locked(*args: object, **kwargs: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.save", locked)
    assert client.post(f"{blog.path}write/", form(text="One thing.")).status_code == 302
    assert "Readers have it" in client.get(blog.path).content.decode()


def test_a_database_that_is_away_before_the_person_is_known_gives_the_words_back(
    owner: User, blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(owner)

    def away(*args: object, **kwargs: object) -> None:
        raise OperationalError("the database system is starting up")

    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", away)
    answer = client.post(f"{blog.path}write/", WORDS["write"])
    assert answer.status_code == 503
    given(answer.content.decode(), "write")


def test_what_broke_is_known_where_the_server_runs_it_too(
    owner: User, blog: Blog, cut: Callable[[Exception], None]
) -> None:
    """Django answers an error in another thread there."""
    cut(OperationalError("database is locked"))
    client = AsyncClient(raise_request_exception=False)
    client.force_login(owner)
    answer = async_to_sync(client.post)(f"{blog.path}write/", WORDS["write"])
    assert answer.status_code == 503
    given(answer.content.decode(), "write")


def test_a_body_too_large_to_be_read_is_refused_in_words_and_breaks_nothing(
    browse: Callable[[User | None], Client], editor: User, blog: Blog
) -> None:
    answer = browse(editor).post(f"{blog.path}write/", form(text="x" * (1024 * 1024 + 1)))
    assert answer.status_code == 400
    assert "did not arrive whole" in answer.content.decode()
