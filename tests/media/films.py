"""Films small enough to make: WebM of still pictures, each a frame of VP8, which is what a lossy WebP picture is."""

import struct
from collections.abc import Iterable, Sequence
from io import BytesIO

from PIL import Image

CAPTIONS = b"WEBVTT\n\n00:00.000 --> 00:30.000\nThe quay, at high water.\n"


def webm(pictures: Sequence[Image.Image], *, frame_ms: int = 200, quality: int = 60) -> bytes:
    """Return a film that shows pictures of one size one after another."""
    width, height = pictures[0].size
    head = _element("1A45DFA3", _number("4286", 1), _number("42F7", 1), _number("42F2", 4), _number("42F3", 8),
                    _element("4282", b"webm"), _number("4287", 2), _number("4285", 2))  # fmt: skip
    length = struct.pack(">d", float(frame_ms * len(pictures)))
    info = _element("1549A966", _number("2AD7B1", 1_000_000), _element("4D80", b"a test"), _element("5741", b"a test"),
                    _element("4489", length))  # fmt: skip
    size = _element("E0", _number("B0", width), _number("BA", height))
    track = _element("AE", _number("D7", 1), _number("73C5", 1), _number("83", 1), _element("86", b"V_VP8"), size)
    blocks = (
        _element("A3", b"\x81" + struct.pack(">h", n * frame_ms) + b"\x80" + _frame(picture, quality))
        for n, picture in enumerate(pictures)
    )
    cluster = _element("1F43B675", _number("E7", 0), *blocks)
    return head + _element("18538067", info, _element("1654AE6B", track), cluster)


def _frame(picture: Image.Image, quality: int) -> bytes:
    file = BytesIO()
    picture.convert("RGB").save(file, "WEBP", quality=quality, method=0)
    data = file.getvalue()
    at = data.index(b"VP8 ")
    return data[at + 8 : at + 8 + int.from_bytes(data[at + 4 : at + 8], "little")]


def _element(id_: str, *content: bytes) -> bytes:
    inside = b"".join(content)
    return bytes.fromhex(id_) + (1 << 56 | len(inside)).to_bytes(8, "big") + inside


def _number(id_: str, value: int) -> bytes:
    return _element(id_, value.to_bytes(4, "big"))


def noise(width: int, height: int, count: int) -> Iterable[Image.Image]:
    """Return pictures that no codec makes small."""
    return (Image.effect_noise((width, height), 120) for _ in range(count))
