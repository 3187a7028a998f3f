"""What a file says, as posts to be read: a page of plain text post by post, any other text as one post.

Owns telling the two apart, and making of what an importer found what a suggester is given. Writes nothing, knows no
database. Look next: `commands.ledger`, importers/formats/page_text.
"""

from asithappened.core.events import PostKind
from asithappened.importers.formats import page_text
from asithappened.importers.found import FoundBlog, ImportRefused, refused
from asithappened.importers.reading import text_from
from asithappened.ledger.views import BlogView, of_body, of_text


def blog_in(raw: bytes, language: str) -> BlogView:
    """Read a file's bytes. Raises ImportRefused for what is empty, huge, binary, or a page of code."""
    words = text_from(raw)
    if words.lstrip().startswith(("{", "<")):
        raise refused("The file is JSON or HTML and not text.", "Import it, and give the live blog's address.")
    try:
        # With a line end a page that stops in the middle of a sentence is still a page: nothing of it is kept.
        return of_found(page_text.read(words.encode() + b"\n"), language)
    except ImportRefused:
        return BlogView(posts=(of_text(words),), language=language)


def of_found(found: FoundBlog, language: str = "") -> BlogView:
    """Return what an importer found as a live blog to be read, in a language or else in its own."""
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
