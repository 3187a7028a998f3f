"""A live blog as one plain text page: headline, last change, standfirst, posts newest first, contributors, related.

Owns that format. importers/formats/page_text parses it, so that a page saved as text can be imported again. It does not
contain links, addresses of pictures, or who wrote which post. Never fetches.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Final

from asithappened.core import body as b
from asithappened.core.body.printing import day_name
from asithappened.core.events import Related
from asithappened.core.state import BlogState, Contributor, PostState, Status

HAPPENED: Final = " – as it happened"
UNKNOWN: Final = "unknown"
_SAYS_CLOSED: Final = re.compile(r"\bas (?:it|they) happened\W*$", re.IGNORECASE)
_SAYS_LIVE: Final = re.compile(r"\s+[–—-]\s+live(?: updates| coverage| blog)?$", re.IGNORECASE)


def page_text(blog: BlogState, posts: Sequence[PostState]) -> str:
    """Return a live blog as plain text, its visible posts newest first, parts separated by blank lines."""
    parts = [headline(blog), f"Last modified: {_modified(blog)}", blog.standfirst]
    for post in sorted(posts, key=lambda post: post.order, reverse=True):
        if post.visible:
            parts += _post(post)
    if blog.contributors:
        parts += ["Contributors", _names(blog.contributors)]
    if blog.related:
        parts += ["Related Content", *(part for item in blog.related for part in _related(item))]
    return "\n\n".join(part for part in parts if part.strip()) + "\n"


def headline(blog: BlogState) -> str:
    """Return the headline of the page: for a closed blog with "– as it happened", unless it has that already."""
    if blog.status is not Status.CLOSED or _SAYS_CLOSED.search(blog.title):
        return blog.title
    return _SAYS_LIVE.sub("", blog.title) + HAPPENED


def _modified(blog: BlogState) -> str:
    if blog.updated_text:
        return blog.updated_text
    return _clock(blog.updated_at) if blog.updated_at else UNKNOWN


def _clock(at: datetime) -> str:
    at = at.astimezone(UTC)
    return f"{day_name(at.date())}, {at.hour % 12 or 12:02}:{at.minute:02} {'PM' if at.hour >= 12 else 'AM'} GMT+0"


def _names(contributors: Sequence[Contributor]) -> str:
    """Return the names, marked "(now)" and "(earlier)" if there are both."""
    now = _joined([one.name for one in contributors if one.on])
    earlier = _joined([one.name for one in contributors if not one.on])
    return f"{now} (now); {earlier} (earlier)" if now and earlier else now or earlier


def _joined(names: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def _related(item: Related) -> Iterator[str]:
    yield "\n".join(filter(None, (item.title, item.standfirst)))
    yield item.byline
    yield item.dated or (day_name(item.published_at.date()) if item.published_at else "")


def _post(post: PostState) -> Iterator[str]:
    yield post.title
    for block in post.body.content:
        yield from b.printed(block)
    if post.updated:
        yield "Updated"
