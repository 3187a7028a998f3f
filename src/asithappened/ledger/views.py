"""The input of a suggester: a post and its live blog, as immutable text with structure.

Owns how a body becomes text with offsets: the parts that the page's plain text prints (`core.body.printed`), with a
blank line between them. Offsets are code points of that text. Pure; does not know the log.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import assert_never

from msgspec import Struct

from asithappened.core import body as b
from asithappened.core.state import PostState

BETWEEN = "\n\n"


class Part(StrEnum):
    """What a part of a post's text is."""

    TITLE = "title"
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"  # of a list
    QUOTE = "quote"  # a paragraph, heading or item of a quotation
    SOCIAL = "social"  # the words of a post on a social network
    CAPTION = "caption"  # a text of a picture, film or sound
    TABLE = "table"
    CARD = "card"  # a link to other coverage
    SIGNATURE = "signature"  # the author of the quote or social post before it


class PartView(Struct, frozen=True, kw_only=True):
    """A part of a post. `start`: where it begins in the post's text. `block`: the id of its block in the body.

    `author`: the printed author of a quote or a social post. `channel`: the network of a social post ("twitter").
    """

    kind: Part
    text: str
    start: int = 0
    block: str = ""
    author: str = ""
    channel: str = ""

    @property
    def end(self) -> int:
        """Where it ends in the post's text."""
        return self.start + len(self.text)


class PostView(Struct, frozen=True, kw_only=True, dict=True):
    """A post. `number`: the page's newest post is 1. `id`, `revision`: those of the log, if it comes from one."""

    number: int
    parts: tuple[PartView, ...]
    id: str = ""
    revision: int = 1
    summary: bool = False
    published_at: datetime | None = None

    @cached_property
    def text(self) -> str:
        """Its text, as the page's plain text prints it."""
        return BETWEEN.join(part.text for part in self.parts)

    @cached_property
    def lowered(self) -> str:
        """Its text in lower case, followed by the authors of its quotations and social posts."""
        authors = dict.fromkeys(part.author for part in self.parts if part.author)
        return BETWEEN.join((self.text, *authors)).lower()


class BlogView(Struct, frozen=True, kw_only=True):
    """A live blog's posts, newest first, and the language that it is written in (BCP 47)."""

    posts: tuple[PostView, ...]
    language: str = "en"


def of_text(text: str, *, number: int = 1) -> PostView:
    """Return plain text as a post, divided into paragraphs at blank lines. Its text is the same; CRLF becomes LF."""
    paragraphs: list[list[str]] = []
    whole = False
    for words in text.replace("\r\n", "\n").split(BETWEEN):
        if not paragraphs or (whole and words.strip()):
            paragraphs.append([words])
        else:  # further blank lines belong to the paragraph before, so that no offset moves
            paragraphs[-1].append(words)
        whole = whole or bool(words.strip())
    return PostView(
        number=number, parts=_placed([(Part.PARAGRAPH, BETWEEN.join(one), "", "", "") for one in paragraphs])
    )


def of_post(post: PostState, *, number: int) -> PostView:
    """Return a post as it is now."""
    return of_body(
        post.title,
        post.body,
        number=number,
        id=post.id,
        revision=post.revision,
        summary=post.kind.value == "summary",
        published_at=post.published_at,
    )


def of_body(
    title: str,
    body: b.Doc,
    *,
    number: int,
    id: str = "",
    revision: int = 1,
    summary: bool = False,
    published_at: datetime | None = None,
) -> PostView:
    """Return a title and a body as a post."""
    parts = [(Part.TITLE, title, "", "", "")]
    for block in body.content:
        parts += _parts(block)
    return PostView(
        number=number,
        parts=_placed(parts),
        id=id,
        revision=revision,
        summary=summary,
        published_at=published_at,
    )


def of_posts(posts: Sequence[PostState], *, language: str = "en") -> BlogView:
    """Return a blog's visible posts, newest first and numbered as its page shows them."""
    shown = sorted((post for post in posts if post.visible), key=lambda post: post.order, reverse=True)
    return BlogView(posts=tuple(of_post(post, number=n) for n, post in enumerate(shown, 1)), language=language)


_Unplaced = tuple[Part, str, str, str, str]


def _placed(parts: Sequence[_Unplaced]) -> tuple[PartView, ...]:
    placed, start = [], 0
    for kind, text, block, author, channel in parts:
        if text.strip():
            placed.append(PartView(kind=kind, text=text, start=start, block=block, author=author, channel=channel))
            start += len(text) + len(BETWEEN)
    return tuple(placed)


def _parts(block: b.Block) -> Iterator[_Unplaced]:
    words, id_ = list(b.printed(block)), block.attrs.id
    kind, author, channel, signed = Part.PARAGRAPH, "", "", False
    match block:
        case b.Paragraph():
            pass
        case b.Heading():
            kind = Part.HEADING
        case b.BulletList() | b.OrderedList():
            kind = Part.ITEM
        case b.Quote():
            kind, author, signed = Part.QUOTE, block.attrs.cite, bool(block.attrs.cite)
        case b.Table() | b.Results() | b.Score() | b.Poll():
            kind = Part.TABLE
        case b.Image() | b.Gallery() | b.Video() | b.Audio():
            kind = Part.CAPTION
        case b.Social():
            kind, author, channel, signed = Part.SOCIAL, block.attrs.author, block.attrs.platform, True
        case b.Card():
            kind = Part.CARD
        case _:
            assert_never(block)
    for at, text in enumerate(words):
        last = signed and at == len(words) - 1
        yield Part.SIGNATURE if last else kind, text, id_, author, channel
