"""Reads a file as posts for suggesters: a page of plain text post by post, any other text as one post.

Owns that distinction, and converting an importer's posts to a suggester's. Writes nothing, uses no database.
Look next: `commands.ledger`, importers/formats/page_text.
"""

import re
from typing import Final

from asithappened.core.events import PostKind
from asithappened.importers.formats import page_text
from asithappened.importers.found import FoundBlog, ImportRefused, refused
from asithappened.importers.reading import text_from
from asithappened.ledger.views import BlogView, of_body, of_text

_MARKUP: Final = re.compile(r"\s*(?:\{|<[a-zA-Z!?/])")  # and not "< 12 are missing"


def blog_in(raw: bytes, language: str) -> BlogView:
    """Read a file's bytes. Raises ImportRefused if they are empty, huge, binary, JSON or HTML."""
    words = text_from(raw)
    if _MARKUP.match(words):
        raise refused("The file is JSON or HTML and not text.", "Import it, and give the live blog's address.")
    try:
        # With a line end added, a truncated page is read too, because nothing of it is stored.
        return of_found(page_text.read(words.encode() + b"\n", posts_alone=True), language)
    except ImportRefused:
        return BlogView(posts=(of_text(words),), language=language)


def of_found(found: FoundBlog, language: str = "") -> BlogView:
    """Return an importer's blog as a suggester's view, in a language or else in its own."""
    posts = (
        of_body(
            post.title,
            post.body,
            number=number,
            id=post.id,
            summary=post.kind is PostKind.SUMMARY,
            published_at=post.published_at,
        )
        for number, post in enumerate(found.posts, 1)
    )
    return BlogView(posts=tuple(posts), language=language or found.language)
