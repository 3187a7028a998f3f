"""Films, sounds and captions: what they are, how long they last, and what browsers do not play."""

import contextlib
import io
import struct
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asithappened.media.sandbox import boxes, elements, sounds
from asithappened.media.sandbox.refusal import NotTaken
from asithappened.media.sandbox.sniff import sniff
from tests.media.sandbox import made

TAKES: dict[str, Callable[..., dict[str, Any]]] = {
    "MP4": boxes.take,
    "WEBM": elements.take,
    "MP3": sounds.mp3,
    "OGG": sounds.ogg,
    "WAV": sounds.wav,
    "FLAC": sounds.flac,
}


def take(raw: bytes) -> dict[str, Any]:
    """Take a film or sound in, in this process."""
    kind = sniff(raw[:1_024]).playing
    assert kind
    return TAKES[kind](io.BytesIO(raw), len(raw))


@pytest.mark.parametrize(
    ("raw", "media_type", "seconds"),
    [
        (made.film(), "video/mp4", 12.5),
        (made.webm(), "video/webm", 2.5),
        (made.mp3(), "audio/mpeg", 3),
        (made.ogg(), "audio/ogg", 3),
        (made.wav(), "audio/wav", 3),
        (made.flac(), "audio/flac", 3),
    ],
    ids=["MP4", "WebM", "MP3", "Ogg", "WAV", "FLAC"],
)
def test_what_plays_says_what_it_is_and_how_long_it_lasts(raw: bytes, media_type: str, seconds: float) -> None:
    told = take(raw)
    assert told["media_type"] == media_type
    assert told["seconds"] == pytest.approx(seconds, abs=0.05)


@pytest.mark.parametrize("made_of", [made.film, made.webm, made.wav, made.flac], ids=["MP4", "WebM", "WAV", "FLAC"])
def test_a_film_that_was_cut_off_is_refused_or_still_plays(made_of: Callable[[], bytes]) -> None:
    raw = made_of()
    for tenth in range(1, 10):
        try:
            told = take(raw[: len(raw) * tenth // 10])
        except (NotTaken, ValueError, IndexError, OSError):
            continue
        assert told["kind"] == "audio"  # a WAV plays as far as it goes


@given(st.sampled_from([made.film(), made.webm(), made.mp3(1), made.ogg(), made.wav(1), made.flac()]), st.data())
def test_no_byte_in_a_film_makes_its_reader_do_anything_but_take_or_refuse(raw: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(12, min(len(raw), 2_000) - 1))
    changed = raw[:at] + data.draw(st.binary(min_size=1, max_size=8)) + raw[at + 4 :]
    # Inside the sandbox every other error means that the file is not what it says; none may eat memory or time.
    with contextlib.suppress(NotTaken, ValueError, IndexError, OSError, struct.error):
        told = take(changed)
        assert all(place >= 0 and length > 0 for place, length in told.get("blanks", []))
