"""Sanitises a post's body: nh3 applies an exact allowlist to finished HTML.

The list is exactly what `body` and `pictures` write, so it changes nothing in our own output; it is a second defence in
case they have a bug. A page may load only our own files without a click: before sanitising, their addresses begin with
a random prefix of this process, which no text can contain; then `placed` replaces it by the real one. Never repairs
HTML, only removes. Look next: tests/render/test_clean.py, with hostile corpora.
"""

import re
import secrets
from typing import Final, get_args

import nh3

from asithappened.core import media, urls
from asithappened.core.body.results import Color
from asithappened.render.edition import SPOKEN

OURS: Final = f"https://{secrets.token_hex(16)}.invalid"
"""The prefix of the address of a file of ours, replaced by `placed`."""
POLLS: Final = f"{OURS}/polls/"
"""The same for a poll's address, which is on the page's own host, even if our files are on another."""
PREVIEW: Final = f"{OURS}/preview/"
"""The same for a picture's placeholder, before its bytes in base64."""

_OURS_PATH: Final = re.escape(OURS) + r"/(?:live|desk)/[A-Za-z0-9/_.-]+"
_COVERED: Final = ("src", "srcset", "poster")  # the script fetches these when a reader uncovers a graphic picture
_FETCHED: Final = {
    "src": re.compile(rf"{_OURS_PATH}|{re.escape(PREVIEW)}[A-Za-z0-9+/]+={{0,2}}"),
    "srcset": re.compile(rf"{_OURS_PATH} \d{{1,4}}w(?:, {_OURS_PATH} \d{{1,4}}w)*"),
    "poster": re.compile(_OURS_PATH),
    **{f"data-{name}": re.compile(rf"{_OURS_PATH}(?: \d{{1,4}}w)?(?:, {_OURS_PATH} \d{{1,4}}w)*") for name in _COVERED},
    "srclang": re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*"),
    "data-size": re.compile(r"\d{1,5}x\d{1,5}"),
    "data-since": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z"),
    "value": re.compile(r"[A-Za-z0-9_-]{1,32}"),
    "action": re.compile(re.escape(POLLS) + r"[A-Za-z0-9/_-]+/"),
}

_DIR: Final = {"dir": {"ltr", "rtl"}}
_TEXT: Final = ("p", "h3", "h4", "h5", "ul", "ol", "li", "blockquote", "figcaption", "caption", "th", "td")
WIDE: Final = "(min-width: 64rem) 45.5rem, 100vw"
HALF: Final = "(min-width: 64rem) 22.5rem, 50vw"
"""A picture's width, for the browser's choice among its files; as in the style sheet (post.css)."""


def _fetched(tag: str, name: str, value: str) -> str | None:
    """Return an attribute's value, or None to remove it: addresses that a page loads must be ours."""
    del tag
    allowed = _FETCHED.get(name)
    return value if allowed is None or allowed.fullmatch(value) else None


_CLEANER: Final = nh3.Cleaner(
    tags={
        *_TEXT,
        *("a", "strong", "em", "s", "sub", "sup", "br", "bdi", "cite", "time", "span", "div"),
        *("figure", "img", "table", "thead", "tbody", "tr"),
        *("picture", "source", "video", "audio", "track", "details", "summary", "meter", "form", "button"),
    },
    # Their content is code, not text, and is removed too.
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
        # The blog's own language, which is a validated tag.
        "table": {"lang"},
        "div": {"aria-label"},
        "meter": {"value"},
        "form": {"action"},
        "button": {"value"},
        "span": {"data-since"},
    },
    attribute_filter=_fetched,
    tag_attribute_values={
        **{tag: dict(_DIR) for tag in (*_TEXT, "cite", "bdi")},
        "span": {**_DIR, "lang": set(SPOKEN)},
        "table": dict(_DIR),
        "strong": dict(_DIR),
        "meter": {"min": {"0"}, "max": {"100"}, "aria-hidden": {"true"}},
        "a": {"rel": {"noopener", "noopener noreferrer"}, **_DIR},
        "img": {"loading": {"lazy"}, "decoding": {"async"}, "sizes": {WIDE, HALF}},
        "source": {"type": {"image/webp", *media.FILES}, "sizes": {WIDE, HALF}},
        **{tag: {"controls": {""}, "preload": {"none"}, "crossorigin": {"anonymous"}} for tag in ("video", "audio")},
        "track": {"kind": {"captions"}},
        "form": {"method": {"post"}},
        "button": {"name": {"option"}},
        "th": {"scope": {"col", "row"}, **_DIR},
        "div": {"role": {"region"}, "tabindex": {"0"}, "lang": set(SPOKEN)},
    },
    allowed_classes={
        "figure": {"picture", "quote", "social", "film", "sound", "results", "score", "poll"},
        "div": {
            *(
                "table",
                "card",
                "no-picture",
                "gallery",
                "frame",
                "small",
                "tall",
                "taller",
                "panorama",
                "late",
                "scored",
            ),
            *(f"{axis}{at}" for axis in "xy" for at in range(5)),
        },
        "p": {"alt", "label", "card-title", "card-text", "card-site", "framed", "stands", "scorers"},
        "span": {"caption", "credit", "platform", "verb", "media-title", "label", "opens"}
        | {"count", "name", "party", "mark", "moved", "side", "figures"},
        "th": {f"in-{color}" for color in get_args(Color) if color},
        "tr": {"won"},
        "bdi": {"author", "handle"},
        "a": {"media", "load", "whole"},
        "img": {"blur"},
        "details": {"cover", "transcript"},
    },
    # We write `rel`; the default would add noreferrer to newsrooms' own links, and falsify their statistics.
    link_rel=None,
    url_schemes={*urls.LINKED},
    # A fragment is shown on pages with several addresses, and a relative link would differ on each.
    url_relative="deny",
)


def clean(html: str) -> str:
    """Return the allowed part of some HTML. Idempotent."""
    return _CLEANER.clean(html)


def placed(html: str, before: str) -> str:
    """Return clean HTML with our own addresses in full. `before`: the prefix of our files' paths."""
    return html.replace(PREVIEW, "data:image/webp;base64,").replace(POLLS, "/polls/").replace(OURS, before)
