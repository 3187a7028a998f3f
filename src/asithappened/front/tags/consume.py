"""The follower of the log that keeps the pages of tags. What is taken back is removed before the follower runs."""

from collections.abc import Callable
from typing import Final

from asithappened.front import cards
from asithappened.log import read
from asithappened.log.follow import Facts
from asithappened.published import documents
from asithappened.published.assets import url
from asithappened.published.documents import EntryBytes
from asithappened.render import house_lists
from asithappened.render.addresses import TAGS, tag_path
from asithappened.render.fingerprint import fingerprint

NAME: Final = "tags"
PAGE_BLOGS: Final = 30


def version() -> str:
    """Return the version of the code that renders them."""
    return f"{fingerprint()} {url(house_lists.STYLE)}"


def begin() -> None:
    """Create nothing: a tag gets its page with the first live blog."""


def consume(blog: int, facts: Facts) -> Callable[[], None]:
    """Return a function that writes a live blog's entries on the pages of its present tags, and removes all others."""
    del facts
    state = read.blog(blog)
    tags = {tag_path(tag): tag for tag in state.tags} if state.listed else {}
    entries = [EntryBytes(section=0, **cards.card(blog, state)._asdict())] if tags else []

    def write() -> None:
        for path, tag in tags.items():
            documents.put(path, layout=house_lists.tag(tag), page_entries=PAGE_BLOGS)
        documents.put_entries_below(TAGS, blog, dict.fromkeys(tags, entries))

    return write
