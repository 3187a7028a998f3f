"""HTML that was read, as tests compare it: lists as outlines, words with their marks, a word processor's line."""

from typing import Any

from asithappened.core import body as b
from asithappened.importers.html import body as html_body


def body_of(html: str) -> b.Doc:
    doc = html_body.body_of(html).doc
    b.check(b.with_ids(doc, seed="x"))
    return doc


def outline(block: Any) -> Any:
    """Return a block as nested lists of words: "1" before a numbered list, "•" before another."""
    if isinstance(block, b.BulletList | b.OrderedList):
        return ["1" if isinstance(block, b.OrderedList) else "•", *(outline(item) for item in block.content)]
    if isinstance(block, b.ListItem):
        inner = [outline(child) for child in block.content]
        return inner[0] if len(inner) == 1 else inner
    return b.text_of(block)


def marks(html: str) -> list[tuple[str, str]]:
    return [
        (node.text, "+".join(type(mark).__name__ for mark in node.marks))
        for block in b.blocks(body_of(html))
        for node in b.inline_of(block)
        if isinstance(node, b.Text)
    ]


def line(of: str, level: int, sign: str, words: str) -> str:
    return (
        f"<p class=MsoListParagraph style='margin-left:72pt;mso-list:{of} level{level} lfo1'><![if !supportLists]>"
        f"<span style='mso-list:Ignore'>{sign}<span style='font:7.0pt \"Times New Roman\"'>&nbsp; </span></span>"
        f"<![endif]>{words}<o:p></o:p></p>\n"
    )
