"""What the composer is told while somebody types: nothing that was rejected, and few texts are read at once."""

from collections.abc import Callable

import pytest
from django.test import Client

from asithappened.accounts.models import User
from asithappened.desk import blog_view
from tests.desk.conftest import Blog
from tests.desk.test_accepting import doc, sent

pytestmark = pytest.mark.django_db


def test_what_somebody_rejects_is_suggested_to_nobody_on_that_blog_until_they_think_again(
    browse: Callable[[User | None], Client], editor: User, blog: Blog
) -> None:
    client, words = browse(editor), doc("Bo Lund, the mayor, said the bridge would stay closed all night.")
    [one] = sent(client, blog, do="suggest", body=words).json()["suggested"]
    assert one["says"] == "Bo Lund: The bridge would stay closed all night"
    assert sent(client, blog, do="reject", words=one["key"]).status_code == 200
    assert sent(client, blog, do="suggest", body=words).json()["suggested"] == []
    sent(client, blog, do="reconsider", words=one["key"])
    assert len(sent(client, blog, do="suggest", body=words).json()["suggested"]) == 1


def test_while_two_texts_are_read_a_third_is_told_so_and_a_long_one_is_not_read(
    browse: Callable[[User | None], Client], editor: User, blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, words = browse(editor), "Bo Lund, the mayor, said the bridge would stay closed all night."
    nested: list[object] = []

    of_blog = blog_view.of_blog

    def look(blog_id: int) -> object:
        nested.append(sent(client, blog, do="suggest", body=doc(words)).json())
        return of_blog(blog_id)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(blog_view, "of_blog", look)
        sent(client, blog, do="suggest", body=doc(words))
    busy = {"version": 1, "suggested": [], "contradicts": [], "busy": True}
    assert nested[0] == busy
    nothing = {"version": 1, "suggested": [], "contradicts": []}
    for long in (words + " a" * 10_000, "“" * 30_000):
        answer = sent(client, blog, do="suggest", body=doc(long))
        assert (answer.status_code, answer.json()) == (200, nothing)
    assert sent(client, blog, do="suggest", body=doc(words)).json()["suggested"]
