"""The last word on what leaves a post's body: an exact allow-list, applied by nh3 to finished HTML.

Owns the list. Everything in it is something that `body` writes, and `body` writes nothing that is not in it, so that
on our own output this changes no meaning; it is the second lock, for the day when the first has a fault.
Never repairs: what is not allowed goes. Look next: tests/render/test_clean.py, the hostile corpora.
"""

from typing import Final

import nh3

from asithappened.core import urls
from asithappened.render.edition import SPOKEN

_DIR: Final = {"dir": {"ltr", "rtl"}}
_TEXT: Final = ("p", "h3", "h4", "h5", "ul", "ol", "li", "blockquote", "figcaption", "caption", "th", "td")

_CLEANER: Final = nh3.Cleaner(
    tags={
        *_TEXT,
        *("a", "strong", "em", "s", "sub", "sup", "br", "bdi", "cite", "time", "span", "div"),
        *("figure", "img", "table", "thead", "tbody", "tr"),
    },
    # Their content is code, not words: it goes with them.
    clean_content_tags={"script", "style", "template", "noscript", "iframe", "object", "svg", "math", "title"},
    attributes={
        "*": set(),  # nh3's own default lets lang and title through on everything
        "a": {"href"},
        "img": {"src", "alt", "width", "height"},
        "blockquote": {"cite"},
        "time": {"datetime"},
        # The blog's own language is a checked tag by the time it is written here.
        "table": {"lang"},
        "div": {"aria-label"},
    },
    tag_attribute_values={
        **{tag: dict(_DIR) for tag in (*_TEXT, "cite", "bdi")},
        "span": {**_DIR, "lang": set(SPOKEN)},
        "table": dict(_DIR),
        "a": {"rel": {"noopener"}, **_DIR},
        "img": {"loading": {"lazy"}, "decoding": {"async"}, "referrerpolicy": {"no-referrer"}},
        "th": {"scope": {"col", "row"}, **_DIR},
        "div": {"role": {"region"}, "tabindex": {"0"}, "lang": set(SPOKEN)},
    },
    allowed_classes={
        "figure": {"picture", "quote", "social", "film", "sound"},
        "div": {"table", "card", "no-picture", "gallery"},
        "p": {"alt", "label", "card-title", "card-text", "card-site"},
        "span": {"caption", "credit", "platform", "verb", "media-title", "label"},
        "bdi": {"author", "handle"},
        "a": {"media"},
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
