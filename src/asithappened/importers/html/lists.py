"""Lists of word processors: paragraphs whose style says of which list and level they are, and their nested lists.

Owns how such a paragraph is told (`mso-list:l0 level2 lfo1`), whether its sign counts or only marks, how lines with
levels become lists in lists, and how deep any list may go. Look next: running_text.py, which meets them in a flow.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from msgspec.structs import replace
from selectolax.lexbor import LexborNode

from asithappened.core import body as b
from asithappened.core import limits

_LIST: Final = re.compile(r"^(?P<list>l\d{1,6})\s+level(?P<level>[1-9])(?:\s+(?P<run>lfo\d{1,6}))?")
# "1.", "a)", "(iv)", "一、": something that counts, and a sign after it; "o" and "§" are bullets in fonts of signs.
_COUNTS: Final = re.compile(r"^\(?(?:\w{1,8}[.)\]:、．）]|\d{1,4})$")
_SIGN: Final = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)

Inner = b.Paragraph | b.BulletList | b.OrderedList


@dataclass(frozen=True, kw_only=True)
class ListLine:
    """A paragraph that is an item of a list. `of`: which list; `level`: from 1; `ordered`: whether its sign counts."""

    of: str
    level: int
    ordered: bool
    content: tuple[Inner, ...] = ()


def list_line_of(node: LexborNode, style: dict[str, str]) -> ListLine | None:
    """Return of which list a paragraph is, by its style; None for any other."""
    match = _LIST.match(style.get("mso-list", ""))
    if match is None:
        return None
    sign = next((one for one in node.css("span[style]") if _SIGN.search(one.attributes.get("style") or "")), None)
    words = "".join(sign.text(deep=True).split()) if sign else ""
    return ListLine(
        of=f"{match['list']} {match['run']}",
        level=int(match["level"]),
        ordered=_COUNTS.match(words) is not None,
    )


def with_content(line: ListLine, content: Iterable[Inner]) -> ListLine:
    """Return an item with what stands in it."""
    return ListLine(of=line.of, level=line.level, ordered=line.ordered, content=tuple(content))


@dataclass
class _List:
    line: ListLine
    items: list[list["Inner | _List"]] = field(default_factory=list)


def nested(lines: list[ListLine]) -> list[b.BulletList | b.OrderedList]:
    """Make lists of lines, one inside another by their levels."""
    out: list[_List] = []
    open_: list[_List] = []
    for line in lines:
        while open_ and (open_[-1].line.level > line.level or _other(open_[-1].line, line)):
            open_.pop()
        if not open_ or open_[-1].line.level < line.level:
            begun = _List(line)
            if open_:
                open_[-1].items[-1].append(begun)
            else:
                out.append(begun)
            open_.append(begun)
        open_[-1].items.append(list(line.content))
    return [_made(one) for one in out]


def _other(open_: ListLine, line: ListLine) -> bool:
    """Say whether a line begins another list at the level of one that is open."""
    return open_.level == line.level and (open_.ordered, open_.of) != (line.ordered, line.of)


def _made(one: _List) -> b.BulletList | b.OrderedList:
    items = tuple(
        b.ListItem(content=tuple(_made(inner) if isinstance(inner, _List) else inner for inner in item))
        for item in one.items
    )
    return b.OrderedList(content=items) if one.line.ordered else b.BulletList(content=items)


def shallow(block: b.Block, depth: int = 1) -> b.Block:
    """Return a block whose lists stand no deeper than a body may hold: what is deeper goes on beside its item.

    `depth`: where the block stands, 1 for the body's own.
    """
    if isinstance(block, b.Quote):
        return replace(block, content=tuple(shallow(child, depth + 1) for child in block.content))
    if not isinstance(block, b.BulletList | b.OrderedList):
        return block
    items: list[b.ListItem] = []
    for item in block.content:
        own: list[Inner] = []
        beside: list[b.ListItem] = []
        for child in item.content:
            if isinstance(child, b.Paragraph):
                own.append(child)
                continue
            fits = depth + 4 <= limits.BODY_DEPTH  # a list in an item in this list, its items, and their paragraphs
            inner = shallow(child, depth + 2 if fits else depth)
            assert isinstance(inner, b.BulletList | b.OrderedList)
            if fits:
                own.append(inner)
            else:
                beside += inner.content
        items += [b.ListItem(content=tuple(own))] if own else []
        items += beside
    return replace(block, content=tuple(items))
