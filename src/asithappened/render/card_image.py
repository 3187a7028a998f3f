"""What the picture of a page says where the page is shared: a post's, a live blog's.

Owns which words and which picture stand on a card, and its address, whose version is a hash of them: whoever keeps a
card of another version asks for this one. A post's card has its blog's title on it too, which its finished bytes may
not depend on (published.layout): that part of the version is a slot. Look next: media.cards, which draws it.
"""

from hashlib import blake2s
from typing import Final

import msgspec
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from msgspec import Struct

from asithappened.core.body import Image, ImageAttrs, blocks
from asithappened.core.events import PostKind
from asithappened.core.state import BlogState, PostState, Status
from asithappened.published.layout import ADDRESS_SLOT, CARD_MARK_SLOT, card_path
from asithappened.render.edition import Edition
from asithappened.render.headline import headline
from asithappened.render.times import day_in_words, moment
from asithappened.render.words import called, label_of, shorten, what_it_is

WIDTH: Final = 1200
HEIGHT: Final = 630
# Raised where the same words are drawn another way: whoever keeps an older card then asks for this one.
DRAWN: Final = 1
_HEADLINE_CHARS: Final = 180  # four lines of the smallest letters that can be read in a messenger
_ALT_CHARS: Final = 420  # the most that card readers take


class CardPicture(Struct, frozen=True, kw_only=True):
    """A picture of ours, and the point in it that a crop keeps, in hundredths from the left and the top."""

    media: str
    digest: str
    width: int
    height: int
    focus_x: int
    focus_y: int


class CardImage(Struct, frozen=True, kw_only=True):
    """All that is drawn, but for the newsroom's name and, on a post's card, the title of its live blog.

    `badge`: what it is, in the interface's words; `live`: the badge says that it goes on; `when`: in the blog's zone.
    `language`: of the headline.
    """

    headline: str
    badge: str
    live: bool
    when: str
    language: str
    alt: str
    picture: CardPicture | None

    @property
    def version(self) -> str:
        """Twelve characters that change with what is drawn."""
        return _short_hash(msgspec.json.encode((DRAWN, self)), 6)


def of_post(edition: Edition, post: PostState) -> CardImage:
    """Return what a visible post's card shows. Call inside `edition.speaking()`."""
    printed = moment(post.published_at, edition)
    said = label_of(post, edition.language, _HEADLINE_CHARS) or called(post, edition)
    picture = _picture_of(post)
    return CardImage(
        headline=said,
        badge="" if post.kind is PostKind.UPDATE or said == what_it_is(post) else what_it_is(post),
        live=False,
        when=printed.brief if printed else "",
        language=edition.language,
        alt=_alt(said, picture),
        picture=_cropped(picture),
    )


def of_blog(edition: Edition, blog: BlogState, pictured: PostState | None) -> CardImage:
    """Return what a live blog's card shows. `pictured`: its newest post with a picture that may stand there."""
    said = headline(blog)
    picture = _picture_of(pictured) if pictured and pictured.visible else None
    live = blog.status is Status.LIVE and not blog.replay
    # A replay happens again, which is no day's news.
    day = blog.opened_at if not blog.replay else None
    return CardImage(
        headline=said,
        badge=_("Replay") if blog.replay else _("Live") if live else _("Closed"),
        live=live,
        when=day_in_words(day.astimezone(edition.tz).date(), edition) if day else "",
        language=edition.language,
        alt=_alt(said, picture),
        picture=_cropped(picture),
    )


def post_address(edition: Edition, post: PostState, card: CardImage) -> SafeString:
    """Return the whole address of a post's card, for HTML, with the slot for what its blog is called."""
    # Nothing in a slug, an id or a hash is escaped, and the slot may not be.
    return mark_safe(ADDRESS_SLOT + card_path(edition.slug, post.id, card.version + CARD_MARK_SLOT))  # noqa: S308


def blog_address(edition: Edition, card: CardImage) -> SafeString:
    """Return the whole address of a live blog's card, for HTML."""
    return mark_safe(ADDRESS_SLOT + card_path(edition.slug, "", card.version))  # noqa: S308


def mark(blog: BlogState) -> str:
    """Return six characters that change with the title that stands on the cards of a live blog's posts."""
    return _short_hash(blog.title.encode(), 3)


def _picture_of(post: PostState) -> ImageAttrs | None:
    """Return the picture of ours that may stand for a post: nothing covers it."""
    images = (block.attrs for block in blocks(post.body) if isinstance(block, Image) and not post.graphic)
    return next((image for image in images if image.media and not image.graphic), None)


def _cropped(image: ImageAttrs | None) -> CardPicture | None:
    if image is None:
        return None
    return CardPicture(
        media=image.media,
        digest=image.digest,
        width=image.width,
        height=image.height,
        focus_x=image.focus_x,
        focus_y=image.focus_y,
    )


def _alt(said: str, image: ImageAttrs | None) -> str:
    """Return what a card is to whoever does not see it: its words, and what its picture shows."""
    shown = image.alt if image and not image.decorative else ""
    return shorten(f"{said} – {shown}" if shown else said, _ALT_CHARS)


def _short_hash(said: bytes, size: int) -> str:
    return blake2s(said, digest_size=size).hexdigest()
