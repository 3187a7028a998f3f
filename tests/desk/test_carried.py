"""Recorded posts in the form: nearly all of their words can be edited as text, and none is changed by being opened."""

from collections import Counter
from pathlib import Path

import pytest

from asithappened.core import body
from asithappened.core.body import Image
from asithappened.desk.draft import Draft
from asithappened.desk.forms import blocks_writing, carried, post
from asithappened.importers.registry import found_in
from tests.desk.test_blocks import TWO, made, through

TEXT = (body.Paragraph, body.Heading, body.BulletList, body.OrderedList, body.Quote)


@pytest.mark.data
def test_a_recorded_day_survives_the_form_and_hardly_any_words_have_to_be_carried_unread(shared_data: Path) -> None:
    files = sorted((shared_data / "guardian_capi/blogs").glob("*.json"))[::4]
    shown: Counter[bool] = Counter()
    for file in files:
        for number, recorded in enumerate(found_in(file.read_bytes(), "guardian").posts):
            doc = body.with_ids(recorded.body, seed=str(number))
            form = post.of(Draft(body=doc))
            parts = carried.read(form.carried)
            shown.update(block not in parts for block in doc.content if isinstance(block, TEXT))
            sent = post.sent({"text": form.text.replace("\n", "\r\n"), "carried": form.carried})
            read, draft = sent.draft(seed=str(number), zone="UTC", old=doc)
            assert (draft.body, read.errors) == (doc, {})
    assert shown.total() > 500
    assert shown[False] <= shown.total() / 200


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


def test_a_carried_part_that_somebody_changed_on_the_way_is_judged_as_a_programs_is() -> None:
    shown = post.of(Draft(body=TWO))
    bad = shown.carried.replace("https://a.example/x.jpg", "http://a.example/x.jpg")
    form, _ = post.sent({"text": shown.text, "carried": bad}).draft(seed="p", zone="UTC", old=TWO)
    assert "Picture “Sea wall at dusk”: Readers’ browsers do not load pictures from http://" in form.errors["text"]
