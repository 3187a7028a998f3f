"""Promises of `media.sandbox.sounds`: each kind says how long it lasts. What is the same of all: test_playing.py."""

import io
from collections.abc import Callable
from typing import Any, BinaryIO

import pytest

from asithappened.media.sandbox import sounds
from asithappened.media.sandbox.refusal import NotTaken
from tests.media.sandbox import made


@pytest.mark.parametrize(
    ("take", "raw", "seconds"),
    [
        (sounds.mp3, made.mp3(2), 2),
        (sounds.ogg, made.ogg(2), 2),
        (sounds.wav, made.wav(2), 2),
        (sounds.flac, made.flac(2), 2),
    ],
    ids=["MP3", "Ogg", "WAV", "FLAC"],
)
def test_a_sound_twice_as_long_lasts_twice_as_long(
    take: Callable[[BinaryIO, int], dict[str, Any]], raw: bytes, seconds: float
) -> None:
    assert take(io.BytesIO(raw), len(raw))["seconds"] == pytest.approx(seconds, abs=0.05)


def test_a_wav_that_browsers_do_not_play_is_refused_by_its_codec() -> None:
    raw = made.wav(codec=85)
    with pytest.raises(NotTaken) as refused:
        sounds.wav(io.BytesIO(raw), len(raw))
    assert (refused.value.code, refused.value.values["what"]) == ("codec", "WAV 85")
