"""Promises of `core.media`: names made, kept and served agree; nothing is scaled up; no bomb is a placeholder."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asithappened.core import body, media
from tests.strategies import PREVIEW

WIDTHS = st.integers(1, 20_000)


@given(WIDTHS)
def test_a_picture_is_kept_in_widths_of_its_own_and_below_never_above(width: int) -> None:
    kept = media.widths(width)
    assert list(kept) == sorted(set(kept))
    assert all(one <= width for one in kept)
    assert max(kept) == min(width, media.WIDTHS[-1])
    assert set(media.fallback_widths(width)) <= set(kept)
    assert 1 <= len(media.fallback_widths(width)) <= 2


@given(WIDTHS)
def test_every_file_that_is_made_can_be_served_and_says_what_it_is(width: int) -> None:
    for name in media.files(width):
        assert media.SERVED.fullmatch(name)
        assert media.media_type(name) in {"image/webp", "image/jpeg"}
    for kind, name in media.FILES.items():
        assert media.media_type(name) == kind


@pytest.mark.parametrize(
    "name", [media.ORIGINAL, "", ".", "..", "../1.webp", "0.webp", "1.webp\n", "1.svg", "video.html", "captions.VTT"]
)
def test_nothing_else_has_a_type_and_least_of_all_the_original(name: str) -> None:
    assert media.media_type(name) == ""


def test_a_picture_of_a_usual_camera_is_kept_in_six_widths() -> None:
    assert media.files(4000) == (
        *("320.webp", "640.webp", "960.webp", "1280.webp", "1920.webp", "2560.webp"),
        *("640.jpg", "1280.jpg"),
    )
    assert media.files(300) == ("300.webp", "300.jpg")
    assert media.path("abcdef0123", "640.webp") == "ab/abcdef0123/640.webp"


def a_preview(width: int, height: int) -> bytes:
    """Return the header of a lossless WebP that says it is of this size, as its few bytes may."""
    size = ((width - 1) | (height - 1) << 14).to_bytes(4, "little")
    return b"RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0\x2f" + size + bytes(9)


def test_a_placeholder_is_a_webp_of_few_pixels_and_no_bomb() -> None:
    assert media.is_preview(base64.b64decode(PREVIEW))
    assert media.is_preview(a_preview(16, 12))
    assert not media.is_preview(a_preview(16_383, 16_383))
    assert not media.is_preview(a_preview(16, 12) + bytes(media.PREVIEW_BYTES))
    for other in (
        b"",
        b"GIF89a" + bytes(40),
        b"RIFF\0\0\0\0WEBPVP8X" + bytes(40),
        b"<svg onload=alert(1)>" + bytes(40),
    ):
        assert not media.is_preview(other)


OURS = {"media": "abcd1234", "digest": "ab" * 32, "width": 800, "height": 600}


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"digest": ""}, "digest"),
        ({"media": ""}, "digest"),
        ({"media": "abc"}, "media"),
        ({"media": "../../etc"}, "media"),
        ({"digest": "AB" * 32}, "digest"),
        ({"width": 0}, "width and height"),
        ({"focus_x": 101}, "focus_x"),
        ({"preview": base64.b64encode(b"<svg onload=alert(1)>" * 3).decode()}, "preview"),
        ({"preview": base64.b64encode(a_preview(9_000, 9_000)).decode()}, "preview"),
    ],
)
def test_a_picture_of_ours_is_whole_or_refused(wrong: dict[str, object], reason: str) -> None:
    picture = {"type": "image", "attrs": OURS | wrong}
    with pytest.raises(body.BodyError, match=reason):
        body.parse({"type": "doc", "content": [picture]})


@pytest.mark.parametrize(
    ("type_", "wrong"),
    [
        ("video", {"kind": "audio/mpeg"}),
        ("audio", {"kind": "video/mp4"}),
        ("video", {"kind": ""}),
        ("video", {"kind": "video/mp4", "poster": "abcd1234", "poster_width": 640}),
        ("video", {"kind": "video/mp4", "captions_digest": "ab" * 32}),
        ("video", {"kind": "video/mp4", "media": "", "digest": ""}),
        ("video", {"kind": "text/html"}),
    ],
)
def test_a_film_or_sound_of_ours_says_exactly_what_it_is(type_: str, wrong: dict[str, object]) -> None:
    attrs = {"media": "abcd1234", "digest": "ab" * 32} | wrong
    with pytest.raises(body.BodyError):
        body.parse({"type": "doc", "content": [{"type": type_, "attrs": attrs}]})


def test_a_document_says_which_files_it_shows() -> None:
    one = {"type": "image", "attrs": OURS}
    two = {"type": "image", "attrs": {**OURS, "media": "efgh5678", "digest": "cd" * 32}}
    attrs = {"media": "film1234", "digest": "01" * 32, "kind": "video/mp4", "captions": "text1234"}
    film = {"type": "video", "attrs": {**attrs, "captions_digest": "23" * 32}}
    old = {"type": "image", "attrs": {"src": "https://pictures.example/a.jpg"}}
    doc = body.parse({"type": "doc", "content": [old, {"type": "gallery", "content": [one, two]}, film]})
    assert body.media_of(doc) == {
        "abcd1234": "ab" * 32, "efgh5678": "cd" * 32, "film1234": "01" * 32, "text1234": "23" * 32
    }  # fmt: skip


def test_a_gallery_of_one_is_none() -> None:
    with pytest.raises(body.BodyError, match="length"):
        body.parse({"type": "doc", "content": [{"type": "gallery", "content": [{"type": "image", "attrs": OURS}]}]})
