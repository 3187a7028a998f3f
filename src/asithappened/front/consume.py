"""The follower of the log that keeps the front page, with one entry a live blog.

What is taken back is removed before the follower runs (published.documents).
"""

from collections.abc import Callable
from typing import Final

from asithappened.core.state import BlogState, Status
from asithappened.front import cards
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
PAGE_BLOGS: Final = 30  # a screen of live ones and a few closed ones; more are a click away


def version() -> str:
    """Return the version of the code that renders it."""
    return f"{fingerprint()} {url(front.STYLE)}"


def begin() -> None:
    """Create the page, without any live blog, in each language."""
    for language in SPOKEN:
        documents.put(PATH, language=language, layout=front.layout(language), page_entries=PAGE_BLOGS)


def consume(blog: int, facts: Facts) -> Callable[[], None]:
    """Return a function that writes a live blog's entries from its present state, whichever facts are new."""
    del facts
    entries = _entries(blog, read.blog(blog))
    return lambda: documents.put_entries(PATH, blog, entries)


def _entries(id_: int, blog: BlogState) -> list[EntryBytes]:
    if not blog.listed:
        return []
    key_event, pictured = cards.highlights(id_)
    others = cards.subjects(key_event, pictured)
    return [
        EntryBytes(
            section=front.LIVE if blog.status is Status.LIVE else front.CLOSED,
            rank=cards.rank(blog),
            data=front.entry(blog, language, key_event=key_event, pictured=pictured),
            language=language,
            also=others,
            bare=front.entry(blog, language) if others else b"",
        )
        for language in SPOKEN
    ]
