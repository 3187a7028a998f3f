"""Promises of `core.body.printing`: a block as a page of plain text prints it, in parts."""

from datetime import date

import pytest
from hypothesis import given

from asithappened.core import body
from asithappened.core.body.printing import day_name, printed
from tests import strategies


def item(*blocks: body.Paragraph | body.BulletList | body.OrderedList) -> body.ListItem:
    """Return an item of a list."""
    return body.ListItem(content=blocks)


def cell(words: str) -> body.Cell:
    """Return a cell of a table."""
    return body.Cell(content=(body.paragraph(words),))


PRINTED: dict[str, tuple[body.Block, list[str]]] = {
    "a list in a list": (
        body.BulletList(
            content=(
                item(body.paragraph("one"), body.OrderedList(content=(item(body.paragraph("first")),))),
                item(body.paragraph("two")),
            )
        ),
        ["  • one", "    1. first", "  • two"],
    ),
    "a quotation": (
        body.Quote(attrs=body.QuoteAttrs(cite="The harbour master"), content=(body.paragraph("Stay in."),)),
        ["Stay in.", "— The harbour master"],
    ),
    "a table": (
        body.Table(
            attrs=body.TableAttrs(caption="Gusts"),
            content=(body.Row(content=(cell("Skerry"), cell("91"))), body.Row(content=(cell("Quay"), cell("80")))),
        ),
        ["Gusts\nSkerry | 91\nQuay | 80"],
    ),
    "a picture": (
        body.Image(attrs=body.ImageAttrs(alt="A wave", caption="The quay\nat six", credit="I. Calloway")),
        ["A wave\nThe quay at six I. Calloway"],
    ),
    "a social post": (
        body.Social(attrs=body.SocialAttrs(text="Closed.", author="Port", handle="@port", date="2026-11-12T14:00:00Z")),
        ["Closed.", "— Port (@port) November 12, 2026"],
    ),
    "a card": (
        body.Card(attrs=body.CardAttrs(label="Related", title="Tides", url="https://courier.example/tides")),
        ["Related: Tides\nhttps://courier.example/tides"],
    ),
    "a film": (
        body.Video(attrs=body.MediaAttrs(title="The quay", caption="At six", credit="Port", transcript="Wind.")),
        ["The quay\nAt six Port\nWind."],
    ),
}


@pytest.mark.parametrize("name", PRINTED)
def test_a_block_is_printed_in_parts(name: str) -> None:
    block, parts = PRINTED[name]
    assert list(printed(block)) == parts


@given(strategies.blocks())
def test_whatever_the_block_it_is_printed(block: body.Block) -> None:
    assert all(isinstance(part, str) for part in printed(block))


def test_a_day_is_in_english_whatever_the_readers_language() -> None:
    assert day_name(date(2023, 1, 4)) == "January 4, 2023"
