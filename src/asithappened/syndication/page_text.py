"""A live blog as one plain text page: headline, last change, standfirst, posts newest first, contributors, related.

Owns that form, which importers/formats/page_text reads back, so that a page saved as text is an archive of its own.
What the form cannot hold: links on words, addresses of pictures, who wrote which post. Never fetches.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Final, assert_never

from asithappened.core import body as b
from asithappened.core.events import Related
from asithappened.core.state import BlogState, Contributor, PostState, Status

HAPPENED: Final = " – as it happened"
UNKNOWN: Final = "unknown"
_SAYS_SO: Final = re.compile(r"\bas (?:it|they) happened\W*$", re.IGNORECASE)
_SAYS_LIVE: Final = re.compile(r"\s+[–—-]\s+live(?: updates| coverage| blog)?$", re.IGNORECASE)
_MONTHS: Final = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]  # fixed: the form is English, whatever the reader's language


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
    """Return the headline as the page heads it: of a closed blog with "– as it happened", unless it says so itself."""
    if blog.status is not Status.CLOSED or _SAYS_SO.search(blog.title):
        return blog.title
    return _SAYS_LIVE.sub("", blog.title) + HAPPENED


def _modified(blog: BlogState) -> str:
    if blog.updated_text:
        return blog.updated_text
    return _clock(blog.updated_at) if blog.updated_at else UNKNOWN


def _clock(at: datetime) -> str:
    at = at.astimezone(UTC)
    return f"{_day(at.date())}, {at.hour % 12 or 12:02}:{at.minute:02} {'PM' if at.hour >= 12 else 'AM'} GMT+0"


def _day(day: date) -> str:
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


def _names(contributors: Sequence[Contributor]) -> str:
    """List the names; who is on now and who was earlier only where there are both."""
    now = _joined([one.name for one in contributors if one.on])
    earlier = _joined([one.name for one in contributors if not one.on])
    return f"{now} (now); {earlier} (earlier)" if now and earlier else now or earlier


def _joined(names: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def _related(item: Related) -> Iterator[str]:
    yield "\n".join(filter(None, (item.title, item.standfirst)))
    yield item.byline
    yield item.dated or (_day(item.published_at.date()) if item.published_at else "")


def _post(post: PostState) -> Iterator[str]:
    yield post.title
    for block in post.body.content:
        yield from chunks(block)
    if post.updated:
        yield "Updated"


def chunks(block: b.Block) -> Iterator[str]:
    """Yield the parts of a block, each to stand between blank lines; lines of one part stand without."""
    match block:
        case b.Paragraph() | b.Heading():
            yield b.text_of(block)
        case b.BulletList() | b.OrderedList():
            yield from _items(block, 1)
        case b.Quote():
            for inner in block.content:
                yield from chunks(inner)
            if block.attrs.cite:
                yield f"— {block.attrs.cite}"
        case b.Table():
            rows = (" | ".join(" ".join(b.text_of(cell).split("\n")) for cell in row.content) for row in block.content)
            yield "\n".join(filter(None, (block.attrs.caption, *rows)))
        case b.Gallery():
            for picture in block.content:
                yield from chunks(picture)
        case b.Image():
            credited = " ".join(filter(None, (" ".join(block.attrs.caption.split("\n")), block.attrs.credit)))
            yield "\n".join(filter(None, (block.attrs.alt, credited)))
        case b.Social():
            yield block.attrs.text
            yield _signature(block.attrs)
        case b.Card():
            title = f"{block.attrs.label}: {block.attrs.title}" if block.attrs.label else block.attrs.title
            yield "\n".join(filter(None, (title, block.attrs.text, block.attrs.url)))
        case b.Video() | b.Audio():
            credited = " ".join(filter(None, (block.attrs.caption, block.attrs.credit)))
            yield "\n".join(filter(None, (block.attrs.title, credited, block.attrs.url, block.attrs.transcript)))
        case _:
            assert_never(block)


def _items(block: b.BulletList | b.OrderedList, level: int) -> Iterator[str]:
    for number, item in enumerate(block.content, start=1):
        mark = "•" if isinstance(block, b.BulletList) else f"{number}."
        words = [b.text_of(inner) for inner in item.content if isinstance(inner, b.Paragraph)]
        lines = [line for paragraph in words for line in paragraph.split("\n")]
        yield f"{'  ' * level}{mark} " + f"\n{'  ' * level}  ".join(lines)
        for inner in item.content:
            if not isinstance(inner, b.Paragraph):
                yield from _items(inner, level + 1)


def _signature(attrs: b.SocialAttrs) -> str:
    """Sign a post of a social network as its own embed does: "— Name (@handle) January 4, 2023"."""
    handle = f"(@{attrs.handle.removeprefix('@')})" if attrs.handle else ""
    try:
        day = _day(date.fromisoformat(attrs.date[:10])) if attrs.date else ""
    except ValueError:
        day = ""
    return " ".join(filter(None, ("—", attrs.author, handle, day)))
