"""The body of a post: a document in a closed schema.

Owns the node types, as ProseMirror JSON with Tiptap's names, so that the desk's editor needs no translation;
reading one (`parse`), its text, and the ids of its blocks (block_ids.py says whose). The same schema for TypeScript is
`body.schema.json`, made from these classes by `python -m asithappened.core.body`; a test keeps the two alike.
Never makes HTML: that is render's. Offsets anywhere in the project count Unicode code points of `text_of(block)`.
"""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Final, Literal, assert_never
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import replace

from asithappened.core import block_ids, limits, text

# (?!\n): Python's $ also matches before a last line end, and no id, slug or date may hold one.
BlockId = Annotated[str, Meta(max_length=32, pattern=r"^[A-Za-z0-9_-]*$(?!\n)")]
Url = Annotated[str, Meta(max_length=limits.URL_CHARS)]
Line = Annotated[str, Meta(max_length=limits.TITLE_CHARS)]
Caption = Annotated[str, Meta(max_length=limits.CAPTION_CHARS)]


class Node(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, tag_field="type"):
    """What every node is: immutable, closed, told apart by `type`."""


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


class Attrs(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What every block carries: an id that stays the same through edits. Empty only before `with_ids`."""

    id: BlockId = ""


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
    """A picture. `src` may be empty: an archive can know a caption and credit of a picture that it has not got."""

    src: Url = ""
    alt: Annotated[str, Meta(max_length=limits.ALT_CHARS)] = ""
    decorative: bool = False
    caption: Caption = ""
    credit: Line = ""
    width: Annotated[int, Meta(ge=0, le=20_000)] = 0
    height: Annotated[int, Meta(ge=0, le=20_000)] = 0


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
    """A film or sound by reference: its page or file, who carries it, and what it is."""

    url: Url = ""
    title: Line = ""
    caption: Caption = ""
    credit: Line = ""
    provider: Line = ""


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


class Social(Node, tag="socialEmbed", frozen=True, kw_only=True):
    """A post from a social network."""

    attrs: SocialAttrs


class Card(Node, tag="linkCard", frozen=True, kw_only=True):
    """A link to other coverage."""

    attrs: CardAttrs


class Video(Node, tag="video", frozen=True, kw_only=True):
    """A film by reference."""

    attrs: MediaAttrs


class Audio(Node, tag="audio", frozen=True, kw_only=True):
    """A sound by reference."""

    attrs: MediaAttrs


Block = Paragraph | Heading | BulletList | OrderedList | Quote | Table | Image | Social | Card | Video | Audio
AnyBlock = Block | ListItem | Row | Cell


class Doc(Node, tag="doc", frozen=True, kw_only=True):
    """The whole body. Empty for a post that is only its headline."""

    content: tuple[Block, ...] = ()


class BodyError(ValueError):
    """A body that cannot be taken: the message says where it is wrong and what would be right."""


_DECODER: Final = msgspec.json.Decoder(Doc)
_ENCODER: Final = msgspec.json.Encoder()
_EMBEDS: Final = (Social, Card, Video, Audio)
_SCHEMES: Final = ("http", "https")


def parse(raw: bytes | str | dict[str, Any]) -> Doc:
    """Read a document and check all of it: shape, sizes, characters, addresses, ids.

    `raw`: JSON, or what JSON decodes to. Raises BodyError with the place and the reason.
    """
    encoded = raw if isinstance(raw, bytes) else _encode(raw)
    if len(encoded) > limits.BODY_BYTES:
        raise BodyError(
            f"The body is {len(encoded):,} bytes long; {limits.BODY_BYTES:,} is the most. Make two posts of it."
        )
    try:
        doc = _DECODER.decode(encoded)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise BodyError(f"The body is not a document of this schema: {error}.") from error
    check(doc)
    return doc


def _encode(raw: str | dict[str, Any]) -> bytes:
    try:
        return raw.encode() if isinstance(raw, str) else json.dumps(raw).encode()
    except (UnicodeEncodeError, RecursionError, TypeError, ValueError) as error:
        raise BodyError(f"The body cannot be written as JSON: {error}.") from error


def dump(doc: Doc) -> bytes:
    """Write a document as JSON; `parse(dump(doc)) == doc`."""
    return _ENCODER.encode(doc)


def check(doc: Doc) -> None:
    """Refuse what the types alone do not: too much, too deep, bad characters, bad addresses, an id twice."""
    check_size(doc)
    seen: set[str] = set()
    for block in blocks(doc):
        if block.attrs.id and block.attrs.id in seen:
            raise BodyError(f"Two blocks have the id {block.attrs.id!r}.")
        seen.add(block.attrs.id)
        _check_strings(block)


def check_size(doc: Doc) -> None:
    """Refuse a document with too much in it, or too deep: before any work is done on it."""
    nodes = embeds = 0
    for block, depth in _walk(doc):
        nodes += 1 + len(inline_of(block))
        embeds += isinstance(block, _EMBEDS)
        if nodes > limits.BODY_NODES:
            raise BodyError(f"The body has more than {limits.BODY_NODES:,} parts. Make two posts of it.")
        if embeds > limits.BODY_EMBEDS:
            raise BodyError(f"The body has more than {limits.BODY_EMBEDS} embeds and cards. Make two posts of it.")
        if depth > limits.BODY_DEPTH:
            raise BodyError(f"Lists and quotations stand more than {limits.BODY_DEPTH} deep in one another.")
    if len(dump(doc)) > limits.BODY_BYTES:
        raise BodyError(f"The body is longer than {limits.BODY_BYTES:,} bytes. Make two posts of it.")


def _check_strings(block: AnyBlock) -> None:
    where = f"the {type(block).__struct_config__.tag} {block.attrs.id!r}"
    for name, value in msgspec.structs.asdict(block.attrs).items():
        if isinstance(value, str) and (bad := text.forbidden(value)):
            raise BodyError(f"{name} of {where} holds a character that cannot be printed: {bad}.")
        if name in {"src", "url"} and value:
            _check_url(value, f"{name} of {where}", _SCHEMES)
    for node in inline_of(block):
        if isinstance(node, Text):
            if bad := text.forbidden(node.text):
                raise BodyError(f"The text of {where} holds a character that cannot be printed: {bad}.")
            for mark in node.marks:
                if isinstance(mark, Link):
                    _check_url(mark.attrs.href, f"a link in {where}", (*_SCHEMES, "mailto"))


def _check_url(url: str, where: str, schemes: tuple[str, ...]) -> None:
    if not is_url(url, schemes):
        raise BodyError(f"{where}: {url[:80]!r} is not an address that starts with {' or '.join(schemes)}.")


# Controls, spaces, quotes and brackets; and what is invisible or turns the text that follows round: an address that
# reads otherwise than it leads. In an address all of these are percent-encoded.
_NEVER_IN_URL: Final = re.compile(
    r"[\x00-\x20\x7f-\xa0\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\ufff9-\uffff\\<>\"`^{|}]"
)


def is_url(url: str, schemes: tuple[str, ...] = _SCHEMES) -> bool:
    """Say whether an address may stand in a page: absolute, of a listed scheme, without spaces, controls, credentials.

    Browsers strip tab, newline and leading controls before they read the scheme, so all of these are refused,
    never repaired: `java\\nscript:` must not become anything else here than it is there.
    """
    if len(url) > limits.URL_CHARS or _NEVER_IN_URL.search(url):
        return False
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    if parts.scheme not in schemes:
        return False
    if parts.scheme == "mailto":
        return "@" in parts.path and not parts.netloc
    # "https://bank.example@evil.example/" reads as the bank's.
    return bool(parts.hostname) and "@" not in parts.netloc and port != 0


# --- walking


def children_of(block: AnyBlock) -> tuple[AnyBlock, ...]:
    """Return the blocks directly inside a block."""
    match block:
        case BulletList() | OrderedList() | ListItem() | Quote() | Table() | Row() | Cell():
            return block.content
        case Paragraph() | Heading() | Image() | Social() | Card() | Video() | Audio():
            return ()
        case _:
            assert_never(block)


def inline_of(block: AnyBlock) -> tuple[Inline, ...]:
    """Return the running text directly inside a block."""
    return block.content if isinstance(block, Paragraph | Heading) else ()


def blocks(doc: Doc) -> Iterator[AnyBlock]:
    """Yield every block of a document, outer before inner, in reading order."""
    return (block for block, _ in _walk(doc))


def _walk(doc: Doc) -> Iterator[tuple[AnyBlock, int]]:
    stack: list[tuple[AnyBlock, int]] = [(block, 1) for block in reversed(doc.content)]
    while stack:
        block, depth = stack.pop()
        yield block, depth
        stack += [(child, depth + 1) for child in reversed(children_of(block))]


def text_of(block: AnyBlock) -> str:
    """Return a block's own text, the string that offsets count in (in code points); a line end for a hard break.

    Of a picture, embed or card: its words, a line each. Of a list, quotation or table: its blocks' texts, a line each.
    """
    return joined_text(block, [text_of(child) for child in children_of(block)])


def joined_text(block: AnyBlock, inner: Sequence[str]) -> str:
    """Return a block's text as `text_of` does, from the texts of the blocks directly inside it."""
    match block:
        case Paragraph() | Heading():
            return "".join(node.text if isinstance(node, Text) else "\n" for node in block.content)
        case Image():
            lines: tuple[str, ...] = (block.attrs.alt, block.attrs.caption, block.attrs.credit)
        case Social():
            lines = (block.attrs.text, block.attrs.author, block.attrs.handle)
        case Card():
            lines = (block.attrs.label, block.attrs.title, block.attrs.text)
        case Video() | Audio():
            lines = (block.attrs.title, block.attrs.caption, block.attrs.credit)
        case Quote():
            lines = (*inner, block.attrs.cite)
        case BulletList() | OrderedList() | ListItem() | Table() | Row() | Cell():
            lines = tuple(inner)
        case _:
            assert_never(block)
    return "\n".join(line for line in lines if line)


def plain(doc: Doc) -> str:
    """Return the whole document as text, a blank line between blocks."""
    return "\n\n".join(filter(None, map(text_of, doc.content)))


def with_ids(doc: Doc, *, seed: str, old: Doc | None = None) -> Doc:
    """Give every block an id: its own if it has one, that of the same block in `old`, or one made of seed and content.

    A block that nobody changed keeps its id wherever it was moved, and so does a paragraph with a mended typo.
    Deterministic: the same arguments give the same ids. Raises BodyError for more than a body may hold.
    """
    check_size(doc)
    ids = iter(block_ids.ids_of(_known(doc), _known(old) if old else [], seed=seed))
    return Doc(content=tuple(_renamed(block, ids) for block in doc.content))


def _known(doc: Doc) -> list[block_ids.Known]:
    """Return what the blocks are known by, outer before inner; every text is put together once."""
    out: list[block_ids.Known] = []

    def add(block: AnyBlock) -> str:
        at = len(out)
        out.append(block_ids.Known("", "", ""))
        words = joined_text(block, [add(child) for child in children_of(block)])
        out[at] = block_ids.Known(type(block).__name__, words, block.attrs.id)
        return words

    for block in doc.content:
        add(block)
    return out


def _renamed(block: Any, ids: Iterator[str]) -> Any:
    attrs = replace(block.attrs, id=next(ids))
    inner = children_of(block)
    if not inner:
        return replace(block, attrs=attrs)
    return replace(block, attrs=attrs, content=tuple(_renamed(child, ids) for child in inner))


def paragraph(words: str) -> Paragraph:
    """Make a paragraph of plain words."""
    return Paragraph(content=(Text(text=words),) if words else ())


def schema() -> dict[str, Any]:
    """Return the schema of a body as JSON Schema: what TypeScript is checked against."""
    return msgspec.json.schema(Doc)


if __name__ == "__main__":
    print(json.dumps(schema(), indent=1, sort_keys=True))
