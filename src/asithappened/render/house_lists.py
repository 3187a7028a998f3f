"""The layouts and entries of the house's pages that list live blogs by tag or day, and posts by author.

A layout is in each of the interface's languages; an entry is in its live blog's language and has none of the house's
words, so it is rendered once. Look next: front/ for the choice of entries; `calendar` for the archive.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

from django.utils.safestring import SafeString, mark_safe
from msgspec.structs import replace

from asithappened.core.state import BlogState, Contributor, PostState
from asithappened.published.assets import url as asset
from asithappened.published.listing import Layout
from asithappened.render.addresses import FEEDS, author_path, tag_path
from asithappened.render.card_image import picture_of
from asithappened.render.edition import SITE, SPOKEN, Edition, absolute, edition_of
from asithappened.render.engine import fill
from asithappened.render.people import listed as listed_people
from asithappened.render.pictures import shown
from asithappened.render.post import listed
from asithappened.render.times import moment
from asithappened.render.words import opening

STYLE: Final = "front.css"
CARD: Final = "(min-width: 62rem) 20rem, (min-width: 40rem) 48vw, 100vw"
_OPENING_CHARS: Final = 220


def in_every_language(made: Callable[[str], Layout]) -> Layout:
    """Return a layout in English, which contains those in the interface's other languages."""
    first, *others = SPOKEN
    return replace(made(first), spoken={language: made(language) for language in others})


def house(language: str) -> Edition:
    """Return the edition of a page of the house."""
    return Edition(slug="", language=language, zone="UTC")


def around() -> dict[str, Any]:
    """Return the values that every template of a page of the house needs."""
    return {
        "site": SITE,
        "address": absolute(""),
        "home": absolute("/"),
        "style": asset(STYLE),
        "number": mark_safe("<!--slot:number-->"),
    }


@lru_cache(maxsize=256)
def tag(words: str) -> Layout:
    """Return the layout of a tag's page."""
    cards = '<ul class="front-closed"><!--slot:entries--></ul>'
    values = {"tag": words, "feeds": _feeds(tag_path(words))}
    return in_every_language(lambda language: _paged("tag", language, values, (cards,)))


@lru_cache(maxsize=256)
def author(name: str) -> Layout:
    """Return the layout of an author's page."""
    sections = ('<div class="profile"><!--slot:entries--></div>', '<ol class="told"><!--slot:entries--></ol>')
    values = {"name": name, "feeds": _feeds(author_path(name))}
    return in_every_language(lambda language: _paged("author", language, values, sections))


def _feeds(page: str) -> str:
    return absolute(f"{FEEDS}{page}")


def _paged(kind: str, language: str, values: dict[str, Any], sections: tuple[str, ...]) -> Layout:
    edition = house(language)
    with edition.speaking():
        names = ("number", "newer", "older", kind)
        number, newer, older, whole = (str(fill(f"house/{name}.html", edition, around() | values))[:] for name in names)
    return Layout(whole=whole, sections=sections, number=number, newer=newer, older=older, needed=True)


def card(blog: BlogState, *, key_event: PostState | None = None, pictured: PostState | None = None) -> bytes:
    """Return a live blog's entry on the page of a day or a tag."""
    edition = edition_of(blog)
    with edition.speaking():
        values = {
            "blog": blog,
            "key_event": listed(key_event, edition) if key_event else None,
            "opened": moment(blog.opened_at, edition),
            "picture": picture(pictured, edition, CARD) if pictured else "",
        }
        return fill("house/card.html", edition, values).encode()


def picture(post: PostState, edition: Edition, sizes: str) -> SafeString:
    """Return the picture of a post for its live blog's entry, which the style sheet crops; "" if there is none."""
    image = picture_of(post)
    return mark_safe(shown(image, edition, post.id, sizes)) if image else SafeString()  # noqa: S308 (it escapes)


def profile(blog: BlogState, person: Contributor) -> bytes:
    """Return a live blog's profile of a contributor."""
    edition = edition_of(blog)
    [one] = listed_people([person], edition)
    with edition.speaking():
        return fill("house/profile.html", edition, {"one": one}).encode()


def post_entry(blog: BlogState, post: PostState, *, named: bool = True) -> bytes:
    """Return a post's entry on its author's page. `named`: with the headline of its live blog."""
    edition = edition_of(blog)
    with edition.speaking():
        shown_post = listed(post, edition)
        words = opening(post, _OPENING_CHARS) if post.title.strip() else ""
        values = {"post": shown_post, "words": words, "title": blog.title if named else ""}
        return fill("house/post_entry.html", edition, values).encode()
