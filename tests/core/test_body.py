"""Promises of `core.body`: one closed schema, ids that stay."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from asithappened.core import body, limits
from tests import strategies


@settings(max_examples=60)
@given(strategies.docs())
def test_a_document_reads_back_as_it_was_written(doc: body.Doc) -> None:
    assert body.parse(body.dump(doc)) == doc
    assert body.parse(body.dump(doc).decode()) == doc
    assert body.parse(json.loads(body.dump(doc))) == doc


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
    known = lambda doc: Counter((type(block).__name__, body.text_of(block)) for block in body.blocks(doc))  # noqa: E731
    inherited = set(ids) & {block.attrs.id for block in body.blocks(doc)}
    assert len(inherited) >= (known(doc) & known(now)).total()


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


BAD_BODIES = {
    "not JSON": (b"{", "not a document"),
    "not UTF-8": (b'{"type":"doc","content":[{"type":"\xff"}]}', "not a document"),
    "another root": ('{"type":"paragraph"}', "not a document"),
    "an unknown node": ({"type": "doc", "content": [{"type": "iframe", "attrs": {"src": ""}}]}, "iframe"),
    "an unknown mark": (
        {"type": "doc", "content": [{"type": "paragraph", "content": [
            {"type": "text", "text": "x", "marks": [{"type": "onclick"}]}]}]},
        "onclick",
    ),
    "an unknown attribute": (
        {"type": "doc", "content": [{"type": "paragraph", "attrs": {"id": "a", "style": "position:fixed"}}]},
        "style",
    ),
    "a script in a link": (
        {"type": "doc", "content": [{"type": "paragraph", "content": [
            {"type": "text", "text": "x", "marks": [{"type": "link", "attrs": {"href": "javascript:alert(1)"}}]}]}]},
        "not an address",
    ),
    "a control in text": (
        {"type": "doc", "content": [{"type": "paragraph", "content": [{"type": "text", "text": "a\x1bb"}]}]},
        "U+001B",
    ),
    "a lone surrogate": (
        {"type": "doc", "content": [{"type": "paragraph", "content": [{"type": "text", "text": "\ud800"}]}]},
        "not a document",
    ),
    "an empty list": ({"type": "doc", "content": [{"type": "bulletList", "content": []}]}, "length"),
    "an id with a line end": ({"type": "doc", "content": [{"type": "paragraph", "attrs": {"id": "a\n"}}]}, "id"),
    "a date in other digits": (
        {"type": "doc", "content": [{"type": "socialEmbed", "attrs": {"date": "٢٠٢٦-١١-١٢"}}]},
        "date",
    ),
    "too many blocks": ({"type": "doc", "content": [{"type": "paragraph"}] * (limits.BODY_NODES + 1)}, "parts"),
    "too many embeds": (
        {"type": "doc", "content": [{"type": "linkCard", "attrs": {"title": "x"}}] * (limits.BODY_EMBEDS + 1)},
        "embeds",
    ),
    "a number": (3, "not a document"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_BODIES)
def test_a_body_that_cannot_be_taken_is_refused_in_words(name: str) -> None:
    raw, reason = BAD_BODIES[name]
    with pytest.raises(body.BodyError) as refused:
        body.parse(raw)  # type: ignore[arg-type]
    assert reason in str(refused.value)


@pytest.mark.parametrize(
    "opening", ['{"type":"doc","content":[', '{"type":"bulletList","content":[{"type":"listItem","content":[']
)
def test_depth_without_end_is_refused_and_does_not_crash(opening: str) -> None:
    with pytest.raises(body.BodyError):
        body.parse(opening * 20_000)
    nested: object = []
    for _ in range(20_000):
        nested = [nested]
    with pytest.raises(body.BodyError):
        body.parse({"type": "doc", "content": nested})


def test_offsets_count_code_points() -> None:
    block = body.Paragraph(content=(body.Text(text="😀é"), body.HardBreak(), body.Text(text="x", marks=(body.Bold(),))))
    assert body.text_of(block) == "😀é\nx"
    assert len(body.text_of(block)) == 4


def test_an_edit_of_a_copy_leaves_the_document_as_it_was() -> None:
    doc = body.with_ids(body.Doc(content=(body.paragraph("One."),)), seed="p")
    replace(doc, content=())
    assert body.plain(doc) == "One."


def test_the_committed_schema_is_the_one_that_the_classes_make(root: Path) -> None:
    made = subprocess.run(
        [sys.executable, "-m", "asithappened.core.body"], capture_output=True, text=True, check=True, timeout=60
    ).stdout
    assert (root / "src/asithappened/core/body.schema.json").read_text("utf-8") == made, (
        "run: python -m asithappened.core.body > src/asithappened/core/body.schema.json"
    )
