"""Finds the current card of a post, a row of the ledger or a live blog, and its version.

Asked before and after a card is drawn, and when outdated ones are deleted.
"""

from msgspec import Struct

from asithappened.core.events import THE_BLOG, Subject
from asithappened.core.ledger_state import Correction
from asithappened.core.standing import readable
from asithappened.core.state import PostState, Status
from asithappened.log import read
from asithappened.media.cards.layout import Words
from asithappened.render.card_image import CardImage, mark, of_blog, of_post
from asithappened.render.edition import edition_of
from asithappened.render.ledger.row_card import of_row


class Current(Struct, frozen=True, kw_only=True):
    """A card that readers may have, and its version as in its address."""

    card: CardImage
    words: Words
    version: str


def current(blog_id: int, of: Subject, site: str) -> Current | None:
    """Return the card of a post, a row of the ledger or the live blog; None if readers have no such page."""
    blog = read.blog(blog_id)
    if blog.status is Status.GONE:
        return None
    edition = edition_of(blog)
    with edition.speaking():
        if of == THE_BLOG:
            pictured = next(iter(read.posts(blog_id, newest=1, pictured=True)), None)
            card = of_blog(edition, blog, pictured)
            return Current(card=card, words=Words(site=site), version=card.version)
        subject = read.subjects(blog_id, {of}).get(of)
        if subject is None or not subject.visible:
            return None
        if isinstance(subject, PostState):
            card = of_post(edition, subject)
        elif readable(subject) and not isinstance(subject, Correction):
            card = of_row(edition, subject)
        else:
            return None
    return Current(card=card, words=Words(site=site, above=blog.title), version=card.version + mark(blog))
