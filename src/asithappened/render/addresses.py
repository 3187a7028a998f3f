"""Addresses that stand in somebody's words, as links.

Owns where an address in running text begins and ends: at its scheme, and before the punctuation of the sentence that it
stands in. An address that was cut short ("https://paper.example/a-lo…") leads nowhere, and stays text; so do names,
hashtags and whatever core.body.is_url refuses. One pass over the text, however hostile.
"""

import re
from typing import Final

from django.utils.html import escape

from asithappened.core import body as b

# Scripts that are written without spaces do not belong to an address: it would swallow the rest of the sentence.
# Marks of direction and of no width are in none.
_ADDRESS: Final = re.compile(
    r"(?<![a-z0-9])https?://[^\s<>\"“”„«»\u200b-\u200f\u202a-\u202e\u2060-\u2069\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef]+",
    re.IGNORECASE,
)
_CLOSING: Final = {")": "(", "]": "[", "}": "{"}
_PUNCTUATION: Final = frozenset(".,;:!?'’‘*_~|…")


def with_links(text: str) -> str:
    """Return a text as HTML, its addresses as links."""
    pieces, at = [], 0
    for found in _ADDRESS.finditer(text):
        end = found.start() + _length(found[0])
        url = text[found.start() : end]
        if b.is_url(url, ("http", "https")) and not text.startswith(("…", "..."), end):
            link = escape(url)
            pieces += [str(escape(text[at : found.start()])), f'<a href="{link}" rel="noopener">{link}</a>']
            at = end
    return "".join([*pieces, str(escape(text[at:]))])


def _length(address: str) -> int:
    """Return how much of an address is its own, and not the sentence's: "(see https://a.example/b_(c))."."""
    unopened = {close: address.count(close) - address.count(open_) for close, open_ in _CLOSING.items()}
    for length in range(len(address), 0, -1):
        last = address[length - 1]
        if unopened.get(last, 0) > 0:
            unopened[last] -= 1
        elif last not in _PUNCTUATION:
            return length
    return 0
