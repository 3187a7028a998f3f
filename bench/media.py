"""The row about pictures: a 12-megapixel JPEG taken in by the sandbox, beside Pillow alone and libvips alone.

Owns the picture (made here, with the detail of a photograph) and the work of the rivals: the same sizes, formats
and qualities, in a warm process. Ours starts a process, reads the file's metadata, and writes it into each size.
"""

import random
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops, ImageFilter

from asithappened.core import media
from asithappened.media.sandbox import pictures, taking
from asithappened.media.sandbox.answer import Taken
from bench import machine
from bench.results import OURS, Row, at_most, quantile, row

WIDTH, HEIGHT = 4_000, 3_000
PILLOW, VIPS = "pillow", "libvips"


def measure(
    folder: Path, *, runs: int, width: int, missing: dict[str, str], progress: Callable[[str], None]
) -> list[Row]:
    """Measure all in turn, so that other load of the machine affects all alike."""
    original = folder / "photograph.jpg"
    original.write_bytes(photograph(width, width * HEIGHT // WIDTH))
    ways: dict[str, Callable[[Path, Path], None]] = {OURS: _ours, PILLOW: _pillow}
    try:
        import pyvips  # noqa: F401, PLC0415  an extra that only this row needs

        ways[VIPS] = _vips
    except (ImportError, OSError) as why:
        missing[VIPS] = f"{why}: pip install 'asithappened[bench]'"
    took: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(runs + 1):
        for name, way in ways.items():
            into = folder / f"{name}-{turn}"
            into.mkdir()
            begun = time.perf_counter()
            way(original, into)
            if turn:  # the first turn fills caches of files and code
                took[name].append((time.perf_counter() - begun) * 1_000)
        progress(f"media: turn {turn} of {runs}")
    sizes = {name: sum(path.stat().st_size for path in (folder / f"{name}-0").iterdir()) // 1_000 for name in ways}
    written = ", ".join(f"{name} {kb} kB" for name, kb in sizes.items())
    return [
        row(
            f"a picture of {width * (width * HEIGHT // WIDTH) / 1e6:.0f} megapixels, all sizes",
            "ms",
            {name: quantile(values, 0.5) for name, values in took.items()},
            [at_most(2, name) for name in ways if name != OURS],
            note=f"written: {written}",
        )
    ]


def photograph(width: int, height: int) -> bytes:
    """Make a JPEG with shapes, edges and grain at every scale, like a camera's."""
    chance = random.Random(4)  # noqa: S311  a picture, no secret
    image = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    for octave in (8, 24, 80, 240, 800, width // 2):
        grain = Image.frombytes("RGB", (octave, octave * 3 // 4), chance.randbytes(octave * (octave * 3 // 4) * 3))
        image = Image.blend(image, grain.resize((width, height), Image.Resampling.BICUBIC), 0.22)
    for _ in range(60):
        left, top = chance.randrange(width), chance.randrange(height)
        shape = image.crop((left, top, left + width // 7, top + height // 9)).filter(ImageFilter.DETAIL)
        image.paste(ImageChops.invert(shape), (chance.randrange(width), chance.randrange(height)))
    out = BytesIO()
    image.save(out, "JPEG", quality=92)
    return out.getvalue()


def _ours(original: Path, into: Path) -> None:
    taken = taking.take_in(original, into)
    if not isinstance(taken, Taken):
        raise machine.Failed(f"the sandbox refused the photograph: {taken.message}")


def _pillow(original: Path, into: Path) -> None:
    with Image.open(original) as image:
        image.load()
        for wide in media.widths(image.width):
            size = (wide, image.height * wide // image.width)
            small = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
            small.save(into / f"{wide}.webp", quality=pictures.WEBP_QUALITY, method=pictures.WEBP_METHOD)
            if wide in media.fallback_widths(image.width):
                small.save(into / f"{wide}.jpg", quality=pictures.JPEG_QUALITY, optimize=True, progressive=True)


def _vips(original: Path, into: Path) -> None:
    import pyvips  # noqa: PLC0415

    whole = pyvips.Image.new_from_file(str(original)).width
    for wide in media.widths(whole):
        small = pyvips.Image.thumbnail(str(original), wide).copy_memory()
        small.webpsave(str(into / f"{wide}.webp"), Q=pictures.WEBP_QUALITY, effort=pictures.WEBP_METHOD)
        if wide in media.fallback_widths(whole):
            small.jpegsave(str(into / f"{wide}.jpg"), Q=pictures.JPEG_QUALITY, optimize_coding=True, interlace=True)
