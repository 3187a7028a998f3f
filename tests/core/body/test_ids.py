"""Promises of `core.body.ids`: every block has an id, and keeps it."""

import json
from collections import Counter
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asithappened.core import body
from tests import strategies


@settings(max_examples=60)
@given(strategies.bare_docs())
def test_ids_are_given_to_every_block_the_same_each_time(doc: body.Doc) -> None:
    made = body.with_ids(doc, seed="post-1")
    ids = [block.attrs.id for block in body.blocks(made)]
    assert all(ids)
    assert len(set(ids)) == len(ids)
    assert body.with_ids(doc, seed="post-1") == made
    assert body.with_ids(made, seed="another") == made
    assert body.plain(made) == body.plain(doc)


@settings(max_examples=60)
@given(st.lists(st.text("abcde ", min_size=3, max_size=9), min_size=2, max_size=8, unique=True), st.data())
def test_a_block_keeps_its_id_while_others_come_and_go(paragraphs: list[str], data: st.DataObject) -> None:
    old = body.with_ids(body.Doc(content=tuple(map(body.paragraph, paragraphs))), seed="p")
    was = {body.text_of(block): block.attrs.id for block in old.content}
    kept = [words for words in paragraphs if data.draw(st.booleans(), label=f"keep {words!r}")]
    at = data.draw(st.integers(0, len(kept)))
    new = [*kept[:at], "A new paragraph.", *kept[at:]]
    edited = body.with_ids(body.Doc(content=tuple(map(body.paragraph, new))), seed="p", old=old)
    for block in edited.content:
        if body.text_of(block) in was:
            assert block.attrs.id == was[body.text_of(block)]
    assert len({block.attrs.id for block in edited.content}) == len(new)


def test_a_paragraph_with_a_mended_typo_keeps_its_id() -> None:
    old = body.with_ids(body.Doc(content=(body.paragraph("One."), body.paragraph("Tow."))), seed="p")
    new = body.with_ids(body.Doc(content=(body.paragraph("One."), body.paragraph("Two."))), seed="p", old=old)
    assert [b.attrs.id for b in new.content] == [b.attrs.id for b in old.content]


@given(strategies.docs(), st.randoms(use_true_random=False), st.lists(strategies.blocks(), max_size=3))
def test_a_block_that_nobody_changed_keeps_its_id_wherever_it_goes(
    doc: body.Doc, random: Random, more: list[body.Block]
) -> None:
    kept = list(doc.content)
    random.shuffle(kept)
    bare = body.parse(_without_ids(body.Doc(content=(*kept, *more))))
    try:
        now = body.with_ids(bare, seed="s", old=doc)
    except body.BodyError:
        return  # together they are more than a body may hold
    ids = [block.attrs.id for block in body.blocks(now)]
    assert len(set(ids)) == len(ids)
    inherited = set(ids) & {block.attrs.id for block in body.blocks(doc)}
    assert len(inherited) >= (_known(doc) & _known(now)).total()


def _known(doc: body.Doc) -> Counter[tuple[str, str]]:
    return Counter((type(block).__name__, body.text_of(block)) for block in body.blocks(doc))


def _without_ids(doc: body.Doc) -> dict[str, Any]:
    def bare(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: bare(v) for k, v in value.items() if not (k == "id" and isinstance(v, str))}
        return [bare(one) for one in value] if isinstance(value, list) else value

    found: dict[str, Any] = bare(json.loads(body.dump(doc)))
    return found


def test_ids_are_those_that_stand_in_every_log_written_so_far() -> None:
    item = body.ListItem(content=(body.paragraph("c"),))
    equal = body.Doc(content=(*map(body.paragraph, ["a", "a", "b", "a"]), body.BulletList(content=(item, item))))
    ids = [block.attrs.id for block in body.blocks(body.with_ids(equal, seed="p"))]
    assert ids == [
        "2bf52d6445",
        "b6c5c03561",
        "4859806b08",
        "4e084a3158",
        "acc948df72",
        "0a3f84fc67",
        "38279254ce",
        "a165949b50",
        "10e9c6804d",
    ]


@pytest.mark.parametrize("number", [2_001, 8_000])
def test_what_is_too_much_for_a_body_is_refused_before_its_blocks_are_named(number: int) -> None:
    with pytest.raises(body.BodyError, match="parts"):
        body.with_ids(body.Doc(content=tuple(map(body.paragraph, ["x"] * number))), seed="p")


def test_of_a_block_that_was_copied_with_its_id_the_first_keeps_it() -> None:
    block = body.Paragraph(attrs=body.Attrs(id="same"), content=(body.Text(text="x"),))
    first, second = body.with_ids(body.Doc(content=(block, block)), seed="p").content
    assert first.attrs.id == "same"
    assert second.attrs.id not in ("", "same")


def test_a_change_of_type_gets_a_new_id() -> None:
    old = body.with_ids(body.Doc(content=(body.paragraph("Words."),)), seed="p")
    heading = body.Heading(content=(body.Text(text="Words."),))
    new = body.with_ids(body.Doc(content=(heading,)), seed="p", old=old)
    assert new.content[0].attrs.id != old.content[0].attrs.id
