"""The way through a body: what stands directly inside a block, and every block in reading order."""

from collections.abc import Iterator
from typing import assert_never

from asithappened.core.body.nodes import (
    AnyBlock,
    Audio,
    BulletList,
    Card,
    Cell,
    Doc,
    Gallery,
    Heading,
    Image,
    Inline,
    ListItem,
    OrderedList,
    Paragraph,
    Quote,
    Row,
    Social,
    Table,
    Video,
)
from asithappened.core.body.poll import Option, Poll
from asithappened.core.body.results import Result, Results
from asithappened.core.body.score import Score


def children_of(block: AnyBlock) -> tuple[AnyBlock, ...]:
    """Return the blocks directly inside a block."""
    match block:
        case BulletList() | OrderedList() | ListItem() | Quote() | Table() | Row() | Cell() | Gallery():
            return block.content
        case Results() | Poll():
            return block.content
        case Paragraph() | Heading() | Image() | Social() | Card() | Video() | Audio() | Result() | Score() | Option():
            return ()
        case _:
            assert_never(block)


def inline_of(block: AnyBlock) -> tuple[Inline, ...]:
    """Return the running text directly inside a block."""
    return block.content if isinstance(block, Paragraph | Heading) else ()


def blocks(doc: Doc) -> Iterator[AnyBlock]:
    """Yield every block of a document, outer before inner, in reading order."""
    return (block for block, _ in with_depth(doc))


def with_depth(doc: Doc) -> Iterator[tuple[AnyBlock, int]]:
    """Yield every block with how deep it stands, 1 for the body's own, outer before inner."""
    stack: list[tuple[AnyBlock, int]] = [(block, 1) for block in reversed(doc.content)]
    while stack:
        block, depth = stack.pop()
        yield block, depth
        stack += [(child, depth + 1) for child in reversed(children_of(block))]


def media_of(doc: Doc) -> dict[str, str]:
    """Return the media of ours in a document: the digest of each picture, film, sound and caption file by its id."""
    found: dict[str, str] = {}
    for block in blocks(doc):
        if isinstance(block, Image):
            found[block.attrs.media] = block.attrs.digest
        elif isinstance(block, Video | Audio):
            attrs = block.attrs
            found |= {
                attrs.media: attrs.digest,
                attrs.poster: attrs.poster_digest,
                attrs.captions: attrs.captions_digest,
            }
    found.pop("", None)
    return found
