"""A post sent as text and parts or as a document: read by the same rules."""

import json
from typing import Any

import msgspec
import pytest
from django.test import Client
from hypothesis import given

from asithappened.core import body
from asithappened.desk.draft import Draft, _without_ids
from asithappened.desk.forms import judging
from asithappened.desk.forms import post as post_form
from tests.desk.conftest import Blog
from tests.desk.documents import documents
from tests.desk.test_in_json import LONDON, ask, desk, picture, why, write

__all__ = ["desk", "write"]

pytestmark = pytest.mark.django_db


def unnamed(document: body.Doc) -> Any:
    """Return a document without its blocks' ids."""
    return _without_ids(msgspec.to_builtins(document))


@given(documents())
def test_a_document_is_judged_as_the_text_and_parts_that_would_make_it(document: body.Doc) -> None:
    """What the text field refuses of a body a program is refused, block for block, and no more."""
    shown = post_form.of(Draft(body=document))
    in_text = post_form.sent({"text": shown.text, "carried": shown.carried}).draft(seed="s", zone="Europe/London")
    of_program = judging.judged(document, seed="s", zone=LONDON)
    assert in_text[0].block_errors == of_program.errors
    if not of_program.errors:
        assert unnamed(in_text[1].body) == unnamed(of_program.doc)


def test_a_text_is_sent_in_place_of_a_body_and_read_as_the_page_reads_it(desk: Client, blog: Blog, write: str) -> None:
    parts = json.dumps([picture()])
    _, told = ask(desk, write, do="publish", once="k", text="## Now\n\n- one\n[[1]]", carried=parts)
    post = blog.post(told["receipt"]["post"])
    assert [type(block).__name__ for block in post.body.content] == ["Heading", "BulletList", "Image"]
    unseen = json.dumps([picture(src="http://a.example/x.jpg")])
    assert why(ask(desk, write, do="publish", once="l", text="[[1]]", carried=unseen)) == (422, [("invalid", "text")])
