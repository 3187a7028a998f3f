"""Compares two versions of a post, word by word.

The law: without the deleted pieces the lines are the new version, without the inserted ones the old; no word is lost,
none invented. Lines are blocks, list items, table rows, captions. Makes no HTML: the template escapes the pieces.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
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
# The work of one comparison, in steps of some 0.1 µs: pieces, and pairs of equal words, which difflib visits again and
# again. Two paragraphs of 150 words take 3,000; three hundred times the same two words would take seconds.
_STEPS: Final = 400_000
_A_PAIR: Final = 40  # steps to compare two lines, however short
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


class _Work:
    """The steps that are left of one comparison's."""

    def __init__(self) -> None:
        self._left = _STEPS

    def take(self, steps: int) -> bool:
        """Take some steps, if so many are left."""
        if steps > self._left:
            return False
        self._left -= steps
        return True


class _Words:
    """A line as pieces. `words`: how often it has each that is no space."""

    def __init__(self, line: Line) -> None:
        self.line, self.pieces = line, _PIECES.findall(line.text)
        self.words = Counter(piece for piece in self.pieces if not piece.isspace())


class _Matcher(SequenceMatcher[str]):
    """A matcher of pieces that finds only the common start and end where it has too few steps for more.

    A space is kept only beside a word that is: "63 men" → "89 women" is one change of two words, not two of one.
    """

    def __init__(self, old: _Words, new: _Words, work: _Work) -> None:
        super().__init__(str.isspace, old.pieces, new.pieces, autojunk=False)
        self._old, self._new, self._times, self._work = old.pieces, new.pieces, new.words, work

    def find_longest_match(self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None) -> Match:
        """Return the longest run of equal pieces in two stretches, which get_matching_blocks divides there."""
        old, new = self._old, self._new
        ahi, bhi = len(old) if ahi is None else ahi, len(new) if bhi is None else bhi
        if self._work.take(ahi - alo) and self._work.take(sum(self._times.get(piece, 0) for piece in old[alo:ahi])):
            return super().find_longest_match(alo, ahi, blo, bhi)
        room, size = min(ahi - alo, bhi - blo), 0
        while size < room and old[alo + size] == new[blo + size]:
            size += 1
        if size:
            return Match(alo, blo, size)
        while size < room and old[ahi - size - 1] == new[bhi - size - 1]:
            size += 1
        return Match(ahi - size, bhi - size, size)


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
    work = _Work()
    was = now = 0
    for kept_was, kept_now in (*in_order(old.lines, new.lines), (len(old.lines), len(new.lines))):
        found += _replaced(old.lines[was:kept_was], new.lines[now:kept_now], work)
        found += [_whole(line, "") for line in new.lines[kept_now : kept_now + 1]]
        was, now = kept_was + 1, kept_now + 1
    return tuple(found)


def _replaced(old: Sequence[Line], new: Sequence[Line], work: _Work) -> Iterator[Changed]:
    """Pair each new line with the next similar old one; lines without a pair were deleted or inserted."""
    cut = [_Words(line) for line in old]
    start = 0
    for words in map(_Words, new):
        near = ((n, _alike(cut[n], words, work)) for n in range(start, min(len(old), start + _NEAR)))
        match, pieces = next(((n, pieces) for n, pieces in near if pieces), (start, ()))
        yield from (_whole(gone, "del") for gone in old[start:match])
        if pieces:
            yield Changed(look=words.line.look, pieces=pieces)
            start = match + 1
        else:
            yield _whole(words.line, "ins")
    yield from (_whole(gone, "del") for gone in old[start:])


def _alike(old: _Words, new: _Words, work: _Work) -> tuple[Piece, ...]:
    """Return the pieces of a line and of one that is recognised in it; nothing of two others, or without steps left."""
    least = _ALIKE * (old.words.total() + new.words.total()) / 2
    if old.line.look != new.line.look or not work.take(_A_PAIR + len(old.words)):
        return ()
    # The cheap upper bound first: most pairs of lines have little in common.
    if sum(min(count, new.words.get(word, 0)) for word, count in old.words.items()) <= least:
        return ()
    if not work.take(len(old.pieces) + len(new.pieces)):
        return ()
    matcher = _Matcher(old, new, work)
    kept = (piece for at, _, size in matcher.get_matching_blocks() for piece in old.pieces[at : at + size])
    return tuple(_pieces(old.pieces, new.pieces, matcher)) if sum(not p.isspace() for p in kept) > least else ()


def _pieces(old: Sequence[str], new: Sequence[str], matcher: _Matcher) -> Iterator[Piece]:
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            yield Piece(mark="", text="".join(old[i1:i2]))
            continue
        if i1 < i2:
            yield Piece(mark="del", text="".join(old[i1:i2]))
        if j1 < j2:
            yield Piece(mark="ins", text="".join(new[j1:j2]))


def _whole(line: Line, mark: Mark) -> Changed:
    return Changed(look=line.look, pieces=(Piece(mark=mark, text=line.text),))
