"""Follows the log for cards: what was drawn of words that are others now, or nobody's, leaves the disk.

Owns nothing but the follower. No reader had such a card any more before this heard of it: delivery gives a card only at
the version that the page names.
"""

from collections.abc import Callable
from typing import Final

from django.conf import settings

from asithappened.core import events as e
from asithappened.log.follow import Facts
from asithappened.media.cards import keeping
from asithappened.media.cards.current import current

NAME: Final = "cards"
_ON_ALL: Final = (e.BlogDescribed, e.BlogRenamed, e.BlogDated, e.AudienceSet)


def version() -> str:
    """Return which way of clearing up this is."""
    return "1"


def begin() -> None:
    """Keep what there is: a card of an older version is asked for by nobody, and goes with time."""


def consume(blog: int, facts: Facts) -> Callable[[], None]:
    """Drop what is not the current card: of posts that something happened to, and of the live blog itself."""
    news = list(facts)
    touched = {fact.subject.id for fact in news if fact.subject.about == e.POST}
    now = {post: current(blog, post, settings.SITE_NAME) for post in ("", *touched)}
    # A title stands on the cards of all posts, and dates on them are of its zone.
    of_all = now[""] is None or any(isinstance(fact.event, _ON_ALL) for fact in news)

    def write() -> None:
        if of_all:
            keeping.drop_all(blog)
        for post, card in now.items():
            keeping.drop(blog, post, but=card.version if card else "")

    return write
