"""A post in few words: what lists, cards, structured data and the pinned box say of it.

Owns the shortening. Never cuts inside a word, and never invents one.
"""

import re
from typing import Final

from asithappened.core import body as b
from asithappened.core.state import PostState

_SPACES: Final = re.compile(r"\s+")
_SENTENCE: Final = re.compile(r"(?<=[.!?…؟。])[\"”’»)]*\s+(?=\W?[^\W\d_a-z])")


def shorten(text: str, limit: int) -> str:
    """Return a text on one line, at most `limit` characters, cut between words with an ellipsis."""
    text = _SPACES.sub(" ", text).strip()
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    if " " in cut and text[limit - 1] != " ":
        cut = cut.rsplit(" ", 1)[0]
    return cut.rstrip(" ,;:–—-") + "…"


def label_of(post: PostState, limit: int = 110) -> str:
    """Return what to call a post in a list: its headline, or else its first sentence. Empty for a post of no words."""
    return shorten(post.title, limit) if post.title.strip() else shorten(first_sentence(plain(post.body)), limit)


def first_sentence(text: str) -> str:
    """Return a text up to the end of its first sentence."""
    return _SENTENCE.split(text.strip(), maxsplit=1)[0]


def plain(doc: b.Doc) -> str:
    """Return a document's words on one line."""
    return _SPACES.sub(" ", b.plain(doc)).strip()


def opening(post: PostState, limit: int) -> str:
    """Return the first words of a post's body, whole sentences where they fit."""
    for block in post.body.content:
        if text := _SPACES.sub(" ", b.text_of(block)).strip():
            return shorten(text, limit)
    return ""


def points(doc: b.Doc, most: int, limit: int) -> list[str]:
    """Return the first points of a summary: its list items, or else its paragraphs, each shortened."""
    items = [block for block in b.blocks(doc) if isinstance(block, b.ListItem)]
    lines = (b.text_of(block) for block in (items or doc.content))
    return [shorten(first_sentence(line), limit) for line in lines if line.strip()][:most]


def first_picture(post: PostState) -> b.ImageAttrs | None:
    """Return a post's first picture that has an address."""
    images = (block.attrs for block in b.blocks(post.body) if isinstance(block, b.Image))
    return next((image for image in images if image.src and b.is_url(image.src)), None)
