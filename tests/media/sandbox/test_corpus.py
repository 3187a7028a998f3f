"""The upload corpus: bombs, polyglots, halves and oddities; each gets its right answer, and the house stays as it was.

Owns the files, all made here. Each group is taken in by a process of its own, which is measured. Runs in `make walk`.
"""

import json
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from asithappened.media.sandbox.taking import TIME_S
from tests.media.sandbox import made

pytestmark = pytest.mark.data

Files = dict[str, tuple[bytes | Callable[[], bytes], str]]

EVIL = b"<html><script>evil()</script>"
ARCHIVE = b"PK\3\4" + b"evil.class" + bytes(40) + b"PK\5\6" + bytes(18)
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="evil()"/>'


def png_bomb() -> bytes:
    """Return a PNG of a pixel whose data would be 300 megabytes."""
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(bytes(1 << 20)) for _ in range(300)) + packer.flush()
    raw = made.png_header(1, 1)
    return raw[:33] + made.chunk(b"IDAT", data) + made.chunk(b"IEND", b"")


def large(width: int, height: int, form: str, **options: Any) -> bytes:
    """Return a picture of many pixels, with detail."""
    tile = made.picture(1_000, 600)
    image = Image.new("RGB", (width, height))
    for x in range(0, width, 1_000):
        for y in range(0, height, 600):
            image.paste(tile, (x, y))
    return made.saved(image, form, **options)


def huge_icc() -> bytes:
    """Return a JPEG with a profile of 16 megabytes, as many segments as there may be."""
    return made.jpeg(*(made.segment(0xE2, b"ICC_PROFILE\0" + bytes((n, 255)) + bytes(65_000)) for n in range(1, 256)))


def huge_exif() -> bytes:
    """Return a JPEG with 40 segments of EXIF, each of which leads to itself."""
    loop = b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + b"\x87\x69\0\4\0\0\0\1\0\0\0\x08" * 5_400
    return made.jpeg(*(made.segment(0xE1, loop) for _ in range(40)))


def moving(form: str, frames: int = 3) -> bytes:
    """Return a picture that moves."""
    shown = [Image.new("RGB", (40, 30), (n * 20 % 255, 10, 10)) for n in range(frames)]
    return made.saved(shown[0], form, save_all=True, append_images=shown[1:], duration=50)


BOMBS: Files = {
    "50000x50000.png": (made.png_header(50_000, 50_000), "pixels"),
    "zlib.png": (png_bomb, "unreadable taken"),
    "many-frames.gif": (made.gif_of(10_000), "frames"),
    "wide-frame.gif": (b"GIF89a\1\0\1\0\0\0\0,\0\0\0\0\xff\xff\xff\xff\0\2\2L\1\0;", "pixels side"),
    "huge-icc.jpg": (huge_icc, "taken"),
    "huge-exif.jpg": (huge_exif, "taken"),
    "text-chunks.png": (
        lambda: made.png(*[made.chunk(b"zTXt", b"Author\0\0" + zlib.compress(bytes(9 << 20)))] * 50),
        "taken",
    ),
    "million-chunks.png": (lambda: made.png(made.chunk(b"teXt", b"") * 1_000_000), "taken heavy"),
    "many-scans.jpg": (lambda: made.jpeg(image=made.picture(2_000, 1_500), progressive=True), "taken"),
    "webp-16383.webp": (b"RIFF\x1e\0\0\0WEBPVP8L\x12\0\0\0\x2f\xff\xff\xff\x0f" + bytes(13), "pixels"),
    "empty.jpg": (b"", "empty"),
    "51-megapixels.png": (made.png_header(8_500, 6_001), "pixels"),
    "50-megapixels.jpg": (lambda: large(8_660, 5_773, "JPEG", quality=85), "taken"),
    "50-megapixels.png": (lambda: large(8_660, 5_773, "PNG", compress_level=1), "taken"),
    "50-megapixels-16-bit.png": (lambda: made.png_16(8_660, 5_773), "taken"),
}
KINDS: Files = {
    "evil-gifar.gif": (lambda: made.saved(made.picture(), "GIF") + ARCHIVE, "taken"),
    "evil-html.jpg": (lambda: made.jpeg(made.segment(0xFE, EVIL)) + EVIL, "taken"),
    "evil-zip.jpg": (lambda: made.jpeg() + ARCHIVE, "taken"),
    "evil-exif.jpg": (lambda: made.jpeg(made.segment(0xE1, b"Exif\0\0" + EVIL)), "taken"),
    "evil-chunk.png": (lambda: made.png(made.chunk(b"tEXt", b"evil\0" + EVIL)) + EVIL, "taken"),
    **{f"svg{suffix}": (SVG, "drawing") for suffix in (".svg", ".jpg", ".png", ".gif", ".webp", ".mp4", ".vtt", "")},
    "wrong.png": (made.jpeg, "taken"),
    "wrong.jpg": (made.png, "taken"),
    "pdf.jpg": (b"%PDF-1.7\n", "drawing"),
    "psd.jpg": (b"8BPS\0\1", "drawing"),
    "fits.jpg": (b"SIMPLE  =                    T", "drawing"),
    "text.jpg": (b"Dear editor,", "unknown"),
    "jpeg-in-name-only.jpg": (b"\xff\xd8\xff" + b"nonsense" * 100, "truncated unreadable"),
    "moving.gif": (lambda: moving("GIF"), "taken still"),
    "moving.webp": (lambda: moving("WEBP"), "taken still"),
    "moving.png": (lambda: moving("PNG"), "taken still"),
    "moving.avif": (lambda: moving("AVIF"), "taken still"),
    "201-frames.webp": (lambda: moving("WEBP", 201), "frames"),
    "cmyk.jpg": (lambda: made.jpeg(image=made.picture(mode="CMYK")), "taken"),
    "16-bit.png": (made.png_16, "taken"),
    "16-bit-colour.png": (lambda: made.png_16(colours=3), "taken"),
    "heic.heic": (made.HEIC.read_bytes, "taken"),
    "words.png": (lambda: made.png(*[made.chunk(b"tEXt", b"Author\0Ada")] * 1_000), "taken"),
    "laughs.jpg": (
        lambda: made.jpeg(made.segment(0xE1, made.XMP + b'<!DOCTYPE x [<!ENTITY a "ha">]><x>&a;</x>')),
        "taken",
    ),
    **{f"turned-{n}.jpg": ((lambda n=n: made.jpeg(exif=made.exif(n))), "taken") for n in range(1, 9)},  # type: ignore[misc]
}
WHOLE: dict[str, Callable[[], bytes]] = {
    "jpg": lambda: made.jpeg(image=made.picture(400, 300), quality=90),
    "progressive.jpg": lambda: made.jpeg(image=made.picture(400, 300), progressive=True),
    "png": lambda: made.png(image=made.picture(400, 300)),
    "webp": lambda: made.saved(made.picture(400, 300), "WEBP"),
    "gif": lambda: made.saved(made.picture(400, 300), "GIF"),
    "avif": lambda: made.saved(made.picture(400, 300), "AVIF"),
    "heic": made.HEIC.read_bytes,
}


def halves() -> Files:
    """Return a picture of each kind, cut at every tenth."""
    files: Files = {}
    for suffix, make in WHOLE.items():
        raw = make()
        for tenth in range(1, 10):
            files[f"{tenth}.{suffix}"] = (raw[: len(raw) * tenth // 10], "truncated unreadable")
    return files


GROUPS: dict[str, Callable[[], Files]] = {"bombs": lambda: BOMBS, "kinds": lambda: KINDS, "halves": halves}


@pytest.mark.parametrize("group", GROUPS)
def test_every_file_of_the_corpus_gets_its_right_answer(group: str, root: Path, tmp_path: Path) -> None:
    files = GROUPS[group]()
    for name, (raw, _) in files.items():
        (tmp_path / name).write_bytes(raw if isinstance(raw, bytes) else raw())
    run = subprocess.run(
        [sys.executable, "-m", "tests.media.sandbox.all_taken", str(tmp_path)],
        cwd=root, capture_output=True, text=True, check=True, timeout=110,
    )  # fmt: skip
    told = json.loads(run.stdout)
    assert told["became"].keys() == files.keys()
    wrong = {
        name: became
        for name, became in told["became"].items()
        if not {became["code"] or "taken", *became["notes"]} & set(files[name][1].split())
        or ("still" in files[name][1]) != ("still" in became["notes"])
        or became["left"]
        or became["evil"]
        or became["took_s"] > TIME_S + 1
    }
    assert not wrong
    assert told["grew_kb"] < 50 * 1_024
    assert not told["children"]
