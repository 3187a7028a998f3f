"""Films, sounds and captions: what they are, how long they last, and what browsers do not play."""

import contextlib
import io
import struct
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asithappened.media.cage import boxes, captions, elements, sounds
from asithappened.media.cage.refusing import NotTaken
from asithappened.media.cage.sniff import sniff
from tests.media.cage import made

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


@pytest.mark.parametrize(
    ("raw", "code", "what"),
    [
        (made.film(codec=b"hvc1"), "codec", "HEVC (H.265)"),
        (made.film(codec=b"apch", brand=b"qt  "), "codec", "Apple ProRes"),
        (made.webm(document=b"matroska"), "film", "Matroska (MKV)"),
        (made.webm(codec=b"V_MPEGH/ISO/HEVC"), "codec", "MPEGH/ISO/HEVC"),
        (made.wav(codec=85), "codec", "WAV 85"),
        (b"RIFF\0\0\0\0AVI LIST", "film", "AVI"),
        (b"%PDF-1.7", "drawing", "PDF"),
        (b"8BPS\0\1", "drawing", "Photoshop (PSD)"),
        (b"%!PS-Adobe", "drawing", "PostScript (EPS)"),
        (b"SIMPLE  =                    T", "drawing", "FITS"),
        (b"\xef\xbb\xbf <?xml version='1.0'?><!-- x --><svg>", "drawing", "SVG"),
        ("<svg>".encode("utf-16"), "drawing", "SVG"),
        (b"II*\0\x10\0\0\0CR", "drawing", "TIFF"),
        (b"\0\0\0\x18ftypcrx \0\0\0\1crx isom", "drawing", "CR3"),
        (b"<!DOCTYPE html>", "other", "HTML"),
        (b"PK\3\4mimetype", "other", "ZIP"),
        (b"1\n00:00:01,000 --> 00:00:02,000\nx", "subtitles", None),
        (b"Dear editor,", "unknown", None),
        (b"", "empty", None),
    ],
)
def test_what_is_not_taken_is_refused_by_what_it_is(raw: bytes, code: str, what: str | None) -> None:
    with pytest.raises(NotTaken) as refused:
        take(raw)
    assert (refused.value.code, refused.value.values.get("what")) == (code, what)


def test_a_quicktime_film_that_plays_is_taken_with_a_warning() -> None:
    assert take(made.film(brand=b"qt  ", places=False))["notes"] == ["quicktime"]


@pytest.mark.parametrize("made_of", [made.film, made.webm, made.wav, made.flac], ids=["MP4", "WebM", "WAV", "FLAC"])
def test_a_film_that_was_cut_off_is_refused_or_still_plays(made_of: Callable[[], bytes]) -> None:
    raw = made_of()
    for tenth in range(1, 10):
        try:
            told = take(raw[: len(raw) * tenth // 10])
        except (NotTaken, ValueError, IndexError, OSError):
            continue
        assert told["kind"] == "audio"  # a WAV plays as far as it goes


def test_tags_of_a_webm_become_void_of_the_same_length() -> None:
    raw = bytearray(made.webm())
    told = take(bytes(raw))
    for at, length in told["blanks"]:
        raw[at : at + length] = bytes(length)
    for at, written in told["writes"]:
        raw[at : at + len(written) // 2] = bytes.fromhex(written)
    assert b"LOCATION" not in raw
    again = take(bytes(raw))
    assert (again["seconds"], again["blanks"]) == (2.5, [])


@given(st.sampled_from([made.film(), made.webm(), made.mp3(1), made.ogg(), made.wav(1), made.flac()]), st.data())
def test_no_byte_in_a_film_makes_its_reader_do_anything_but_take_or_refuse(raw: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(12, min(len(raw), 2_000) - 1))
    changed = raw[:at] + data.draw(st.binary(min_size=1, max_size=8)) + raw[at + 4 :]
    # Inside the cage every other error means that the file is not what it says; none may eat memory or time.
    with contextlib.suppress(NotTaken, ValueError, IndexError, OSError, struct.error):
        told = take(changed)
        assert all(place >= 0 and length > 0 for place, length in told.get("blanks", []))


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
