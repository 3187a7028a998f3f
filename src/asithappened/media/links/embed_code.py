"""Reads the HTML with which social networks embed a post: a quotation with text, author and date.

Used by importers, which find it in pages, and for oEmbed, whose answers contain it.
"""

import re
from datetime import datetime
from typing import Final

from msgspec import Struct
from selectolax.lexbor import LexborHTMLParser, LexborNode

from asithappened.core import text
from asithappened.core.printed_days import printed_day

_DASHES: Final = re.compile(r"[—–―-]+")
_HANDLE: Final = re.compile(r"\((@[^)\s]{1,80})\)")


class Embedded(Struct, frozen=True, kw_only=True):
    """A post in its embed code. `date`: ISO 8601, a day or an instant; `url`: unchecked."""

    text: str
    author: str
    handle: str
    date: str
    url: str


def embedded(node: LexborNode) -> Embedded:
    """Return the post in a quotation: words in <p>, then "— Name (@handle)", then a dated link."""
    words = "\n\n".join(filter(None, (shown(p) for p in node.css("p"))))
    dated = node.css("a")[-1] if node.css("a") else None
    author, handle, printed = signature(shown(_without(node, "p")))
    stamp = dated.attributes.get("data-datetime") if dated else None
    return Embedded(
        text=words or ("" if handle else shown(node)),
        author=author,
        handle=handle,
        date=iso(stamp) or iso(printed),
        url=(dated.attributes.get("href") or "") if dated else "",
    )


def signature(words: str) -> tuple[str, str, str]:
    """Return author, handle and date from the last line of an embedded post; three times "" for any other line.

    >>> signature("— Ann Lee (@ann) January 4, 2023")
    ('Ann Lee', '@ann', 'January 4, 2023')
    """
    dashes = _DASHES.search(words)
    handle = _HANDLE.search(words, dashes.end()) if dashes else None
    if dashes is None or handle is None:
        return "", "", ""
    return words[dashes.end() : handle.start()].strip(), handle[1], words[handle.end() :].strip()


def iso(printed: str | None) -> str:
    """Return a date or an instant as ISO 8601, from ISO 8601 or an English date; "" for anything else.

    >>> iso("January 4, 2023")
    '2023-01-04'
    """
    raw = text.one_line(printed or "")
    try:
        return datetime.fromisoformat(raw).isoformat() if "T" in raw else datetime.fromisoformat(raw).date().isoformat()
    except ValueError:
        pass
    day = printed_day(raw)
    return day.isoformat() if day else ""


def shown(node: LexborNode) -> str:
    """Return a node's text, with a line end for each <br> and other white space collapsed."""
    out = []
    for piece in node.traverse(include_text=True):
        if piece.tag == "br":
            out.append("\0")
        elif piece.tag == "-text":
            out.append(piece.text_content or "")
    lines = (text.one_line(line) for line in "".join(out).split("\0"))
    return "\n".join(lines).strip()


def _without(node: LexborNode, selector: str) -> LexborNode:
    copy = LexborHTMLParser(node.html or "").body
    assert copy is not None
    for inner in copy.css(selector):
        inner.decompose()
    return copy
