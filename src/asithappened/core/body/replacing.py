"""Replaces words in a body: in running text, whatever its marks, and in attributes such as a picture's caption.

Owns how they are found. Everything else of the body stays as it is, ids too. Look next: `words` for reading it.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

import msgspec

from asithappened.core.body.nodes import Doc

# The attributes that are words shown to a reader.
_SAID: Final = (
    "title",
    "caption",
    "credit",
    "alt",
    "text",
    "cite",
    "label",
    "transcript",
    "name",
    "party",
    "home",
    "away",
)

Put = Callable[[int, int, str], None]
"""Replaces the words between two offsets."""


def replaced(doc: Doc, exact: str, words: str, *, block: str = "", nth: int = 0, alone: bool = False) -> Doc | None:
    """Return a body with `words` in place of `exact`; None if that does not occur.

    `block`: the id of the outermost block to search, "" for all. `nth`: which occurrence, from 0; the last if there are
    fewer. `alone`: count only occurrences that are no piece of a longer word or number.
    """
    whole = msgspec.to_builtins(doc)
    within = [one for one in whole.get("content", ()) if not block or one.get("attrs", {}).get("id") == block]
    found = [(put, at) for one in within for text, put in _runs(one) for at in places(text, exact, alone=alone)]
    if not found:
        return None
    put, at = found[min(nth, len(found) - 1)]
    put(at, at + len(exact), words)
    return msgspec.convert(whole, Doc)


def runs(doc: Doc) -> list[str]:
    """Return a body's runs of words, in the order in which `replaced` counts what occurs in them."""
    return [text for one in msgspec.to_builtins(doc).get("content", ()) for text, _put in _runs(one)]


def places(text: str, exact: str, *, alone: bool = False) -> Iterator[int]:
    """Yield the start of each occurrence; `alone`: of those that are no piece of a longer word or number."""
    at = text.find(exact) if exact else -1
    while at >= 0:
        end = at + len(exact)
        if not alone or not (
            _JOINED.match(text[max(0, at - 2) : at + 1][::-1]) or _JOINED.match(text[end - 1 : end + 2])
        ):
            yield at
        at = text.find(exact, end)


# A word character whose word goes on, or a digit whose number does: the "63" of "1,630", "63,000" and "63.5".
_JOINED: Final = re.compile(r"\w\w|\d[.,]\d")


def _runs(block: dict[str, Any]) -> Iterator[tuple[str, Put]]:
    """Yield each run of words of a block, and a function that changes it, in reading order."""
    content = block.get("content", ())
    if any(node.get("type") in {"text", "hardBreak"} for node in content):
        yield "".join(node.get("text", "\n") for node in content), _in_text(block)
    else:
        for inner in content:
            yield from _runs(inner)
    attrs = block.get("attrs", {})
    for name in _SAID:
        if isinstance(attrs.get(name), str) and attrs[name]:
            yield attrs[name], _in_attribute(attrs, name)


def _in_attribute(attrs: dict[str, Any], name: str) -> Put:
    def put(start: int, end: int, words: str) -> None:
        attrs[name] = attrs[name][:start] + words + attrs[name][end:]

    return put


def _in_text(block: dict[str, Any]) -> Put:
    """Return a function that replaces words of running text: the new ones get the marks of the first old one."""

    def put(start: int, end: int, words: str) -> None:
        made: list[dict[str, Any]] = []
        at, left = 0, words
        for node in block["content"]:
            text = node.get("text", "\n")
            before, after = text[: max(0, start - at)], text[max(0, end - at) :]
            if at >= end or at + len(text) <= start:
                made.append(node)
            elif "text" in node:
                made += [{**node, "text": piece} for piece in (before + left + after,) if piece]
                left = ""
            at += len(text)
        block["content"] = made

    return put
