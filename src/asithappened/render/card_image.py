"""The contents of cards, the pictures that messengers show of a shared page: of a post and of a live blog.

Owns a card's words and picture, and its address, whose version is a hash of them, so that caches fetch a changed card.
The card of a post or a row shows its blog's title too, on which their finished bytes may not depend (published.layout),
so that part of the version is a slot. Look next: `ledger.row_card` for rows' cards; media.cards, which draws them.
"""

from hashlib import blake2s
from html import escape
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
# Raise it when the drawing of the same words changes, so that caches fetch the new card.
DRAWN: Final = 1
_HEADLINE_CHARS: Final = 180  # four lines of the smallest letters that are legible in a messenger
_ALT_CHARS: Final = 420  # the most that card readers take


class CardPicture(Struct, frozen=True, kw_only=True):
    """A stored picture, and its focal point for cropping, in hundredths from the left and the top."""

    media: str
    digest: str
    width: int
    height: int
    focus_x: int
    focus_y: int


class CardImage(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """All that is drawn, except the newsroom's name and, on the card of a post or a row, the title of its live blog.

    `badge`: in the interface's language; `live`: the badge says "Live"; `when`: in the blog's zone. `language`: of the
    headline. For a row, below the headline: `label`, what the headline is a value of; `source`, who says so; `history`,
    the values of a series from the oldest to the current one, each in hundredths of the largest.
    """

    headline: str
    badge: str
    live: bool
    when: str
    language: str
    alt: str
    picture: CardPicture | None
    label: str = ""
    source: str = ""
    history: tuple[int, ...] = ()

    @property
    def version(self) -> str:
        """Twelve characters of a hash of everything that is drawn."""
        return _short_hash(msgspec.json.encode((DRAWN, self)), 6)


def of_post(edition: Edition, post: PostState) -> CardImage:
    """Return a visible post's card. Call inside `edition.speaking()`."""
    printed = moment(post.published_at, edition)
    said = label_of(post, edition.language, _HEADLINE_CHARS) or called(post, edition)
    picture = picture_of(post)
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
    """Return a live blog's card. `pictured`: its newest post with a usable picture."""
    said = headline(blog)
    picture = picture_of(pictured) if pictured and pictured.visible else None
    live = blog.status is Status.LIVE and not blog.replay
    # A replay has no date, because it is no news.
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
    """Return the full address of a post's card, for HTML, with the slot for a hash of its blog's title."""
    # A slug, an id or a hash needs no escaping, and the slot must not be escaped.
    return mark_safe(ADDRESS_SLOT + card_path(edition.slug, post.id, card.version + CARD_MARK_SLOT))  # noqa: S308


def blog_address(edition: Edition, card: CardImage) -> SafeString:
    """Return the full address of a live blog's card, for HTML."""
    return mark_safe(ADDRESS_SLOT + card_path(edition.slug, "", card.version))  # noqa: S308


def tags(card: CardImage, address: SafeString) -> SafeString:
    """Return a card's tags for the <head> of its page."""
    return _tags(escape(card.alt), address)


def row_tags() -> SafeString:
    """Return the tags of a row's card for the layout of its page, with delivery's slots for its words and address."""
    return _tags("<!--slot:row_title--> · <!--slot:row_said-->", ADDRESS_SLOT + "<!--slot:row_card-->")


def _tags(alt: str, address: str) -> SafeString:
    return mark_safe(  # noqa: S308 (its words are escaped)
        f'<meta property="og:image" content="{address}"><meta property="og:image:type" content="image/jpeg">'
        f'<meta property="og:image:width" content="{WIDTH}"><meta property="og:image:height" content="{HEIGHT}">'
        f'<meta property="og:image:alt" content="{alt}"><meta name="twitter:card" content="summary_large_image">'
        f'<meta name="twitter:image:alt" content="{alt}">'
    )


def mark(blog: BlogState) -> str:
    """Return six characters of a hash of a live blog's title, for the cards of its posts and rows."""
    return _short_hash(blog.title.encode(), 3)


def picture_of(post: PostState) -> ImageAttrs | None:
    """Return a post's first stored picture that is not graphic, for cards and lists."""
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
    """Return a card's alternative text: its headline and its picture's."""
    shown = image.alt if image and not image.decorative else ""
    return shorten(f"{said} – {shown}" if shown else said, _ALT_CHARS)


def _short_hash(said: bytes, size: int) -> str:
    return blake2s(said, digest_size=size).hexdigest()
