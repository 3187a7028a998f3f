"""Posts: written, edited, withdrawn and pinned, by verbs and by the desk's pages without JavaScript."""

from collections.abc import Callable

import pytest
from django.test import Client

from asithappened.accounts.models import User
from asithappened.core import body
from asithappened.core.events import PostKind
from asithappened.desk import actions
from asithappened.desk.models import Act
from asithappened.log import read
from tests.desk.conftest import Blog, said
from tests.desk.pages import LATER, form, sent_by

pytestmark = pytest.mark.django_db


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


def test_pins_and_kinds_are_a_button_each(browse: Callable[[User | None], Client], editor: User, blog: Blog) -> None:
    post = actions.publish_post(blog.id, by=editor, draft=said("Words."), once="1")
    client = browse(editor)
    for do, pinned, kind in (("pin", post.id, "update"), ("summary", post.id, "summary"), ("unpin", None, "summary")):
        client.post(f"{blog.path}p/{post.id}/change/", {"do": do})
        assert (blog.state.pinned, blog.post(post.id).kind) == (pinned, kind)
    page = client.post(f"{blog.path}p/{post.id}/change/", {"do": "explode"}, follow=True).content.decode()
    assert "Nothing was changed" in page


@pytest.mark.both
def test_the_same_form_twice_is_one_post_and_with_other_words_is_refused(blog: Blog, editor: User) -> None:
    first = actions.publish_post(blog.id, by=editor, draft=said("Words."), once="k")
    assert actions.publish_post(blog.id, by=editor, draft=said("Words."), once="k") == first
    with pytest.raises(actions.Refused) as refused:
        actions.publish_post(blog.id, by=editor, draft=said("Others."), once="k")
    assert refused.value.refusal.code == "sent_before"
    assert Act.objects.filter(verb="publish_post").count() == 1


@pytest.mark.both
def test_an_older_form_does_not_overwrite_and_the_same_words_again_are_no_conflict(blog: Blog, editor: User) -> None:
    post = actions.publish_post(blog.id, by=editor, draft=said("One."), once="k")
    new = actions.revise_post(blog.id, by=editor, post=post.id, draft=said("Two."), based_on=post.last_seq)
    again = actions.revise_post(blog.id, by=editor, post=post.id, draft=said("Two."), based_on=post.last_seq)
    assert again == new
    with pytest.raises(actions.Moved):
        actions.revise_post(blog.id, by=editor, post=post.id, draft=said("Three."), based_on=post.last_seq)
    assert body.plain(blog.post(post.id).body) == "Two."


@pytest.mark.both
def test_another_posts_change_is_no_conflict(blog: Blog, editor: User) -> None:
    one = actions.publish_post(blog.id, by=editor, draft=said("One."), once="1")
    two = actions.publish_post(blog.id, by=editor, draft=said("Two."), once="2")
    actions.revise_post(blog.id, by=editor, post=two.id, draft=said("Two!"), based_on=two.last_seq)
    actions.revise_post(blog.id, by=editor, post=one.id, draft=said("One!"), based_on=one.last_seq)
    assert body.plain(blog.post(one.id).body) == "One!"


@pytest.mark.both
def test_a_withdrawn_post_comes_back_where_it_stood_and_an_erased_one_never(blog: Blog, owner: User) -> None:
    one = actions.publish_post(blog.id, by=owner, draft=said("One."), once="1")
    two = actions.publish_post(blog.id, by=owner, draft=said("Two."), once="2")
    actions.withdraw_post(blog.id, by=owner, post=one.id, reason="Unsure.")
    actions.restore_post(blog.id, by=owner, post=one.id)
    assert [post.id for post in read.posts(blog.id)] == [two.id, one.id]
    assert (blog.post(one.id).published_at, blog.post(one.id).body) == (one.published_at, one.body)
    actions.erase_post(blog.id, by=owner, post=two.id, reason="By order of the court.")
    assert (blog.post(two.id).erased, blog.post(two.id).body) == (True, body.Doc())
    with pytest.raises(actions.Refused):
        actions.restore_post(blog.id, by=owner, post=two.id)
    facts = [fact for fact in read.facts(blog.id) if fact.post == two.id]
    assert facts[0].event is None
