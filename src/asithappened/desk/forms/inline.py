r"""Running text as people type it: **bold**, *italic*, ~~struck~~, H_{2}O, m^{2}, [words](https://…), \* for a star.

Owns reading and writing that notation, and one law: `read(write(x)) == x` for whatever `write` accepts. Markdown's own
rules cannot keep it (a bold word with a space inside its edge has no spelling there), so this is smaller and has two
escapes more: `\ ` is a space that may stand at an edge, `\:` is nothing at all, between signs that would run together.
Never judges an address: body.check does, and says so.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Final

from asithappened.core import body

ESCAPABLE: Final = "\\*~[]()^_{}| :\t"
_NOTHING: Final = "\\:"
_SPACES: Final = " \t\n"
_STARS: Final = re.compile(r"\*+")
# Each bounds how often a character is looked at again, so that hostile text takes no longer than any other.
_OPEN: Final = 50  # marks open at once; there are six kinds, and only "[" is common where nothing follows
_PARENTHESES: Final = 8  # open at once in an address
_SIGNS: Final[dict[type[body.Mark], str]] = {
    body.Bold: "**",
    body.Italic: "*",
    body.Strike: "~~",
    body.Subscript: "_{",
    body.Superscript: "^{",
    body.Link: "[",
}


class CannotWrite(ValueError):
    """Running text that this notation has no spelling for."""


@dataclass
class _Frame:
    """A mark that is open, the sign that opened it, and what stands in it so far."""

    mark: body.Mark | None
    sign: str = ""
    items: list["str | _Frame"] = field(default_factory=list)


def read(typed: str) -> tuple[body.Inline, ...]:
    """Return the running text that somebody typed. A sign without its partner is taken as it stands."""
    return _Reader(typed).read()


class _Reader:
    def __init__(self, typed: str) -> None:
        self.typed = typed
        self.at = 0
        self.frames = [_Frame(None)]
        self.solid = False  # whether what stands before the cursor is more than white space
        self.last_brace = typed.rfind("}")

    def read(self) -> tuple[body.Inline, ...]:
        while self.at < len(self.typed):
            self._step()
        while len(self.frames) > 1:
            self._give_up()
        return tuple(_flat(self.frames[0].items))

    def _step(self) -> None:
        two = self.typed[self.at : self.at + 2]
        char = two[0]
        if char == "\\" and two[1:] and two[1] in ESCAPABLE:
            if two[1] != ":":
                self._put(two[1])
            self.at += 2
            self.solid = True
        elif stars := _STARS.match(self.typed, self.at):
            self._stars(len(stars[0]))
        elif two == "~~":
            self.at += 2
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
        else:
            self._put(char)
            self.at += 1
            self.solid = char not in _SPACES

    def _stars(self, count: int) -> None:
        self.at += count
        opens = self.at < len(self.typed) and self.typed[self.at] not in _SPACES
        while count:
            inner = next((f.mark for f in reversed(self.frames) if isinstance(f.mark, body.Bold | body.Italic)), None)
            bold_next = count == 2 and opens and not self._opened(body.Bold)
            if isinstance(inner, body.Italic) and self.solid and not bold_next:
                count -= self._close(body.Italic, sign="*")
            elif isinstance(inner, body.Bold) and self.solid and count >= 2:
                count -= self._close(body.Bold, sign="**")
            elif count == 1 and self.solid and self._opened(body.Italic):
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
        if self._opened(type(mark)) and self.solid:
            self._close(type(mark), sign=sign)
        elif self.at < len(self.typed) and self.typed[self.at] not in _SPACES and not self._opened(type(mark)):
            self._open(mark, sign)
        else:
            self._put(sign)
        self.solid = True

    def _link(self) -> None:
        """Close a link if an address follows in parentheses; else its brackets were only brackets."""
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
        else:  # no words to stand on: the address is the words
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
        """Take the innermost open mark of these kinds off; those opened inside it and not closed were mere signs."""
        while not isinstance(self.frames[-1].mark, kinds):
            self._give_up()
        return self.frames.pop()

    def _give_up(self) -> None:
        frame = self.frames.pop()
        self.frames[-1].items += [frame.sign, *frame.items]


def _address(typed: str, at: int) -> tuple[str, int] | None:
    """Read "(address)" at a place: the address, and where it ends. None if it is none."""
    if not typed.startswith("(", at):
        return None
    depth, address = 0, ""
    while at < len(typed):
        char = typed[at]
        if char == "\\" and typed[at + 1 : at + 2] in {"(", ")"}:
            address += typed[at + 1]
            at += 2
            continue
        depth += (char == "(") - (char == ")")
        if char in _SPACES or depth > _PARENTHESES:
            return None
        address += char
        at += 1
        if depth == 0:
            return (address[1:-1], at) if len(address) > 2 else None
    return None


def _flat(items: Sequence["str | _Frame"]) -> list[body.Inline]:
    """Return items as text nodes, each with its marks from the outermost in; neighbours alike are one."""
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


def write(content: Sequence[body.Inline]) -> str:
    """Return running text as somebody would type it. Raises CannotWrite where no spelling reads back the same."""
    # Each spelling is longer than the one before, and clear where that one runs signs together.
    for strict, apart in ((False, False), (True, False), (True, True)):
        typed = _written(content, strict=strict, apart=apart)
        if read(typed) == tuple(content):
            return typed
    raise CannotWrite


def _written(content: Sequence[body.Inline], *, strict: bool, apart: bool) -> str:
    lines: list[str] = []
    line: list[body.Text] = []
    for node in [*content, body.HardBreak()]:
        if isinstance(node, body.Text):
            line.append(node)
        else:
            lines.append(_line(line, strict=strict, apart=apart) or _NOTHING)
            line = []
    return "\n".join(lines)


def _line(nodes: Sequence[body.Text], *, strict: bool, apart: bool) -> str:
    out = ""
    open_: tuple[body.Mark, ...] = ()

    def sign(text: str) -> None:
        nonlocal out
        out += _NOTHING + text if apart and out.endswith("*") and not out.endswith("\\*") else text

    for n, node in enumerate(nodes):
        kept = next((i for i, (a, b) in enumerate(zip(open_, node.marks, strict=False)) if a != b), None)
        kept = min(len(open_), len(node.marks)) if kept is None else kept
        for mark in reversed(open_[kept:]):
            sign(_end(mark))
        for mark in node.marks[kept:]:
            sign(_SIGNS[type(mark)])
        open_ = node.marks
        # An edge is where a sign or the line's end stands: white space there would not count as text.
        first, last = n == 0 or open_ != (), n == len(nodes) - 1 or open_ != ()
        out += _escaped(node.text, first=first, last=last, strict=strict)
    for mark in reversed(open_):
        sign(_end(mark))
    return out


def _end(mark: body.Mark) -> str:
    match mark:
        case body.Link(attrs=body.LinkAttrs(href=href)):
            return f"]({_escaped_address(href)})"
        case body.Subscript() | body.Superscript():
            return "}"
        case _:
            return _SIGNS[type(mark)]


def _escaped_address(href: str) -> str:
    depth = 0
    for char in href:
        depth += (char == "(") - (char == ")")
        if depth < 0:
            break
    return href if depth == 0 else href.replace("(", "\\(").replace(")", "\\)")


def _escaped(text: str, *, first: bool, last: bool, strict: bool) -> str:
    """Put a backslash before what would be read as a sign, and before white space at an edge.

    Unless strict, "[sic]" and "5 * 3" stay as people write them: alone they mean nothing.
    """
    out = ""
    for n, char in enumerate(text):
        after = text[n + 1 : n + 2]
        edge = char in " \t" and ((first and n == 0) or (last and n == len(text) - 1))
        meant = (
            (char in "[]" and strict)
            or (char == "*" and (strict or not (text[max(n - 1, 0) : n].isspace() and after.isspace())))
            or (char == "~" and (after == "~" or text[n - 1 : n] == "~" or after == ""))
            or (char in "_^" and after in {"{", ""})
            or (char == "}")
            or (char == "\\" and (after == "" or after in ESCAPABLE))
        )
        out += "\\" + char if edge or meant else char
    return out
