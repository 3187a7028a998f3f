r"""A body as people type it: a blank line between paragraphs, `- ` and `1. ` before items, `> ` before a quotation,
`## ` before a heading, and `[[2: …]]` in place of a part that text cannot show.

Owns reading that notation, line by line; `inline` reads the text within a line. `\:` before any of the signs makes it
text. Never judges what was typed: `judging` does. Look next: blocks_writing.py, the way back.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from asithappened.core import body, limits, text, urls
from asithappened.desk.forms import inline


@dataclass(frozen=True)
class Place:
    """A line in place of a part that text cannot show. `number`: which of the form's carried parts it is, from 1."""

    number: int


Piece: TypeAlias = body.Block | Place

_INDENT: Final = re.compile(r"[ \t]*")
_PLACE: Final = re.compile(r"\[\[(\d{1,4})(?:[:\s].*)?\]\][ \t]*$")
_HEADING: Final = re.compile(r" {0,3}(#{2,4})[ \t]+")
_QUOTED: Final = re.compile(r" {0,3}>(?: |$)")
_BULLET: Final = re.compile(r"[ \t]*(?:-[ \t]+|[•‣◦][ \t]*)")
_NUMBER: Final = re.compile(r"[ \t]*(\d{1,3})[.)][ \t]+")
_CITE: Final = re.compile(r"[ \t]*(?:—|--)[ \t]+(?=\S)")
_CITED: Final = re.compile(r"\[(.*)\]\((\S+)\)$")
TAB: Final = 4


@dataclass(frozen=True, kw_only=True)
class Within:
    """What contains the lines, which decides the signs that mean something: the post, a quotation or an item."""

    parts: bool = False
    headings: bool = False
    quotes: bool = False
    cites: bool = False
    depth: int = 1


POST: Final = Within(parts=True, headings=True, quotes=True)
QUOTE: Final = Within(headings=True, cites=True, depth=2)


def item(around: Within) -> Within:
    """Return the container of the lines of a list's item."""
    return Within(depth=around.depth + 2)


def read(typed: str) -> list[Piece]:
    """Parse typed text into blocks without ids, and places. Raises BodyError for more than a body may hold.

    The size is checked before anything is parsed, because a hostile sender may send the same again and again.
    """
    pieces: list[Piece] = []
    for piece in _pieces(text.cleaned(typed).split("\n"), POST):
        if len(pieces) == limits.BODY_NODES:
            raise body.too_many_parts()
        pieces.append(piece)
    return pieces


def is_sign(line: str, within: Within) -> bool:
    """Say whether a line would begin or continue something other than a paragraph."""
    return _kind(line, within) is not None or bool(within.cites and _CITE.match(line))


def _kind(line: str, within: Within) -> str | None:
    if within.parts and _PLACE.match(line):
        return "part"
    if within.headings and _HEADING.match(line):
        return "heading"
    if within.quotes and _QUOTED.match(line):
        return "quote"
    if within.depth + 2 > limits.BODY_DEPTH:
        return None
    if _BULLET.match(line):
        return "bullet"
    # "1. FC" looks like a list, so it is one; "2. Bundesliga" and "2026. It was" are not.
    return "number" if (number := _NUMBER.match(line)) and int(number[1]) == 1 else None


def _pieces(lines: Sequence[str], within: Within) -> Iterator[Any]:
    at = 0
    while at < len(lines):
        line = lines[at]
        if text.blank(line):
            at += 1
            continue
        match _kind(line, within):
            case "part":
                place = _PLACE.match(line)
                assert place is not None
                yield Place(int(place[1]))
                at += 1
            case "heading":
                heading = _heading(line)
                yield from [] if text.blank(body.text_of(heading)) else [heading]
                at += 1
            case "quote":
                end = _end(lines, at, lambda one: bool(_QUOTED.match(one)))
                yield from _quote([_QUOTED.sub("", one, count=1) for one in lines[at:end]])
                at = end
            case "bullet":
                items, at = _items(lines, at, _BULLET, within)
                yield from [body.BulletList(content=items)] if items else []
            case "number":
                items, at = _items(lines, at, _NUMBER, within)
                yield from [body.OrderedList(content=items)] if items else []
            case _:
                end = _end(lines, at + 1, lambda one: not text.blank(one) and _kind(one, within) is None)
                yield body.Paragraph(content=inline.read("\n".join(lines[at:end]).strip(" \t\n")))
                at = end


def _end(lines: Sequence[str], at: int, goes_on: Callable[[str], bool]) -> int:
    while at < len(lines) and goes_on(lines[at]):
        at += 1
    return at


def _heading(line: str) -> body.Heading:
    sign = _HEADING.match(line)
    assert sign is not None
    attrs = {2: body.HeadingAttrs(level=1), 3: body.HeadingAttrs(level=2), 4: body.HeadingAttrs(level=3)}[len(sign[1])]
    return body.Heading(attrs=attrs, content=inline.read(line[sign.end() :].strip(" \t")))


def _quote(lines: list[str]) -> Iterator[body.Quote]:
    while lines and text.blank(lines[-1]):
        lines.pop()
    attrs = body.QuoteAttrs()
    if len(lines) > 1 and (sign := _CITE.match(lines[-1])):
        attrs = _cited(lines.pop()[sign.end() :].strip(" \t"))
    content = tuple(_pieces(lines, QUOTE))
    if content:
        yield body.Quote(content=content, attrs=attrs)


def _cited(typed: str) -> body.QuoteAttrs:
    """Read the source of a quotation: a name, a name as a link, or only an address."""
    if urls.is_url(typed, urls.WEB):
        return body.QuoteAttrs(url=typed)
    linked = _CITED.match(typed)
    if linked and urls.is_url(linked[2], urls.WEB):
        return body.QuoteAttrs(cite=text.one_line(linked[1]), url=linked[2])
    return body.QuoteAttrs(cite=text.one_line(typed))


def _items(
    lines: Sequence[str], at: int, sign: re.Pattern[str], within: Within
) -> tuple[tuple[body.ListItem, ...], int]:
    """Read a list from a line on: its items, and where it ends. One blank line within it does not end it."""
    edge = _indent(lines[at])
    items: list[body.ListItem] = []
    after_blank = False
    while at < len(lines):
        found = sign.match(lines[at])
        anew = after_blank and found is not None and sign is _NUMBER and int(found[1]) == 1
        if text.blank(lines[at]) or found is None or anew or (items and _indent(lines[at]) >= edge + 2):
            ahead = _end(lines, at, text.blank)
            if ahead != at + 1 or ahead == len(lines) or not sign.match(lines[ahead]):
                break
            at, after_blank = ahead, True
            continue
        after_blank = False
        own = [lines[at][found.end() :]]
        end = _end(lines, at + 1, lambda one: not text.blank(one) and _indent(one) >= edge + 2)
        own += _dedented(lines[at + 1 : end])
        content = tuple(_pieces(own, item(within)))
        items += [body.ListItem(content=content)] if content else []
        at = end
    return tuple(items), at


def _indent(line: str) -> int:
    found = _INDENT.match(line)
    return len(found[0].expandtabs(TAB)) if found else 0


def _dedented(lines: Sequence[str]) -> list[str]:
    """Remove from every line the indentation of the first."""
    by = _indent(lines[0]) if lines else 0
    return [_without(line, by) for line in lines]


def _without(line: str, by: int) -> str:
    found = _INDENT.match(line)
    lead = found[0] if found else ""
    return " " * max(len(lead.expandtabs(TAB)) - by, 0) + line[len(lead) :]
