r"""Writing a body in the notation of blocks.py; parts that the notation cannot show are carried beside the text.

Owns the spelling of blocks, and the law that a body which is opened and sent back is the same body: each block is read
back before it is handed out, alone and after the one before it, and is carried if it would not be the same.
"""

from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

from asithappened.core import body
from asithappened.desk.forms import inline_writing
from asithappened.desk.forms.blocks import POST, QUOTE, Place, Within, is_sign, item, read
from asithappened.desk.forms.carried import line_for
from asithappened.desk.forms.inline import NOTHING
from asithappened.desk.forms.inline_writing import CannotWrite


def shown(doc: body.Doc) -> tuple[str, tuple[body.Block, ...]]:
    """Return a body as text, and the carried parts, for which the text has only a line, in their order."""
    written: list[str] = []
    carried: list[body.Block] = []
    before: tuple[str, list[Any]] = ("", [])  # the text of the block before, and the blocks that it reads as
    for block in doc.content:
        bare = _bare(block)
        words = _text_of(block, bare, *before)
        if words is None:
            carried.append(block)
            words, bare = _GAP + line_for(len(carried), block), Place(len(carried))
        written.append(words)
        before = (words, [bare])
    return "".join(written).lstrip("\n"), tuple(carried)


_GAP, _WIDE_GAP = "\n\n", "\n\n\n"  # one blank line does not end a list, and two do


def _text_of(block: body.Block, bare: Any, before: str, blocks_before: list[Any]) -> str | None:
    """Return a gap and a text that read back as this block, also after the one before it; None if there is none."""
    try:
        words = _written(block, POST)
    except CannotWrite:
        return None
    for gap in (_GAP, _WIDE_GAP):
        if read(words) == [bare] and read(f"{before}{gap}{words}") == [*blocks_before, bare]:
            return gap + words
    return None


def _bare(block: Any) -> Any:
    """Return a block without its ids."""
    attrs = replace(block.attrs, id="")
    inner = body.children_of(block)
    return replace(block, attrs=attrs, **({"content": tuple(map(_bare, inner))} if inner else {}))


def _written(block: body.AnyBlock, within: Within) -> str:
    match block:
        case body.Paragraph():
            lines = inline_writing.write(block.content).split("\n")
            return "\n".join(NOTHING + line if is_sign(line, within) else line for line in lines)
        case body.Heading():
            return f"{'#' * (block.attrs.level + 1)} {_one_line(inline_writing.write(block.content))}"
        case body.BulletList():
            return "\n".join(_item("-", one, within) for one in block.content)
        case body.OrderedList():
            return "\n".join(_item(f"{n}.", one, within) for n, one in enumerate(block.content, 1))
        case body.Quote():
            inner = _together(block.content, QUOTE, _GAP)
            lines = [*inner.split("\n"), *_cite(block.attrs)]
            return "\n".join(f"> {line}" if line else ">" for line in lines)
        case _:
            raise CannotWrite


def _together(blocks: Sequence[body.AnyBlock], within: Within, between: str) -> str:
    return between.join(_written(block, within) for block in blocks)


def _one_line(typed: str) -> str:
    if "\n" in typed:
        raise CannotWrite
    return typed


def _item(sign: str, one: body.ListItem, within: Within) -> str:
    first, *others = _together(one.content, item(within), "\n").split("\n")
    return "\n".join([f"{sign} {first}", *(f"  {line}" for line in others)])


def _cite(attrs: body.QuoteAttrs) -> list[str]:
    match attrs:
        case body.QuoteAttrs(cite="", url=""):
            return []
        case body.QuoteAttrs(cite="", url=url):
            return [f"— {url}"]
        case body.QuoteAttrs(cite=cite, url=""):
            return [f"— {_one_line(cite)}"]
        case _:
            return [f"— [{_one_line(attrs.cite)}]({attrs.url})"]


def as_json(carried: Sequence[body.Block]) -> str:
    """Return carried parts as JSON for the form; "" if there are none."""
    return msgspec.json.encode(carried).decode() if carried else ""
