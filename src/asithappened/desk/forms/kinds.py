"""What each kind of block looks like in a form: its fields, and the way there and back.

Owns the kinds of text, lists, quotations and tables, and `KINDS`, the list of all. A kind may refuse to show a block
(CannotShow): then it is carried along as it is. Never gives a block an id, and never sees the form around it.
Look next: `media` for pictures and embeds, `blocks`, which calls these.
"""

import re
from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext_lazy as _

from asithappened.core import body, limits, text
from asithappened.desk.forms import cells, inline, inline_writing
from asithappened.desk.forms.kind import URL, Block, CannotShow, CannotTake, Field, Kind, Values, lined
from asithappened.desk.forms.media import AUDIO, CARD, PICTURE, SOCIAL, VIDEO

_MARKUP: Final = _("**bold**, *italic*, ~~struck~~, [words](https://…)")


# --- running text


def _paragraphs(typed: str) -> tuple[body.Paragraph, ...]:
    runs = re.split(r"\n[ \t]*\n[ \t\n]*", text.cleaned(typed).strip(" \t\n"))
    return tuple(body.Paragraph(content=inline.read(run.strip(" \t\n"))) for run in runs if not text.blank(run))


def _typed(paragraphs: Sequence[body.AnyBlock]) -> str:
    return "\n\n".join(_written(p) for p in paragraphs)


def _written(block: body.AnyBlock) -> str:
    if not isinstance(block, body.Paragraph | body.Heading):
        raise CannotShow
    try:
        return inline_writing.write(block.content)
    except inline_writing.CannotWrite as error:
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
    content = inline.read(text.cleaned(values.get("text", ""), soft=" ").strip(" \t\n"))
    match values.get("level", "1"):
        case "2":
            attrs = body.HeadingAttrs(level=2)
        case "3":
            attrs = body.HeadingAttrs(level=3)
        case _:
            attrs = body.HeadingAttrs(level=1)
    heading = body.Heading(attrs=attrs, content=content)
    return () if text.blank(body.text_of(heading)) else (heading,)


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
        body.ListItem(content=(body.Paragraph(content=inline.read(_BULLET.sub("", line))),))
        for line in lines
        if not text.blank(line)
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
    cite, url = lined(values, "cite"), lined(values, "url")
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
        Field(name="url", label=_("Where they can be read"), **URL),  # type: ignore[arg-type]
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
            return cells.escaped(_line(paragraph))
        case _:
            raise CannotShow


def _take_table(values: Values) -> tuple[Block, ...]:
    rows: list[body.Row] = []
    for line in text.cleaned(values.get("rows", ""), soft=" ").split("\n"):
        if text.blank(line):
            continue
        on_top = bool(values.get("header")) and not rows
        filled = (
            (body.Paragraph(content=words),) if (words := inline.read(cell)) else () for cell in cells.split(line)
        )
        rows.append(
            body.Row(
                content=tuple(
                    body.Cell(
                        attrs=body.CellAttrs(header=on_top or (bool(values.get("side")) and n == 0)), content=content
                    )
                    for n, content in enumerate(filled)
                )
            )
        )
    caption = text.one_line(values.get("caption", ""))
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

KINDS: Final = {
    kind.name: kind for kind in (TEXT, HEADING, BULLETS, NUMBERS, QUOTE, PICTURE, SOCIAL, CARD, VIDEO, AUDIO, TABLE)
}
