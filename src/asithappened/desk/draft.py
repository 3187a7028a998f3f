"""A post as somebody has written it, before it is one."""

from msgspec import Struct

from asithappened.core.body import Doc
from asithappened.core.events import PostKind
from asithappened.core.state import PostState


class Draft(Struct, frozen=True, kw_only=True):
    """What a person decides about a post: its words, what it is, and whose byline it carries."""

    title: str = ""
    body: Doc = Doc()
    kind: PostKind = PostKind.UPDATE
    bylines: tuple[str, ...] = ()


def draft_of(post: PostState) -> Draft:
    """Return a post as it stands, to be edited."""
    return Draft(title=post.title, body=post.body, kind=post.kind, bylines=post.bylines)
