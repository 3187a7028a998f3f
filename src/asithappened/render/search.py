"""Renders the page of a reader's search: the form, and the results with marked words. It works without script.

Owns its words and markup. A headline and an excerpt are in their live blog's language, a time is in its zone; all else
is in the page's language. Look next: `search.views`, which serves it; core.searching, which finds the words to mark.
"""

from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import urlencode

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from msgspec import Struct

from asithappened.core.searching import Asked, first_found, spans
from asithappened.core.state import BlogState, PostState
from asithappened.published.assets import url as asset
from asithappened.render.direction import direction
from asithappened.render.edition import Edition
from asithappened.render.engine import fill
from asithappened.render.page import FONTS
from asithappened.render.people import byline
from asithappened.render.times import moment
from asithappened.render.words import cut, label_of, plain, what_it_is

_EXCERPT_CHARS: Final = 260
_BEFORE_CHARS: Final = 70  # of an excerpt, before the first word that was found
_LOOKED_THROUGH: Final = 5_000  # characters of a post for an excerpt; a later match shows the post's beginning


class Shown(Struct, frozen=True, kw_only=True):
    """The page's contents. `items`: live blogs with the found post, if it is one, and its older page's number.

    `older`, `first`: the queries of the next and the first page, "" for none.
    """

    typed: str
    best: bool
    key_events: bool
    wanted: Asked
    items: Sequence[tuple[BlogState, PostState | None, int]]
    older: str
    first: str
    too_long: bool


def search_page(edition: Edition, blog: BlogState | None, shown: Shown, *, site: str) -> str:
    """Return the page, for one live blog or for all."""
    with edition.speaking():
        values = {
            "site": site,
            "home": "/",
            "blog": blog,
            "style": asset("reader.css"),
            "fonts": FONTS,
            "icon": asset("reader-icon.svg"),
            "typed": shown.typed,
            "best": shown.best,
            "key_events": shown.key_events,
            "too_long": shown.too_long,
            "items": [_item(edition, item, shown.wanted, alone=blog is not None) for item in shown.items],
            "older": f"{edition.search_path}?{shown.older}" if shown.older else "",
            "further": bool(shown.first),
            "first": f"{edition.search_path}?{shown.first}",
            "everywhere": f"/search?{urlencode({'q': shown.typed})}" if shown.typed else "/search",
        }
        return fill("search/page.html", edition, values)


def _item(
    around: Edition, found: tuple[BlogState, PostState | None, int], wanted: Asked, *, alone: bool
) -> dict[str, Any]:
    blog, post, page = found
    own = Edition(slug=blog.slug, language=around.language, zone=blog.zone)
    said = {"lang": blog.language, "dir": direction(blog.language), "is_blog": post is None}
    if post is None:
        return said | {
            "path": own.path,
            "label": _marked(blog.title, wanted),
            "when": moment(blog.opened_at, own),
            "words": _marked(_excerpt(blog.standfirst, wanted), wanted),
        }
    label = label_of(post, blog.language)
    words = _excerpt(plain(post.body), wanted)
    return said | {
        "path": f"{own.path}page/{page}/#p-{post.id}" if page else f"{own.path}#p-{post.id}",
        "label": _marked(label, wanted) or what_it_is(post),
        "when": moment(post.published_at, own),
        "byline": byline(post, own),
        "kind": post.kind.value,
        "words": "" if words == label else _marked(words, wanted),
        "of": "" if alone else blog.title,
        "of_path": own.path,
    }


def _excerpt(text: str, wanted: Asked) -> str:
    """Return the part of a text around the first found word, on one line."""
    text = " ".join(text.split())
    start = first_found(text[:_LOOKED_THROUGH], wanted)
    if start <= _BEFORE_CHARS or len(text) <= _EXCERPT_CHARS:
        return cut(text, _EXCERPT_CHARS)
    begin = text.rfind(" ", 0, start - _BEFORE_CHARS // 2) + 1
    if begin < start - _BEFORE_CHARS:  # a script without spaces, or one long word
        begin = start - _BEFORE_CHARS // 2
    return "…" + cut(text[begin:], _EXCERPT_CHARS)


def _marked(text: str, wanted: Asked) -> SafeString:
    """Return a text as HTML with the found words marked."""
    html, at = "", 0
    for first, behind in spans(text, wanted):
        html += f"{escape(text[at:first])}<mark>{escape(text[first:behind])}</mark>"
        at = behind
    return mark_safe(html + escape(text[at:]))  # noqa: S308 (escaped piece by piece)
