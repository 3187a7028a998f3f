"""A picture inside the sandbox: every kind of pixels comes out upright, in sRGB, in its sizes, without its secrets."""

import io
from pathlib import Path

import pytest
from PIL import Image

from asithappened.core import media
from asithappened.media.sandbox import pictures
from asithappened.media.sandbox.refusal import NotTaken
from asithappened.media.sandbox.sniff import sniff
from tests.media.sandbox import made


def take(raw: bytes, into: Path) -> dict[str, object]:
    """Take a picture in, in this process."""
    kind = sniff(raw[:1_024]).picture
    assert kind
    pictures.load(kind)
    return pictures.take(raw, kind, into)


def colours(path: Path) -> list[tuple[int, ...]]:
    """Return the colours at the left, right, top and bottom of a written picture."""
    with Image.open(path) as picture:
        wide, high = picture.size
        rgb = picture.convert("RGB")
        at = [
            (wide // 8, high // 2),
            (wide - wide // 8, high // 2),
            (wide // 2, high // 8),
            (wide // 2, high - high // 8),
        ]
        return [rgb.getpixel(place) for place in at]  # type: ignore[misc]


def is_red(colour: tuple[int, ...]) -> bool:
    return colour[0] > 150 and colour[1] < 90 and colour[2] < 90


# Which side is red once the picture stands upright: left, right, top, bottom.
RED: dict[int, int] = {1: 0, 2: 1, 3: 1, 4: 0, 5: 2, 6: 2, 7: 3, 8: 3}


@pytest.mark.parametrize("orientation", RED)
def test_a_picture_stands_upright_whichever_way_the_camera_was_held(orientation: int, tmp_path: Path) -> None:
    told = take(made.jpeg(exif=made.exif(orientation), quality=95), tmp_path)
    size = (96, 64) if orientation < 5 else (64, 96)
    assert (told["width"], told["height"]) == size
    with Image.open(tmp_path / f"{size[0]}.webp") as written:
        assert written.size == size
    seen = colours(tmp_path / f"{size[0]}.webp")
    assert is_red(seen[RED[orientation]])


def test_a_wide_picture_is_kept_in_every_size_and_none_is_scaled_up(tmp_path: Path) -> None:
    told = take(made.jpeg(image=made.picture(3_000, 200), quality=90), tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == set(media.files(3_000)) == set(told["files"])  # type: ignore[call-overload]
    for width in media.widths(3_000):
        with Image.open(tmp_path / f"{width}.webp") as written:
            assert written.size == (width, round(200 * width / 3_000))
    small = tmp_path / "small"
    small.mkdir()
    take(made.jpeg(image=made.picture(100, 50)), small)
    assert {path.name for path in small.iterdir()} == {"100.webp", "100.jpg"}


@pytest.mark.parametrize(
    "raw",
    [
        made.jpeg(image=made.picture(mode="CMYK")),
        made.jpeg(image=made.picture(mode="L")),
        made.png(image=made.picture(mode="P")),
        made.png(image=made.picture(mode="1")),
        made.png(image=made.picture(mode="LA")),
        made.png_16(),
        made.png_16(colours=3),
        made.saved(made.picture(), "GIF"),
        made.saved(made.picture(), "WEBP"),
        made.saved(made.picture(), "AVIF"),
        made.HEIC.read_bytes(),
    ],
    ids=[
        "CMYK",
        "grey",
        "palette",
        "two colours",
        "grey with alpha",
        "16 bit grey",
        "16 bit",
        "GIF",
        "WebP",
        "AVIF",
        "HEIC",
    ],
)
def test_every_kind_of_pixels_comes_out_dark_where_it_was_dark(raw: bytes, tmp_path: Path) -> None:
    told = take(raw, tmp_path)
    with Image.open(tmp_path / f"{told['width']}.webp") as written, Image.open(io.BytesIO(raw), formats=None) as before:
        assert written.mode in {"RGB", "RGBA"}
        if before.mode.startswith("I") or raw == made.png_16(colours=3):
            assert colours(tmp_path / "32.webp")[0][0] < 20
            assert colours(tmp_path / "32.webp")[1][0] > 235
        else:
            expected = before.convert("RGB").resize((8, 8)).getpixel((1, 4))
            got = written.convert("RGB").resize((8, 8)).getpixel((1, 4))
            assert all(abs(a - b) < 30 for a, b in zip(expected, got, strict=True))  # type: ignore[arg-type]


def test_what_can_be_seen_through_stays_so_in_webp_and_lies_on_white_in_jpeg(tmp_path: Path) -> None:
    picture = Image.new("RGBA", (80, 40), (200, 0, 0, 255))
    picture.paste((0, 0, 0, 0), (0, 0, 40, 40))
    take(made.png(image=picture), tmp_path)
    with Image.open(tmp_path / "80.webp") as written:
        assert written.mode == "RGBA"
        assert written.getpixel((10, 20))[3] == 0  # type: ignore[index]
    assert min(colours(tmp_path / "80.jpg")[0]) > 245


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_colours_of_another_profile_become_those_of_every_screen(form: str, tmp_path: Path) -> None:
    take(made.saved(made.picture(), form, icc_profile=made.swapped_icc()), tmp_path)
    left, right, *_ = colours(tmp_path / "96.webp")
    assert is_red(right)
    assert not is_red(left)


@pytest.mark.parametrize("icc", [b"no profile" * 100, b"", made.swapped_icc()[:200]])
def test_a_broken_profile_is_left_out(icc: bytes, tmp_path: Path) -> None:
    take(made.jpeg(icc_profile=icc), tmp_path)
    assert is_red(colours(tmp_path / "96.webp")[0])


@pytest.mark.parametrize("form", ["PNG", "WEBP", "AVIF", "HEIC"])
def test_every_kind_of_file_that_says_how_it_is_turned_stands_upright(form: str, tmp_path: Path) -> None:
    turned = made.exif(6)
    raw = made.TURNED.read_bytes() if form == "HEIC" else made.saved(made.picture(), form, exif=turned)
    told = take(raw, tmp_path)
    assert (told["width"], told["height"]) == (64, 96)
    assert is_red(colours(tmp_path / "64.webp")[RED[6]])


SECRETS = (
    b"SERIAL-4711",
    b"MAKER-NOTE",
    b"CAMERA-",
    b"GPS",
    b"2026:11:26",
    b"evil",
    b"<script",
    b"PK\3\4",
    b"THUMBNAIL",
)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_renditions_carry_maker_and_terms_and_nothing_else_of_the_file(form: str, tmp_path: Path) -> None:
    packet = made.xmp(
        "<xmpRights:WebStatement>https://paper.example/licence</xmpRights:WebStatement>",
        'photoshop:Credit="Ada/Paper" exif:GPSLatitude="50,6N" xmlns:exif="http://ns.adobe.com/exif/1.0/"'
        ' photoshop:Instructions="evil" Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/x/trainedAlgorithmicMedia"',
    )
    secrets = made.exif(secrets=True)
    if form == "JPEG":
        raw = made.jpeg(made.segment(0xE1, made.XMP + packet), made.segment(0xFE, b"<script>THUMBNAIL"), exif=secrets)
    elif form == "PNG":
        words = made.chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + packet)
        raw = made.png(
            words, made.chunk(b"eXIf", secrets.removeprefix(b"Exif\0\0")), made.chunk(b"tEXt", b"x\0<script>")
        )
    else:
        raw = made.saved(made.picture(), form, exif=secrets, xmp=packet)
    raw += b"PK\3\4 evil <script>"
    assert b"SERIAL-4711" in raw
    told = take(raw, tmp_path)
    written = [path.read_bytes() for path in tmp_path.iterdir()]
    assert len(written) == 2
    for one in written:
        for kept in (b"Ada/Paper", b"Ada Foto", b"https://paper.example/licence", b"trainedAlgorithmicMedia"):
            assert kept in one
        for secret in SECRETS:
            assert secret not in one
    assert told["found"]["credit"] == "Ada/Paper"  # type: ignore[index]


def test_the_placeholder_is_a_tiny_picture_of_the_same_colours(tmp_path: Path) -> None:
    import base64

    told = take(made.jpeg(image=made.picture(1_000, 700)), tmp_path)
    raw = base64.b64decode(str(told["preview"]))
    assert media.is_preview(raw)
    with Image.open(io.BytesIO(raw)) as tiny:
        assert tiny.size == (16, 11)
        assert is_red(tiny.convert("RGB").getpixel((3, 5)))  # type: ignore[arg-type]


def test_a_moving_picture_is_kept_as_its_first_frame_and_says_so(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (40, 30), colour) for colour in ("red", "blue", "green")]
    for form in ("GIF", "WEBP", "PNG", "AVIF"):
        raw = made.saved(frames[0], form, save_all=True, append_images=frames[1:], duration=100)
        assert take(raw, tmp_path)["notes"] == ["still"], form
        assert is_red(colours(tmp_path / "40.webp")[0])


def test_hostile_metadata_loses_the_metadata_and_not_the_picture(tmp_path: Path) -> None:
    import zlib

    bomb = zlib.compress(bytes(20 << 20))
    raw = made.png(
        made.chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + bomb),
        made.chunk(b"zTXt", b"Author\0\0" + bomb),
        made.chunk(b"iCCP", b"x\0\0" + bomb),
        made.chunk(b"eXIf", b"MM\0*\xff\xff\xff\xff"),
    )
    told = take(raw, tmp_path)
    assert (told["width"], told["found"]) == (96, {})


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (made.png_header(50_000, 50_000), "pixels"),
        (made.png_header(20_000, 1_000), "side"),
        (made.gif_of(10_000), "frames"),
        (made.jpeg()[:-200], ""),
        (made.png()[:-200], "truncated"),
        (made.saved(made.picture(), "WEBP")[:-20], "truncated"),
        (made.saved(made.picture(), "GIF")[:-20], "truncated"),
    ],
    ids=["pixels", "side", "frames", "half a JPEG", "half a PNG", "half a WebP", "half a GIF"],
)
def test_what_is_no_picture_to_decode_is_refused_before_or_by_decoding(raw: bytes, code: str, tmp_path: Path) -> None:
    expected: type[Exception] = NotTaken if code else OSError
    with pytest.raises(expected) as refused:
        take(raw, tmp_path)
    assert not code or (isinstance(refused.value, NotTaken) and refused.value.code == code)
    assert not list(tmp_path.iterdir())


def test_the_decoders_are_none_that_strangers_are_known_to_write_beyond() -> None:
    import pi_heif
    import PIL

    def version(text: str) -> tuple[int, ...]:
        return tuple(int(part) for part in text.split(".")[:3])

    heif = pi_heif.libheif_info()  # type: ignore[attr-defined]
    assert version(PIL.__version__) >= (13, 0, 0)  # CVE-2026-112398, -112403: the JPEG decoder
    assert version(heif["libheif"]) >= (1, 23, 3)  # CVE-2026-84383, -84450
    assert set(heif["encoders"]) <= {"mask"}  # x265 is under the GPL
