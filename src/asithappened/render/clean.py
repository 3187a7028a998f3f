"""The last word on what leaves a post's body: an exact allow-list, applied by nh3 to finished HTML.

Owns the list. Everything in it is something that `body` and `pictures` write, and they write nothing that is not in it,
so that on our own output this changes no meaning; it is the second lock, for the day when the first has a fault.
What a page fetches by itself is ours alone: until the list has been applied such an address begins with a word that is
made up anew in every process, so that nobody's text holds one (`placed` puts the real beginning there).
Never repairs: what is not allowed goes. Look next: tests/render/test_clean.py, the hostile corpora.
"""

import re
import secrets
from typing import Final

import nh3

from asithappened.core import media, urls
from asithappened.render.edition import SPOKEN

OURS: Final = f"https://{secrets.token_hex(16)}.invalid"
"""What the address of a file of ours begins with, before a path."""
PREVIEW: Final = f"{OURS}/preview/"
"""The same of a picture's placeholder, before its bytes in base64."""

_OURS_PATH: Final = re.escape(OURS) + r"/(?:live|desk)/[A-Za-z0-9/_.-]+"
_COVERED: Final = ("src", "srcset", "poster")  # what the script fetches when somebody asks for what is covered
_FETCHED: Final = {
    "src": re.compile(rf"{_OURS_PATH}|{re.escape(PREVIEW)}[A-Za-z0-9+/]+={{0,2}}"),
    "srcset": re.compile(rf"{_OURS_PATH} \d{{1,4}}w(?:, {_OURS_PATH} \d{{1,4}}w)*"),
    "poster": re.compile(_OURS_PATH),
    **{f"data-{name}": re.compile(rf"{_OURS_PATH}(?: \d{{1,4}}w)?(?:, {_OURS_PATH} \d{{1,4}}w)*") for name in _COVERED},
    "srclang": re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*"),
    "data-size": re.compile(r"\d{1,5}x\d{1,5}"),
}

_DIR: Final = {"dir": {"ltr", "rtl"}}
_TEXT: Final = ("p", "h3", "h4", "h5", "ul", "ol", "li", "blockquote", "figcaption", "caption", "th", "td")
WIDE: Final = "(min-width: 64rem) 45.5rem, 100vw"
HALF: Final = "(min-width: 64rem) 22.5rem, 50vw"
"""How wide a picture stands, for the browser's choice among its files: as the style sheet has it (post.css)."""


def _fetched(tag: str, name: str, value: str) -> str | None:
    """Let through what is ours of what a page fetches, and everything else that the list lets through."""
    del tag
    allowed = _FETCHED.get(name)
    return value if allowed is None or allowed.fullmatch(value) else None


_CLEANER: Final = nh3.Cleaner(
    tags={
        *_TEXT,
        *("a", "strong", "em", "s", "sub", "sup", "br", "bdi", "cite", "time", "span", "div"),
        *("figure", "img", "table", "thead", "tbody", "tr"),
        *("picture", "source", "video", "audio", "track", "details", "summary"),
    },
    # Their content is code, not words: it goes with them.
    clean_content_tags={"script", "style", "template", "noscript", "iframe", "object", "svg", "math", "title"},
    attributes={
        "*": set(),  # nh3's own default lets lang and title through on everything
        "a": {"href", "data-size", "data-frame"},
        "img": {"src", "srcset", "data-src", "data-srcset", "alt", "width", "height"},
        "source": {"src", "srcset", "data-srcset"},
        "video": {"poster", "data-poster", "width", "height", "playsinline"},
        "track": {"src", "srclang"},
        "blockquote": {"cite"},
        "time": {"datetime"},
        # The blog's own language is a checked tag by the time it is written here.
        "table": {"lang"},
        "div": {"aria-label"},
    },
    attribute_filter=_fetched,
    tag_attribute_values={
        **{tag: dict(_DIR) for tag in (*_TEXT, "cite", "bdi")},
        "span": {**_DIR, "lang": set(SPOKEN)},
        "table": dict(_DIR),
        "a": {"rel": {"noopener", "noopener noreferrer"}, **_DIR},
        "img": {"loading": {"lazy"}, "decoding": {"async"}, "sizes": {WIDE, HALF}},
        "source": {"type": {"image/webp", *media.FILES}, "sizes": {WIDE, HALF}},
        **{tag: {"controls": {""}, "preload": {"none"}, "crossorigin": {"anonymous"}} for tag in ("video", "audio")},
        "track": {"kind": {"captions"}},
        "th": {"scope": {"col", "row"}, **_DIR},
        "div": {"role": {"region"}, "tabindex": {"0"}, "lang": set(SPOKEN)},
    },
    allowed_classes={
        "figure": {"picture", "quote", "social", "film", "sound"},
        "div": {
            *("table", "card", "no-picture", "gallery", "frame", "small", "tall", "taller", "panorama", "late"),
            *(f"{axis}{at}" for axis in "xy" for at in range(5)),
        },
        "p": {"alt", "label", "card-title", "card-text", "card-site", "framed"},
        "span": {"caption", "credit", "platform", "verb", "media-title", "label", "opens"},
        "bdi": {"author", "handle"},
        "a": {"media", "load", "whole"},
        "img": {"blur"},
        "details": {"cover", "transcript"},
    },
    # `rel` is ours to write; the default would add noreferrer to newsrooms' own links, and spoil their statistics.
    link_rel=None,
    url_schemes={*urls.LINKED},
    # A fragment is shown on pages of many addresses: a relative one would mean something else on each.
    url_relative="deny",
)


def clean(html: str) -> str:
    """Return what is allowed of some HTML. Doing it again changes nothing."""
    return _CLEANER.clean(html)


def placed(html: str, before: str) -> str:
    """Return clean HTML with the addresses of what is ours in it: `before`, and their paths."""
    return html.replace(PREVIEW, "data:image/webp;base64,").replace(OURS, before)
