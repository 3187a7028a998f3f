"""A live blog's posts as views for suggesters. They are cached, because typing in a composer does not change them.

Owns the cache, by the blog's head. Look next: `ledger.views`.
"""

from functools import lru_cache
from typing import Final

from asithappened.ledger import views
from asithappened.ledger.views import BlogView, PostView
from asithappened.log import read

POSTS: Final = 500  # the newest ones; what somebody writes now seldom contradicts older ones
_BLOGS: Final = 8  # live blogs that are cached: those with writers at the same time, in one process


def of_blog(blog: int) -> BlogView:
    """Return a live blog's newest posts, the newest first."""
    return _at(blog, *read.head(blog))


@lru_cache(maxsize=_BLOGS)
def _at(blog: int, epoch: str, head: int) -> BlogView:
    return views.of_posts(read.posts(blog, newest=POSTS), language=read.blog(blog).language)


def number_of(post: str, blog: BlogView) -> int:
    """Return a post's number on the page, 0 for one that is not published yet and so newer than all."""
    return next((one.number for one in blog.posts if one.id == post), 0) if post else 0


def revision_of(post: str, blog: BlogView) -> int:
    """Return the revision number that the version being written will have."""
    here: PostView | None = next((one for one in blog.posts if one.id == post), None) if post else None
    return here.revision + 1 if here is not None else 1
