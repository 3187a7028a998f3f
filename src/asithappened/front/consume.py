"""Follows the log for the front page: one entry a blog, which changes with whatever happens to it.

Owns nothing but the follower. What is taken back leaves the page before this hears of it (published.documents).
"""

from collections.abc import Callable
from typing import Final

from asithappened.core.events import Audience
from asithappened.core.fold import microseconds
from asithappened.core.state import BlogState, Status
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
    """Say of a blog what is to be said of it now, whatever happened."""
    del facts
    entries = _entries(read.blog(blog))
    return lambda: documents.put_entries(PATH, blog, entries)


def _entries(blog: BlogState) -> list[EntryBytes]:
    if blog.audience is not Audience.EVERYONE or blog.status is Status.GONE or blog.replay:
        return []
    section = front.LIVE if blog.status is Status.LIVE else front.CLOSED
    # By when it happened: an archive that was brought in today is not today's.
    rank = microseconds(blog.opened_at) if blog.opened_at else 0
    return [
        EntryBytes(section=section, rank=rank, data=front.entry(blog, language), language=language)
        for language in SPOKEN
    ]
