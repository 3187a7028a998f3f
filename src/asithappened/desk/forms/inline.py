r"""Running text as people type it: **bold**, *italic*, ~~struck~~, H_{2}O, m^{2}, [words](https://…), \* for a star.

Owns reading that notation, and which signs in ordinary text are no notation: a star in a word ("Leser*innen", "5*",
"sh*t"), one opened in brackets and not closed in them, one in an address, a backslash before no sign. `\:` is an empty
sign: it separates signs that would run together, in words that are marked in part, and beside a space at an edge.
Never judges an address: body.check does. Look next: inline_writing.py, the way back.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Final

from asithappened.core import body

NOTHING: Final = "\\:"
_BACKSLASHES: Final = re.compile(r"\\+")
# An address in the text: stars in it are no notation. It ends before a sign or a closing bracket around it.
ADDRESS: Final = re.compile(r"https?://[^\s\\\[\]()]*[^\s\\\[\]()*~.,;:!?'\"’”»}]")
_SPACES: Final = " \t\n"
_STARS: Final = re.compile(r"\*+")
# Each limit bounds how often a character is read again, so that hostile text takes no longer than any other.
_OPEN: Final = 50  # marks open at once; of the six kinds only "[" is common without a partner
_PARENTHESES: Final = 8  # open at once in an address
SIGNS: Final[dict[type[body.Mark], str]] = {
    body.Bold: "**",
    body.Italic: "*",
    body.Strike: "~~",
    body.Subscript: "_{",
    body.Superscript: "^{",
    body.Link: "[",
}


@dataclass
class _Frame:
    """An open mark, the sign that opened it, and its content so far."""

    mark: body.Mark | None
    sign: str = ""
    items: list["str | _Frame"] = field(default_factory=list)


def read(typed: str) -> tuple[body.Inline, ...]:
    """Parse typed running text. A sign without its partner is text."""
    return _Reader(typed).read()


class _Reader:
    def __init__(self, typed: str) -> None:
        self.typed = typed
        self.at = 0
        self.frames = [_Frame(None)]
        self.solid = False  # whether there is more than white space before the cursor
        self.last_brace = typed.rfind("}")
        self.brackets: list[int] = []  # how many frames were open at each "(" that is not closed

    def read(self) -> tuple[body.Inline, ...]:
        while self.at < len(self.typed):
            self._step()
        while len(self.frames) > 1:
            self._give_up()
        return tuple(_flat(self.frames[0].items))

    def _step(self) -> None:
        two = self.typed[self.at : self.at + 2]
        char = two[0]
        if char == "\\":
            self._backslashes()
        elif char == "*" and (stars := _STARS.match(self.typed, self.at)):
            self._stars(len(stars[0]))
        elif two == "~~":
            self._toggle(body.Strike(), "~~")
        elif two in {"_{", "^{"} and self.last_brace > self.at:
            self.at += 2
            self._open(body.Subscript() if char == "_" else body.Superscript(), two)
        elif char == "}" and self._opened(body.Subscript, body.Superscript):
            self.at += 1
            self._close(body.Subscript, body.Superscript, sign="}")
        elif char == "[":
            self.at += 1
            self._open(body.Link(attrs=body.LinkAttrs(href="")), "[")
        elif char == "]" and self._opened(body.Link):
            self._link()
        elif char == "h" and (address := ADDRESS.match(self.typed, self.at)):
            self._literal(address[0])
        else:
            self._bracket(char)
            self._literal(char)

    def _literal(self, words: str) -> None:
        self._put(words)
        self.at += len(words)
        self.solid = words[-1] not in _SPACES

    def _backslashes(self) -> None:
        """Read a run of backslashes: before a sign each pair is one and an odd one escapes; elsewhere all are text."""
        run = _BACKSLASHES.match(self.typed, self.at)
        assert run is not None
        count = len(run[0])
        if not escapable(self.typed, run.end(), braced=self._opened(body.Subscript, body.Superscript)):
            self._literal(run[0])
            return
        self.at = run.end()
        self.solid = True
        self._put("\\" * (count // 2))
        if count % 2:
            escaped = self.typed[self.at]
            self.at += 1
            if escaped != ":":
                self._put(escaped)
            elif self.typed[self.at : self.at + 1] in {"(", ")"}:  # a bracket that pairs with none
                self._literal(self.typed[self.at])

    def _bracket(self, char: str) -> None:
        """At a closing bracket, drop the marks that were opened in it: "(*first yellow), Jones*" marks nothing."""
        if char == "(":
            self.brackets.append(len(self.frames))
        elif char == ")" and self.brackets:
            opened = self.brackets.pop()
            while len(self.frames) > opened and isinstance(self.frames[-1].mark, body.Bold | body.Italic | body.Strike):
                self._give_up()

    def _flanks(self, count: int) -> tuple[bool, bool]:
        """Say whether the sign of the next `count` characters may open a mark, and whether it may close one."""
        before = self.typed[self.at - 1 : self.at] if self.at else ""
        after = self.typed[self.at + count : self.at + count + 1]
        return may_open(before, after), self.solid and not in_word(after)

    def _stars(self, count: int) -> None:
        opens, closes = self._flanks(count)
        self.at += count
        while count:
            inner = next((f.mark for f in reversed(self.frames) if isinstance(f.mark, body.Bold | body.Italic)), None)
            bold_next = count == 2 and opens and not self._opened(body.Bold)
            if isinstance(inner, body.Italic) and closes and not bold_next:
                count -= self._close(body.Italic, sign="*")
            elif isinstance(inner, body.Bold) and closes and count >= 2:
                count -= self._close(body.Bold, sign="**")
            elif count == 1 and closes and self._opened(body.Italic):
                count -= self._close(body.Italic, sign="*")
            elif opens and count >= 2 and not self._opened(body.Bold):
                self._open(body.Bold(), "**")
                count -= 2
            elif opens and not self._opened(body.Italic):
                self._open(body.Italic(), "*")
                count -= 1
            else:
                self._put("*" * count)
                count = 0
        self.solid = True

    def _toggle(self, mark: body.Mark, sign: str) -> None:
        opens, closes = self._flanks(len(sign))
        self.at += len(sign)
        if self._opened(type(mark)) and closes:
            self._close(type(mark), sign=sign)
        elif opens and not self._opened(type(mark)):
            self._open(mark, sign)
        else:
            self._put(sign)
        self.solid = True

    def _link(self) -> None:
        """Close a link if an address follows in parentheses; otherwise its brackets are text."""
        address = _address(self.typed, self.at + 1)
        if address is None:
            if isinstance(self.frames[-1].mark, body.Link):
                self._give_up()
            self._put("]")
            self.at += 1
            self.solid = True
            return
        self.at = address[1]
        frame = self._unwound(body.Link)
        if frame.items:
            frame.mark = body.Link(attrs=body.LinkAttrs(href=address[0]))
        else:  # a link without words shows its address
            frame.mark = None
            frame.items = [f"[]({address[0]})"]
        self.frames[-1].items.append(frame)
        self.solid = True

    def _put(self, text: str) -> None:
        self.frames[-1].items.append(text)

    def _open(self, mark: body.Mark, sign: str) -> None:
        if len(self.frames) < _OPEN:
            self.frames.append(_Frame(mark, sign))
        else:
            self._put(sign)

    def _opened(self, *kinds: type[body.Mark]) -> bool:
        return any(isinstance(frame.mark, kinds) for frame in self.frames)

    def _close(self, *kinds: type[body.Mark], sign: str) -> int:
        frame = self._unwound(*kinds)
        if frame.items:
            self.frames[-1].items.append(frame)
        else:
            self._put(frame.sign + sign)
        return len(sign)

    def _unwound(self, *kinds: type[body.Mark]) -> _Frame:
        """Close the innermost open mark of these kinds. Marks opened inside it and not closed become text."""
        while not isinstance(self.frames[-1].mark, kinds):
            self._give_up()
        return self.frames.pop()

    def _give_up(self) -> None:
        frame = self.frames.pop()
        self.frames[-1].items += [frame.sign, *frame.items]


def escapable(typed: str, at: int, *, braced: bool) -> bool:
    """Say whether a backslash before this place would escape something. `braced`: inside of _{ or ^{."""
    two = typed[at : at + 2]
    return two[:1] in _SIGN_CHARS or two in {"_{", "^{", "~~"} or (braced and two[:1] == "}")


_SIGN_CHARS: Final = frozenset("*[]:")
# Scripts that put no spaces between words: a sign inside their text counts as one between words.
_SPACELESS: Final = re.compile("[\u0e00-\u0eff\u0f00-\u109f\u1780-\u17ff\u1a20-\u1aaf]")


def in_word(char: str) -> bool:
    """Say whether a character is part of a word: a letter, digit or mark of a script with spaces between words."""
    if not char or char.isascii():
        return char.isalnum()
    if unicodedata.category(char)[0] not in "LNM":
        return char in "\u200c\u200d\u00ad"
    return unicodedata.east_asian_width(char) not in {"W", "F"} and not _SPACELESS.match(char)


def may_open(before: str, after: str) -> bool:
    """Say whether a sign between two characters may open a mark: not within or after a word, nor after brackets."""
    return bool(after) and after not in _SPACES and not in_word(before) and before not in {")", "]", "}"}


def _address(typed: str, at: int) -> tuple[str, int] | None:
    """Read "(address)" at a place: the address, and where it ends. None if there is no address."""
    if not typed.startswith("(", at):
        return None
    depth = 0
    address: list[str] = []
    while at < len(typed):
        char = typed[at]
        if char == "\\" and typed[at + 1 : at + 2] in {"(", ")"}:
            address.append(typed[at + 1])
            at += 2
            continue
        depth += (char == "(") - (char == ")")
        if char in _SPACES or depth > _PARENTHESES:
            return None
        address.append(char)
        at += 1
        if depth == 0:
            words = "".join(address[1:-1])
            return (words, at) if any(char in words for char in ":/.") else None  # "[sic](note)" is no link
    return None


def _flat(items: Sequence["str | _Frame"]) -> list[body.Inline]:
    """Return items as text nodes, each with its marks from the outermost in; neighbours with equal marks are joined."""
    nodes: list[body.Inline] = []
    for marks, pieces in groupby(_pieces(items, ()), key=itemgetter(0)):
        for n, line in enumerate("".join(text for _, text in pieces).split("\n")):
            nodes += ([body.HardBreak()] if n else []) + ([body.Text(text=line, marks=marks)] if line else [])
    return nodes


def _pieces(
    items: Sequence["str | _Frame"], marks: tuple[body.Mark, ...]
) -> Iterator[tuple[tuple[body.Mark, ...], str]]:
    for item in items:
        if isinstance(item, _Frame):
            yield from _pieces(item.items, (*marks, item.mark) if item.mark else marks)
        elif item:
            yield marks, item
