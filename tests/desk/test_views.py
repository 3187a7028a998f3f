"""The desk's pages, as a browser without JavaScript uses them."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from asithappened.accounts.models import User
from asithappened.core import body
from asithappened.core.events import Audience, PostKind
from asithappened.core.state import Status
from asithappened.desk import actions
from asithappened.desk.actions import submissions
from asithappened.desk.models import Act, Submission
from asithappened.log import read
from tests.desk.conftest import Blog, said

pytestmark = pytest.mark.django_db


def form(**values: Any) -> dict[str, Any]:
    """Return a post form's data."""
    text = values.pop("text", "The sea wall has given way.")
    return {
        "do": "publish", "once": "abc123", "title": "", "kind": "update", "bylines": "Ada Reporter",
        "text": text, **values,
    }  # fmt: skip


# Of a form that publishes: when, in whose zone that is said, and the rows of the ledger that come with it.
LATER = {"at": "", "zone": "Europe/London", "rows": ""}


def sent_by(html: str) -> dict[str, Any]:
    """Return what a browser would send for the post form of a page: its inputs, areas, and checked boxes."""
    import html as entities

    data = {}
    inner = html[html.index('name="once"') - 30 :]
    for tag in re.findall(r"<input[^>]*>", inner):
        attrs = {k: entities.unescape(v) for k, v in re.findall(r'([\w-]+)="([^"]*)"', tag)}
        if "name" not in attrs or attrs["name"] == "csrfmiddlewaretoken":
            continue
        if attrs.get("type") in {"checkbox", "radio"}:
            if " checked" in tag:
                data[attrs["name"]] = attrs.get("value", "on")
        else:
            data[attrs["name"]] = attrs.get("value", "")
    for name, value in re.findall(r'<textarea id="[^"]*" name="([^"]*)"[^>]*>\n?(.*?)</textarea>', inner, re.S):
        data[name] = entities.unescape(value).replace("\r\n", "\n").replace("\n", "\r\n")
    for name, options in re.findall(r'<select id="[^"]*" name="([^"]*)"[^>]*>(.*?)</select>', inner, re.S):
        (data[name],) = re.findall(r'<option value="([^"]*)" selected', options)
    return data


def test_an_editor_publishes_and_readers_have_it(
    browse: Callable[[User | None], Client], editor: User, blog: Blog
) -> None:
    answer = browse(editor).post(f"{blog.path}write/", form(title="Sea wall breached", kind="key_event"), follow=True)
    (post,) = read.posts(blog.id)
    assert (post.title, post.kind, post.bylines) == ("Sea wall breached", PostKind.KEY_EVENT, ("Ada Reporter",))
    assert "The sea wall has given way." in answer.content.decode()
    assert Act.objects.filter(blog_id=blog.id, verb="publish_post", user=editor).count() == 1


def test_a_form_sent_twice_makes_one_post(browse: Callable[[User | None], Client], editor: User, blog: Blog) -> None:
    client = browse(editor)
    for _ in range(2):
        assert client.post(f"{blog.path}write/", form()).status_code == 302
    assert len(read.posts(blog.id)) == 1


def test_a_form_sent_again_with_other_words_loses_none_of_them(
    browse: Callable[[User | None], Client], editor: User, blog: Blog
) -> None:
    client = browse(editor)
    client.post(f"{blog.path}write/", form())
    answer = client.post(f"{blog.path}write/", form(text="Quite other words."))
    assert answer.status_code == 409
    assert "Quite other words." in answer.content.decode()
    assert "sent before" in answer.content.decode()


def test_a_refused_form_comes_back_with_everything(
    browse: Callable[[User | None], Client], editor: User, blog: Blog
) -> None:
    picture = '[{"type":"image","attrs":{"src":"https://a.example/x.jpg","caption":"Kept caption"}}]'
    data = form(title="T" * 301, text="Kept words.\r\n[[1: Picture]]", carried=picture)
    answer = browse(editor).post(f"{blog.path}write/", data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert read.posts(blog.id) == []
    assert sent_by(page) == {name: value for name, value in data.items() if name != "do"} | LATER
    assert "Say what the picture shows" in page
    assert 'id="text-error"' in page


def test_an_empty_post_is_refused_in_words(browse: Callable[[User | None], Client], editor: User, blog: Blog) -> None:
    answer = browse(editor).post(f"{blog.path}write/", form(text=" "))
    assert answer.status_code == 409
    assert "Give it a headline or some text" in answer.content.decode()


def test_enter_in_a_line_publishes_nothing_and_shows_the_same_again(
    browse: Callable[[User | None], Client], editor: User, blog: Blog
) -> None:
    page = browse(editor).post(f"{blog.path}write/", form(do="keep", title="Sea wall")).content.decode()
    assert sent_by(page) == {k: v for k, v in form(title="Sea wall", carried="").items() if k != "do"} | LATER
    assert read.posts(blog.id) == []


def test_opening_a_post_and_saving_it_says_that_nothing_changed(
    browse: Callable[[User | None], Client], editor: User, blog: Blog
) -> None:
    post = actions.publish_post(blog.id, by=editor, draft=said("Words."), once="1")
    client = browse(editor)
    page = client.get(f"{blog.path}p/{post.id}/").content.decode()
    answer = client.post(f"{blog.path}p/{post.id}/", {**sent_by(page), "do": "publish"})
    assert "Nothing was changed." in answer.content.decode()
    assert blog.post(post.id) == post


def test_an_edit_says_what_changed_and_a_small_one_makes_no_mark(
    browse: Callable[[User | None], Client], editor: User, blog: Blog
) -> None:
    post = actions.publish_post(blog.id, by=editor, draft=said("Wodrs."), once="1")
    client = browse(editor)
    page = client.get(f"{blog.path}p/{post.id}/").content.decode()
    client.post(f"{blog.path}p/{post.id}/", {**sent_by(page), "text": "Words.", "minor": "on", "do": "publish"})
    assert (body.plain(blog.post(post.id).body), blog.post(post.id).updated) == ("Words.", False)
    page = client.get(f"{blog.path}p/{post.id}/").content.decode()
    sent = {**sent_by(page), "text": "More words.", "reason": "The coastguard added to it.", "do": "publish"}
    client.post(f"{blog.path}p/{post.id}/", sent)
    assert blog.post(post.id).updated
    assert [given.text for given in blog.post(post.id).reasons] == ["The coastguard added to it."]
    assert [b.attrs.id for b in blog.post(post.id).body.content] == [b.attrs.id for b in post.body.content]


def test_two_people_editing_one_post_see_both_texts_and_decide(
    browse: Callable[[User | None], Client], editor: User, owner: User, blog: Blog
) -> None:
    post = actions.publish_post(blog.id, by=editor, draft=said("63 dead."), once="1")
    one = browse(editor)
    page = one.get(f"{blog.path}p/{post.id}/").content.decode()
    actions.revise_post(blog.id, by=owner, post=post.id, draft=said("89 dead."), based_on=post.last_seq)
    answer = one.post(f"{blog.path}p/{post.id}/", {**sent_by(page), "text": "64 dead.", "do": "publish"})
    conflict = answer.content.decode()
    assert answer.status_code == 409
    assert "89 dead." in conflict
    assert "64 dead." in conflict
    assert body.plain(blog.post(post.id).body) == "89 dead."
    assert "63 dead." in conflict
    # Having seen all three, the first saves; where nothing is chosen both go on, and nobody's words are lost.
    sent = {**sent_by(conflict), "do": "publish"}
    assert sent[f"take-{post.body.content[0].attrs.id}"] == "both"
    one.post(f"{blog.path}p/{post.id}/", sent)
    assert body.plain(blog.post(post.id).body) == "89 dead.\n\n64 dead."
    assert len(read.revisions(blog.id, post.id)) == 3


def test_a_key_event_marked_meanwhile_is_not_unmarked_by_an_older_form(
    browse: Callable[[User | None], Client], editor: User, blog: Blog
) -> None:
    post = actions.publish_post(blog.id, by=editor, draft=said("Words."), once="1")
    client = browse(editor)
    page = client.get(f"{blog.path}p/{post.id}/").content.decode()
    actions.set_kind(blog.id, by=editor, post=post.id, kind=PostKind.KEY_EVENT)
    assert client.post(f"{blog.path}p/{post.id}/", {**sent_by(page), "text": "x", "do": "publish"}).status_code == 409
    assert blog.post(post.id).kind is PostKind.KEY_EVENT


def test_withdrawing_asks_first_then_takes_the_words_from_readers_and_keeps_them_here(
    browse: Callable[[User | None], Client], editor: User, blog: Blog
) -> None:
    post = actions.publish_post(blog.id, by=editor, draft=said("A wrong name."), once="1")
    client = browse(editor)
    assert client.get(f"{blog.path}p/{post.id}/withdraw/").status_code == 200
    assert blog.post(post.id).visible
    client.post(f"{blog.path}p/{post.id}/withdraw/", {"reason": "It named the wrong person."})
    assert not blog.post(post.id).visible
    page = client.get(f"{blog.path}?state=withdrawn").content.decode()
    assert "It named the wrong person." in page
    assert "A wrong name." in page.split("Its words, for the desk alone")[1]
    client.post(f"{blog.path}p/{post.id}/change/", {"do": "restore"})
    assert blog.post(post.id).visible


def test_a_withdrawal_that_is_refused_keeps_the_reason(
    browse: Callable[[User | None], Client], editor: User, blog: Blog
) -> None:
    post = actions.publish_post(blog.id, by=editor, draft=said("A wrong name."), once="1")
    client, withdraw = browse(editor), f"{blog.path}p/{post.id}/withdraw/"
    client.post(withdraw)
    answer = client.post(withdraw, {"reason": "It named the wrong person."})
    assert answer.status_code == 409
    for said_so in ("This post was withdrawn.", "It named the wrong person."):
        assert said_so in answer.content.decode()


def test_erasing_asks_first_then_leaves_no_word_here_either(
    browse: Callable[[User | None], Client], owner: User, contributor: User, blog: Blog
) -> None:
    handed = submissions.submit(blog.id, by=contributor, draft=said("A witness by name."), once="1")
    post = submissions.approve(handed, by=owner, draft=submissions.draft_of(handed), version=1)
    client, erase = browse(owner), f"{blog.path}p/{post.id}/erase/"
    assert erase in client.get(f"{blog.path}p/{post.id}/withdraw/").content.decode()
    assert "A witness by name." in client.get(erase).content.decode()
    assert blog.post(post.id).visible
    said_of_it = client.post(erase, {"reason": "To protect a witness."}, follow=True).content.decode()
    assert blog.post(post.id).erased
    assert "being scrubbed from the database" in said_of_it  # and not gone: this test's transaction is open still
    for path in (blog.path, f"{blog.path}submissions/", erase):
        assert "A witness by name." not in client.get(path).content.decode()
    assert b"A witness by name." not in b"".join(bytes(row.draft) for row in Submission.objects.all())


def test_pins_and_kinds_are_a_button_each(browse: Callable[[User | None], Client], editor: User, blog: Blog) -> None:
    post = actions.publish_post(blog.id, by=editor, draft=said("Words."), once="1")
    client = browse(editor)
    for do, pinned, kind in (("pin", post.id, "update"), ("summary", post.id, "summary"), ("unpin", None, "summary")):
        client.post(f"{blog.path}p/{post.id}/change/", {"do": do})
        assert (blog.state.pinned, blog.post(post.id).kind) == (pinned, kind)
    page = client.post(f"{blog.path}p/{post.id}/change/", {"do": "explode"}, follow=True).content.decode()
    assert "Nothing was changed" in page


def test_closing_asks_first_and_can_be_taken_back(
    browse: Callable[[User | None], Client], owner: User, blog: Blog
) -> None:
    client = browse(owner)
    client.get(f"{blog.path}close/")
    assert read.blog(blog.id).status is Status.LIVE
    client.post(f"{blog.path}close/")
    assert blog.state.status is Status.CLOSED
    page = client.post(f"{blog.path}write/", form()).content.decode()
    assert "Reopen it to publish" in page
    assert "The sea wall has given way." in page
    client.post(f"{blog.path}reopen/")
    assert read.blog(blog.id).status is Status.LIVE


def test_taking_down_wants_the_address_typed(browse: Callable[[User | None], Client], owner: User, blog: Blog) -> None:
    client = browse(owner)
    assert client.post(f"{blog.path}take-down/", {"slug": "strom"}).status_code == 422
    assert read.blog(blog.id).status is Status.LIVE
    client.post(f"{blog.path}take-down/", {"slug": "storm"})
    assert blog.state.status is Status.GONE
    assert "taken down" in client.get(blog.path).content.decode()


def opening(**values: Any) -> dict[str, Any]:
    return {"title": "Election night", "standfirst": "", "slug": "", "audience": "nobody", "tags": "Politics, Vote",
            "zone": "Europe/Kyiv", "language": "en", "once": "q1", **values}  # fmt: skip


def test_opening_makes_an_address_of_the_headline_and_an_owner_of_whoever_opens(
    browse: Callable[[User | None], Client], owner: User
) -> None:
    client = browse(owner)
    answer = client.post("/desk/open/", opening(title="Élection: nuit d’été"), follow=True)
    assert answer.redirect_chain[-1][0] == "/desk/live/election-nuit-dete/"
    opened = read.blog_id("election-nuit-dete")
    assert opened is not None
    state = read.blog(opened)
    assert (state.tags, state.zone, state.audience) == (("Politics", "Vote"), "Europe/Kyiv", Audience.NOBODY)
    assert client.post("/desk/open/", opening(title="Élection: nuit d’été")).status_code == 302  # the same form again
    assert len(read.blogs()) == 1


def test_opening_with_a_taken_address_or_a_wrong_zone_says_so_at_the_field(
    browse: Callable[[User | None], Client], owner: User, blog: Blog
) -> None:
    client = browse(owner)
    answer = client.post("/desk/open/", opening(slug="storm"))
    assert (answer.status_code, 'id="id_slug_error"' in answer.content.decode()) == (422, True)
    answer = client.post("/desk/open/", opening(zone="Europe/Nowhere"))
    assert 'id="id_zone_error"' in answer.content.decode()
    assert "Election night" in answer.content.decode()


def test_settings_change_what_readers_have(browse: Callable[[User | None], Client], owner: User, blog: Blog) -> None:
    client = browse(owner)
    base = {"do": "describe", "based_on": str(blog.state.seq), "describe-title": "Storm Isolde: what we know",
            "describe-standfirst": "A red warning.", "describe-language": "en", "describe-zone": "Europe/London",
            "describe-tags": "Weather"}  # fmt: skip
    assert client.post(f"{blog.path}settings/", base).status_code == 302
    assert blog.state.title == "Storm Isolde: what we know"
    answer = client.post(f"{blog.path}settings/", {**base, "describe-title": "Older"})
    assert (answer.status_code, "As it is now" in answer.content.decode()) == (409, True)
    assert blog.state.title == "Storm Isolde: what we know"
    client.post(f"{blog.path}settings/", {"do": "on", "on-name": "Ada Reporter"})
    client.post(f"{blog.path}settings/contributor/", {"do": "off", "name": "Ada Reporter"})
    assert [(c.name, c.on) for c in blog.state.contributors] == [("Ada Reporter", False)]
    lines = "Ferries | cancelled? | https://a.example/\n\nTides | https://a.example/t | How high | Ada"
    assert client.post(f"{blog.path}settings/", {"do": "related", "related-items": lines}).status_code == 422
    lines = "Tides | https://a.example/t | How high | Ada"
    client.post(f"{blog.path}settings/", {"do": "related", "related-items": lines, "based_on": str(blog.state.seq)})
    assert [item.byline for item in blog.state.related] == ["Ada"]
    client.post(f"{blog.path}settings/", {"do": "audience", "audience-audience": "members"})
    assert blog.state.audience is Audience.MEMBERS
    client.post(f"{blog.path}settings/", {"do": "rename", "rename-slug": "storm-isolde"})
    assert blog.state.slug == "storm-isolde"
    assert client.get("/desk/live/storm/").status_code == 200


def test_a_contributor_hands_in_and_an_editor_returns_then_publishes(
    browse: Callable[[User | None], Client], contributor: User, editor: User, blog: Blog
) -> None:
    writer, desk = browse(contributor), browse(editor)
    writer.post(f"{blog.path}hand-in/", form(text="From the harbour."))
    assert read.posts(blog.id) == []
    (number,) = re.findall(r"submissions/(\d+)/", desk.get(f"{blog.path}submissions/").content.decode())
    one = f"{blog.path}submissions/{number}/"
    page = desk.get(one).content.decode()
    assert "From the harbour." in page
    assert desk.post(one, {**sent_by(page), "do": "return", "note": ""}).status_code == 409
    desk.post(one, {**sent_by(page), "do": "return", "note": "Which harbour?"})
    page = writer.get(one).content.decode()
    assert "Which harbour?" in page
    writer.post(one, {**sent_by(page), "text": "From Penmarrow harbour.", "do": "publish"})
    stale = desk.post(one, {**sent_by(page), "do": "publish"})
    assert (stale.status_code, read.posts(blog.id)) == (409, [])
    page = desk.get(one).content.decode()
    desk.post(one, {**sent_by(page), "do": "publish"})
    (post,) = read.posts(blog.id)
    assert body.plain(post.body) == "From Penmarrow harbour."


def test_see_it_as_readers_will_brings_a_ticket_only_where_one_is_needed(
    browse: Callable[[User | None], Client], owner: User, blog: Blog
) -> None:
    client = browse(owner)
    assert client.get(f"{blog.path}as-readers/")["Location"] == "/live/storm/"
    actions.set_audience(blog.id, by=owner, audience=Audience.MEMBERS)
    assert client.get(f"{blog.path}as-readers/")["Location"].startswith("/live/storm/enter?ticket=")


def test_a_blog_that_nobody_may_read_yet_leads_to_no_dead_end(
    browse: Callable[[User | None], Client], owner: User, blog: Blog
) -> None:
    actions.set_audience(blog.id, by=owner, audience=Audience.NOBODY)
    client = browse(owner)
    assert "as-readers" not in client.get(blog.path).content.decode()
    assert "Nobody may read it yet" in client.get(f"{blog.path}as-readers/", follow=True).content.decode()


def test_every_answer_is_kept_out_of_caches_and_says_what_it_may_load(
    browse: Callable[[User | None], Client], editor: User, blog: Blog
) -> None:
    for path in ("/desk/", blog.path, "/desk/nothing/", "/accounts/login/"):
        answer = browse(editor).get(path)
        assert answer["Cache-Control"] == "no-store"
        policy = answer["Content-Security-Policy"]
        for directive in ("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"):
            assert directive in policy
        assert answer["X-Frame-Options"] == "DENY"
        assert "<script>" not in answer.content.decode()
        assert "style=" not in answer.content.decode()
