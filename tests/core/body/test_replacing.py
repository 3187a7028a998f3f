"""Words are replaced where they stand, and all else of a body stays to the byte."""

import pytest

from asithappened.core import body
from asithappened.core.body import Bold, Doc, HardBreak, Image, ImageAttrs, Paragraph, Text, paragraph, with_ids


def test_words_across_marks_take_those_of_their_first_and_the_rest_keeps_its_own() -> None:
    runs = (
        Text(text="At dawn "), Text(text="63 peo", marks=(Bold(),)), Text(text="ple were killed"), HardBreak(),
        Text(text="there."),
    )  # fmt: skip
    doc = with_ids(Doc(content=(Paragraph(content=runs), paragraph("63 people again."))), seed="p")
    now = body.replaced(doc, "63 people", "89 people")
    assert now is not None
    first, second = now.content
    assert isinstance(first, Paragraph)
    assert [(run.text, len(run.marks)) for run in first.content if isinstance(run, Text)] == [
        ("At dawn ", 0), ("89 people", 1), (" were killed", 0), ("there.", 0),
    ]  # fmt: skip
    assert isinstance(first.content[3], HardBreak)
    assert (first.attrs, second) == (doc.content[0].attrs, doc.content[1])


@pytest.mark.parametrize(("nth", "expected"), [(0, "b b a"), (1, "a b b"), (7, "a b b")])
def test_the_one_of_that_number_is_meant(nth: int, expected: str) -> None:
    now = body.replaced(Doc(content=(paragraph("a b a"),)), "a", "b", nth=nth)
    assert now is not None
    assert body.text_of(now.content[0]) == expected


def test_words_of_a_caption_are_replaced_and_of_another_block_are_not() -> None:
    image = Image(attrs=ImageAttrs(src="https://a.example/1.jpg", alt="A quay", caption="63 boats"))
    doc = with_ids(Doc(content=(paragraph("63 boats"), image)), seed="p")
    now = body.replaced(doc, "63", "89", block=doc.content[1].attrs.id)
    assert now is not None
    assert now.content[0] == doc.content[0]
    assert isinstance(now.content[1], Image)
    assert now.content[1].attrs.caption == "89 boats"


@pytest.mark.parametrize("exact", ["", "not there", "dawn\n63"])
def test_words_that_do_not_stand_there_are_replaced_by_nothing(exact: str) -> None:
    assert body.replaced(Doc(content=(paragraph("At dawn 63 people."),)), exact, "x") is None


@pytest.mark.parametrize(
    ("words", "exact", "expected"),
    [
        ("It often rained; ten fell.", "ten", "It often rained; X fell."),
        ("1,630 homes, 63.5 m, 63,000 trees, 163 cows: 63.", "63", "1,630 homes, 63.5 m, 63,000 trees, 163 cows: X."),
        ("63, then more", "63", "X, then more"),
        ("Jonas and Jon’s", "Jon", "Jonas and X’s"),
        ("often", "ten", None),
    ],
)  # fmt: skip
def test_a_piece_of_a_longer_word_or_number_is_not_alone(words: str, exact: str, expected: str | None) -> None:
    now = body.replaced(Doc(content=(paragraph(words),)), exact, "X", alone=True)
    assert (body.text_of(now.content[0]) if now is not None else None) == expected
