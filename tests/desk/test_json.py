"""The desk for a program: the same rules and sentences as its forms, and nothing lost to what cannot be read."""

import html
import json
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest
from asgiref.sync import async_to_sync
from django.conf import settings
from django.contrib.auth import get_user
from django.db import OperationalError
from django.test import AsyncClient, Client
from hypothesis import given

from asithappened.accounts.gate import Verb, get_blog_for
from asithappened.accounts.models import User
from asithappened.core import body
from asithappened.core.events import Audience, PostKind
from asithappened.desk import actions
from asithappened.desk.actions import submissions
from asithappened.desk.draft import Draft, _without_ids, draft_of
from asithappened.desk.forms import judging
from asithappened.desk.forms import post as post_form
from asithappened.desk.models import Submission
from asithappened.desk.views.posts import preview
from asithappened.log import read
from tests.desk.conftest import Blog, said
from tests.desk.documents import documents
from tests.desk.test_views import form

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


def test_nothing_is_taken_from_the_page_of_somebody_who_is_not_signed_in_any_more(
    desk: Client, write: str, blog: Blog, editor: User, owner: User
) -> None:
    """The session is another person's, whatever becomes of the token; who it is is said, and not what is there."""
    page = {"X-Desk-Person": str(owner.pk)}
    sent = json.dumps({"version": 1, "do": "publish", "once": "k", "body": doc("Now.")})
    for path in (write, f"{blog.path}beat/", "/desk/live/nowhere/write/", "/desk/open/"):
        answer = desk.post(path, sent, content_type="application/json", headers=page)
        told = answer.json()
        assert (answer.status_code, told["refused"][0]["code"], told["who"]) == (409, "another", "Editor Person")
        assert "Editor Person is signed in here now." in told["refused"][0]["message"]
    assert desk.get(write, headers={**page, "Accept": "application/json"}).status_code == 409
    assert read.posts(blog.id) == []
    mine = desk.post(write, sent, content_type="application/json", headers={"X-Desk-Person": str(editor.pk)})
    assert (mine.status_code, len(read.posts(blog.id))) == (200, 1)


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


def test_settings_are_a_program_s_too_with_lists_where_a_page_has_lines(
    browse: Callable[[User | None], Client], owner: User, blog: Blog
) -> None:
    client, settings = browse(owner), f"{blog.path}settings/"
    told = look(client, settings)
    assert told["buttons"] == {
        "describe": "describe", "rename": "rename", "audience": "audience", "on": "on",
        "related": "related", "suggest": "suggest", "embed": "embed", "hold": "hold", "contributions": "contributions",
        "alerts": "alerts", "live_video": "live_video",
    }  # fmt: skip
    now = told["forms"]["describe"]
    status, told = ask(client, settings, do="describe", **{**now, "tags": ["Weather", "Coast"]})
    assert (status, blog.state.tags) == (200, ("Weather", "Coast"))
    stale = ask(client, settings, do="describe", **{**now, "title": "Older"})
    assert (stale[0], stale[1]["now"]["tags"]) == (409, ["Weather", "Coast"])
    items = [{"title": "Tides | how high", "url": "https://a.example/t", "published_at": "2026-11-22T10:00:00Z"}]
    assert ask(client, settings, do="related", items=items)[0] == 200
    assert look(client, settings)["forms"]["related"]["items"] == items
    sites = ["HTTPS://www.Paper.example/", "http://localhost:9000", "https://www.paper.example:443"]
    assert ask(client, settings, do="embed", origins=sites)[0] == 200
    assert blog.state.embedders == ("https://www.paper.example", "http://localhost:9000")
    assert look(client, settings)["forms"]["embed"]["origins"] == list(blog.state.embedders)
    assert ask(client, settings, do="related", items=[{"title": "x", "url": "ftp://a.example/"}])[0] == 422
    assert why(ask(client, settings, do="describe", **{**now, "zone": "Mars"})) == (422, [("invalid", "zone")])
    assert why(ask(client, settings, do="describe", **{**now, "zone": 7})) == (422, [("type", "zone")])
    assert ask(client, settings, do="rename", slug="storm-2")[1]["receipt"]["slug"] == "storm-2"


def test_a_refusal_that_one_field_is_to_blame_for_names_it(
    browse: Callable[[User | None], Client], owner: User, blog: Blog
) -> None:
    actions.open_blog(by=owner, slug="taken", title="Taken")
    client = browse(owner)
    assert why(ask(client, f"{blog.path}settings/", do="rename", slug="taken")) == (422, [("slug_taken", "slug")])
    assert why(ask(client, f"{blog.path}settings/", do="rename", slug="storm")) == (409, [("unchanged", "")])
    assert why(ask(client, f"{blog.path}continue/", do="point", slug="nowhere")) == (422, [("no_successor", "slug")])
    assert why(ask(client, f"{blog.path}take-down/", slug="strom")) == (422, [("other_slug", "slug")])
    assert why(ask(client, f"{blog.path}p/none/change/", do="pin")) == (404, [("not_found", "")])


def test_an_editor_returns_and_publishes_what_was_handed_in(
    browse: Callable[[User | None], Client], contributor: User, editor: User, blog: Blog
) -> None:
    writer, desk = browse(contributor), browse(editor)
    _, told = ask(writer, f"{blog.path}hand-in/", do="publish", once="k", body=doc("From the harbour."))
    one = f"{blog.path}submissions/{told['submission']['number']}/"
    assert why(ask(desk, one, do="return", based_on=1)) == (409, [("no_note", "")])
    _, told = ask(desk, one, do="return", based_on=1, note="Which harbour?")
    assert told["submission"]["state"] == "returned"
    now = look(writer, one)["forms"]["form"]
    assert now["note"] == "Which harbour?"
    _, told = ask(writer, one, do="publish", based_on=now["based_on"], body=doc("From Penmarrow harbour."))
    assert told["submission"]["state"] == "waiting"
    assert why(ask(desk, one, do="publish", based_on=1, body=doc("Old.")))[1] == [("moved", "")]
    now = look(desk, one)["forms"]["form"]
    status, told = ask(desk, one, do="publish", based_on=now["based_on"], body=now["body"])
    assert (status, told["receipt"]["post"]) == (200, Submission.objects.get().post)


def test_words_that_were_handed_in_again_meanwhile_meet_the_editors_and_both_are_kept(
    browse: Callable[[User | None], Client], contributor: User, editor: User, blog: Blog
) -> None:
    writer, desk = browse(contributor), browse(editor)
    _, told = ask(writer, f"{blog.path}hand-in/", do="publish", once="k", body=doc("It is shut.", "Ferries go."))
    one = f"{blog.path}submissions/{told['submission']['number']}/"
    began = look(desk, one)["forms"]["form"]["body"]

    def reworded(number: int, words: str) -> dict[str, Any]:
        blocks = [dict(block) for block in began["content"]]
        blocks[number]["content"] = [{"type": "text", "text": words}]
        return {"type": "doc", "content": blocks}

    ask(desk, one, do="return", based_on=1, note="Since when?")
    ask(writer, one, do="publish", based_on=2, body=reworded(0, "It is shut since noon."))
    assert "<ins>" in desk.get(one).content.decode()
    status, told = ask(desk, one, do="publish", based_on=1, body=reworded(1, "Ferries go by the hour."))
    assert (status, told["refused"][0]["code"], told["now"]["based_on"]) == (409, "moved", 3)
    assert "since noon" in told["meeting"]
    page = desk.post(one, form(text="Ferries go.", based_on="1")).content.decode()
    assert 'class="meeting"' in page
    status, told = ask(desk, one, do="publish", based_on=3, began=1, take={}, body=told["mine"]["body"])
    assert status == 200
    words = " ".join(map(body.text_of, blog.post(told["receipt"]["post"]).body.content))
    assert "since noon" in words
    assert "by the hour" in words


def test_a_contributor_s_program_publishes_nothing(
    browse: Callable[[User | None], Client], contributor: User, blog: Blog
) -> None:
    handed = submissions.submit(blog.id, by=contributor, draft=said("Mine."), once="1")
    client = browse(contributor)
    for do in ("return", "reject"):
        sent = {"do": do, "based_on": 1, "note": "Because."}
        assert why(ask(client, f"{blog.path}submissions/{handed.pk}/", **sent)) == (403, [("forbidden", "")])
    assert read.posts(blog.id) == []


def test_whose_account_it_is_is_asked_of_a_program_too(
    browse: Callable[[User | None], Client], owner: User, stranger: User, blog: Blog
) -> None:
    client, people = browse(owner), f"{blog.path}people/"
    sent = {"do": "add", "email": stranger.email, "role": "editor"}
    status, told = ask(client, people, **sent)
    assert (status, told["refused"][0]["code"], told["account"]["user"]) == (409, "has_account", stranger.pk)
    assert why(ask(client, people, **sent, user=str(stranger.pk))) == (422, [("type", "user")])
    assert ask(client, people, **sent, user=stranger.pk)[0] == 200
    assert why(ask(client, people, do="role", user=stranger.pk, role="emperor")) == (422, [("invalid_choice", "role")])
    assert why(ask(client, people, do="link", user=owner.pk))[1] == [("member", "")]


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


def test_what_a_program_is_told_of_a_form_may_be_sent_back_as_it_is(
    desk: Client, browse: Callable[[User | None], Client], owner: User, blog: Blog, write: str
) -> None:
    post = actions.publish_post(blog.id, by=owner, draft=said("Words."), once="1")
    for client, path, do in ((desk, write, "preview"), (desk, f"{blog.path}p/{post.id}/", "preview")):
        assert ask(client, path, do=do, **look(client, path)["forms"]["form"])[0] == 200
    settings = look(browse(owner), f"{blog.path}settings/")
    for button, name in settings["buttons"].items():
        _, told = ask(browse(owner), f"{blog.path}settings/", do=button, **settings["forms"][name])
        assert {one["code"] for one in told.get("refused", ())} <= {"unchanged", "required"}
    people = look(browse(owner), f"{blog.path}people/")
    assert {name: set(people["forms"][name]) for name in people["buttons"].values()} == {
        "form": {"email", "byline", "role", "user"}, "whose": {"user"}, "promoting": {"user", "role"},
        "linking": {"role", "email", "uses", "days"}, "revoking": {"link"}, "leaving": {"user", "to"},
    }  # fmt: skip
    sent = {**people["forms"]["form"], "email": "nia@house.example"}
    assert ask(browse(owner), f"{blog.path}people/", do="add", **sent)[0] == 200


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


def unnamed(document: body.Doc) -> Any:
    """Return a document without its blocks' ids."""
    return _without_ids(msgspec.to_builtins(document))


@given(documents())
def test_a_document_is_judged_as_the_text_and_parts_that_would_make_it(document: body.Doc) -> None:
    """What the text field refuses of a body a program is refused, block for block, and no more."""
    shown = post_form.of(Draft(body=document))
    in_text = post_form.sent({"text": shown.text, "carried": shown.carried}).draft(seed="s", zone="Europe/London")
    of_program = judging.judged(document, seed="s", zone=LONDON)
    assert in_text[0].block_errors == of_program.errors
    if not of_program.errors:
        assert unnamed(in_text[1].body) == unnamed(of_program.doc)


@given(documents())
def test_what_nobody_changed_is_judged_by_nobody(document: body.Doc) -> None:
    read = judging.judged(document, seed="s", zone=LONDON, old=document)
    assert (read.doc, read.errors) == (document, {})


def test_a_text_is_sent_in_place_of_a_body_and_read_as_the_page_reads_it(desk: Client, blog: Blog, write: str) -> None:
    parts = json.dumps([picture()])
    _, told = ask(desk, write, do="publish", once="k", text="## Now\n\n- one\n[[1]]", carried=parts)
    post = blog.post(told["receipt"]["post"])
    assert [type(block).__name__ for block in post.body.content] == ["Heading", "BulletList", "Image"]
    unseen = json.dumps([picture(src="http://a.example/x.jpg")])
    assert why(ask(desk, write, do="publish", once="l", text="[[1]]", carried=unseen)) == (422, [("invalid", "text")])


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
