"""The text of a block, and a body as plain text. Look next: `printing` for the text that offsets count in."""

from collections.abc import Sequence
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
    ListItem,
    OrderedList,
    Paragraph,
    Quote,
    Row,
    Social,
    Table,
    Text,
    Video,
)
from asithappened.core.body.poll import Option, Poll
from asithappened.core.body.poll import in_lines as poll_in_lines
from asithappened.core.body.results import Result, Results, in_lines
from asithappened.core.body.score import Score
from asithappened.core.body.score import in_lines as score_in_lines
from asithappened.core.body.walking import children_of


def text_of(block: AnyBlock) -> str:
    """Return a block's own text; a line end for a hard break.

    Of a picture, embed or card: its words, a line each. Of a list, quotation or table: its blocks' texts, a line each.
    """
    return joined_text(block, [text_of(child) for child in children_of(block)])


def joined_text(block: AnyBlock, inner: Sequence[str]) -> str:
    """Return a block's text as `text_of` does, from the texts of the blocks directly inside it."""
    match block:
        case Paragraph() | Heading():
            return "".join(node.text if isinstance(node, Text) else "\n" for node in block.content)
        case Image():
            lines: tuple[str, ...] = (block.attrs.alt, block.attrs.caption, block.attrs.credit)
        case Social():
            lines = (block.attrs.text, block.attrs.author, block.attrs.handle)
        case Card():
            lines = (block.attrs.label, block.attrs.title, block.attrs.text)
        case Video() | Audio():
            lines = (block.attrs.title, block.attrs.caption, block.attrs.credit, block.attrs.transcript)
        case Quote():
            lines = (*inner, block.attrs.cite)
        case BulletList() | OrderedList() | ListItem() | Table() | Row() | Cell() | Gallery():
            lines = tuple(inner)
        case Results():
            lines = tuple(in_lines(block))
        case Score():
            lines = tuple(score_in_lines(block))
        case Poll():
            lines = tuple(poll_in_lines(block))
        case Option():
            lines = (block.attrs.name,)
        case Result():
            lines = (block.attrs.name, block.attrs.party)
        case _:
            assert_never(block)
    return "\n".join(line for line in lines if line)


def plain(doc: Doc) -> str:
    """Return the whole document as text, a blank line between blocks."""
    return "\n\n".join(filter(None, map(text_of, doc.content)))
