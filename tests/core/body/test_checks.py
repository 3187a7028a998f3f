"""Promises of `core.body.checks`: one closed schema, and what is not of it is refused in words."""

import json

import pytest
from hypothesis import given, settings

from asithappened.core import body, limits
from tests import strategies


@settings(max_examples=60)
@given(strategies.docs())
def test_a_document_reads_back_as_it_was_written(doc: body.Doc) -> None:
    assert body.parse(body.dump(doc)) == doc
    assert body.parse(body.dump(doc).decode()) == doc
    assert body.parse(json.loads(body.dump(doc))) == doc


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
