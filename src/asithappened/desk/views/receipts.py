"""What a program is told of what it did: which facts that became, of which post, and where readers find it."""

from typing import Any

from django.conf import settings

from asithappened.core.state import PostState
from asithappened.desk.actions import Receipt
from asithappened.desk.models import Act
from asithappened.log import read
from asithappened.render.edition import edition_of


def of_blog(receipt: Receipt) -> dict[str, Any]:
    """Return the receipt of a verb of a live blog. `seqs`: the first and the last of its facts."""
    return {"receipt": {"blog": receipt.blog, "slug": receipt.slug, "seqs": [receipt.first, receipt.last]}}


def of_press(receipt: Receipt, post: str) -> dict[str, Any]:
    """Return the receipt of a button that was pressed on a post."""
    now = read.post(receipt.blog, post)
    return _of_post(receipt.blog, [receipt.first, receipt.last], now) if now else of_blog(receipt)


def of_words(blog: int, post: PostState, verb: str) -> dict[str, Any]:
    """Return the receipt of a post's new words: the same one however often they were sent."""
    acts = Act.objects.filter(blog_id=blog, about=post.id, verb=verb).order_by("-pk")
    return _of_post(blog, list(acts.values_list("first", "last").first() or (post.content_seq, post.content_seq)), post)


def _of_post(blog: int, seqs: list[int | None], post: PostState) -> dict[str, Any]:
    edition = edition_of(read.blog(blog))
    address = settings.PUBLIC_URL + edition.post_path(post.id)
    told = {"blog": blog, "slug": edition.slug, "seqs": seqs, "post": post.id, "address": address}
    return {"receipt": {**told, "based_on": post.last_seq}}
