"""A post's words as plain text, part by part: a page as text prints them, and offsets in a post's text count in them.

Owns which parts a block has. The form has no links on words and no addresses of pictures. An importer reads it back.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final, assert_never

from asithappened.core.body.nodes import (
    Audio,
    Block,
    BulletList,
    Card,
    Gallery,
    Heading,
    Image,
    OrderedList,
    Paragraph,
    Quote,
    Social,
    SocialAttrs,
    Table,
    Video,
)
from asithappened.core.body.poll import Poll
from asithappened.core.body.results import Results
from asithappened.core.body.score import Score
from asithappened.core.body.words import text_of

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


def printed(block: Block) -> Iterator[str]:
    """Yield the parts of a block: blank lines go between parts, and none between the lines of one."""
    match block:
        case Paragraph() | Heading():
            yield text_of(block)
        case BulletList() | OrderedList():
            yield from _items(block, 1)
        case Quote():
            for inner in block.content:
                yield from printed(inner)
            if block.attrs.cite:
                yield f"— {block.attrs.cite}"
        case Table():
            rows = (" | ".join(" ".join(text_of(cell).split("\n")) for cell in row.content) for row in block.content)
            yield "\n".join(filter(None, (block.attrs.caption, *rows)))
        case Gallery():
            for picture in block.content:
                yield from printed(picture)
        case Image():
            credited = " ".join(filter(None, (" ".join(block.attrs.caption.split("\n")), block.attrs.credit)))
            yield "\n".join(filter(None, (block.attrs.alt, credited)))
        case Social():
            yield block.attrs.text
            yield _signature(block.attrs)
        case Card():
            title = f"{block.attrs.label}: {block.attrs.title}" if block.attrs.label else block.attrs.title
            yield "\n".join(filter(None, (title, block.attrs.text, block.attrs.url)))
        case Video() | Audio():
            credited = " ".join(filter(None, (block.attrs.caption, block.attrs.credit)))
            yield "\n".join(filter(None, (block.attrs.title, credited, block.attrs.url, block.attrs.transcript)))
        case Results() | Score() | Poll():
            yield text_of(block)
        case _:
            assert_never(block)


def _items(block: BulletList | OrderedList, level: int) -> Iterator[str]:
    for number, item in enumerate(block.content, start=1):
        mark = "•" if isinstance(block, BulletList) else f"{number}."
        words = [text_of(inner) for inner in item.content if isinstance(inner, Paragraph)]
        lines = [line for paragraph in words for line in paragraph.split("\n")]
        yield f"{'  ' * level}{mark} " + f"\n{'  ' * level}  ".join(lines)
        for inner in item.content:
            if not isinstance(inner, Paragraph):
                yield from _items(inner, level + 1)


def _signature(attrs: SocialAttrs) -> str:
    """Sign a post of a social network as its own embed does: "— Name (@handle) January 4, 2023"."""
    handle = f"(@{attrs.handle.removeprefix('@')})" if attrs.handle else ""
    try:
        day = day_name(date.fromisoformat(attrs.date[:10])) if attrs.date else ""
    except ValueError:
        day = ""
    return " ".join(filter(None, ("—", attrs.author, handle, day)))


def day_name(day: date) -> str:
    """Return a day as "January 4, 2023"."""
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"
