"""What a post promises readers: kept in mind, kept by a post, gone with the post."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from asithappened.accounts.models import User
from asithappened.desk import actions
from asithappened.desk.models import Promise
from asithappened.jobs.clock import CLOCK
from tests.desk.conftest import Blog, said

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("words", "language", "promised"), [
    ("The bridge is shut. More details soon.", "en", "More details soon"),
    ("We’ll bring you more on this.", "en", "We'll bring you more"),
    ("Mehr dazu in Kürze.", "de", "Mehr dazu in Kürze"),
    ("Weitere Informationen folgen.", "de-AT", "Weitere Informationen folgen"),
    ("Mehr dazu in Kürze.", "en", None),
    ("There is more snow, and soon the thaw.", "en", None),
    ("The bridge is shut.", "en", None),
])  # fmt: skip
def test_what_a_post_promises_in_the_blog_s_language_is_kept_in_mind(
    blog: Blog, owner: User, words: str, language: str, promised: str | None
) -> None:
    here = blog.state
    if language != "en":
        actions.describe_blog(
            blog.id, by=owner, title=here.title, standfirst="", language=language, zone=here.zone, tags=()
        )
    post = actions.publish_post(blog.id, by=owner, draft=said(words), once="k")
    found = [(one.post, one.words, one.due_at - one.made_at) for one in Promise.objects.all()]
    assert found == ([(post.id, promised, timedelta(minutes=30))] if promised else [])


def test_a_promise_is_kept_by_a_post_that_leads_to_it(blog: Blog, editor: User, owner: User) -> None:
    from asithappened.core import body

    first = actions.publish_post(blog.id, by=editor, draft=said("More soon."), once="1")
    actions.publish_post(blog.id, by=owner, draft=said("Something else."), once="2")
    assert Promise.objects.get().state == "open"
    href = f"https://courier.example/live/storm/p/{first.id}/"
    card = body.Card(attrs=body.CardAttrs(url=href, title="What we said"))
    follow = said("It reopened.")
    draft = type(follow)(title="", body=body.Doc(content=(*follow.body.content, card)))
    second = actions.publish_post(blog.id, by=owner, draft=draft, once="3")
    kept = Promise.objects.get()
    assert (kept.state, kept.kept_in, kept.decided_by) == ("kept", second.id, owner)


def test_a_promise_of_a_post_that_is_taken_back_is_none(blog: Blog, editor: User) -> None:
    post = actions.publish_post(blog.id, by=editor, draft=said("More soon."), once="1")
    actions.withdraw_post(blog.id, by=editor, post=post.id)
    assert Promise.objects.get().state == "dropped"


def test_a_due_promise_is_counted_in_its_tab(blog: Blog, editor: User, browse: Callable[[User | None], Client]) -> None:
    actions.publish_post(blog.id, by=editor, draft=said("More soon."), once="1")
    Promise.objects.update(made_at=CLOCK.now() - timedelta(minutes=29), due_at=CLOCK.now())
    panel = browse(editor).get(f"{blog.path}tab/promises/").content.decode()
    assert "More soon" in panel
    assert "29 minutes ago" in panel
