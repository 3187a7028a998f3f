"""Follows the log for media: stores which posts mention which files, and has a file deleted with its last mention.

A contributor's picture is a mention too, and ends when it is replaced. A withdrawal ends none: the post may be
published again, and delivery serves none of its files meanwhile.
Look next: `deletion`.
"""

from collections.abc import Callable
from typing import Final

from asithappened.core import body
from asithappened.core.events import ContributorDescribed, Event, PayloadErased, PostWords
from asithappened.log import read
from asithappened.log.follow import Facts
from asithappened.media.mentions import queue_deletion
from asithappened.media.models import Mention

NAME: Final = "media"
CONTRIBUTORS: Final = ""  # instead of a post's id, for a contributor's picture


def version() -> str:
    """Return the version of this code's result."""
    return "1"


def begin() -> None:
    """Delete all mentions."""
    Mention.objects.all().delete()


def consume(blog: int, facts: Facts) -> Callable[[], None]:
    """Update the mentions of posts with a fact that shows a file, or erases words.

    No other fact changes them: a revision without a picture adds none, and the earlier revisions keep theirs.
    """
    touched = set[str]()
    for fact in facts:
        if isinstance(fact.event, ContributorDescribed):
            touched.add(CONTRIBUTORS)
        elif isinstance(fact.event, PayloadErased) or _shows(fact.event):
            touched.add(fact.post)
    if facts.anew:
        touched |= set(Mention.objects.filter(blog=blog).values_list("post", flat=True))
    now = {post: _mentioned(blog, post) for post in touched}

    def write() -> None:
        lost = set[str]()
        for post, ids in now.items():
            rows = Mention.objects.filter(blog=blog, post=post)
            there = set(rows.values_list("media", flat=True))
            rows.filter(media__in=there - ids).delete()
            Mention.objects.bulk_create(Mention(blog=blog, post=post, media=id_) for id_ in sorted(ids - there))
            lost |= there - ids
        queue_deletion(lost, blog=blog, seq=facts.upto)

    return write


def _shows(event: Event | None) -> bool:
    return isinstance(event, PostWords) and bool(body.media_of(event.body))


def _mentioned(blog: int, post: str) -> set[str]:
    if post == CONTRIBUTORS:
        return {one.picture.media for one in read.blog(blog).contributors if one.picture}
    found = set[str]()
    for fact in read.revisions(blog, post):
        if isinstance(fact.event, PostWords):
            found |= body.media_of(fact.event.body).keys()
    return found
