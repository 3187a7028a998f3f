"""Promises of `media.sandbox.boxes`: an MP4 says how long it lasts, or nobody knows. Others: test_playing.py."""

import io
import struct
from typing import Any

import pytest

from asithappened.media.sandbox import boxes
from asithappened.media.sandbox.refusal import NotTaken
from tests.media.sandbox import made


def take(raw: bytes) -> dict[str, Any]:
    """Take a film in, in this process."""
    return boxes.take(io.BytesIO(raw), len(raw))


@pytest.mark.parametrize(
    ("fragments", "seconds"),
    [
        (b"", 0.0),
        (struct.pack(">II", 0, 95_000), 95.0),
        (struct.pack(">IQ", 1 << 24, 95_000), 95.0),
        (b"\0", 0.0),
        (struct.pack(">II", 0, 0xFFFFFFFF), 0.0),
    ],
)
def test_a_film_in_fragments_lasts_as_long_as_it_says_of_all_of_them_and_otherwise_nobody_knows(
    fragments: bytes, seconds: float
) -> None:
    assert take(made.film(places=False, fragments=fragments))["seconds"] == seconds  # and not as its first does


def test_a_quicktime_film_that_plays_is_taken_with_a_warning() -> None:
    assert take(made.film(brand=b"qt  ", places=False))["notes"] == ["quicktime"]


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (made.film(codec=b"hvc1"), "HEVC (H.265)"),
        (made.film(codec=b"apch", brand=b"qt  "), "Apple ProRes"),
    ],
)
def test_a_film_that_browsers_do_not_play_is_refused_by_its_codec(raw: bytes, what: str) -> None:
    with pytest.raises(NotTaken) as refused:
        take(raw)
    assert (refused.value.code, refused.value.values["what"]) == ("codec", what)
