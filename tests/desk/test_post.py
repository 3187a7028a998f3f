"""The form of a post: ids stay with their paragraphs, and what is wrong is said of the words that are wrong."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from asithappened.core import body, limits
from asithappened.core.body import Image, ImageAttrs
from asithappened.desk.forms import blocks_writing
from tests.desk import documents
from tests.desk.test_blocks import made, of, through


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


def test_an_archives_picture_without_description_does_not_stop_an_edit_elsewhere() -> None:
    doc = of(Image(attrs=ImageAttrs(src="http://a.example/x.jpg")), body.paragraph("Tow"))
    assert through(doc, lambda text: text.replace("Tow", "Two"))[1] == {}


def test_what_is_wrong_names_the_paragraph_by_its_words_and_no_id() -> None:
    _, errors = made("Fine.\n\nSee [a](javascript:alert(1)) there.")
    assert errors["text"].startswith("Paragraph “See a there.”: A link in the paragraph:")


def test_too_much_text_is_refused_before_any_work_is_done_on_it() -> None:
    assert "parts" in made("x\n\n" * 8_000)[1]["text"]
    assert "whole post" in made("x" * (5 * limits.BODY_BYTES))[1]["text"]
