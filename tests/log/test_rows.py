"""Promises of `log.rows`: a head moves from where it was expected and no key is taken twice, in either database."""

import pytest

from asithappened import press
from asithappened.core import body
from asithappened.core import events as e
from asithappened.log import models, read, rows

pytestmark = [pytest.mark.both, pytest.mark.django_db]


@pytest.fixture
def blog() -> int:
    """Open a blog with a post in it."""
    doc = body.with_ids(body.Doc(content=(body.paragraph("Straße gesperrt"),)), seed="p")
    post = e.PostPublished(post="p", title="The quay", body=doc, bylines=("Ines",))
    return press.publish(None, [e.BlogOpened(slug="storm", title="Storm"), post]).blog


def test_a_head_moves_only_from_where_it_was_expected(blog: int) -> None:
    state = read.blog(blog)
    assert not rows.move_head(blog, expected=1, head=3, link=b"x", state=state)
    assert read.head(blog)[1] == 2
    assert rows.move_head(blog, expected=2, head=3, link=b"x", state=state)
    assert read.head(blog)[1] == 3


def test_a_key_is_taken_once_in_its_scope(blog: int) -> None:
    def take(scope: str) -> bool:
        return rows.take_once(scope, "key", digest="d", blog=blog, first=1, last=2)

    assert [take("a"), take("a"), take("b")] == [True, False, True]


def test_a_posts_row_is_written_over_and_has_the_words_that_a_search_looks_for(blog: int) -> None:
    [post] = read.posts(blog)
    rows.keep_posts(blog, [post, post])
    row = models.Post.objects.get(blog=blog)
    assert (row.words, row.authors) == ("the quay strasse gesperrt ines", "ines")
    assert bytes(row.state) == rows.encoded(post)
