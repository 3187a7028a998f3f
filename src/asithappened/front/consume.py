"""The front page's follower of the log: it keeps one entry a blog.

Owns nothing but the follower. What is taken back leaves the page before this hears of it (published.documents).
"""

from collections.abc import Callable
from typing import Final

from asithappened.core.state import BlogState, Status
from asithappened.front import telling
from asithappened.log import read
from asithappened.log.follow import Facts
from asithappened.published import documents
from asithappened.published.assets import url
from asithappened.published.documents import EntryBytes
from asithappened.render import front
from asithappened.render.edition import SPOKEN
from asithappened.render.fingerprint import fingerprint

NAME: Final = "front"
PATH: Final = "/"
PAGE_BLOGS: Final = 30  # a screen of what runs and a few of the record; more are a click away


def version() -> str:
    """Return what it was rendered by."""
    return f"{fingerprint()} {url(front.STYLE)}"


def begin() -> None:
    """Put the page without any blog, in each language."""
    for language in SPOKEN:
        documents.put(PATH, language=language, layout=front.layout(language), page_entries=PAGE_BLOGS)


def consume(blog: int, facts: Facts) -> Callable[[], None]:
    """Return what puts a blog's entries as it is now, whichever facts are new."""
    del facts
    entries = _entries(blog, read.blog(blog))
    return lambda: documents.put_entries(PATH, blog, entries)


def _entries(id_: int, blog: BlogState) -> list[EntryBytes]:
    if not telling.listed(blog):
        return []
    key_event, pictured = telling.told_by(id_)
    others = telling.subjects(key_event, pictured)
    return [
        EntryBytes(
            section=front.LIVE if blog.status is Status.LIVE else front.CLOSED,
            rank=telling.rank(blog),
            data=front.entry(blog, language, key_event=key_event, pictured=pictured),
            language=language,
            also=others,
            bare=front.entry(blog, language) if others else b"",
        )
        for language in SPOKEN
    ]
