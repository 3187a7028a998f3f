"""Erasing a post: asked about first, and then none of its words is at the desk either."""

from collections.abc import Callable

import pytest
from django.test import Client

from asithappened.accounts.models import User
from asithappened.desk.actions import submissions
from asithappened.desk.models import Submission
from tests.desk.conftest import Blog, said

pytestmark = pytest.mark.django_db


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
