"""Makes units of a plain-text page's lines: a paragraph, list, photo, post of a social network, card, or "Updated".

Owns the textual form of each. Never decides where a post ends: splitting.py does.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import Final

from asithappened.core import text, urls
from asithappened.media.links.embed_code import iso


class Sort(Enum):
    TEXT = "text"
    LIST = "list"
    PHOTO = "photo"
    SOCIAL = "social"
    CARD = "card"
    UPDATED = "updated"


@dataclass
class Chunk:
    """The lines between two blank ones. `line`: the number of the first, from 1."""

    line: int
    lines: list[str]

    @property
    def words(self) -> str:
        """The chunk as one line."""
        return text.one_line(" ".join(self.lines))


@dataclass
class Unit:
    """One element of the page. `signature`: a social post's last line; `quoted`: a paragraph of a quotation."""

    sort: Sort
    line: int
    lines: list[str]
    signature: str = ""
    quoted: bool = False
    notes: list[str] = field(default_factory=list)

    @cached_property
    def words(self) -> str:
        """The unit as one line; cached, so read it only when `lines` is complete."""
        return text.one_line(" ".join(self.lines))


ITEM: Final = re.compile(r"^(?P<indent>\s*)(?P<mark>[•●▪‣]|\s\s\d{1,3}\.)\s+(?P<words>.*)$")
CREDIT: Final = re.compile(
    r"(?:^|\s)(?P<credit>(?:Photograph|Photo|Illustration|Composite|Cartoon|Graphic|Screengrab|Handout)s?: \S.{0,150})$"
)
SIGNATURE: Final = re.compile(
    r"^— (?:(?P<author>.*\S) )?\((?P<handle>@[\w.@-]{1,80})\)(?: (?P<date>[A-Z][a-z]{2,8} \d{1,2}, \d{4}))?$"
)
CITE: Final = re.compile(r"^— (?P<cite>\S.{0,200})$")
_RELATED: Final = "Related: "
_MENTIONS: Final = re.compile(
    r"https?://|\bt\.co/|pic\.twitter\.com|(?:^|\s)[#@]\w|[\U0001f000-\U0001faff\u2600-\u27bf]"
)
_LINK: Final = re.compile(r"https?://\S+")
_LONGER_FROM: Final = "2017-11-08"  # the day Twitter went from 140 to 280 characters


def chunks_of(words: str) -> list[Chunk]:
    """Split a page at its blank lines."""
    out: list[Chunk] = []
    open_ = False
    for number, raw in enumerate(words.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1):
        for line in map(str.rstrip, text.cleaned(raw).split("\n")):
            if text.blank(line):
                open_ = False
            elif open_:
                out[-1].lines.append(line)
            else:
                out.append(Chunk(line=number, lines=[line]))
                open_ = True
    return out


def units_of(chunks: list[Chunk]) -> list[Unit]:
    """Make units of the chunks between standfirst and contributors."""
    units: list[Unit] = []
    for chunk in chunks:
        for unit in _units(chunk):
            if unit.sort is Sort.LIST and units and units[-1].sort is Sort.LIST:
                units[-1].lines += unit.lines
            elif unit.sort is Sort.SOCIAL:
                _sign(unit, units)
                units.append(unit)
            else:
                units.append(unit)
    for unit in units:
        if unit.sort is Sort.TEXT and _is_card(unit.lines):
            unit.sort = Sort.CARD
    return units


def _units(chunk: Chunk) -> Iterator[Unit]:
    lines = chunk.lines
    if [line.strip() for line in lines] == ["Updated"]:
        yield Unit(sort=Sort.UPDATED, line=chunk.line, lines=lines)
        return
    first_item = next((n for n, line in enumerate(lines) if ITEM.match(line)), len(lines))
    if first_item < len(lines):
        if first_item:
            yield Unit(sort=Sort.TEXT, line=chunk.line, lines=lines[:first_item])
        yield Unit(sort=Sort.LIST, line=chunk.line + first_item, lines=lines[first_item:])
    elif SIGNATURE.match(lines[-1].strip()):
        yield Unit(sort=Sort.SOCIAL, line=chunk.line, lines=lines[:-1], signature=lines[-1].strip())
    elif CREDIT.search(lines[-1]):
        yield Unit(sort=Sort.PHOTO, line=chunk.line, lines=lines)
    else:
        yield Unit(sort=Sort.TEXT, line=chunk.line, lines=lines)


def _is_card(lines: list[str]) -> bool:
    """Return whether some lines are a card: it begins with its label, or ends in its address on a separate line."""
    bare = len(lines) <= 4 and urls.is_url(lines[-1].strip())
    return bare or (lines[0].startswith(_RELATED) and len(lines) <= 3)


# --- posts of social networks


def _sign(unit: Unit, before: list[Unit]) -> None:
    """Move the paragraphs that a signature belongs to, which are above it, into its unit.

    Usually one. More if the last consists of links and tags only, or if those above have links and tags too: as many as
    one post of that year could contain.
    """
    signed = SIGNATURE.match(unit.signature)
    day = iso(signed["date"]) if signed else ""
    limit = 140 if day and day < _LONGER_FROM else 280
    taken: list[Unit] = []
    if not unit.lines and before and before[-1].sort is Sort.TEXT and not before[-1].words.endswith(":"):
        taken.insert(0, before.pop())
    held = sum(_length(line) for line in unit.lines) + sum(_length(one.words) + 2 for one in taken)
    several = bool(taken) and _has_no_words(taken[0].words)
    while taken and before and before[-1].sort is Sort.TEXT and not before[-1].words.endswith(":"):
        above = before[-1].words
        if held + _length(above) > limit:
            break
        if not (several or _MENTIONS.search(above)):
            if above and not re.search(r"[.!?…:”’\"']$", above):
                unit.notes.append(f"uncertain start of the embed before line {taken[0].line}")
            break
        held += _length(above) + 2
        taken.insert(0, before.pop())
    if taken:
        unit.line = taken[0].line
        if len(taken) > 1:
            unit.notes.append(f"uncertain start of the embed at line {unit.line}: it took what one post could hold")
        paragraphs = ["\n".join(map(text.one_line, one.lines)) for one in taken]
        if unit.lines:
            paragraphs.append("\n".join(map(text.one_line, unit.lines)))
        unit.lines = "\n\n".join(paragraphs).split("\n")


def _length(words: str) -> int:
    """Return a length as Twitter counts it: a link is 23, a picture's link 0, an emoji 2 (a flag's two letters one)."""
    words = re.sub(r"pic\.twitter\.com/\S+", "", words)
    plain = _LINK.sub("", words)
    links = len(_LINK.findall(words))
    wide = len(re.findall(r"[\U0001f000-\U0001faff]", plain)) - len(re.findall(r"[\U0001f1e6-\U0001f1ff]", plain)) // 2
    flags = len(re.findall(r"[\U0001f1e6-\U0001f1ff]{2}", plain))
    return len(plain) - flags + wide + 23 * links


def _has_no_words(words: str) -> bool:
    """Return whether a paragraph is the end of a longer post: links, tags and emoji, with fewer than three words."""
    plain = re.sub(r"(?:https?://|pic\.twitter\.com/|[#@])\S+", "", words)
    return len(re.findall(r"[^\W\d_]{2,}", plain)) < 3
