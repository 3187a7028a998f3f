"""Makes nested lists of word processors' paragraphs whose style names a list and a level.

Owns recognising such a paragraph (`mso-list:l0 level2 lfo1`), whether its sign is a number or a bullet, nesting lines
by their levels, and how deep any list may go. Look next: running_text.py, which collects them from a flow.
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
# "1.", "a)", "(iv)", "一、": a number with punctuation after it; "o" and "§" are bullets in symbol fonts.
_COUNTS: Final = re.compile(r"^\(?(?:\w{1,8}[.)\]:、．）]|\d{1,4})$")
_SIGN: Final = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)

Inner = b.Paragraph | b.BulletList | b.OrderedList


@dataclass(frozen=True, kw_only=True)
class ListLine:
    """A paragraph that is an item of a list. `of`: which list; `level`: from 1; `ordered`: its sign is a number."""

    of: str
    level: int
    ordered: bool
    content: tuple[Inner, ...] = ()


def list_line_of(node: LexborNode, style: dict[str, str]) -> ListLine | None:
    """Return a paragraph's list and level, by its style; None if it belongs to none."""
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
    return ListLine(of=line.of, level=line.level, ordered=line.ordered, content=tuple(content))


@dataclass
class _List:
    line: ListLine
    items: list[list["Inner | _List"]] = field(default_factory=list)


def nested(lines: list[ListLine]) -> list[b.BulletList | b.OrderedList]:
    """Make lists of lines, nested by their levels."""
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
    """Return whether a line begins another list at the same level as an open one."""
    return open_.level == line.level and (open_.ordered, open_.of) != (line.ordered, line.of)


def _made(one: _List) -> b.BulletList | b.OrderedList:
    items = tuple(
        b.ListItem(content=tuple(_made(inner) if isinstance(inner, _List) else inner for inner in item))
        for item in one.items
    )
    return b.OrderedList(content=items) if one.line.ordered else b.BulletList(content=items)


def shallow(block: b.Block, depth: int = 1) -> b.Block:
    """Return a block with lists no deeper than a body allows; items of a deeper list follow the item that had it.

    `depth`: of the block, 1 directly in the body.
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
            fits = depth + 4 <= limits.BODY_DEPTH  # this list's item, the inner list, its item and that one's paragraph
            inner = shallow(child, depth + 2 if fits else depth)
            assert isinstance(inner, b.BulletList | b.OrderedList)
            if fits:
                own.append(inner)
            else:
                beside += inner.content
        items += [b.ListItem(content=tuple(own))] if own else []
        items += beside
    return replace(block, content=tuple(items))
