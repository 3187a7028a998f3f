"""A live blog's card on pages of the house: whether it is listed, its newest key event, its newest picture.

Owns the choice of these. Look next: the followers that write cards, in consume.py, archive/ and tags/.
"""

from typing import Final, NamedTuple

from asithappened.core.events import PostKind, Subject
from asithappened.core.events import post as post_subject
from asithappened.core.fold import microseconds
from asithappened.core.state import BlogState, PostState
from asithappened.log import read
from asithappened.render import house_lists
from asithappened.render.card_image import picture_of

PICTURES: Final = 10  # the newest posts with pictures, among which one that this installation serves is looked for


def rank(blog: BlogState) -> int:
    """Return its rank in a list: by when it was opened, because an archive that is imported today is not new."""
    return microseconds(blog.opened_at) if blog.opened_at else 0


def highlights(id_: int) -> tuple[PostState | None, PostState | None]:
    """Return its newest key event, and the newest post with a picture that can be used."""
    key_event = next(iter(read.posts(id_, newest=1, kind=PostKind.KEY_EVENT)), None)
    return key_event, next(filter(picture_of, read.posts(id_, newest=PICTURES, pictured=True)), None)


def subjects(*posts: PostState | None) -> tuple[Subject, ...]:
    """Return the posts whose words the card contains, besides the live blog's."""
    return tuple({post_subject(post.id) for post in posts if post is not None})


class Card(NamedTuple):
    """A card without words of the interface, for any language. `bare`: the same without the words of `also`."""

    rank: int
    data: bytes
    also: tuple[Subject, ...]
    bare: bytes


def card(id_: int, blog: BlogState) -> Card:
    """Return the card on the pages of its days and tags."""
    key_event, pictured = highlights(id_)
    others = subjects(key_event, pictured)
    return Card(
        rank=rank(blog),
        data=house_lists.card(blog, key_event=key_event, pictured=pictured),
        also=others,
        bare=house_lists.card(blog) if others else b"",
    )
