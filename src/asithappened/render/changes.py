"""Compares two versions of a post, word by word.

The law: without the deleted pieces the lines are the new version, without the inserted ones the old; no word is lost,
none invented. Lines are blocks, list items, table rows, captions. Makes no HTML: the template escapes the pieces.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final, Literal, assert_never

from asithappened.core import body as b
from asithappened.core import events as e
from asithappened.core.alignment import in_order
from asithappened.core.body.results import MEASURES, figure

Mark = Literal["", "ins", "del"]
Look = Literal["title", "text", "heading", "quote", "item", "row", "picture", "embed"]

# Pieces are words, runs of spaces and single signs: "89," and "89." differ in a sign, not in the number, and "1,300"
# and "1,450" are two numbers.
_PIECES: Final = re.compile(r"\w+(?:[.,:’'-]\w+)*|\s+|[^\w\s]")
# In two long lines of repeated words every word equals hundreds of others, and difflib visits each such pair: 2,000
# times one word took it 2.7 s. Two paragraphs of 150 words have some 22,000 pairs, mostly of spaces.
_PAIRS: Final = 400_000
_NEAR: Final = 12  # old lines, from the last match on, that a new line is compared with
# Below this similarity a reader would not recognise a line in the other; both are shown, one after another.
_ALIKE: Final = 0.35


@dataclass(frozen=True, kw_only=True)
class Line:
    look: Look
    text: str


@dataclass(frozen=True, kw_only=True)
class Version:
    """A post at one moment, as lines."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True)
class Piece:
    """Some words: kept, inserted or deleted."""

    mark: Mark
    text: str


@dataclass(frozen=True, kw_only=True)
class Changed:
    """A line with its pieces in order."""

    look: Look
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """All of its words, also the deleted ones."""
        return "".join(piece.text for piece in self.pieces)


def version_of(event: e.Event | None) -> Version | None:
    """Return the lines of a revision; None if it was erased."""
    if not isinstance(event, e.PostWords):
        return None
    lines = [Line(look="title", text=event.title)] if event.title else []
    for block in event.body.content:
        lines += _lines(block, "text")
    return Version(lines=tuple(line for line in lines if line.text))


def _lines(block: b.AnyBlock, look: Look) -> Iterator[Line]:
    match block:
        case b.Paragraph():
            yield Line(look=look, text=b.text_of(block))
        case b.Heading():
            yield Line(look="heading", text=b.text_of(block))
        case b.BulletList() | b.OrderedList() | b.Cell():
            yield from _inside(block, look)
        case b.ListItem():
            yield from _inside(block, "item")
        case b.Quote():
            yield from _inside(block, "quote")
            yield Line(look="quote", text=block.attrs.cite)
        case b.Table():
            yield Line(look="row", text=block.attrs.caption)
            yield from _inside(block, "row")
        case b.Row():
            yield Line(look="row", text=" · ".join(b.text_of(cell) for cell in block.content))
        case b.Gallery():
            yield from _inside(block, "picture")
        case b.Image():
            yield Line(look="picture", text=b.text_of(block))
        case b.Results() | b.Poll():
            yield Line(look="row", text=block.attrs.title)
            yield from _inside(block, "row")
        case b.Score():
            yield Line(look="row", text=b.text_of(block))
        case b.Result(attrs=attrs):
            figures = (figure(attrs, one) for one in MEASURES)
            words = (attrs.name, attrs.party, *(f"{one:,}" for one in figures if one is not None))
            yield Line(look="row", text=" · ".join(filter(None, words)))
        case b.Option(attrs=attrs):
            yield Line(look="row", text=attrs.name if attrs.votes is None else f"{attrs.name} · {attrs.votes:,}")
        case b.Social() | b.Card() | b.Video() | b.Audio():
            yield Line(look="embed", text=b.text_of(block))
        case _:
            assert_never(block)


def _inside(block: b.AnyBlock, look: Look) -> Iterator[Line]:
    for child in b.children_of(block):
        yield from _lines(child, look)


@lru_cache(maxsize=256)  # each edit renders all earlier changes again
def changed(old: Version, new: Version) -> tuple[Changed, ...]:
    """Return the lines of both versions in reading order, with what was deleted and inserted marked."""
    found: list[Changed] = []
    was = now = 0
    for kept_was, kept_now in (*in_order(old.lines, new.lines), (len(old.lines), len(new.lines))):
        found += _replaced(old.lines[was:kept_was], new.lines[now:kept_now])
        found += [_whole(line, "") for line in new.lines[kept_now : kept_now + 1]]
        was, now = kept_was + 1, kept_now + 1
    return tuple(found)


def _replaced(old: tuple[Line, ...], new: tuple[Line, ...]) -> Iterator[Changed]:
    """Pair each new line with the next similar old one; lines without a pair were deleted or inserted."""
    start = 0
    for line in new:
        near = range(start, min(len(old), start + _NEAR))
        match = next((n for n in near if _alike(old[n], line)), None)
        if match is None:
            yield _whole(line, "ins")
            continue
        yield from (_whole(gone, "del") for gone in old[start:match])
        yield Changed(look=line.look, pieces=tuple(_pieces(old[match].text, line.text)))
        start = match + 1
    yield from (_whole(gone, "del") for gone in old[start:])


def _alike(old: Line, new: Line) -> bool:
    if old.look != new.look:
        return False
    a, b_ = _PIECES.findall(old.text), _PIECES.findall(new.text)
    matcher = SequenceMatcher(None, a, b_, autojunk=False)
    # The cheap upper bounds first: most pairs of lines have nothing in common.
    if matcher.real_quick_ratio() <= _ALIKE or matcher.quick_ratio() <= _ALIKE or _repetitive(a, b_):
        return False
    return matcher.ratio() > _ALIKE


def _repetitive(a: list[str], b_: list[str]) -> bool:
    """Return whether a comparison would take long: the work grows with the pairs of equal words, spaces included."""
    in_b = Counter(b_)
    return sum(count * in_b[word] for word, count in Counter(a).items()) > _PAIRS


def _pieces(old: str, new: str) -> Iterator[Piece]:
    a, b_ = _PIECES.findall(old), _PIECES.findall(new)
    for tag, i1, i2, j1, j2 in _steps(a, b_):
        if tag == "equal":
            yield Piece(mark="", text="".join(a[i1:i2]))
            continue
        if i1 < i2:
            yield Piece(mark="del", text="".join(a[i1:i2]))
        if j1 < j2:
            yield Piece(mark="ins", text="".join(b_[j1:j2]))


def _steps(a: list[str], b_: list[str]) -> list[tuple[str, int, int, int, int]]:
    """Return the steps from a to b; a single space between two changes becomes part of them.

    "63 men" → "89 women" is then one change of two words, not two changes of one.
    """
    steps: list[tuple[str, int, int, int, int]] = []
    opcodes = SequenceMatcher(None, a, b_, autojunk=False).get_opcodes()
    for n, (tag, i1, i2, j1, j2) in enumerate(opcodes):
        lone = tag == "equal" and 0 < n < len(opcodes) - 1 and not "".join(a[i1:i2]).strip()
        step = "replace" if lone else tag
        if steps and step != "equal" and steps[-1][0] != "equal":
            _, first_i, _, first_j, _ = steps[-1]
            steps[-1] = ("replace", first_i, i2, first_j, j2)
        else:
            steps.append((step, i1, i2, j1, j2))
    return steps


def _whole(line: Line, mark: Mark) -> Changed:
    return Changed(look=line.look, pieces=(Piece(mark=mark, text=line.text),))
