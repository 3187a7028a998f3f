"""What stands for a live blog on pages of the house: whether it may, its newest key event, its newest picture.

Owns the choice. Look next: the followers that put it there, in consume.py, archive/ and tags/.
"""

from typing import Final, NamedTuple

from asithappened.core.events import Audience, PostKind, Subject
from asithappened.core.events import post as post_subject
from asithappened.core.fold import microseconds
from asithappened.core.state import BlogState, PostState, Status
from asithappened.log import read
from asithappened.render import house_lists
from asithappened.render.card_image import picture_of

PICTURES: Final = 10  # the newest that are looked at for one of ours: of older ones others will do as well


def listed(blog: BlogState) -> bool:
    """Say whether it may stand there: it is everyone's, and no replay, which is no news."""
    return blog.audience is Audience.EVERYONE and blog.status is not Status.GONE and not blog.replay


def rank(blog: BlogState) -> int:
    """Return where it stands: by when it happened, for an archive that was imported today is not of today."""
    return microseconds(blog.opened_at) if blog.opened_at else 0


def told_by(id_: int) -> tuple[PostState | None, PostState | None]:
    """Return its newest key event, and the newest post with a picture that may stand for it."""
    key_event = next(iter(read.posts(id_, newest=1, kind=PostKind.KEY_EVENT)), None)
    return key_event, next(filter(picture_of, read.posts(id_, newest=PICTURES, pictured=True)), None)


def subjects(*posts: PostState | None) -> tuple[Subject, ...]:
    """Return the subjects whose words stand there besides the live blog's."""
    return tuple({post_subject(post.id) for post in posts if post is not None})


class Card(NamedTuple):
    """A live blog on a page of the house, in no language of it; `bare`: without the words of `also`."""

    rank: int
    data: bytes
    also: tuple[Subject, ...]
    bare: bytes


def card(id_: int, blog: BlogState) -> Card:
    """Return a live blog as it stands among others of its day or tag."""
    key_event, pictured = told_by(id_)
    others = subjects(key_event, pictured)
    return Card(
        rank=rank(blog),
        data=house_lists.card(blog, key_event=key_event, pictured=pictured),
        also=others,
        bare=house_lists.card(blog) if others else b"",
    )
