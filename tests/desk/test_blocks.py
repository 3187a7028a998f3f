"""A body as text: opening a post to edit it and sending it back unchanged changes nothing at all."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from asithappened.core import body
from asithappened.core.body import BulletList, Heading, Image, ImageAttrs, OrderedList, Paragraph, Quote
from asithappened.desk.draft import Draft
from asithappened.desk.forms import blocks, blocks_writing, post
from asithappened.desk.forms.blocks import Place


def through(doc: body.Doc, change: Callable[[str], str] = lambda text: text) -> tuple[body.Doc, Mapping[str, str]]:
    """Return the body that a browser sends back of a form that shows this one, and what is wrong with it."""
    shown = post.of(Draft(body=doc))
    sent = post.sent({"text": change(shown.text).replace("\n", "\r\n"), "carried": shown.carried})
    form, draft = sent.draft(seed="post", zone="UTC", old=doc)
    return draft.body, form.errors


def made(typed: str, **more: Any) -> tuple[body.Doc, Mapping[str, str]]:
    """Return the body that typing makes, and what is wrong with it."""
    form, draft = post.sent({"text": typed, **more}).draft(seed="p", zone="UTC")
    return draft.body, form.errors


def of(*made: body.Block) -> body.Doc:
    return body.with_ids(body.Doc(content=made), seed="p")


def items(block: body.Block) -> list[str]:
    assert isinstance(block, BulletList | OrderedList)
    return [body.text_of(one) for one in block.content]


def test_every_kind_of_text_reads_as_people_write_it() -> None:
    typed = (
        "The wall has **given way**.\nNobody is hurt.\n\n## What we know\n- Saltings\n- The lower Harbour\n"
        "  - its quay\nThen:\n1. leave\n2. go up\n\n> Get to high ground.\n>\n> Now.\n> — [The coastguard](https://coast.example/)"
    )
    doc, errors = made(typed)
    assert errors == {}
    first, heading, bullets, then, numbers, quote = doc.content
    assert [type(block) for block in doc.content] == [Paragraph, Heading, BulletList, Paragraph, OrderedList, Quote]
    assert body.text_of(first) == "The wall has given way.\nNobody is hurt."
    assert isinstance(heading, Heading)
    assert isinstance(bullets, BulletList)
    assert isinstance(quote, Quote)
    assert (body.text_of(heading), heading.attrs.level) == ("What we know", 1)
    assert items(bullets) == ["Saltings", "The lower Harbour\nits quay"]
    assert isinstance(bullets.content[1].content[1], BulletList)
    assert (body.text_of(then), items(numbers)) == ("Then:", ["leave", "go up"])
    assert (len(quote.content), quote.attrs.cite, quote.attrs.url) == (2, "The coastguard", "https://coast.example/")


@pytest.mark.parametrize(
    "typed",
    [
        "2. Bundesliga startet wieder.",
        "2026. It was a year.",
        "#1 in the charts, ##twice",
        "-5 degrees, >50 people, 1.5 metres",
        "* All times are GMT.",
        "— The coastguard",
        "[[sic]] he wrote, and [[1]] was a footnote",
        r"\:- a dash", r"\:1. FC Köln", r"\:> 50", r"\:## twice", r"\:[[1: Picture]]",
    ],
)  # fmt: skip
def test_ordinary_text_is_a_paragraph(typed: str) -> None:
    doc, errors = made(typed)
    assert errors == {}
    (block,) = doc.content
    assert body.text_of(block) == typed.removeprefix("\\:")
    assert blocks_writing.shown(doc)[0] == typed


def test_a_list_goes_on_over_one_blank_line_and_not_over_two_or_where_it_begins_anew_at_1() -> None:
    typed = "- a\n\n- b\n\n\n- x\n\n1. c\n\n2) d\n\n1. e\n\n\n2. f"
    assert [items(one) for one in made(typed)[0].content[:4]] == [["a", "b"], ["x"], ["c", "d"], ["e"]]
    assert body.text_of(made(typed)[0].content[4]) == "2. f"


def test_bullets_pasted_with_their_bullets_lose_them() -> None:
    assert items(made("• one\n•two\n\n◦ three")[0].content[0]) == ["one", "two", "three"]


PICTURE = Image(attrs=ImageAttrs(src="https://a.example/x.jpg", alt="Sea wall at dusk"))
TWO = of(body.paragraph("One."), PICTURE, body.paragraph("Two."))


@pytest.mark.parametrize("unseen", ["\u200b", "\u200d\u200c", " \u2060 ", "\ufeff", "\u3164"])
def test_what_nobody_can_see_is_no_paragraph_item_or_heading(unseen: str) -> None:
    doc, errors = made(f"{unseen}\n\nWords\n\n{unseen}\n\n- a\n- {unseen}\n\n## {unseen}\n\n> {unseen}")
    assert (errors, [body.text_of(block) for block in doc.content]) == ({}, ["Words", "a"])


@pytest.mark.parametrize("soft", ["\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_a_soft_line_end_is_a_line_end(soft: str) -> None:
    doc, _ = made(f"closed{soft}South\n\n> x\n> — Ann Lee\u00a0Roe")
    assert body.text_of(doc.content[0]) == "closed\nSouth"
    quote = doc.content[1]
    assert isinstance(quote, Quote)
    assert quote.attrs.cite == "Ann Lee\u00a0Roe"


@pytest.mark.parametrize("unit", ["- ", "  - a\n", " ", "> ", "- a\n\n", "1. a\n", "\n", "[[1", "## "])
def test_hostile_text_is_read_in_the_time_of_any_other(unit: str) -> None:
    blocks.read(unit * (100_000 // len(unit)))
    blocks.read("".join(" " * (2 * n) + "- a\n" for n in range(500)))


def test_lists_are_never_deeper_than_a_body_may_be() -> None:
    doc, errors = made("".join(" " * (2 * n) + "- a\n" for n in range(50)))
    assert errors == {}
    body.check(doc)
    assert max(line.count("a") for line in body.plain(doc).split("\n")) >= 1


def test_a_place_is_read_wherever_its_line_stands_and_nowhere_within_one() -> None:
    assert blocks.read("a\n[[1: Picture]]\nb")[1] == Place(1)
    assert not any(isinstance(one, Place) for one in blocks.read("see [[1: Picture]]\n\n> [[1]]\n\n- [[1]]"))
    assert json.loads(blocks_writing.as_json(TWO.content[1:2]))[0]["type"] == "image"
