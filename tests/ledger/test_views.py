"""A post as text with structure: every part is at its offset, and the page's plain text prints the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asithappened.core import body
from asithappened.ledger import views
from asithappened.ledger.views import Part, of_text


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One.\n\nTwo.", ["One.", "Two."]),
        ("One.\r\n\r\nTwo.", ["One.", "Two."]),
        ("One.\nStill one.", ["One.\nStill one."]),
        ("\n\nOne.\n\n\n\nTwo.", ["\n\nOne.\n\n", "Two."]),
        ("", []),
    ],
)
def test_a_blank_line_ends_a_paragraph_and_moves_no_offset(text: str, parts: list[str]) -> None:
    post = of_text(text)
    assert [part.text for part in post.parts] == parts
    assert post.text == text.replace("\r\n", "\n")


@given(st.text(alphabet=st.sampled_from("ab .\n\r\u2028é🌊"), max_size=60))
def test_every_part_of_any_text_stands_where_its_offset_says(text: str) -> None:
    post = of_text(text)
    for part in post.parts:
        assert post.text[part.start : part.end] == part.text


def test_a_body_has_its_title_and_each_of_its_blocks_as_a_part_of_its_kind() -> None:
    doc = body.with_ids(body.Doc(content=(body.paragraph("One."), body.paragraph("Two."))), seed="p")
    post = views.of_body("A title", doc, number=1, id="p1", revision=3)
    assert [(part.kind, part.text) for part in post.parts] == [
        (Part.TITLE, "A title"), (Part.PARAGRAPH, "One."), (Part.PARAGRAPH, "Two."),
    ]  # fmt: skip
    assert [part.block for part in post.parts[1:]] == [block.attrs.id for block in doc.content]
    assert post.text == "A title\n\nOne.\n\nTwo."
