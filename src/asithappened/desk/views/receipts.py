"""Receipts for programs: which facts an act became, of which post, and where readers find it.

Each function returns a callable, because reading a receipt costs queries and a browser gets none.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings

from asithappened.core.state import PostState
from asithappened.desk.actions import Receipt
from asithappened.desk.models import Act
from asithappened.log import read
from asithappened.render.edition import edition_of

Asked = Callable[[], dict[str, Any]]


def of_blog(receipt: Receipt) -> Asked:
    """Return the receipt of an act on a live blog. `seqs`: its first and its last fact."""
    return lambda: {"receipt": {"blog": receipt.blog, "slug": receipt.slug, "seqs": [receipt.first, receipt.last]}}


def of_press(receipt: Receipt, post: str) -> Asked:
    """Return the receipt of an act on a post other than new words."""
    return lambda: _of_post(receipt.blog, [receipt.first, receipt.last], read.posts_by_id(receipt.blog, [post])[post])


def of_words(blog: int, post: PostState, verb: str) -> Asked:
    """Return the receipt of a post's new words: the same receipt, however often the words were sent."""

    def asked() -> dict[str, Any]:
        acts = Act.objects.filter(blog_id=blog, about=post.id, verb=verb).order_by("-pk")
        first, last = acts.values_list("first", "last").first() or (post.content_seq, post.content_seq)
        return _of_post(blog, [first, last], post)

    return asked


def _of_post(blog: int, seqs: list[int | None], post: PostState) -> dict[str, Any]:
    edition = edition_of(read.blog(blog))
    address = settings.PUBLIC_URL + edition.post_path(post.id)
    told = {"blog": blog, "slug": edition.slug, "seqs": seqs, "post": post.id, "address": address}
    return {"receipt": {**told, "based_on": post.last_seq}}
