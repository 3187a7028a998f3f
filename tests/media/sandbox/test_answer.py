"""Promises of `media.sandbox.answer`: whatever the inside says comes out clean, within limits, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asithappened.core import limits
from asithappened.media.sandbox import answer


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{",
        b'{"kind":"picture","width":64,"files":["../x"],"more":1}',
        b'{"notes":["<b>"]}',
        b'{"width":-1}',
        b'{"seconds":1e999}',
        b'{"found":{"caption":' + b'"' + b"x" * 5_000 + b'"}}',
        b'{"writes":[[0,"zz"]]}',
    ],
)
def test_an_answer_of_another_shape_is_none(line: bytes) -> None:
    assert answer.decoded(line) is None


def test_every_refusal_of_the_inside_has_a_sentence_and_its_blanks_are_filled() -> None:
    assert answer.refusal("drawing", what="S\u202eVG\n").message.startswith("Files of this kind (SVG)")
    assert answer.refusal("drawing").code == "unreadable"
    assert answer.refusal("<b>").code == "unreadable"


@given(st.dictionaries(st.sampled_from([*answer.Found.__struct_fields__, "other"]), st.text(max_size=60), max_size=6))
def test_what_comes_out_is_clean_whatever_the_inside_says(words: dict[str, str]) -> None:
    for value in answer.found(words).__struct_fields__:
        text = getattr(answer.found(words), value)
        assert not set(text) & set("\x00\x1b\x85\u202e\ud800")


def test_what_is_too_long_for_a_body_is_cut() -> None:
    found = answer.found({"caption": "x" * 4_000, "credit": "y" * 4_000, "licence": "javascript:alert(1)"})
    assert (len(found.caption), len(found.credit)) == (limits.CAPTION_CHARS, limits.TITLE_CHARS)
    assert found.credit.endswith("…")
    assert not found.licence
