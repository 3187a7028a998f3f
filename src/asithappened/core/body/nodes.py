"""The node types of a body: a closed schema, as ProseMirror JSON with Tiptap's names.

Owns every shape that a body may have, so that the desk's editor needs no translation. The same schema for TypeScript is
core/body.schema.json, made from these classes by `python -m asithappened.core.body`; a test keeps the two alike.
"""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from asithappened.core import limits
from asithappened.core.body.attributes import Attrs, Caption, Line, Node, Url
from asithappened.core.body.poll import Option, Poll
from asithappened.core.body.results import Result, Results
from asithappened.core.body.score import Score
from asithappened.core.media import PREVIEW_BYTES, AudioType, VideoType

MediaId = Annotated[str, Meta(max_length=32, pattern=r"^([a-z0-9]{4,32})?$(?!\n)")]
Digest = Annotated[str, Meta(max_length=64, pattern=r"^([0-9a-f]{64})?$(?!\n)")]
Pixels = Annotated[int, Meta(ge=0, le=20_000)]
Preview = Annotated[str, Meta(max_length=(PREVIEW_BYTES + 2) // 3 * 4, pattern=r"^[A-Za-z0-9+/]*={0,2}$(?!\n)")]
Percent = Annotated[int, Meta(ge=0, le=100)]


# --- marks and inline nodes


class LinkAttrs(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a link leads: http, https or mailto."""

    href: Url


class Bold(Node, tag="bold", frozen=True, kw_only=True):
    """Strong importance."""


class Italic(Node, tag="italic", frozen=True, kw_only=True):
    """Stress, a ship's name, a title."""


class Strike(Node, tag="strike", frozen=True, kw_only=True):
    """Words struck out in the open."""


class Subscript(Node, tag="subscript", frozen=True, kw_only=True):
    """The 2 of CO2."""


class Superscript(Node, tag="superscript", frozen=True, kw_only=True):
    """The 2 of m2."""


class Link(Node, tag="link", frozen=True, kw_only=True):
    """A link on words."""

    attrs: LinkAttrs


Mark = Bold | Italic | Strike | Subscript | Superscript | Link


class Text(Node, tag="text", frozen=True, kw_only=True):
    """A run of characters with the same marks."""

    text: Annotated[str, Meta(min_length=1, max_length=limits.BODY_BYTES)]
    marks: tuple[Mark, ...] = ()


class HardBreak(Node, tag="hardBreak", frozen=True, kw_only=True):
    """A line end inside a paragraph."""


Inline = Text | HardBreak


# --- blocks


class HeadingAttrs(Attrs, frozen=True, kw_only=True):
    """A heading inside a post: 1 is the highest that a post may have (below its own title)."""

    level: Literal[1, 2, 3] = 1


class QuoteAttrs(Attrs, frozen=True, kw_only=True):
    """Whose words, as printed, and where they stand."""

    cite: Line = ""
    url: Url = ""


class TableAttrs(Attrs, frozen=True, kw_only=True):
    """A table's caption."""

    caption: Caption = ""


class CellAttrs(Attrs, frozen=True, kw_only=True):
    """Whether a cell heads its row or column."""

    header: bool = False


class ImageAttrs(Attrs, frozen=True, kw_only=True):
    """A picture: one of ours (`media`, and the SHA-256 `digest` of the file as it was taken in), or elsewhere (`src`).

    If the picture is ours, `src` is the address it was fetched from, if there was one. Both may be empty: an archive
    can have the caption and credit of a picture without the picture. `width`, `height`: after rotation to upright.
    `focus_x`, `focus_y`: the point that a crop keeps, in percent from the left and the top. `graphic`: covered until a
    reader asks for it. `preview`: a blurred placeholder, a small WebP in base64.
    """

    src: Url = ""
    media: MediaId = ""
    digest: Digest = ""
    alt: Annotated[str, Meta(max_length=limits.ALT_CHARS)] = ""
    decorative: bool = False
    caption: Caption = ""
    credit: Line = ""
    width: Pixels = 0
    height: Pixels = 0
    focus_x: Percent = 50
    focus_y: Percent = 50
    graphic: bool = False
    preview: Preview = ""


class SocialAttrs(Attrs, frozen=True, kw_only=True):
    """A post on a social network, kept as text so that it outlives its source. `date`: ISO 8601, day or instant."""

    platform: Annotated[str, Meta(max_length=40, pattern=r"^[a-z0-9.-]*$(?!\n)")] = ""
    author: Line = ""
    handle: Line = ""
    text: Annotated[str, Meta(max_length=limits.EMBED_TEXT_CHARS)] = ""
    date: Annotated[str, Meta(max_length=40, pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2}([T ].{1,25})?)?$(?!\n)")] = ""
    url: Url = ""


class CardAttrs(Attrs, frozen=True, kw_only=True):
    """A link to other coverage as a card of its own. `label`: what stands before it ("Related")."""

    url: Url = ""
    title: Line = ""
    text: Caption = ""
    label: Line = ""
    site: Line = ""


class MediaAttrs(Attrs, frozen=True, kw_only=True):
    """A film or sound: a file of ours (`media` with its `digest` and exact type `kind`), or by reference (`url`).

    By reference: the address of its page or file elsewhere, and its provider. `seconds`: the duration of a file of
    ours, 0 if unknown. `poster`: a still of ours, `poster_width` pixels wide. `captions`: a WebVTT file of ours.
    """

    url: Url = ""
    title: Line = ""
    caption: Caption = ""
    credit: Line = ""
    provider: Line = ""
    media: MediaId = ""
    digest: Digest = ""
    kind: Literal["", VideoType, AudioType] = ""
    width: Pixels = 0
    height: Pixels = 0
    seconds: Annotated[int, Meta(ge=0, le=1_000_000)] = 0
    poster: MediaId = ""
    poster_digest: Digest = ""
    poster_width: Pixels = 0
    captions: MediaId = ""
    captions_digest: Digest = ""
    transcript: Annotated[str, Meta(max_length=limits.EMBED_TEXT_CHARS)] = ""


class Paragraph(Node, tag="paragraph", frozen=True, kw_only=True):
    """A paragraph of running text."""

    attrs: Attrs = Attrs()
    content: tuple[Inline, ...] = ()


class Heading(Node, tag="heading", frozen=True, kw_only=True):
    """A heading inside a post."""

    attrs: HeadingAttrs = HeadingAttrs()
    content: tuple[Inline, ...] = ()


class ListItem(Node, tag="listItem", frozen=True, kw_only=True):
    """An item of a list: paragraphs, and lists below it."""

    content: "tuple[Paragraph | BulletList | OrderedList, ...]"
    attrs: Attrs = Attrs()


class BulletList(Node, tag="bulletList", frozen=True, kw_only=True):
    """A list without numbers."""

    content: Annotated[tuple[ListItem, ...], Meta(min_length=1)]
    attrs: Attrs = Attrs()


class OrderedList(Node, tag="orderedList", frozen=True, kw_only=True):
    """A list with numbers."""

    content: Annotated[tuple[ListItem, ...], Meta(min_length=1)]
    attrs: Attrs = Attrs()


class Quote(Node, tag="blockquote", frozen=True, kw_only=True):
    """Somebody's words, set off."""

    content: "Annotated[tuple[Paragraph | Heading | BulletList | OrderedList, ...], Meta(min_length=1)]"
    attrs: QuoteAttrs = QuoteAttrs()


class Cell(Node, tag="tableCell", frozen=True, kw_only=True):
    """A cell of a table."""

    attrs: CellAttrs = CellAttrs()
    content: tuple[Paragraph, ...] = ()


class Row(Node, tag="tableRow", frozen=True, kw_only=True):
    """A row of a table."""

    content: Annotated[tuple[Cell, ...], Meta(min_length=1)]
    attrs: Attrs = Attrs()


class Table(Node, tag="table", frozen=True, kw_only=True):
    """A table."""

    content: Annotated[tuple[Row, ...], Meta(min_length=1)]
    attrs: TableAttrs = TableAttrs()


class Image(Node, tag="image", frozen=True, kw_only=True):
    """A picture with caption, credit and alternative text."""

    attrs: ImageAttrs


class Gallery(Node, tag="gallery", frozen=True, kw_only=True):
    """Pictures that belong together, each with its own caption, credit and alternative text; the first is largest."""

    content: Annotated[tuple[Image, ...], Meta(min_length=2)]
    attrs: Attrs = Attrs()


class Social(Node, tag="socialEmbed", frozen=True, kw_only=True):
    """A post from a social network."""

    attrs: SocialAttrs


class Card(Node, tag="linkCard", frozen=True, kw_only=True):
    """A link to other coverage."""

    attrs: CardAttrs


class Video(Node, tag="video", frozen=True, kw_only=True):
    """A film."""

    attrs: MediaAttrs


class Audio(Node, tag="audio", frozen=True, kw_only=True):
    """A sound."""

    attrs: MediaAttrs


Words = Paragraph | Heading | BulletList | OrderedList | Quote | Table
Moving = Results | Score | Poll
"""Blocks whose figures change while a post stands (`results`, `score`, `poll`)."""
Block = Words | Image | Gallery | Social | Card | Video | Audio | Moving
AnyBlock = Block | ListItem | Row | Cell | Result | Option


class Doc(Node, tag="doc", frozen=True, kw_only=True):
    """The whole body. Empty for a post that is only its headline."""

    content: tuple[Block, ...] = ()


def paragraph(words: str) -> Paragraph:
    """Make a paragraph of plain words."""
    return Paragraph(content=(Text(text=words),) if words else ())


def schema() -> dict[str, Any]:
    """Return the schema of a body as JSON Schema: what TypeScript is checked against."""
    return msgspec.json.schema(Doc)
