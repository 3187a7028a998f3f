"""The same text sent twice is one post: after a lost answer, by Back."""

from collections.abc import Callable

import pytest
from django.test import Client

from asithappened.accounts.models import User
from asithappened.desk import actions
from asithappened.desk.actions import submissions
from asithappened.desk.draft import digest
from asithappened.desk.models import Act, Submission
from asithappened.log import read
from tests.desk.conftest import Blog, said
from tests.desk.pages import form, sent_by

pytestmark = pytest.mark.django_db


def test_a_text_sent_again_from_a_form_with_a_new_key_is_already_published(
    browse: Callable[[User | None], Client], editor: User, blog: Blog
) -> None:
    client = browse(editor)
    client.post(f"{blog.path}write/", form(text="The sea wall has given way.", once="first"))
    again = client.post(f"{blog.path}write/", form(text="The sea wall has given way.", once="second"))
    (post,) = read.posts(blog.id)
    page = again.content.decode()
    assert again.status_code == 409
    assert "Already published." in page
    assert f"{blog.path}#p-{post.id}" in page
    assert "The sea wall has given way." in page.split("<textarea")[1]


@pytest.mark.parametrize("more", [{"kind": "key_event"}, {"bylines": "Somebody Else"}, {"text": "Goal! \r\n"}])
def test_a_twin_is_known_by_its_words_alone(
    more: dict[str, str], browse: Callable[[User | None], Client], editor: User, blog: Blog
) -> None:
    client = browse(editor)
    client.post(f"{blog.path}write/", form(text="Goal!", once="first"))
    assert client.post(f"{blog.path}write/", form(**{"text": "Goal!", "once": "second", **more})).status_code == 409
    assert len(read.posts(blog.id)) == 1


@pytest.mark.parametrize("more", [{"text": "Goal! 2–0"}, {"title": "Goal!"}])
def test_other_words_are_another_post(
    more: dict[str, str], browse: Callable[[User | None], Client], editor: User, blog: Blog
) -> None:
    client = browse(editor)
    client.post(f"{blog.path}write/", form(text="Goal!", once="first"))
    assert client.post(f"{blog.path}write/", form(**{"text": "Goal!", "once": "second", **more})).status_code == 302
    assert len(read.posts(blog.id)) == 2


def test_a_second_goal_is_published_by_saying_that_it_is_meant(
    browse: Callable[[User | None], Client], editor: User, blog: Blog
) -> None:
    client = browse(editor)
    client.post(f"{blog.path}write/", form(text="Goal!", once="first"))
    for once in ("second", "third"):
        page = client.post(f"{blog.path}write/", form(text="Goal!", once=once)).content.decode()
        assert "Already published." in page
        meant = {**sent_by(page), "again": page.split('name="again" value="')[1].split('"')[0], "do": "publish"}
        assert client.post(f"{blog.path}write/", meant).status_code == 302
        assert client.post(f"{blog.path}write/", meant).status_code == 302  # and by a double click once
    assert len(read.posts(blog.id)) == 3


def test_two_people_may_say_the_same(
    browse: Callable[[User | None], Client], editor: User, owner: User, blog: Blog
) -> None:
    for person in (editor, owner):
        assert browse(person).post(f"{blog.path}write/", form(text="Goal!", once=str(person.pk))).status_code == 302
    assert len(read.posts(blog.id)) == 2


def test_a_twin_of_a_withdrawn_post_is_not_published_by_mistake(
    browse: Callable[[User | None], Client], editor: User, blog: Blog
) -> None:
    post = actions.publish_post(blog.id, by=editor, draft=said("A wrong name."), once="1", again="")
    actions.withdraw_post(blog.id, by=editor, post=post.id)
    page = browse(editor).post(f"{blog.path}write/", form(text="A wrong name.", once="second")).content.decode()
    assert "withdrawn since" in page
    assert read.posts(blog.id) == []


def test_an_erased_post_leaves_no_digest_of_its_words(owner: User, blog: Blog) -> None:
    post = actions.publish_post(blog.id, by=owner, draft=said("A witness by name."), once="1", again="")
    assert Act.objects.filter(words=digest(said("A witness by name."))).exists()
    actions.erase_post(blog.id, by=owner, post=post.id)
    assert not Act.objects.exclude(words="").exists()


def test_a_form_that_was_sent_and_then_changed_leads_to_the_post_that_it_made(
    browse: Callable[[User | None], Client], editor: User, blog: Blog
) -> None:
    client = browse(editor)
    client.post(f"{blog.path}write/", form(text="Goal!"))
    (post,) = read.posts(blog.id)
    answer = client.post(f"{blog.path}write/", form(text="Goal! And what a goal."))
    assert answer.status_code == 409
    assert f"{blog.path}p/{post.id}/" in answer.content.decode()


def test_the_same_words_are_handed_in_once(
    browse: Callable[[User | None], Client], contributor: User, blog: Blog
) -> None:
    client = browse(contributor)
    places = {client.post(f"{blog.path}hand-in/", form(text="Mine.", once=once))["Location"] for once in "ab"}
    assert len(places) == Submission.objects.count() == 1
    assert client.post(f"{blog.path}hand-in/", form(text="Another.", once="c")).status_code == 302
    assert Submission.objects.count() == 2


def test_an_editor_may_approve_the_same_words_of_two_people(
    browse: Callable[[User | None], Client], editor: User, contributor: User, blog: Blog
) -> None:
    for person in (contributor, editor):
        handed = submissions.submit(blog.id, by=person, draft=said("Goal!"), once="1")
        submissions.approve(handed, by=editor, draft=submissions.draft_of(handed), version=1)
    assert len(read.posts(blog.id)) == 2
