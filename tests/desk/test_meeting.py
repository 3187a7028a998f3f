"""Two people who edited one post: who was not first sees both texts, and decides."""

from collections.abc import Callable

import pytest
from django.test import Client

from asithappened.accounts.models import User
from asithappened.core import body
from asithappened.desk import actions
from asithappened.log import read
from tests.desk.conftest import Blog, said
from tests.desk.pages import sent_by

pytestmark = pytest.mark.django_db


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
