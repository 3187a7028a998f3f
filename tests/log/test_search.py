"""Promises of `log.search`: the newest posts that meet every condition, and no character is a wildcard."""

import pytest

from asithappened import press
from asithappened.core import events as e
from asithappened.core.state import PostStatus
from asithappened.log.search import search

pytestmark = [pytest.mark.both, pytest.mark.django_db]


@pytest.fixture
def blog() -> int:
    """Open a blog with four posts, of which the third is edited and the fourth withdrawn."""
    titles = ("water at 62%", "water_level", "the ferry", "water again")
    posts = [e.PostPublished(post=f"p{n}", position=n, title=t, bylines=("Ana",)) for n, t in enumerate(titles, 1)]
    blog = press.publish(None, [e.BlogOpened(slug="storm", title="Storm"), *posts]).blog
    other = e.PostPublished(post="p9", title="water elsewhere")
    press.publish(None, [e.BlogOpened(slug="other", title="Other"), other])
    edit = e.PostRevised(post="p3", position=3, title="the ferry, late", bylines=("Tom",))
    press.publish(blog, [edit, e.PostKindSet(post="p1", kind=e.PostKind.KEY_EVENT), e.PostWithdrawn(post="p4")])
    return blog


def test_every_group_has_to_occur_in_one_of_its_forms_and_what_is_older_comes_later(blog: int) -> None:
    found = search(blog, newest=9, words=[["water"]])
    assert [post.id for post in found] == ["p4", "p2", "p1"]
    assert [post.id for post in search(blog, newest=1, words=[["water"]], before=found[0].order)] == ["p2"]
    assert [post.id for post in search(blog, newest=9, words=[["nothing", "again"], ["water"]])] == ["p4"]
    assert [post.id for post in search(blog, newest=9, authors=[["tom"]])] == ["p3"]


@pytest.mark.parametrize(("sign", "found"), [("%", ["p1"]), ("_", ["p2"]), ("!", [])])
def test_a_sign_that_stands_for_others_in_a_query_is_looked_for_as_it_is(
    blog: int, sign: str, found: list[str]
) -> None:
    assert [post.id for post in search(blog, newest=9, words=[[sign]])] == found


@pytest.mark.parametrize(
    ("status", "found"),
    [
        (PostStatus.PUBLISHED, ["p3", "p2", "p1"]),
        (PostStatus.EDITED, ["p3"]),
        (PostStatus.WITHDRAWN, ["p4"]),
        (PostStatus.ERASED, []),
    ],
)
def test_posts_are_found_by_how_they_stand_with_their_readers(blog: int, status: PostStatus, found: list[str]) -> None:
    assert [post.id for post in search(blog, newest=9, status=status)] == found


def test_posts_are_found_by_their_kind(blog: int) -> None:
    assert [post.id for post in search(blog, newest=9, kind=e.PostKind.KEY_EVENT)] == ["p1"]
