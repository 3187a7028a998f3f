"""The desk for a program: the same rules and sentences as its forms, and nothing lost to what cannot be read."""

import html
import json
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from asgiref.sync import async_to_sync
from django.conf import settings
from django.contrib.auth import get_user
from django.db import OperationalError
from django.test import AsyncClient, Client

from asithappened.accounts.gate import Verb, get_blog_for
from asithappened.accounts.models import User
from asithappened.core import body
from asithappened.core.events import Audience, PostKind
from asithappened.desk import actions
from asithappened.desk.draft import draft_of
from asithappened.desk.views.posts import preview
from asithappened.log import read
from tests.desk.conftest import Blog, said
from tests.desk.pages import form

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")


def doc(*blocks: str | dict[str, Any]) -> dict[str, Any]:
    """Return a document of paragraphs, or of what else is given."""
    made = [
        {"type": "paragraph", "content": [{"type": "text", "text": b}]} if isinstance(b, str) else b for b in blocks
    ]
    return {"type": "doc", "content": made}


def picture(**attrs: Any) -> dict[str, Any]:
    return {"type": "image", "attrs": {"src": "https://a.example/x.jpg", "alt": "A wall", **attrs}}


def ask(client: Client, path: str, raw: str | bytes | None = None, /, **members: Any) -> tuple[int, dict[str, Any]]:
    """Send JSON to an address; return the status and what is answered."""
    sent = json.dumps({"version": 1, **members}) if raw is None else raw
    answer = client.post(path, sent, content_type="application/json")
    assert answer["Content-Type"] == "application/json"
    assert answer["Cache-Control"] == "no-store"
    assert "messages" not in answer.cookies, "what a program was told is told to nobody's next page"
    told = answer.json()
    assert told.pop("version") == 1
    return answer.status_code, told


def why(answered: tuple[int, dict[str, Any]]) -> tuple[int, list[tuple[str, str]]]:
    """Return the status of a refusal, and what was wrong: code and field of each."""
    status, told = answered
    assert all(one["message"] for one in told["refused"])
    return status, [(one["code"], one["field"]) for one in told["refused"]]


def look(client: Client, path: str) -> dict[str, Any]:
    """Return what a program is told of a form."""
    answer = client.get(path, headers={"Accept": "application/json"})
    assert answer.status_code == 200
    told: dict[str, Any] = answer.json()
    return told


@pytest.fixture
def desk(browse: Callable[[User | None], Client], editor: User) -> Client:
    """Return an editor's program."""
    return browse(editor)


@pytest.fixture
def write(blog: Blog) -> str:
    return f"{blog.path}write/"


def test_a_post_is_published_and_its_receipt_says_which_facts_it_is(desk: Client, write: str, blog: Blog) -> None:
    status, told = ask(desk, write, do="publish", once="a-b_1", title="Bridge shut", body=doc("Now."), pin=True)
    (post,) = read.posts(blog.id)
    head = read.head(blog.id)[1]
    assert (status, told["done"]) == (200, "Published. Readers have it. “Bridge shut” is pinned.")
    assert told["to"] == f"{blog.path}#p-{post.id}"
    assert told["receipt"] == {
        "blog": blog.id, "slug": "storm", "seqs": [head - 1, head], "post": post.id,
        "based_on": head - 1,
        "address": f"{settings.PUBLIC_URL}/live/storm/p/{post.id}/",
    }  # fmt: skip
    assert (post.title, post.bylines, body.plain(post.body)) == ("Bridge shut", (), "Now.")


def test_the_same_twice_is_one_post_with_one_receipt_and_other_words_are_told_which_post_there_is(
    desk: Client, write: str, blog: Blog
) -> None:
    first = ask(desk, write, do="publish", once="k", body=doc("Now."))
    assert ask(desk, write, do="publish", once="k", body=doc("Now.")) == first
    status, told = ask(desk, write, do="publish", once="k", body=doc("Later."))
    assert (status, told["refused"][0]["code"], told["post"]) == (409, "sent_before", read.posts(blog.id)[0].id)
    assert len(read.posts(blog.id)) == 1


def test_the_same_words_with_a_new_key_are_asked_about_and_published_when_they_are_meant(
    desk: Client, write: str, blog: Blog
) -> None:
    _, first = ask(desk, write, do="publish", once="k1", body=doc("Goal!"))
    status, told = ask(desk, write, do="publish", once="k2", body=doc("Goal!"))
    assert (status, told["refused"][0]["code"], told["post"]) == (409, "said_before", first["receipt"]["post"])
    assert ask(desk, write, do="publish", once="k2", body=doc("Goal!"), again=told["post"])[0] == 200
    assert len(read.posts(blog.id)) == 2


def test_a_form_and_a_program_with_one_key_and_one_text_are_one_post(desk: Client, write: str, blog: Blog) -> None:
    desk.post(write, form(text="Now.", once="k"))
    status, told = ask(desk, write, do="publish", once="k", body=doc("Now."), bylines=["Ada Reporter"])
    assert (status, [told["receipt"]["post"]]) == (200, [post.id for post in read.posts(blog.id)])


def test_blocks_keep_the_ids_that_they_are_sent_with_and_are_given_those_that_they_lack(
    desk: Client, write: str, blog: Blog
) -> None:
    mine = {**doc("One.")["content"][0], "attrs": {"id": "mine-1"}}
    ask(desk, write, do="publish", once="k", body=doc(mine, "Two."))
    (post,) = read.posts(blog.id)
    first, second = (block.attrs.id for block in post.body.content)
    assert (first, bool(second)) == ("mine-1", True)
    edit = f"{blog.path}p/{post.id}/"
    told = look(desk, edit)["forms"]["form"]
    assert [block["attrs"]["id"] for block in told["body"]["content"]] == [first, second]
    # Sent back without ids they are the same blocks still, one of them mended.
    ask(desk, edit, do="publish", based_on=told["based_on"], body=doc("One.", "Two!"))
    assert [block.attrs.id for block in blog.post(post.id).body.content] == [first, second]


def test_a_preview_is_what_readers_would_be_given_and_publishes_nothing(desk: Client, write: str, blog: Blog) -> None:
    head = read.head(blog.id)
    status, told = ask(desk, write, do="preview", body=doc("The wall has **no** marks."), title="Wall")
    assert (status, read.head(blog.id)) == (200, head)
    assert told["preview"].startswith('<article class="post" id="p-preview"')
    assert "<p>The wall has **no** marks.</p>" in told["preview"]
    _, published = ask(desk, write, do="publish", once="k", body=doc("Words."))
    post = blog.post(published["receipt"]["post"])
    _, told = ask(desk, f"{blog.path}p/{post.id}/", do="preview", body=doc("Words."))
    grant = get_blog_for(get_user(desk), "storm", to=Verb.PUBLISH)
    assert told["preview"] == preview(grant, draft_of(post), post)


WRONG: dict[str, tuple[dict[str, Any], tuple[str, str]]] = {
    "no alt": ({"body": doc(picture(alt=""))}, ("invalid", "body.content[0].attrs.alt")),
    "unseen": ({"body": doc("A.", picture(src="http://a.example/x.jpg"))}, ("invalid", "body.content[1].attrs.src")),
    "no link": ({"body": doc({"type": "linkCard", "attrs": {"title": "x"}})}, ("invalid", "body.content[0].attrs.url")),
    "no date": (
        {"body": doc({"type": "socialEmbed", "attrs": {"platform": "x", "text": "a", "date": "2026-02-31"}})},
        ("invalid", "body.content[0].attrs.date"),
    ),
    "long title": ({"title": "x" * 301, "body": doc("A.")}, ("invalid", "title")),
    "long byline": ({"bylines": ["x" * 121], "body": doc("A.")}, ("invalid", "bylines")),
    "no such node": ({"body": doc({"type": "script"})}, ("body", "body.content[0].type")),
    "too long": ({"body": doc("x" * 70_000)}, ("body", "body")),
    "no document": ({"body": "words"}, ("body", "body")),
    "nothing": ({"body": None}, ("body", "body")),
    "an id twice": ({"body": doc(*[{"type": "paragraph", "attrs": {"id": "a"}}] * 2)}, ("body", "body")),
    "script": (
        {"body": doc({"type": "paragraph", "content": [
            {"type": "text", "text": "a", "marks": [{"type": "link", "attrs": {"href": "javascript:alert(1)"}}]}]})},
        ("body", "body"),
    ),
    "control": ({"body": doc("a\x07b")}, ("body", "body")),
    "kind": ({"kind": "scoop", "body": doc("A.")}, ("type", "kind")),
    "bylines": ({"bylines": "Ada", "body": doc("A.")}, ("type", "bylines")),
    "title": ({"title": 7, "body": doc("A.")}, ("type", "title")),
    "field": ({"headline": "x", "body": doc("A.")}, ("unknown_field", "headline")),
    "another button's field": ({"reason": "x", "body": doc("A.")}, ("unknown_field", "reason")),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
@pytest.mark.parametrize("do", ["publish", "preview"])
def test_what_is_wrong_is_named_with_its_place(name: str, do: str, desk: Client, write: str, blog: Blog) -> None:
    members, expected = WRONG[name]
    assert why(ask(desk, write, do=do, once="k", **members)) == (422, [expected])
    assert read.posts(blog.id) == []


@pytest.mark.parametrize("once", ["", "with space", "x" * 65, "naïve"])
def test_a_publication_has_a_key_that_can_be_sent_again(once: str, desk: Client, write: str, blog: Blog) -> None:
    assert why(ask(desk, write, do="publish", once=once, body=doc("A."))) == (422, [("once", "once")])
    assert read.posts(blog.id) == []


UNREADABLE = {
    "not JSON": ('{"version": 1, "do": "pub', ("malformed", "")),
    "empty": (" ", ("malformed", "")),
    "a list": ("[]", ("malformed", "")),
    "a form": ("do=publish&once=1", ("malformed", "")),
    "deep": ('{"version": 1, "body": ' + "[" * 100_000 + "]" * 100_000 + "}", ("malformed", "")),
    "half a character": ('{"version": 1, "title": "\\ud800"}', ("malformed", "")),
    "no version": ('{"do": "publish"}', ("version", "version")),
    "another version": ('{"version": 2, "do": "publish"}', ("version", "version")),
    "true is no version": ('{"version": true, "do": "publish"}', ("version", "version")),
    "a button that is no word": ('{"version": 1, "do": ["publish"]}', ("type", "do")),
    "based on words": ('{"version": 1, "do": "publish", "based_on": "7"}', ("type", "based_on")),
    "based on too much": ('{"version": 1, "do": "publish", "based_on": 9223372036854775808}', ("type", "based_on")),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_told_so_and_does_nothing(name: str, desk: Client, write: str, blog: Blog) -> None:
    raw, expected = UNREADABLE[name]
    assert why(ask(desk, write, raw)) == (400, [expected])
    assert read.posts(blog.id) == []


def test_more_than_the_desk_takes_is_refused_in_words(desk: Client, write: str) -> None:
    assert why(ask(desk, write, do="publish", once="k", title="x" * (1024 * 1024 + 1))) == (400, [("not_whole", "")])


def test_who_was_not_first_is_told_how_it_stands_now_and_may_send_again_on_top_of_it(
    desk: Client, blog: Blog, editor: User, owner: User
) -> None:
    post = actions.publish_post(blog.id, by=editor, draft=said("63 dead."), once="1")
    edit = f"{blog.path}p/{post.id}/"
    seen = look(desk, edit)["forms"]["form"]["based_on"]
    actions.revise_post(blog.id, by=owner, post=post.id, draft=said("64 dead."), based_on=post.last_seq)
    status, told = ask(desk, edit, do="publish", based_on=seen, body=doc("65 dead."))
    assert (status, told["refused"][0]["code"]) == (409, "moved")
    assert body.plain(body.parse(told["now"]["body"])) == "64 dead."
    assert told["now"]["based_on"] == blog.post(post.id).last_seq
    assert ask(desk, edit, do="publish", body=doc("65 dead."))[0] == 409, (
        "who says nothing of what they saw saw nothing"
    )
    status, told = ask(
        desk, edit, do="publish", based_on=told["now"]["based_on"], body=doc("65 dead."), reason="Police."
    )
    assert (status, told["receipt"]["seqs"]) == (200, [read.head(blog.id)[1]] * 2)
    assert body.plain(blog.post(post.id).body) == "65 dead."


def test_a_database_that_is_away_is_said_to_a_program_with_the_number_in_the_log(
    owner: User, blog: Blog, write: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*args: Any, **kwargs: Any) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr("asithappened.press.publish", away)
    client = Client(raise_request_exception=False)
    client.force_login(owner)
    status, told = ask(client, write, do="publish", once="k", body=doc("A."))
    assert (status, told["refused"][0]["code"], len(told["incident"])) == (503, "unavailable", 8)
    assert "locked" not in json.dumps(told)


def test_a_program_is_answered_where_the_server_runs_it_too(editor: User, blog: Blog, write: str) -> None:
    client = AsyncClient()
    client.force_login(editor)
    sent = {"version": 1, "do": "publish", "once": "k", "body": doc("Now.")}
    answer = async_to_sync(client.post)(write, json.dumps(sent), content_type="application/json")
    assert (answer.status_code, answer.json()["receipt"]["post"]) == (200, read.posts(blog.id)[0].id)


def test_a_browser_is_answered_with_a_page_whatever_else_it_takes(desk: Client, write: str) -> None:
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    for header in (accept, "*/*", "text/html, application/json"):
        assert desk.get(write, headers={"Accept": header})["Content-Type"].startswith("text/html")
    answer = desk.post(write, form(text=" "), headers={"Accept": "application/json"})
    assert answer["Content-Type"].startswith("text/html"), "a form is answered as a form"


def test_looking_as_a_program_changes_nothing_and_says_what_may_be_pressed(
    desk: Client, blog: Blog, write: str
) -> None:
    head = read.head(blog.id)
    told = look(desk, write)
    assert told["buttons"] == dict.fromkeys(("publish", "schedule", "earlier", "embargo", "preview"), "form")
    assert told["forms"]["form"]["bylines"] == ["Editor Person"]
    assert len(told["forms"]["form"]["once"]) == 24
    assert len(told["csrf"]) == 64
    assert read.head(blog.id) == head


def test_kinds_and_audiences_are_named_as_the_log_names_them(
    desk: Client, browse: Callable[[User | None], Client], owner: User, blog: Blog, write: str
) -> None:
    _, told = ask(desk, write, do="publish", once="k", kind="summary", body=doc("So far."))
    assert blog.post(told["receipt"]["post"]).kind is PostKind.SUMMARY
    assert ask(browse(owner), f"{blog.path}settings/", do="audience", audience="members")[0] == 200
    assert blog.state.audience is Audience.MEMBERS


def pictured(**values: Any) -> dict[str, Any]:
    """Return a form of one picture beside its text."""
    return form(text="A.\r\n[[1]]", carried=json.dumps([{"type": "image", "attrs": values}]))


# What is sent as a form, and what as JSON: by an editor, to the address under the desk's own.
SAME: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
    "no alt": ("write/", pictured(src="https://a.example/x.jpg"), {"body": doc("A.", picture(alt=""))}),
    "unseen": (
        "write/",
        pictured(src="http://a.example/x.jpg", alt="A"),
        {"body": doc(picture(src="http://a.example/x.jpg"))},
    ),
    "long title": ("write/", form(title="x" * 301), {"title": "x" * 301}),
    "empty": ("write/", form(text=" "), {"body": doc()}),
    "zone": (
        "settings/",
        {"do": "describe", "describe-title": "T", "describe-language": "en", "describe-zone": "Mars"},
        {"title": "T", "language": "en", "zone": "Mars"},
    ),
    "no name": ("settings/", {"do": "on", "on-name": " "}, {"name": " "}),
    "button": ("settings/", {"do": "explode"}, {}),
    "unchanged": ("settings/", {"do": "describe", "describe-title": "Storm Isolde", "describe-language": "en",
                                "describe-zone": "Europe/London"},
                  {"title": "Storm Isolde", "language": "en", "zone": "Europe/London"}),
}  # fmt: skip


@pytest.mark.parametrize("name", SAME)
def test_a_program_is_told_what_a_page_says(name: str, desk: Client, blog: Blog) -> None:
    path, typed, members = SAME[name]
    page = desk.post(blog.path + path, typed, follow=True).content.decode()
    key = {"once": "k"} if path == "write/" else {}
    _, told = ask(desk, blog.path + path, do=typed["do"], **key, **members)
    assert told["refused"]
    for refused in told["refused"]:
        assert refused["message"] in html.unescape(page)
