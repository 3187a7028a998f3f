"""Makes paragraphs of pieces of text with marks, with white space as a browser shows it.

Owns where a paragraph ends, and lists that are paragraphs typed with "•".
Never reads a tag: body.py does.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from asithappened.core import body as b
from asithappened.core import text
from asithappened.importers.html import lists
from asithappened.importers.html.lists import ListLine


class Break:
    """Where a paragraph ends."""


@dataclass(frozen=True)
class Loose:
    """An item outside any list element; successive ones are one list."""

    item: b.ListItem


BREAK: Final = Break()
Item = b.Text | b.HardBreak | b.Block | Break | Loose | ListLine
Flow = Iterable[Item]

IN_LIST = b.Paragraph | b.BulletList | b.OrderedList
MEDIA = b.Image | b.Social | b.Card | b.Video | b.Audio
# HTML's own white space; a no-break space is not part of it.
_GAPS: Final = re.compile(r"[ \t\n\r\f]+")
_BULLET: Final = re.compile(r"^[\s\u00a0]*[•●▪‣◦∙·\uf0b7\uf0a7][\s\u00a0]*")


def words(raw: str, marks: tuple[b.Mark, ...]) -> Iterator[b.Text | b.HardBreak]:
    """Yield a piece of text with white space collapsed; a line separator that is no white space to HTML stays."""
    for number, line in enumerate(text.soft_lines(raw)):
        if number:
            yield b.HardBreak()
        if kept := _GAPS.sub(" ", text.cleaned(line)):
            yield b.Text(text=kept, marks=marks)


def lines(raw: str, marks: tuple[b.Mark, ...]) -> Iterator[Item]:
    """Yield preformatted text, its line ends kept."""
    for number, line in enumerate(text.cleaned(raw).strip("\n").split("\n")):
        if number:
            yield b.HardBreak()
        yield from words(line, marks)


def not_all_bold(content: tuple[b.Inline, ...]) -> tuple[b.Inline, ...]:
    """Return a heading's text without bold if all of it is bold, because headings look bold anyway."""
    shown = [node for node in content if isinstance(node, b.Text)]
    if not all(b.Bold() in node.marks for node in shown):
        return content
    return tuple(
        b.Text(text=node.text, marks=tuple(mark for mark in node.marks if mark != b.Bold()))
        if isinstance(node, b.Text)
        else node
        for node in content
    )


def paragraphs(items: Flow) -> list[b.Block]:
    """Make paragraphs of running text, divided at every BREAK, block and empty line; drop those that show nothing."""
    out: list[b.Block] = []
    line: list[b.Inline] = []
    loose: list[b.ListItem] = []
    lined: list[ListLine] = []

    def end_line() -> None:
        out.extend(b.Paragraph(content=content) for content in _split(line))
        line.clear()

    def end_list() -> None:
        if loose:
            out.append(b.BulletList(content=tuple(loose)))
            loose.clear()
        out.extend(lists.nested(lined))
        lined.clear()

    for item in items:
        if isinstance(item, b.Text | b.HardBreak):
            if isinstance(item, b.Text) and not text.blank(item.text):
                end_list()
            line.append(item)
        elif isinstance(item, Break):
            end_line()
        elif isinstance(item, Loose):
            end_line()
            loose.append(item.item)
        elif isinstance(item, ListLine):
            end_line()
            if item.content:
                lined.append(item)
        else:
            end_line()
            end_list()
            out.append(item)
    end_line()
    end_list()
    return out


def _split(line: list[b.Inline]) -> Iterator[tuple[b.Inline, ...]]:
    """Yield the paragraphs of a run of inline nodes, divided at two successive line ends."""
    part: list[b.Inline] = []
    for node in line:
        blank = isinstance(node, b.Text) and text.blank(node.text)
        if isinstance(node, b.HardBreak) and part and isinstance(_last_shown(part), b.HardBreak):
            yield from _trimmed(part)
            part = []
        elif not (blank and not part):
            part.append(node)
    yield from _trimmed(part)


def _last_shown(part: list[b.Inline]) -> b.Inline | None:
    return next((n for n in reversed(part) if isinstance(n, b.HardBreak) or not text.blank(n.text)), None)


def _trimmed(part: list[b.Inline]) -> Iterator[tuple[b.Inline, ...]]:
    """Yield a paragraph's nodes, trimmed, texts of equal marks joined; nothing if none is left."""
    lines: list[list[b.Inline]] = [[]]
    for node in part:
        if isinstance(node, b.HardBreak):
            lines.append([])
        else:
            lines[-1].append(node)
    out: list[b.Inline] = []
    waiting = 0  # line ends since the last line with text
    for line in lines:
        if shown := _line(line):
            out += [b.HardBreak()] * (waiting if out else 0)
            out += shown
            waiting = 0
        waiting += 1
    if out:
        yield tuple(out)


def _line(pieces: list[b.Inline]) -> list[b.Inline]:
    """Return a line's texts, trimmed and without double spaces; none if it shows nothing."""
    texts = [node for node in pieces if isinstance(node, b.Text)]
    while texts and not texts[-1].text.strip():
        texts.pop()
    out: list[b.Inline] = []
    spaced = True
    for marks, run in groupby(texts, key=lambda node: node.marks):
        kept: list[str] = []
        for node in run:
            piece = node.text.lstrip(" ") if spaced and (out or kept) else node.text.lstrip() if spaced else node.text
            if piece:
                kept.append(piece)
                spaced = piece.endswith(" ")
        if kept:
            out.append(b.Text(text="".join(kept), marks=marks))
    if out and isinstance(last := out[-1], b.Text):
        out[-1] = b.Text(text=last.text.rstrip(), marks=last.marks)
    return out if any(isinstance(node, b.Text) and not text.blank(node.text) for node in out) else []


# --- lists typed with "•"


def lists_typed(blocks: list[b.Block]) -> tuple[list[b.Block], int]:
    """Make a bullet list of successive lines that begin with "•"; also return the number of lists."""
    out: list[b.Block] = []
    items: list[b.ListItem] = []
    typed = 0
    for block in [*blocks, None]:
        parts = list(_lines_of(block)) if isinstance(block, b.Paragraph) else []
        if any(_BULLET.match(_words(part)) for part in parts):
            before: list[b.Inline] = []
            for part in parts:
                if _BULLET.match(_words(part)):
                    _flush(out, before)
                    if bare := _without_bullet(part):
                        items.append(b.ListItem(content=(b.Paragraph(content=bare),)))
                    continue
                typed += _flush_items(out, items)
                before += [b.HardBreak(), *part] if before else part
            _flush(out, before)
            continue
        typed += _flush_items(out, items)
        if block is not None:
            out.append(block)
    return out, typed


def _flush(out: list[b.Block], before: list[b.Inline]) -> None:
    if before:
        out.append(b.Paragraph(content=tuple(before)))
        before.clear()


def _flush_items(out: list[b.Block], items: list[b.ListItem]) -> int:
    if not items:
        return 0
    out.append(b.BulletList(content=tuple(items)))
    items.clear()
    return 1


def _lines_of(block: b.Paragraph) -> Iterator[tuple[b.Inline, ...]]:
    line: list[b.Inline] = []
    for node in block.content:
        if isinstance(node, b.HardBreak):
            yield tuple(line)
            line = []
        else:
            line.append(node)
    yield tuple(line)


def _words(line: tuple[b.Inline, ...]) -> str:
    return "".join(node.text for node in line if isinstance(node, b.Text))


def _without_bullet(line: tuple[b.Inline, ...]) -> tuple[b.Inline, ...]:
    """Return a line without its bullet, which may span several pieces."""
    match = _BULLET.match(_words(line))
    drop = match.end() if match else 0
    out: list[b.Inline] = []
    for node in line:
        assert isinstance(node, b.Text)
        kept, drop = node.text[drop:], max(0, drop - len(node.text))
        if kept:
            out.append(b.Text(text=kept, marks=node.marks))
    return tuple(out)


# --- contents of list items and cells


def in_list(blocks: Iterable[b.Block]) -> Iterator[b.Paragraph | b.BulletList | b.OrderedList]:
    """Yield the blocks that a list item may contain; a heading as a paragraph."""
    for block in blocks:
        if isinstance(block, b.Heading):
            yield b.Paragraph(content=block.content)
        elif isinstance(block, b.Paragraph | b.BulletList | b.OrderedList):
            yield block


def only_paragraphs(blocks: Iterable[b.Block]) -> Iterator[b.Paragraph]:
    """Yield the blocks as a table's cell may contain them: paragraphs, also those of lists and quotations."""
    for block in blocks:
        if isinstance(block, b.Heading | b.Paragraph):
            yield b.Paragraph(content=block.content)
        elif not isinstance(block, MEDIA):
            yield from (inner for inner in b.blocks(b.Doc(content=(block,))) if isinstance(inner, b.Paragraph))
