"""Promises of `media.sandbox.captions`: captions keep times, words and speakers, and are stable once written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asithappened.media.sandbox import captions
from asithappened.media.sandbox.refusal import NotTaken
from tests.media.sandbox import made


def test_captions_keep_times_words_and_speakers_and_lose_everything_else() -> None:
    written, seconds = captions.take(made.CAPTIONS)
    assert seconds == 3606.5
    assert written.decode() == (
        "WEBVTT\n\n"
        "00:00:01.000 --> 00:00:04.000 align:start\n"
        "<v Ada>The water <b>rises</b> \n\n"
        "00:00:05.000 --> 01:00:06.500\n"
        "<i>Sirens</i> turned\n"
    )


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"\xff\xfe", "captions_text"),
        (b"WEBVTTX\n", "captions_head"),
        (b"WEBVTT\n\n00:01 --> 00:02\nx", "captions_times"),
        (b"WEBVTT\n\n00:02.000 --> 00:01.000\nx", "captions_order"),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\n\n", "captions_none"),
        (b"WEBVTT\n\n" + b"00:01.000 --> 00:02.000\nx\n\n" * 20_001, "captions_many"),
    ],
)
def test_captions_that_are_wrong_say_where(raw: bytes, code: str) -> None:
    with pytest.raises(NotTaken) as refused:
        captions.take(raw)
    assert refused.value.code == code


@given(st.text(max_size=300))
def test_captions_once_written_are_written_the_same_again(words: str) -> None:
    try:
        once, _ = captions.take(f"WEBVTT\n\n00:01.000 --> 00:02.000\n{words}".encode("utf-8", "replace"))
    except NotTaken:
        return
    assert captions.take(once)[0] == once
