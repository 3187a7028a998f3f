r"""Writing running text in the notation of inline.py, as plainly as possible: `read(write(x)) == x`.

Owns the spelling, and that law: every text is read back before it is handed out. Three spellings are tried: plain
("snake_case", "5*" and "[sic]" as they are), every sign escaped, and `\:` between all signs that could touch.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from asithappened.core import body
from asithappened.desk.forms.inline import ADDRESS, NOTHING, SIGNS, escapable, in_word, may_open, read

_PLAIN, _ESCAPED, _APART = range(3)
_SIGN: Final = re.compile(r"\\+|\*+|~+|[\[\]()}]|[_^](?=\{)|https?(?=://)")
_BRACED: Final = (body.Subscript, body.Superscript)


class CannotWrite(ValueError):
    """Running text that has no spelling in this notation."""


def write(content: Sequence[body.Inline]) -> str:
    """Return running text as somebody would type it. Raises CannotWrite if no spelling reads back the same."""
    for care in (_PLAIN, _ESCAPED, _APART):
        typed = _written(content, care)
        if read(typed) == tuple(content):
            return typed
    raise CannotWrite


def _written(content: Sequence[body.Inline], care: int) -> str:
    lines: list[str] = []
    line: list[body.Text] = []
    for node in [*content, body.HardBreak()]:
        if isinstance(node, body.Text):
            line.append(node)
        else:
            lines.append(_joined(_pieces(line, care), care) or NOTHING)
            line = []
    return "\n".join(lines)


class _Sign(str):
    """A piece of notation; every other piece is text."""

    __slots__ = ()


class _Opens(_Sign):
    """Notation that opens a mark."""

    __slots__ = ()


def _pieces(nodes: Sequence[body.Text], care: int) -> list[str]:
    """Return a line as its signs and escaped texts, in order."""
    out: list[str] = []
    open_: tuple[body.Mark, ...] = ()
    for node in nodes:
        kept = next((i for i, (a, b) in enumerate(zip(open_, node.marks, strict=False)) if a != b), None)
        kept = min(len(open_), len(node.marks)) if kept is None else kept
        out += [_Sign(_end(mark)) for mark in reversed(open_[kept:])]
        out += [_Opens(SIGNS[type(mark)]) for mark in node.marks[kept:]]
        open_ = node.marks
        out += _escaped(node.text, care, braced=any(isinstance(mark, _BRACED) for mark in open_))
    return [*out, *(_Sign(_end(mark)) for mark in reversed(open_))]


def _joined(pieces: list[str], care: int) -> str:
    """Join the pieces, with NOTHING between two that would otherwise be read as something else."""
    out: list[str] = []
    last = ""
    for number, piece in enumerate(pieces):
        before = pieces[number - 1] if number else None
        if _touch(before, piece, last, care):
            out.append(NOTHING)
        out.append(piece)
        last = piece[-1:]
    if pieces and not isinstance(pieces[-1], _Sign) and last in {" ", "\t"}:
        out.append(NOTHING)
    return _backslashes("".join(out))


def _touch(before: str | None, piece: str, last: str, care: int) -> bool:
    signs = isinstance(before, _Sign), isinstance(piece, _Sign)
    space = piece[:1] in {" ", "\t"}
    if before is None:
        return space or (care == _APART and signs[1])
    if not any(signs):
        return False
    if care == _APART:
        return True
    if all(signs):
        return False
    if signs[1]:
        bad = not may_open(last, "x") if isinstance(piece, _Opens) and piece[0] in "*~" else False
        closing = not isinstance(piece, _Opens)
        return bad or (closing and last in {" ", "\t"}) or (piece[0] == "~" and last == "~")
    opened = isinstance(before, _Opens)
    runs_on = before[-1] in "*~" and (piece[0] == before[-1] or (not opened and in_word(piece[0])))
    return (opened and space) or runs_on


def _end(mark: body.Mark) -> str:
    match mark:
        case body.Link(attrs=body.LinkAttrs(href=href)):
            return f"]({_escaped_address(href)})"
        case body.Subscript() | body.Superscript():
            return "}"
        case _:
            return SIGNS[type(mark)]


def _escaped_address(href: str) -> str:
    depth = 0
    for char in href:
        depth += (char == "(") - (char == ")")
        if depth < 0:
            break
    return href if depth == 0 else href.replace("(", "\\(").replace(")", "\\)")


# Backslashes that are text, kept until the next character is known.
_SLASH: Final = "\0"


def _escaped(text: str, care: int, *, braced: bool) -> list[str]:
    """Return a text with a backslash before, or NOTHING after, each character that would be read as a sign."""
    out: list[str] = []
    at = 0
    for address in ADDRESS.finditer(text) if care == _PLAIN else ():  # signs in an address are no notation
        out += [*_signs_escaped(text, at, address.start(), care, braced=braced), address[0]]
        at = address.end()
    out += _signs_escaped(text, at, len(text), care, braced=braced)
    return ["".join(out)]


def _signs_escaped(text: str, start: int, end: int, care: int, *, braced: bool) -> Iterator[str]:
    at = start
    for match in _SIGN.finditer(text, start, end):
        yield text[at : match.start()]
        yield _as_text(
            match[0],
            text[max(match.start() - 1, 0) : match.start()],
            text[match.end() : match.end() + 1],
            care,
            braced=braced,
        )
        at = match.end()
    yield text[at:end]


def _as_text(sign: str, before: str, after: str, care: int, *, braced: bool) -> str:
    """Return the spelling of a sign that makes it text."""
    match sign[0]:
        case "\\":
            return _SLASH * len(sign) + (NOTHING if care == _APART else "")
        case "*":
            return sign.replace("*", "\\*") if care != _PLAIN or may_open(before, after or "x") else sign
        case "[" | "]":
            return sign if care == _PLAIN else "\\" + sign
        case "(" | ")":
            return NOTHING + sign if care == _APART else sign
        case "}":
            return "\\}" if braced else sign
        case "~":
            return NOTHING.join(sign) if care != _PLAIN or may_open(before, after or "x") else sign
        case "_" | "^":
            return "\\" + sign
        case _:  # an empty address is none
            return sign if care == _PLAIN else sign + NOTHING


_SLASHES: Final = re.compile(f"{_SLASH}+")


def _backslashes(typed: str) -> str:
    """Write backslashes that are text: doubled before a character that they would escape."""

    def doubled(match: re.Match[str]) -> str:
        at = match.end()
        means = typed[at : at + 1] == "\\" or escapable(typed, at, braced=typed[at : at + 1] == "}")
        return "\\" * (len(match[0]) * (2 if means else 1))

    return _SLASHES.sub(doubled, typed)
