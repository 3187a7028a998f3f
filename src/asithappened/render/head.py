"""The tags in <head> for search engines and other sites: title, description, canonical address, Open Graph, robots.

Owns those that depend on the blog or the post.
A rehearsal or a replay is never indexed: a page that is not for everyone, or no news, has noindex.
Look next: `structured` for JSON-LD, `card_image` for the picture of a card.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from asithappened.core.state import BlogState, PostState
from asithappened.render import card_image
from asithappened.render.edition import SITE, Edition, absolute, edition_of
from asithappened.render.engine import fill
from asithappened.render.headline import headline
from asithappened.render.times import utc_iso
from asithappened.render.words import authors, called, plain, shorten, what_it_is

# Search engines and messengers cut descriptions at 155 to 200 characters.
_DESCRIPTION_CHARS = 200


def meta(blog: BlogState, newest: Sequence[PostState] = ()) -> bytes:
    """Return the head of the main page: title, description, canonical, cards, robots. `newest`: its newest posts.

    The picture of its card is `sharing`, which other pages of the live blog have too.
    """
    edition = edition_of(blog)
    with edition.speaking():
        title = headline(blog)
        values: dict[str, Any] = {
            "title": title,
            "card_title": title,
            "description": shorten(blog.standfirst, _DESCRIPTION_CHARS),
            "canonical": absolute(edition.path),
            "published": _dated(edition, blog.opened_at),
            "modified": _dated(edition, blog.updated_at),
            "robots": robots(open_to_all=open_to_engines(blog)),
            "authors": authors(blog, newest),
            "tags": blog.tags,
        }
        return _head(edition, values)


def sharing(blog: BlogState, pictured: PostState | None = None) -> bytes:
    """Return the tags of a live blog's card, for all of its pages but the posts'.

    `pictured`: its newest post with a picture.
    """
    edition = edition_of(blog)
    with edition.speaking():
        shown = card_image.of_blog(edition, blog, pictured)
        return card_image.tags(shown, card_image.blog_address(edition, shown)).encode()


def card(edition: Edition, post: PostState) -> bytes:
    """Return the head of a post's own page: its title, description, canonical, cards. Contains words of the post.

    Rendered with the post, so it depends on the same as a fragment: not on the blog's headline or audience (the layout
    has the robots tag).
    """
    with edition.speaking():
        title, shown = called(post, edition), card_image.of_post(edition, post)
        values: dict[str, Any] = {
            "title": title,
            "card_title": title,
            "title_attrs": edition.interface_attrs if title == what_it_is(post) else "",
            "description": shorten(plain(post.body), _DESCRIPTION_CHARS),
            "canonical": absolute(edition.post_path(post.id)),
            "published": _dated(edition, post.published_at),
            "modified": _dated(edition, post.updated_at),
            "authors": post.bylines,
            "tags": (),
            "card_tags": card_image.tags(shown, card_image.post_address(edition, post, shown)),
        }
        return _head(edition, values)


def open_to_engines(blog: BlogState) -> bool:
    """Return whether search engines may index a live blog: it is for everyone, and no replay."""
    return blog.everyones and not blog.replay


def robots(*, open_to_all: bool) -> str:
    """Return the robots tag."""
    # Discover and Top Stories require large previews; max-snippet:-1 sets no limit for quotations.
    return "max-image-preview:large, max-snippet:-1" if open_to_all else "noindex, nofollow"


def _dated(edition: Edition, at: datetime | None) -> str:
    # A replay's times are not those of the news, so search engines must not get them.
    return utc_iso(at) if at and not edition.replay else ""


def _head(edition: Edition, values: dict[str, Any]) -> bytes:
    return fill("head.html", edition, values | {"site": SITE, "home": absolute("/"), "locale": edition.locale}).encode()
