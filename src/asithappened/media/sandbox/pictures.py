"""Decodes a picture once and writes it in every size; readers get none of the file's own bytes.

Owns the checks before decoding, the conversion to upright sRGB with eight bits, sizes and qualities.
Draft decoding, reducing and halving are for speed; the filter is Lanczos throughout.
"""

from base64 import b64encode
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from PIL import Image, JpegImagePlugin, WebPImagePlugin  # noqa: F401  the two formats that are written

from asithappened.core import media
from asithappened.media.sandbox import blocks, metadata
from asithappened.media.sandbox.refusal import NotTaken, unreadable
from asithappened.media.sandbox.sniff import TYPES, Picture

PIXELS: Final = 50_000_000  # press cameras have 45 megapixels at the most
SIDE: Final = 16_383  # WebP's own limit
# At these photographs look like the original at arm's length, and on a screen of twice the density at half of it.
WEBP_QUALITY: Final = 80
JPEG_QUALITY: Final = 82
# Screenshots, charts and logos come as PNG and GIF, and artefacts show first at their letters.
DRAWN_QUALITY: Final = 90
WEBP_METHOD: Final = 4  # 6 takes twice as long for 2 % fewer bytes
PREVIEW_SIDE: Final = 16
PREVIEW_QUALITIES: Final = (60, 40, 20, 5, 0)

_UPRIGHT: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_PLUGINS: Final = {"PNG": "PIL.PngImagePlugin", "GIF": "PIL.GifImagePlugin", "AVIF": "PIL.AvifImagePlugin"}
_TAKEN_APART: Final = {"JPEG": blocks.jpeg, "PNG": blocks.png, "WEBP": blocks.webp, "GIF": blocks.gif}


def load(kind: Picture) -> None:
    """Load the decoder of a kind of picture, before this process is locked."""
    if kind == "HEIF":
        from pi_heif import options  # noqa: PLC0415  takes longer to load than a small picture to decode
        from pi_heif.as_plugin import register_heif_opener  # noqa: PLC0415

        options.DECODE_THREADS = 1
        register_heif_opener(thumbnails=False)
    elif kind in _PLUGINS:
        import_module(_PLUGINS[kind])


def take(raw: bytes, kind: Picture, into: Path) -> dict[str, Any]:
    """Write a picture's sizes into a folder, and return the answer. Raises NotTaken, and whatever decoders raise."""
    Image.MAX_IMAGE_PIXELS = None  # our own limit is lower, and its refusal has a sentence
    taken = _TAKEN_APART[kind](raw) if kind in _TAKEN_APART else blocks.Blocks(picture=raw)
    _check(taken.width, taken.height)
    if taken.frames > blocks.FRAMES:
        raise NotTaken("frames", most=blocks.FRAMES)
    picture = _opened(taken, kind)
    orientation, words = metadata.read(taken)
    if kind == "HEIF":
        orientation = 1  # its decoder has rotated it already
    width, height = picture.size if orientation < 5 else picture.size[::-1]
    widest = media.widths(width)[-1]
    picture = _decoded(picture, widest if orientation < 5 else round(height * widest / width))
    picture = _in_srgb(picture, taken.icc)
    if orientation in _UPRIGHT:
        picture = picture.transpose(_UPRIGHT[orientation])
    notes = ["still"] if taken.frames > 1 else []
    drawn = kind in {"PNG", "GIF"}
    files, smallest = _write(picture, width, height, into, words, drawn=drawn)
    return {
        "kind": "picture",
        "media_type": TYPES[kind],
        "width": width,
        "height": height,
        "preview": b64encode(_preview(smallest)).decode("ascii"),
        "found": words,
        "notes": notes,
        "files": files,
    }


def _check(width: int, height: int) -> None:
    if width * height > PIXELS:
        raise NotTaken("pixels", width=width, height=height, most=PIXELS // 1_000_000)
    if max(width, height) > SIDE:
        raise NotTaken("side", width=width, height=height, most=SIDE)


def _opened(taken: blocks.Blocks, kind: Picture) -> Image.Image:
    """Open a picture in its one format, without decoding it; add the metadata that its library finds to `taken`."""
    picture = Image.open(BytesIO(taken.picture), formats=[kind])
    _check(*picture.size)
    if not min(picture.size):
        raise unreadable()
    if kind in {"AVIF", "HEIF"}:
        taken.frames = getattr(picture, "n_frames", 1) if kind == "AVIF" else 1
        taken.exif = (picture.info.get("exif") or b"").removeprefix(b"Exif\0\0")
        taken.xmp = picture.info.get("xmp") or b""
        taken.icc = picture.info.get("icc_profile") or b""
        if taken.frames > blocks.FRAMES:
            raise NotTaken("frames", most=blocks.FRAMES)
    return picture


def _decoded(picture: Image.Image, widest: int) -> Image.Image:
    """Decode a picture, at most `widest` pixels wide, into grey, RGB, RGBA or CMYK of eight bits."""
    wide, high = picture.size
    size = (widest, max(round(high * widest / wide), 1))
    picture.draft(None, size)  # decodes a JPEG at half its size if that is enough
    picture.load()
    if picture.mode == "1":
        picture = picture.convert("L")
    elif picture.mode.startswith("I"):
        picture = picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    elif picture.mode in {"P", "PA", "LA"} or "transparency" in picture.info:
        seen_through = picture.mode != "P" or "transparency" in picture.info
        picture = picture.convert("RGBA" if seen_through else "RGB")
    elif picture.mode not in {"L", "RGB", "RGBA", "CMYK"}:
        picture = picture.convert("RGB")
    if picture.size != size:
        picture = picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    if picture.mode == "RGBA" and picture.getchannel("A").getextrema() == (255, 255):
        picture = picture.convert("RGB")
    picture.info = {}  # or the file's metadata would be written again
    return picture


def _in_srgb(picture: Image.Image, icc: bytes) -> Image.Image:
    """Convert a picture from its own colour profile to sRGB; a broken profile is ignored."""
    if icc and b"sRGB" not in icc and "sRGB".encode("utf-16-be") not in icc:
        from PIL import ImageCms  # noqa: PLC0415  most pictures are sRGB and do not need it

        try:
            return (
                ImageCms.profileToProfile(
                    picture,
                    ImageCms.ImageCmsProfile(BytesIO(icc)),
                    ImageCms.createProfile("sRGB"),
                    renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
                    outputMode="RGBA" if picture.mode == "RGBA" else "RGB",
                    flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
                )
                or picture
            )
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass
    return picture.convert("RGB") if picture.mode == "CMYK" else picture


def _write(
    picture: Image.Image, width: int, height: int, into: Path, words: dict[str, str], *, drawn: bool
) -> tuple[list[str], Image.Image]:
    """Write every size, each from the smallest one at least twice as wide; return their names and the smallest."""
    exif, xmp = metadata.kept_in_exif(words), metadata.kept_in_xmp(words)
    plain = set(media.fallback_widths(width))
    made: dict[int, Image.Image] = {}
    files = []
    for wide in reversed(media.widths(width)):
        source = made[min((w for w in made if w >= 2 * wide), default=max(made))] if made else picture
        size = (wide, max(round(height * wide / width), 1))
        made[wide] = source if source.size == size else source.resize(size, Image.Resampling.LANCZOS)
        name = media.file_name(wide, "webp")
        made[wide].save(
            into / name,
            "WEBP",
            quality=DRAWN_QUALITY if drawn else WEBP_QUALITY,
            method=WEBP_METHOD,
            exif=exif,
            xmp=xmp,
        )
        files.append(name)
        if wide in plain:
            name = media.file_name(wide, "jpg")
            quality = DRAWN_QUALITY if drawn else JPEG_QUALITY
            _on_white(made[wide]).save(
                into / name, "JPEG", quality=quality, optimize=True, progressive=True, exif=exif, xmp=xmp
            )
            files.append(name)
    return files, made[min(made)]


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode != "RGBA":
        return picture
    white = Image.new("RGB", picture.size, "white")
    white.paste(picture, mask=picture.getchannel("A"))
    return white


def _preview(picture: Image.Image) -> bytes:
    """Return the tiny picture that is shown, blurred, while this one loads."""
    small = _on_white(picture).convert("RGB")
    small.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE), Image.Resampling.LANCZOS)
    for quality in PREVIEW_QUALITIES:
        out = BytesIO()
        small.save(out, "WEBP", quality=quality, method=6)
        if media.is_preview(out.getvalue()):
            return out.getvalue()
    return b""
