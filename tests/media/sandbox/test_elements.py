"""Promises of `media.sandbox.elements`: a WebM lasts as long as it says, and loses its tags.."""

import io

import pytest

from asithappened.media.sandbox import elements
from asithappened.media.sandbox.refusal import NotTaken
from tests.media.sandbox import made


def test_tags_of_a_webm_become_void_of_the_same_length() -> None:
    raw = bytearray(made.webm())
    told = elements.take(io.BytesIO(raw), len(raw))
    for at, length in told["blanks"]:
        raw[at : at + length] = bytes(length)
    for at, written in told["writes"]:
        raw[at : at + len(written) // 2] = bytes.fromhex(written)
    assert b"LOCATION" not in raw
    again = elements.take(io.BytesIO(raw), len(raw))
    assert (again["seconds"], again["blanks"]) == (2.5, [])


@pytest.mark.parametrize(
    ("raw", "code", "what"),
    [
        (made.webm(document=b"matroska"), "film", "Matroska (MKV)"),
        (made.webm(codec=b"V_MPEGH/ISO/HEVC"), "codec", "MPEGH/ISO/HEVC"),
    ],
)
def test_what_is_no_webm_that_browsers_play_is_refused_by_what_it_is(raw: bytes, code: str, what: str) -> None:
    with pytest.raises(NotTaken) as refused:
        elements.take(io.BytesIO(raw), len(raw))
    assert (refused.value.code, refused.value.values["what"]) == (code, what)
