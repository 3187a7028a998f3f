"""Which card readers may have now: of a post or a live blog as it stands, and its version.

Owns that question, asked before a card is drawn and after, and by whoever lets go of older ones.
"""

from msgspec import Struct

from asithappened.core.state import Status
from asithappened.log import read
from asithappened.media.cards.laid_out import Words
from asithappened.render.card_image import CardImage, mark, of_blog, of_post
from asithappened.render.edition import edition_of


class Current(Struct, frozen=True, kw_only=True):
    """A card that readers may have: what it shows, and its version as its address has it."""

    card: CardImage
    words: Words
    version: str


def current(blog_id: int, post_id: str, site: str) -> Current | None:
    """Return the card of a post, or with "" of the live blog; None where readers have no such page."""
    blog = read.blog(blog_id)
    if blog.status is Status.GONE:
        return None
    edition = edition_of(blog)
    with edition.speaking():
        if not post_id:
            pictured = next(iter(read.posts(blog_id, newest=1, pictured=True)), None)
            card = of_blog(edition, blog, pictured)
            return Current(card=card, words=Words(site=site), version=card.version)
        post = read.post(blog_id, post_id)
        if post is None or not post.visible:
            return None
        card = of_post(edition, post)
    return Current(card=card, words=Words(site=site, above=blog.title), version=card.version + mark(blog))
