"""Words in quotation marks: where they begin and end.

Owns which marks open and close, and telling an apostrophe from a closing mark. A quotation that nobody closes goes to
the end of its part, as one that is continued in the next paragraph does. Nested ones are part of the outer.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from asithappened.ledger.language.tokens import Token


class Quote(NamedTuple):
    """A quotation: its tokens (`last` is one past), marks included. `closed`: whether its end is marked."""

    first: int
    last: int
    closed: bool


_PAIRS: Final = {"“": "”", "«": "»", "„": "“”", "»": "«", "‘": "’", "‚": "‘’", "‹": "›"}
_SINGLE: Final = frozenset("‘'‚")
_WINDOW: Final = 400  # tokens: how far a single mark is looked for, since it may be an apostrophe


def quotes(text: str, tokens: Sequence[Token]) -> list[Quote]:
    """Return a text's outermost quotations, in order."""
    found, at = list[Quote](), 0
    never: set[str] = set()  # marks that nothing closes from here on: each is looked for once
    while at < len(tokens):
        quote = _quote(text, tokens, at, never) if tokens[at].kind == "mark" else None
        if quote is None:
            at += 1
        else:
            found.append(quote)
            at = quote.last
    return found


def _quote(text: str, tokens: Sequence[Token], at: int, never: set[str]) -> Quote | None:
    mark = tokens[at]
    if not _opens(text, tokens, at):
        return None
    closing = _PAIRS.get(mark.text, mark.text)
    if mark.text in _SINGLE:
        return _single(text, tokens, at, closing)
    if closing not in never:
        inner = 0  # straight marks that opened behind a curly one
        for other in range(at + 1, len(tokens)):
            found = tokens[other].text
            if found == '"' and closing == "”":  # “so it begins," and ends
                if _opens(text, tokens, other):
                    inner += 1
                elif inner:
                    inner -= 1
                else:
                    return Quote(at, other + 1, True)
            straight = closing in {'"', "''"}
            if found in closing and not (straight and (found != closing or _opens(text, tokens, other))):
                return Quote(at, other + 1, True)
        never.add(closing)
    return Quote(at, len(tokens), False) if mark.text != "»" else None


def _opens(text: str, tokens: Sequence[Token], at: int) -> bool:
    """Say whether a mark opens: a straight one does where a word begins behind it and none ends before it."""
    mark = tokens[at]
    if mark.text in {'"', "'", "''"}:
        before = text[mark.start - 1 : mark.start]
        behind = text[mark.end : mark.end + 1]
        return (not before or before.isspace() or before in "([—–-/:“‘") and bool(behind) and not behind.isspace()
    if mark.text == "»":  # German prose turns them round: »so«
        behind = text[mark.end : mark.end + 1]
        return behind.isalnum() and not text[mark.start - 1 : mark.start].isalnum()
    return mark.text in _PAIRS


def _single(text: str, tokens: Sequence[Token], at: int, closing: str) -> Quote | None:
    """Close a single mark: at one behind a full stop or comma, else at the first that no letter follows."""
    first = None
    for other in range(at + 1, min(len(tokens), at + _WINDOW)):
        token = tokens[other]
        if token.text in closing and not text[token.end : token.end + 1].isalnum() and token.end - 1 > tokens[at].end:
            if text[token.start - 1] in ",.!?…" or text[token.end : token.end + 1] in {
                "",
                "\n",
                ",",
                ".",
                ":",
                ";",
                "?",
            }:
                return Quote(at, other + 1, True)
            first = first if first is not None else other
        elif token.text == tokens[at].text and _opens(text, tokens, other):
            break  # they do not nest
    return Quote(at, first + 1, True) if first is not None else None
