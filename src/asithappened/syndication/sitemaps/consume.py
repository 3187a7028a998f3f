"""The follower of the log that keeps the sitemaps, and the duty that removes what is no longer news.

Owns which live blogs each has. One that is taken down is removed before the follower runs (published.documents).
"""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Final

from django.db import transaction

from asithappened.core.fold import microseconds
from asithappened.core.state import BlogState
from asithappened.jobs.clock import CLOCK
from asithappened.log import read
from asithappened.log.follow import Facts
from asithappened.published import documents
from asithappened.published.documents import EntryBytes
from asithappened.render.fingerprint import code, fingerprint
from asithappened.syndication.sitemaps import writing

NAME: Final = "sitemaps"
INDEX: Final = "/sitemap.xml"
BLOGS: Final = "/sitemaps/blogs.xml"
NEWS: Final = "/sitemaps/news.xml"
NEWS_ENTRIES: Final = 1_000  # the most that the news extension allows
NEWS_FOR: Final = timedelta(days=2)
FORGET_S: Final = 600.0


def version() -> str:
    """Return the version of the code that makes them."""
    return f"{fingerprint()} {code(Path(__file__).parent)}"


def begin() -> None:
    """Create them, without any live blog."""
    kind = writing.MEDIA_TYPE
    documents.put(INDEX, media_type=kind, layout=writing.index((BLOGS, NEWS)))
    documents.put(BLOGS, media_type=kind, layout=writing.urlset(always="/"))
    documents.put(NEWS, media_type=kind, layout=writing.urlset(), page_entries=NEWS_ENTRIES)


def consume(blog: int, facts: Facts) -> Callable[[], None]:
    """Return a function that writes a live blog's entries from its present state, whichever facts are new."""
    del facts
    state = read.blog(blog)
    listed = [EntryBytes(section=0, rank=_opened(state), data=writing.url(state))] if state.listed else []
    is_news = state.listed and state.opened_at is not None and _opened(state) >= _since()
    news = [EntryBytes(section=0, rank=_opened(state), data=writing.news(state))] if is_news else []

    def write() -> None:
        documents.put_entries(BLOGS, blog, listed)
        documents.put_entries(NEWS, blog, news)

    return write


def forget_old() -> None:
    """Remove live blogs that are no longer news, which no fact says."""
    with transaction.atomic():
        documents.drop(NEWS, below=_since())


def _opened(state: BlogState) -> int:
    return microseconds(state.opened_at) if state.opened_at else 0


def _since() -> int:
    return microseconds(CLOCK.now() - NEWS_FOR)
