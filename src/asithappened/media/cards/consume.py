"""Follows the log for cards: deletes those whose words have changed or are gone.

This only frees the disk: delivery already refuses an outdated card, because it serves only the version that the page
names.
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
    """Keep the files: no page names a card of an older version, and `files.sweep` deletes it."""


def consume(blog: int, facts: Facts) -> Callable[[], None]:
    """Delete outdated cards: of the posts and rows that the facts are about, and of the live blog."""
    news = list(facts)
    touched = {fact.subject for fact in news if fact.subject.about in _CARRIED}
    now = {of: current(blog, of, settings.SITE_NAME) for of in (e.THE_BLOG, *touched)}
    # The cards of all posts and rows show the live blog's title, and dates in its zone.
    of_all = now[e.THE_BLOG] is None or any(isinstance(fact.event, _ON_ALL) for fact in news)

    def write() -> None:
        if of_all:
            files.drop_all(blog)
        for of, card in now.items():
            files.drop(blog, of, but=card.version if card else "")

    return write
