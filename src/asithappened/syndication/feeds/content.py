"""A post's body as HTML for other programs: full addresses, and nothing that needs our script or style.

Owns what is left out: placeholders of pictures, buttons that load a frame, and covered pictures, which become a link to
the post. Last it is sanitised with an allowlist, because a feed reader may run anything.
"""

from typing import Final

import nh3
from django.utils.html import escape
from selectolax.lexbor import LexborHTMLParser

from asithappened.core.ledger_state import Correction
from asithappened.core.state import PostState
from asithappened.core.urls import LINKED
from asithappened.render.body import body_html
from asithappened.render.direction import dir_of
from asithappened.render.edition import Edition
from asithappened.render.ledger.chips import correction_note
from asithappened.syndication.slots import HOUSE, with_placeholders

_WAYS: Final = {"dir", "lang"}
_CLEANER: Final = nh3.Cleaner(
    tags={
        *("p", "h3", "h4", "h5", "ul", "ol", "li", "blockquote", "figure", "figcaption", "div", "a", "br", "hr"),
        *("strong", "b", "em", "s", "sub", "sup", "cite", "bdi", "time", "span", "img", "video", "audio", "source"),
        *("table", "caption", "thead", "tbody", "tr", "th", "td", "details", "summary"),
    },
    clean_content_tags={"script", "style", "template", "noscript", "iframe", "object", "svg", "math", "title"},
    attributes={
        "*": _WAYS,
        "a": {"href"},
        "img": {"src", "alt", "width", "height"},
        "video": {"poster", "width", "height", "controls"},
        "audio": {"controls"},
        "source": {"src", "type"},
        "blockquote": {"cite"},
        "time": {"datetime"},
        "th": {"scope"},
    },
    link_rel=None,
    url_schemes={*LINKED},
    url_relative="deny",
)
# Captions load only on pages of our own address, and only browsers use a picture's second format.
_LEFT_OUT: Final = "img.blur, span.opens, p.framed, picture > source, track"


def post_html(edition: Edition, post: PostState, corrections: tuple[Correction, ...]) -> str:
    """Return a visible post's body, reasons of changes and corrections. Call inside `edition.speaking()`.

    The house's slots are replaced by placeholders (slots.py).
    """
    html = str(body_html(post.body, edition, post.id, graphic=post.graphic))
    html += "".join(f"<p{dir_of(one.text, edition.dir)}><em>{escape(one.text)}</em></p>" for one in post.reasons)
    html += "".join(correction_note(edition, one) for one in corrections)
    return _plain(html, HOUSE + edition.post_path(post.id), edition)


def words_html(text: str, edition: Edition) -> str:
    """Return a plain text as paragraphs, one a line."""
    lines = "".join(f"<p>{escape(line)}</p>" for line in text.split("\n") if line.strip())
    return _directed(lines, edition)


def _plain(html: str, url: str, edition: Edition) -> str:
    tree = LexborHTMLParser(with_placeholders(html).replace(' href="/', f' href="{HOUSE}/'))
    for node in tree.css(_LEFT_OUT):
        node.decompose()
    for cover in tree.css("details.cover"):
        label = cover.css_first(".label")
        words = label.text() if label is not None else url
        link = LexborHTMLParser(f'<p><a href="{escape(url)}">{escape(words)}</a></p>').css_first("p")
        assert link is not None
        cover.replace_with(link)
    body = tree.body
    inner = "" if body is None else (body.html or "").removeprefix("<body>").removesuffix("</body>")
    return _directed(_CLEANER.clean(inner), edition)


def _directed(html: str, edition: Edition) -> str:
    # Feed readers write from left to right by default.
    return f'<div dir="rtl">{html}</div>' if html and edition.dir == "rtl" else html
