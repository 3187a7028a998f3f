"""A withdrawn post is mended before it is published again, and no reader sees the former words or the work on them."""

from collections.abc import Callable

import pytest
from django.test import Client

from asithappened.accounts.models import User
from asithappened.core import body
from asithappened.core.state import PostState
from asithappened.desk import actions
from asithappened.log import read
from asithappened.published import models as published
from asithappened.published.models import PublishedPost
from tests.desk.conftest import Blog, said
from tests.desk.pages import sent_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def withdrawn(editor: User, blog: Blog) -> PostState:
    """Return a post that named the wrong person."""
    post = actions.publish_post(blog.id, by=editor, draft=said("WRONGNAME was arrested."), once="1")
    actions.withdraw_post(blog.id, by=editor, post=post.id, reason="It named the wrong person.")
    return blog.post(post.id)


def public_bytes(blog: Blog) -> bytes:
    """Return every byte that readers can be sent."""
    rows: list[tuple[bytes | memoryview, ...]] = [*PublishedPost.objects.values_list("fragment", "card", "history")]
    rows += [*published.Frame.objects.values_list("data"), *published.Part.objects.values_list("data")]
    return b"".join(bytes(value) for row in rows for value in row)


@pytest.mark.parametrize("noted", [True, False])
def test_the_editor_chooses_whether_a_note_stands_in_its_place(
    browse: Callable[[User | None], Client], editor: User, blog: Blog, noted: bool
) -> None:
    client = browse(editor)
    post = actions.publish_post(blog.id, by=editor, draft=said("WRONGNAME was arrested."), once="1")
    path = f"{blog.path}p/{post.id}/withdraw/"
    assert 'name="noted" id="id_noted" checked' in client.get(path).content.decode(), "honest unless somebody says no"
    client.post(path, {"reason": "It was somebody else.", "do": "withdraw", **({"noted": "on"} if noted else {})})
    assert blog.post(post.id).noted is noted
    row = PublishedPost.objects.get(post=post.id)
    assert (row.placed, b"It was somebody else." in bytes(row.fragment)) == (noted, noted)


def test_the_desk_sees_the_words_and_edits_them_while_readers_have_neither(
    browse: Callable[[User | None], Client], editor: User, blog: Blog, withdrawn: PostState
) -> None:
    client, path = browse(editor), f"{blog.path}p/{withdrawn.id}/"
    page = client.get(path).content.decode()
    assert "WRONGNAME was arrested." in page
    assert "It named the wrong person." in page
    facts = len(list(read.facts(blog.id)))
    preview = client.post(path, {**sent_by(page), "text": "A man of 40 was arrested.", "do": "preview"})
    assert "A man of 40 was arrested." in preview.content.decode()
    assert len(list(read.facts(blog.id))) == facts
    for hidden in (b"WRONGNAME", b"A man of 40"):
        assert hidden not in public_bytes(blog)


def test_published_again_it_has_the_new_words_its_place_and_the_reason(
    browse: Callable[[User | None], Client], editor: User, blog: Blog, withdrawn: PostState
) -> None:
    client, path = browse(editor), f"{blog.path}p/{withdrawn.id}/"
    page = client.get(path).content.decode()
    sent = {**sent_by(page), "text": "A man of 40 was arrested.", "reason": "The name was wrong.", "do": "publish"}
    answer = client.post(path, sent, follow=True).content.decode()
    assert "Published again." in answer
    now = blog.post(withdrawn.id)
    assert (now.visible, now.updated, body.plain(now.body)) == (True, True, "A man of 40 was arrested.")
    assert (now.position, now.published_at) == (withdrawn.position, withdrawn.published_at)
    assert [given.text for given in now.reasons] == ["The name was wrong."]
    readers = public_bytes(blog)
    for shown in (b"A man of 40 was arrested.", b"The name was wrong.", b"It named the wrong person."):
        assert shown in readers
    assert b"WRONGNAME" not in readers
    assert client.post(path, sent).status_code == 302  # sent twice, published once
    assert blog.post(withdrawn.id) == now


def test_published_again_as_it_was_it_carries_no_new_mark(
    browse: Callable[[User | None], Client], editor: User, blog: Blog, withdrawn: PostState
) -> None:
    browse(editor).post(f"{blog.path}p/{withdrawn.id}/change/", {"do": "restore"})
    now = blog.post(withdrawn.id)
    assert (now.visible, now.updated, now.reason) == (True, False, "")
    assert body.plain(now.body) == "WRONGNAME was arrested."


def test_a_small_thing_mended_meanwhile_makes_no_mark(
    browse: Callable[[User | None], Client], editor: User, blog: Blog, withdrawn: PostState
) -> None:
    client, path = browse(editor), f"{blog.path}p/{withdrawn.id}/"
    sent = {**sent_by(client.get(path).content.decode()), "text": "Arrested.", "minor": "on", "do": "publish"}
    client.post(path, sent)
    assert (blog.post(withdrawn.id).visible, blog.post(withdrawn.id).updated) == (True, False)


def test_who_was_editing_while_it_was_withdrawn_sees_why_and_decides(
    browse: Callable[[User | None], Client], editor: User, owner: User, blog: Blog
) -> None:
    post = actions.publish_post(blog.id, by=editor, draft=said("WRONGNAME was arrested."), once="1")
    client, path = browse(editor), f"{blog.path}p/{post.id}/"
    sent = {**sent_by(client.get(path).content.decode()), "text": "My own words.", "do": "publish"}
    actions.withdraw_post(blog.id, by=owner, post=post.id, reason="It named the wrong person.")
    answer = client.post(path, sent)
    conflict = answer.content.decode()
    assert answer.status_code == 409
    assert "It named the wrong person." in conflict
    assert "My own words." in conflict
    assert not blog.post(post.id).visible
    client.post(path, {**sent_by(conflict), "do": "publish"})
    assert body.plain(blog.post(post.id).body) == "My own words."


def test_who_was_mending_while_somebody_published_it_again_overwrites_nobody(
    browse: Callable[[User | None], Client], editor: User, owner: User, blog: Blog, withdrawn: PostState
) -> None:
    client, path = browse(editor), f"{blog.path}p/{withdrawn.id}/"
    sent = {**sent_by(client.get(path).content.decode()), "text": "My own words.", "do": "publish"}
    actions.restore_post(blog.id, by=owner, post=withdrawn.id, draft=said("Theirs."))
    assert client.post(path, sent).status_code == 409
    assert body.plain(blog.post(withdrawn.id).body) == "Theirs."


def test_an_erased_post_has_nothing_to_edit_and_words_that_come_too_late_come_back(
    browse: Callable[[User | None], Client], owner: User, blog: Blog, withdrawn: PostState
) -> None:
    client, path = browse(owner), f"{blog.path}p/{withdrawn.id}/"
    sent = {**sent_by(client.get(path).content.decode()), "text": "My own words.", "do": "publish"}
    actions.erase_post(blog.id, by=owner, post=withdrawn.id)
    assert client.get(path).status_code == 404
    assert "My own words." in client.post(path, sent).content.decode()


def test_in_a_closed_blog_it_waits_and_keeps_what_was_typed(
    browse: Callable[[User | None], Client], owner: User, blog: Blog, withdrawn: PostState
) -> None:
    client, path = browse(owner), f"{blog.path}p/{withdrawn.id}/"
    sent = {**sent_by(client.get(path).content.decode()), "text": "My own words.", "do": "publish"}
    actions.close_blog(blog.id, by=owner)
    page = client.post(path, sent).content.decode()
    assert "My own words." in page
    assert "Reopen it to publish" in page
