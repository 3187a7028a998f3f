"""What somebody who may not publish hands in: returned, handed in again, published once by who has seen it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from asithappened.accounts.models import User
from asithappened.core import body
from asithappened.desk import actions
from asithappened.desk.actions import submissions
from asithappened.desk.models import Submission
from asithappened.log import read
from tests.desk.conftest import Blog, said
from tests.desk.pages import form, sent_by
from tests.desk.test_in_json import ask, desk, doc, look, why

__all__ = ["desk"]

pytestmark = pytest.mark.django_db


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


@pytest.mark.both
def test_a_submission_is_published_once_however_many_editors_approve(
    blog: Blog, owner: User, editor: User, contributor: User
) -> None:
    handed = submissions.submit(blog.id, by=contributor, draft=said("From the harbour."), once="k")
    assert submissions.submit(blog.id, by=contributor, draft=said("From the harbour."), once="k") == handed
    draft = submissions.draft_of(handed)
    post = submissions.approve(handed, by=editor, draft=draft, version=1)
    assert submissions.approve(handed, by=owner, draft=draft, version=1) == post
    assert Submission.objects.get().post == post.id
    assert len(read.posts(blog.id)) == 1
    with pytest.raises(actions.Moved):
        submissions.return_submission(handed, by=owner, note_="No.", version=2)


@pytest.mark.both
def test_an_editor_does_not_publish_a_version_that_they_have_not_seen(
    blog: Blog, editor: User, contributor: User
) -> None:
    handed = submissions.submit(blog.id, by=contributor, draft=said("One."), once="k")
    seen = submissions.draft_of(handed)
    submissions.submit_again(handed, by=contributor, draft=said("Two."), version=1)
    with pytest.raises(actions.Moved):
        submissions.approve(handed, by=editor, draft=seen, version=1)
    assert read.posts(blog.id) == []
    with pytest.raises(actions.Refused):
        submissions.submit_again(handed, by=editor, draft=said("Three."), version=2)


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
