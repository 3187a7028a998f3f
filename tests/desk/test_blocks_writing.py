"""A body as text: opening a post to edit it and sending it back unchanged changes nothing at all."""

import pytest
from hypothesis import given, settings

from asithappened.core import body
from asithappened.core.body import BulletList, ListItem, Paragraph, Quote
from asithappened.desk.forms import blocks_writing
from tests.desk import documents
from tests.desk.test_blocks import made, of, through


@settings(max_examples=150)
@given(documents.documents())
def test_a_document_survives_the_form_exactly(doc: body.Doc) -> None:
    assert through(doc) == (doc, {})


def test_what_people_write_is_shown_to_them_as_they_wrote_it() -> None:
    typed = (
        "Words.\n\n## What we know\n\n- one\n- two\n  1. three\n\n> Get up.\n> — The coastguard\n\n"
        "> So.\n> — https://a.example/"
    )
    assert blocks_writing.shown(made(typed)[0]) == (typed, ())


def test_lists_that_follow_one_another_stay_apart() -> None:
    lists = [BulletList(content=(ListItem(content=(body.paragraph(word),)),)) for word in ("a", "b")]
    doc = of(*lists)
    assert blocks_writing.shown(doc) == ("- a\n\n\n- b", ())
    assert through(doc) == (doc, {})


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


@pytest.mark.parametrize("unit", ["*a [", "- ", "1. ", "> ", "\\: ", "[[1]]"])
def test_a_long_paragraph_of_signs_is_shown_to_be_edited_or_carried_along_whole(unit: str) -> None:
    doc = of(body.paragraph(unit * (48_000 // len(unit))))
    assert through(doc) == (doc, {})
