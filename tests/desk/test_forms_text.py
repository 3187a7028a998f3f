"""A body as text: opening a post to edit it and sending it back unchanged changes nothing at all."""

import json
from collections.abc import Callable, Mapping
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asithappened.core import body, limits
from asithappened.core.body import BulletList, Heading, Image, ImageAttrs, ListItem, OrderedList, Paragraph, Quote
from asithappened.desk.draft import Draft
from asithappened.desk.forms import blocks, blocks_writing, post
from asithappened.desk.forms.blocks import Place
from tests.desk import documents


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


@settings(max_examples=150)
@given(documents.documents())
def test_a_document_survives_the_form_exactly(doc: body.Doc) -> None:
    assert through(doc) == (doc, {})


@settings(max_examples=50)
@given(documents.documents(), st.randoms(use_true_random=False))
def test_parts_and_paragraphs_keep_their_ids_wherever_they_are_moved(doc: body.Doc, random: Random) -> None:
    text, carried = blocks_writing.shown(doc)
    pieces = text.split("\n\n")
    random.shuffle(pieces)
    moved = {block.attrs.id: block for block in carried}
    now, _ = through(doc, lambda _: "\n\n".join(pieces))
    assert {block.attrs.id: block for block in now.content if block.attrs.id in moved} == moved


def test_a_mended_typo_keeps_the_paragraphs_id() -> None:
    doc = of(body.paragraph("One."), body.paragraph("Tow."))
    now, errors = through(doc, lambda text: text.replace("Tow", "Two"))
    assert errors == {}
    assert [b.attrs.id for b in now.content] == [b.attrs.id for b in doc.content]
    assert body.plain(now) == "One.\n\nTwo."


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


def test_what_people_write_is_shown_to_them_as_they_wrote_it() -> None:
    typed = (
        "Words.\n\n## What we know\n\n- one\n- two\n  1. three\n\n> Get up.\n> — The coastguard\n\n"
        "> So.\n> — https://a.example/"
    )
    assert blocks_writing.shown(made(typed)[0]) == (typed, ())


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


def test_lists_that_follow_one_another_stay_apart() -> None:
    lists = [BulletList(content=(ListItem(content=(body.paragraph(word),)),)) for word in ("a", "b")]
    doc = of(*lists)
    assert blocks_writing.shown(doc) == ("- a\n\n\n- b", ())
    assert through(doc) == (doc, {})


def test_bullets_pasted_with_their_bullets_lose_them() -> None:
    assert items(made("• one\n•two\n\n◦ three")[0].content[0]) == ["one", "two", "three"]


PICTURE = Image(attrs=ImageAttrs(src="https://a.example/x.jpg", alt="Sea wall at dusk"))
TWO = of(body.paragraph("One."), PICTURE, body.paragraph("Two."))


def test_a_part_that_text_cannot_show_is_one_line_that_can_be_moved_or_taken_out() -> None:
    text, carried = blocks_writing.shown(TWO)
    assert text == "One.\n\n[[1: Picture “Sea wall at dusk”]]\n\nTwo."
    assert [block.attrs.id for block in carried] == [TWO.content[1].attrs.id]
    first, picture, second = TWO.content
    assert isinstance(picture, Image)
    line = text.split("\n\n")[1]
    assert through(TWO, lambda text: f"{line}\n{text.replace(line, '')}")[0].content == (picture, first, second)
    assert through(TWO, lambda text: text.replace(line, ""))[0].content == (first, second)
    assert through(TWO, lambda text: text.replace(line, "[[1]]"))[0] == TWO
    twice = through(TWO, lambda text: f"{text}\n{line}")[0].content
    assert [block.attrs.id for block in twice[:3]] == [block.attrs.id for block in TWO.content]
    other = twice[3]
    assert isinstance(other, Image)
    assert (other.attrs.src, other.attrs.id in {b.attrs.id for b in TWO.content}) == (picture.attrs.src, False)


def test_a_line_for_a_part_that_did_not_come_along_is_refused_and_says_what_to_do() -> None:
    for typed in ("[[1: Picture “Sea wall”]]", "Words\n[[7]]"):
        assert "Take the line out" in made(typed)[1]["text"]


@pytest.mark.parametrize(
    "raw",
    [
        "{", "7", "{}", "[7]", "[" * 100_000, '[{"type":"script"}]',
        '[{"type":"image","attrs":{"src":"javascript:x"}}]',
        '[{"type":"image","attrs":{"src":"https://a.example/","onerror":"x"}}]', "[{}" + ",{}" * 30_000 + "]",
    ],
)  # fmt: skip
def test_carried_parts_that_come_back_as_something_else_are_refused(raw: str) -> None:
    doc, errors = made("Words", carried=raw)
    assert "text" in errors
    assert doc == body.Doc()


def test_an_archives_picture_without_description_does_not_stop_an_edit_elsewhere() -> None:
    doc = of(Image(attrs=ImageAttrs(src="http://a.example/x.jpg")), body.paragraph("Tow"))
    assert through(doc, lambda text: text.replace("Tow", "Two"))[1] == {}


def test_a_carried_part_that_somebody_changed_on_the_way_is_judged_as_a_programs_is() -> None:
    shown = post.of(Draft(body=TWO))
    bad = shown.carried.replace("https://a.example/x.jpg", "http://a.example/x.jpg")
    form, _ = post.sent({"text": shown.text, "carried": bad}).draft(seed="p", zone="UTC", old=TWO)
    assert "Picture “Sea wall at dusk”: Readers’ browsers do not load pictures from http://" in form.errors["text"]


def test_what_is_wrong_names_the_paragraph_by_its_words_and_no_id() -> None:
    _, errors = made("Fine.\n\nSee [a](javascript:alert(1)) there.")
    assert errors["text"].startswith("Paragraph “See a there.”: A link in the paragraph:")


def test_lists_in_lists_in_quotations_are_text_and_what_is_deeper_is_carried_along() -> None:
    deep: Paragraph | BulletList = body.paragraph("deep")
    for _ in range(2):
        deep = BulletList(
            content=(ListItem(content=(body.paragraph("a"), deep) if isinstance(deep, BulletList) else (deep,)),)
        )
    doc = of(Quote(content=(deep,)))
    assert blocks_writing.shown(doc) == ("> - a\n>   - deep", ())
    assert through(doc) == (doc, {})
    two = ListItem(content=(body.paragraph("a"), body.paragraph("b")))
    doc = of(BulletList(content=(two,)))
    assert len(blocks_writing.shown(doc)[1]) == 1
    assert through(doc) == (doc, {})


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


@pytest.mark.parametrize("unit", ["*a [", "- ", "1. ", "> ", "\\: ", "[[1]]"])
def test_a_long_paragraph_of_signs_is_shown_to_be_edited_or_carried_along_whole(unit: str) -> None:
    doc = of(body.paragraph(unit * (48_000 // len(unit))))
    assert through(doc) == (doc, {})


@pytest.mark.parametrize("unit", ["- ", "  - a\n", " ", "> ", "- a\n\n", "1. a\n", "\n", "[[1", "## "])
def test_hostile_text_is_read_in_the_time_of_any_other(unit: str) -> None:
    blocks.read(unit * (100_000 // len(unit)))
    blocks.read("".join(" " * (2 * n) + "- a\n" for n in range(500)))


def test_lists_are_never_deeper_than_a_body_may_be() -> None:
    doc, errors = made("".join(" " * (2 * n) + "- a\n" for n in range(50)))
    assert errors == {}
    body.check(doc)
    assert max(line.count("a") for line in body.plain(doc).split("\n")) >= 1


def test_too_much_text_is_refused_before_any_work_is_done_on_it() -> None:
    assert "parts" in made("x\n\n" * 8_000)[1]["text"]
    assert "whole post" in made("x" * (5 * limits.BODY_BYTES))[1]["text"]


def test_a_place_is_read_wherever_its_line_stands_and_nowhere_within_one() -> None:
    assert blocks.read("a\n[[1: Picture]]\nb")[1] == Place(1)
    assert not any(isinstance(one, Place) for one in blocks.read("see [[1: Picture]]\n\n> [[1]]\n\n- [[1]]"))
    assert json.loads(blocks_writing.as_json(TWO.content[1:2]))[0]["type"] == "image"
