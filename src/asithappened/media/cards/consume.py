"""Follows the log for cards: deletes those drawn of words that have changed or are gone.

Owns nothing but the follower. No reader had such a card any more before this heard of it: delivery gives a card only at
the version that the page names.
"""

from collections.abc import Callable
from typing import Final

from django.conf import settings

from asithappened.core import events as e
from asithappened.log.follow import Facts
from asithappened.media.cards import files
from asithappened.media.cards.current import current

NAME: Final = "cards"
_CARRIED: Final = (e.POST, e.STATEMENT, e.SERIES)
_ON_ALL: Final = (e.BlogDescribed, e.BlogRenamed, e.BlogDated, e.AudienceSet)


def version() -> str:
    """Return the version of this code's result."""
    return "1"


def begin() -> None:
    """Keep what there is: a card of an older version is asked for by nobody, and goes with time."""


def consume(blog: int, facts: Facts) -> Callable[[], None]:
    """Drop what is not the current card: of posts and rows that something happened to, and of the live blog itself."""
    news = list(facts)
    touched = {fact.subject for fact in news if fact.subject.about in _CARRIED}
    now = {of: current(blog, of, settings.SITE_NAME) for of in (e.THE_BLOG, *touched)}
    # A title stands on the cards of all posts and rows, and dates on them are of its zone.
    of_all = now[e.THE_BLOG] is None or any(isinstance(fact.event, _ON_ALL) for fact in news)

    def write() -> None:
        if of_all:
            files.drop_all(blog)
        for of, card in now.items():
            files.drop(blog, of, but=card.version if card else "")

    return write
