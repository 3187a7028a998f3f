"""What each kind of block looks like in a form: its fields, and the way there and back.

Owns one `Kind` for each fieldset. A kind may refuse to show a block (CannotShow): then it is carried along as it is.
Never gives a block an id, and never sees the form around it. Look next: `blocks`, which calls these.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Final

from django.utils.translation import gettext_lazy as _
from msgspec.structs import asdict, replace

from asithappened.core import body, limits, text
from asithappened.desk.forms import dates, inline
from asithappened.desk.forms.picture_address import unseen

Block = body.Block
Values = Mapping[str, str]
Words = object  # a str, or a lazy translation of one


class CannotShow(ValueError):
    """A block that these fields could not give back."""


class CannotTake(ValueError):
    """Fields that make no block: which field, and why."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field
        self.reason = reason


@dataclass(frozen=True, kw_only=True)
class Field:
    """An input. `shape`: line, area, url, check, choice, hidden."""

    name: str
    label: Words
    shape: str = "line"
    most: int = limits.TITLE_CHARS
    help: Words = ""
    rows: int = 3
    choices: tuple[tuple[str, Words], ...] = ()
    suggestions: tuple[str, ...] = ()
    required: bool = False

    @property
    def one_line(self) -> bool:
        """Whether a browser takes line ends out of it."""
        return self.shape in {"line", "url", "hidden"}


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A fieldset: which blocks it makes, how it shows them (`show`) and how it reads itself (`take`).

    `where`: the field with the address of what it shows, where it is nothing without one.
    """

    name: str
    label: Words
    makes: tuple[type[Block], ...]
    fields: tuple[Field, ...]
    show: Callable[[Sequence[Block]], Values]
    take: Callable[[Values], tuple[Block, ...]]
    where: str = ""

    def wrong(self, values: Values, was: Sequence[Block] = ()) -> dict[str, str]:
        """Say what a person should mend, by field. `was`: the blocks that these fields showed when they were sent out.

        What no reader can see is refused; but an archive's address stays as it came, whatever else is mended.
        """
        wrong = {f.name: reason for f in self.fields if (reason := _wrong(f, values.get(f.name, "").strip()))}
        if self.where:
            address = values.get(self.where, "").strip()
            if any(address == getattr(block.attrs, self.where, None) for block in was):
                wrong.pop(self.where, None)
            elif not address:
                wrong[self.where] = str(
                    _("Without an address there is nothing to see. Give it, or take this part out.")
                )
            elif self.name == "picture" and (reason := unseen(address)):
                wrong[self.where] = reason
        if self.name == "picture":
            described = values.get("alt", "").strip() or values.get("decorative")
            if values.get("src", "").strip() and not described:
                wrong.setdefault("alt", str(_("Say what the picture shows, for whoever cannot see it.")))
        return wrong


def _wrong(field: Field, value: str) -> str:
    if field.required and not value:
        return str(_("This is missing."))
    if field.shape not in {"check", "choice"} and len(value) > field.most and field.shape != "area":
        return str(_("This has {n} characters; {most} is the most.")).format(n=len(value), most=field.most)
    if field.shape == "url" and value and not body.is_url(value):
        return str(_("This is not an address that starts with http:// or https://."))
    if bad := text.forbidden(value.replace("\r", "")):
        return str(_("This holds a character that cannot be printed: {bad}.")).format(bad=bad)
    if field.name == "platform" and not re.fullmatch(r"[a-z0-9.-]*", _network(value)):
        return str(_("Write the network’s name in Latin letters and without spaces: Bluesky, X, Telegram."))
    return ""


_URL: Final = {"shape": "url", "most": limits.URL_CHARS}
_MARKUP: Final = _("**bold**, *italic*, ~~struck~~, [words](https://…)")


# --- running text


def _paragraphs(typed: str) -> tuple[body.Paragraph, ...]:
    runs = re.split(r"\n[ \t]*\n[ \t\n]*", text.cleaned(typed).strip(" \t\n"))
    return tuple(body.Paragraph(content=inline.read(run.strip(" \t\n"))) for run in runs if run.strip(" \t\n"))


def _typed(paragraphs: Sequence[body.AnyBlock]) -> str:
    return "\n\n".join(_written(p) for p in paragraphs)


def _written(block: body.AnyBlock) -> str:
    if not isinstance(block, body.Paragraph | body.Heading):
        raise CannotShow
    try:
        return inline.write(block.content)
    except inline.CannotWrite as error:
        raise CannotShow from error


def _line(block: body.AnyBlock) -> str:
    typed = _written(block)
    if "\n" in typed:
        raise CannotShow
    return typed


TEXT: Final = Kind(
    name="text",
    label=_("Text"),
    makes=(body.Paragraph,),
    fields=(
        Field(
            name="text",
            label=_("Text"),
            shape="area",
            rows=6,
            help=_("A blank line begins a new paragraph. **bold**, *italic*, ~~struck~~, [words](https://…)"),
        ),
    ),
    show=lambda blocks: {"text": _typed(blocks)},
    take=lambda values: _paragraphs(values.get("text", "")),
)


# --- headings


def _show_heading(blocks: Sequence[Block]) -> Values:
    (block,) = blocks
    assert isinstance(block, body.Heading)
    return {"text": _line(block), "level": str(block.attrs.level)}


def _take_heading(values: Values) -> tuple[Block, ...]:
    content = inline.read(text.cleaned(values.get("text", "")).strip(" \t\n"))
    match values.get("level", "1"):
        case "2":
            attrs = body.HeadingAttrs(level=2)
        case "3":
            attrs = body.HeadingAttrs(level=3)
        case _:
            attrs = body.HeadingAttrs(level=1)
    return (body.Heading(attrs=attrs, content=content),) if content else ()


HEADING: Final = Kind(
    name="heading",
    label=_("Heading"),
    makes=(body.Heading,),
    fields=(
        Field(name="text", label=_("Heading")),
        Field(
            name="level",
            label=_("Size"),
            shape="choice",
            choices=(("1", _("Large")), ("2", _("Middle")), ("3", _("Small"))),
        ),
    ),
    show=_show_heading,
    take=_take_heading,
)


# --- lists

_BULLET: Final = re.compile(r"^([•‣◦]\s*|[-–*]\s+)")


def _show_list(blocks: Sequence[Block]) -> Values:
    (block,) = blocks
    assert isinstance(block, body.BulletList | body.OrderedList)
    lines = []
    for item in block.content:
        if len(item.content) != 1:
            raise CannotShow
        typed = _line(item.content[0])
        lines.append(f"\\:{typed}" if _BULLET.match(typed) else typed)
    return {"items": "\n".join(lines)}


def _items(values: Values) -> tuple[body.ListItem, ...]:
    lines = (line.strip(" \t") for line in text.cleaned(values.get("items", "")).split("\n"))
    return tuple(
        body.ListItem(content=(body.Paragraph(content=inline.read(_BULLET.sub("", line))),)) for line in lines if line
    )


_ITEMS: Final = Field(name="items", label=_("Items, one a line"), shape="area", rows=5, help=_MARKUP)

BULLETS: Final = Kind(
    name="bullets",
    label=_("Bulleted list"),
    makes=(body.BulletList,),
    fields=(_ITEMS,),
    show=_show_list,
    take=lambda values: (body.BulletList(content=items),) if (items := _items(values)) else (),
)
NUMBERS: Final = Kind(
    name="numbers",
    label=_("Numbered list"),
    makes=(body.OrderedList,),
    fields=(_ITEMS,),
    show=_show_list,
    take=lambda values: (body.OrderedList(content=items),) if (items := _items(values)) else (),
)


# --- quotations


def _show_quote(blocks: Sequence[Block]) -> Values:
    (block,) = blocks
    assert isinstance(block, body.Quote)
    if not all(isinstance(child, body.Paragraph) for child in block.content):
        raise CannotShow
    return {"text": _typed(block.content), "cite": block.attrs.cite, "url": block.attrs.url}


def _take_quote(values: Values) -> tuple[Block, ...]:
    content = _paragraphs(values.get("text", ""))
    cite, url = _lined(values, "cite"), _lined(values, "url")
    if not content:
        if cite or url:
            raise CannotTake("text", str(_("Whose words are here, but not the words.")))
        return ()
    return (body.Quote(content=content, attrs=body.QuoteAttrs(cite=cite, url=url)),)


QUOTE: Final = Kind(
    name="quote",
    label=_("Quotation"),
    makes=(body.Quote,),
    fields=(
        Field(name="text", label=_("Words"), shape="area", rows=4, help=_MARKUP),
        Field(name="cite", label=_("Whose words, and where they were said")),
        Field(name="url", label=_("Where they can be read"), **_URL),  # type: ignore[arg-type]
    ),
    show=_show_quote,
    take=_take_quote,
)


# --- tables


def _show_table(blocks: Sequence[Block]) -> Values:
    (block,) = blocks
    assert isinstance(block, body.Table)
    lines = [" | ".join(map(_shown_cell, row.content)) for row in block.content]
    first, *others = block.content
    return {
        "rows": "\n".join(lines),
        "header": "on" if all(cell.attrs.header for cell in first.content) else "",
        "side": "on" if others and all(row.content[0].attrs.header for row in others) else "",
        "caption": block.attrs.caption,
    }


def _shown_cell(cell: body.Cell) -> str:
    match cell.content:
        case ():
            return "\\:"
        case (paragraph,):
            return _line(paragraph).replace("|", "\\|")
        case _:
            raise CannotShow


def _cells(line: str) -> list[str]:
    """Split a row at tabs (a spreadsheet's paste) and bars, but not at a bar behind a backslash."""
    cells, at = [""], 0
    while at < len(line):
        if line[at] == "\\" and at + 1 < len(line):
            cells[-1] += line[at : at + 2]
            at += 2
            continue
        if line[at] in "|\t":
            cells.append("")
        else:
            cells[-1] += line[at]
        at += 1
    if len(cells) > 2 and not cells[0].strip() and not cells[-1].strip() and "\t" not in line:
        cells = cells[1:-1]  # "| a | b |", as Markdown draws it
    return [cell.strip(" ") for cell in cells]


def _take_table(values: Values) -> tuple[Block, ...]:
    rows: list[body.Row] = []
    for line in text.cleaned(values.get("rows", "")).split("\n"):
        if not line.strip():
            continue
        on_top = bool(values.get("header")) and not rows
        cells = ((body.Paragraph(content=words),) if (words := inline.read(cell)) else () for cell in _cells(line))
        rows.append(
            body.Row(
                content=tuple(
                    body.Cell(
                        attrs=body.CellAttrs(header=on_top or (bool(values.get("side")) and n == 0)), content=content
                    )
                    for n, content in enumerate(cells)
                )
            )
        )
    caption = text.cleaned(values.get("caption", "")).strip()
    if not rows:
        if caption:
            raise CannotTake("rows", str(_("The table has a caption, but no rows.")))
        return ()
    return (body.Table(content=tuple(rows), attrs=body.TableAttrs(caption=caption)),)


TABLE: Final = Kind(
    name="table",
    label=_("Table"),
    makes=(body.Table,),
    fields=(
        Field(
            name="rows",
            label=_("Rows, one a line"),
            shape="area",
            rows=6,
            help=_("Put | between cells, or paste from a spreadsheet."),
        ),
        Field(name="header", label=_("The first row says what stands below it"), shape="check"),
        Field(name="side", label=_("The first column says what stands beside it"), shape="check"),
        Field(name="caption", label=_("Caption"), most=limits.CAPTION_CHARS),
    ),
    show=_show_table,
    take=_take_table,
)


# --- what is only attributes: pictures, embeds, cards, films, sounds


def _lined(values: Values, name: str) -> str:
    return text.cleaned(values.get(name, "")).strip()


def _show_attrs(blocks: Sequence[Block]) -> Values:
    (block,) = blocks
    return {
        name: ("on" if value else "") if isinstance(value, bool) else str(value or "")
        for name, value in asdict(block.attrs).items()
        if name != "id"
    }


def _strings(values: Values, *names: str) -> dict[str, str]:
    return {name: _lined(values, name) for name in names}


def _number(values: Values, name: str) -> int:
    value = values.get(name, "")
    return min(int(value), 20_000) if value.isdecimal() and len(value) < 8 else 0


def _take_picture(values: Values) -> tuple[Block, ...]:
    words = _strings(values, "src", "alt", "caption", "credit")
    if not any(words.values()):
        return ()
    return (
        body.Image(
            attrs=body.ImageAttrs(
                **words,
                decorative=bool(values.get("decorative")),
                width=_number(values, "width"),
                height=_number(values, "height"),
            )
        ),
    )


PICTURE: Final = Kind(
    name="picture",
    label=_("Picture"),
    makes=(body.Image,),
    fields=(
        Field(name="src", label=_("Address of the picture"), **_URL),  # type: ignore[arg-type]
        Field(
            name="alt",
            label=_("Description"),
            shape="area",
            rows=2,
            most=limits.ALT_CHARS,
            help=_("What it shows, for whoever cannot see it. Not the caption again."),
        ),
        Field(name="decorative", label=_("Says nothing that needs describing"), shape="check"),
        Field(name="caption", label=_("Caption"), shape="area", rows=2, most=limits.CAPTION_CHARS),
        Field(name="credit", label=_("Credit")),
        Field(name="width", label="", shape="hidden"),
        Field(name="height", label="", shape="hidden"),
    ),
    show=_show_attrs,
    take=_take_picture,
    where="src",
)

_SOCIAL: Final = ("platform", "author", "handle", "text", "date", "url")


def _network(typed: str) -> str:
    """Return a network's name as posts keep it: "Bluesky" and "bluesky" are one."""
    return typed.strip().lower()


def _take_social(values: Values) -> tuple[Block, ...]:
    words = _strings(values, *_SOCIAL)
    if not any(words.values()):
        return ()
    words["platform"] = _network(words["platform"])
    return (body.Social(attrs=body.SocialAttrs(**words)),)


def dated(block: Block, zone: tzinfo) -> Block:
    """Return a block with its typed date read. Raises CannotTake."""
    if not isinstance(block, body.Social) or not block.attrs.date:
        return block
    try:
        return replace(block, attrs=replace(block.attrs, date=dates.read(block.attrs.date, zone)))
    except dates.CannotRead as error:
        raise CannotTake("date", str(error)) from error


SOCIAL: Final = Kind(
    name="social",
    label=_("Social post"),
    makes=(body.Social,),
    fields=(
        Field(
            name="platform",
            label=_("Network"),
            most=40,
            suggestions=(
                "bluesky",
                "facebook",
                "instagram",
                "mastodon",
                "telegram",
                "threads",
                "tiktok",
                "x",
                "youtube",
            ),
        ),
        Field(name="author", label=_("Name")),
        Field(name="handle", label=_("Handle")),
        Field(
            name="text",
            label=_("What it says"),
            shape="area",
            rows=4,
            most=limits.EMBED_TEXT_CHARS,
            help=_("Kept as text, so that it stays when the original goes."),
        ),
        Field(
            name="date",
            label=_("Date"),
            most=40,
            help=_("2026-11-22, with a time after it if known; it is meant in the blog’s time zone"),
        ),
        Field(name="url", label=_("Address of the post"), **_URL),  # type: ignore[arg-type]
    ),
    show=_show_attrs,
    take=_take_social,
)


_CARD: Final = ("url", "title", "text", "label", "site")
CARD: Final = Kind(
    name="card",
    label=_("Link card"),
    makes=(body.Card,),
    fields=(
        Field(name="url", label=_("Address"), **_URL),  # type: ignore[arg-type]
        Field(name="title", label=_("Headline")),
        Field(name="text", label=_("What it says"), shape="area", rows=2, most=limits.CAPTION_CHARS),
        Field(name="label", label=_("What stands before it"), help=_("such as: Related")),
        Field(name="site", label=_("Site")),
    ),
    show=_show_attrs,
    take=lambda v: (body.Card(attrs=body.CardAttrs(**w)),) if any((w := _strings(v, *_CARD)).values()) else (),
    where="url",
)

_MEDIA: Final = ("url", "title", "caption", "credit", "provider")
_MEDIA_FIELDS: Final = (
    Field(name="url", label=_("Address"), **_URL),  # type: ignore[arg-type]
    Field(name="title", label=_("Title")),
    Field(name="caption", label=_("Caption"), shape="area", rows=2, most=limits.CAPTION_CHARS),
    Field(name="credit", label=_("Credit")),
    Field(name="provider", label=_("Who carries it"), help=_("such as: YouTube")),
)
VIDEO: Final = Kind(
    name="video",
    label=_("Video"),
    makes=(body.Video,),
    fields=_MEDIA_FIELDS,
    show=_show_attrs,
    take=lambda v: (body.Video(attrs=body.MediaAttrs(**w)),) if any((w := _strings(v, *_MEDIA)).values()) else (),
    where="url",
)
AUDIO: Final = Kind(
    name="audio",
    label=_("Audio"),
    makes=(body.Audio,),
    fields=_MEDIA_FIELDS,
    show=_show_attrs,
    take=lambda v: (body.Audio(attrs=body.MediaAttrs(**w)),) if any((w := _strings(v, *_MEDIA)).values()) else (),
    where="url",
)

KINDS: Final = {
    kind.name: kind for kind in (TEXT, HEADING, BULLETS, NUMBERS, QUOTE, PICTURE, SOCIAL, CARD, VIDEO, AUDIO, TABLE)
}
