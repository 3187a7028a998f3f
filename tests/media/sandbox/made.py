"""Files for the sandbox, made here: small pictures with anything in them, films and sounds of a few boxes, bombs.

Owns how each is put together, byte by byte where no library would make it.
"""

import io
import random
import struct
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PIL import Image

HERE = Path(__file__).parent
HEIC = HERE / "halves.heic"  # 96 × 64 pixels, red on the left and blue on the right, made with libheif
TURNED = HERE / "turned.heic"  # the same, to be turned by a quarter, which its container and its EXIF say


def picture(width: int = 96, height: int = 64, mode: str = "RGB") -> Image.Image:
    """Make a picture that is red on its left and blue on its right, with some noise that does not compress away."""
    noise = Image.frombytes("RGB", (24, 16), random.Random(7).randbytes(24 * 16 * 3)).resize((width, height))
    halves = Image.new("RGB", (width, height), (220, 30, 30))
    halves.paste((30, 30, 220), (width // 2, 0, width, height))
    made = Image.blend(halves, noise, 0.1)
    return made if mode == "RGB" else made.convert(mode)


def saved(image: Image.Image, form: str, **options: Any) -> bytes:
    """Return an image as a file."""
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def segment(marker: int, body: bytes) -> bytes:
    """Return a segment of a JPEG."""
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def jpeg(*segments: bytes, image: Image.Image | None = None, **options: Any) -> bytes:
    """Return a JPEG with segments before all others."""
    raw = saved(image or picture(), "JPEG", **options)
    return raw[:2] + b"".join(segments) + raw[2:]


def chunk(kind: bytes, body: bytes) -> bytes:
    """Return a chunk of a PNG."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(*chunks: bytes, image: Image.Image | None = None) -> bytes:
    """Return a PNG with chunks after its header."""
    raw = saved(image or picture(), "PNG")
    return raw[:33] + b"".join(chunks) + raw[33:]


def exif(orientation: int = 1, *, secrets: bool = False) -> bytes:
    """Return EXIF with an artist and a copyright; with `secrets` a place, serial numbers and a maker's note too."""
    made = Image.Exif()
    made[0x0112] = orientation
    made[0x013B] = "Ada Foto"
    made[0x8298] = "Ada Foto/Paper"
    made[0x010E] = "A harbour, says EXIF"
    if secrets:
        made.get_ifd(0x8769).update({0xA431: "SERIAL-4711", 0x927C: b"MAKER-NOTE", 0x9003: "2026:11:26 09:30:00"})
        made.get_ifd(0x8825).update({1: "N", 2: (50.0, 6.0, 7.25), 3: "E", 4: (14.0, 25.0, 9.5), 29: "2026:11:26"})
        made[0x010F], made[0x0110] = "CAMERA-MAKER", "CAMERA-MODEL"
    return made.tobytes()


def iim(fields: Sequence[tuple[int, int, bytes]]) -> bytes:
    """Return an IIM record in Photoshop's resources, as a JPEG holds it."""
    record = b"".join(b"\x1c" + bytes((one, two)) + struct.pack(">H", len(value)) + value for one, two, value in fields)
    padding = b"\0" * (len(record) & 1)
    return b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0" + struct.pack(">I", len(record)) + record + padding


XMP = b"http://ns.adobe.com/xap/1.0/\0"


def xmp(inner: str, attributes: str = "") -> bytes:
    """Return an XMP packet with properties as elements and as attributes."""
    return (
        '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"'
        ' xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/" xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/"'
        ' xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"'
        ' xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"'
        f" {attributes}>{inner}</rdf:Description></rdf:RDF></x:xmpmeta>"
        '<?xpacket end="w"?>'
    ).encode()


def alt_of(name: str, words: str) -> str:
    """Return a property of several languages."""
    return f'<{name}><rdf:Alt><rdf:li xml:lang="x-default">{words}</rdf:li></rdf:Alt></{name}>'


def gif_of(frames: int) -> bytes:
    """Return a GIF of so many frames of a pixel."""
    frame = b",\0\0\0\0\1\0\1\0\0\2\2L\1\0"
    return b"GIF89a\1\0\1\0\x80\0\0" + b"\xff\0\0\0\0\xff" + frame * frames + b";"


def swapped_icc() -> bytes:
    """Return a profile of a screen on which what is called red shines blue, and the other way round."""
    red, green, blue = (0.4361, 0.2225, 0.0139), (0.3851, 0.7169, 0.0971), (0.1431, 0.0606, 0.7141)

    def xyz(*values: float) -> bytes:
        return b"XYZ \0\0\0\0" + b"".join(struct.pack(">i", round(value * 65_536)) for value in values)

    name = b"swapped"
    gamma = b"curv\0\0\0\0\0\0\0\1\x02\x33\0\0"
    tags = {
        b"desc": b"desc\0\0\0\0" + struct.pack(">I", len(name) + 1) + name + bytes(1 + 78),
        b"cprt": b"text\0\0\0\0none\0\0\0\0",
        b"wtpt": xyz(0.9642, 1, 0.8249),
        b"rXYZ": xyz(*blue),
        b"gXYZ": xyz(*green),
        b"bXYZ": xyz(*red),
        b"rTRC": gamma,
        b"gTRC": gamma,
        b"bTRC": gamma,
    }
    table, body = struct.pack(">I", len(tags)), b""
    for tag, value in tags.items():
        table += tag + struct.pack(">II", 128 + 4 + 12 * len(tags) + len(body), len(value))
        body += value + bytes(-len(value) % 4)
    head = struct.pack(">I4sI4s4s4s", 128 + len(table) + len(body), b"lcms", 0x02100000, b"mntr", b"RGB ", b"XYZ ")
    head += bytes(12) + b"acsp" + bytes(28) + struct.pack(">iii", 63_190, 65_536, 54_061)
    return head.ljust(128, b"\0") + table + body


def png_header(width: int, height: int) -> bytes:
    """Return a PNG that claims to be of that size, and holds next to nothing."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")
    )


def png_16(width: int = 32, height: int = 32, *, colours: int = 1) -> bytes:
    """Return a PNG of 16 bits: black on the left, white on the right."""
    kind = {1: 0, 3: 2}[colours]
    row = b"\0" + b"".join((b"\0\0" if x < width // 2 else b"\xff\xff") * colours for x in range(width))
    header = struct.pack(">IIBBBBB", width, height, 16, kind, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(row * height))
        + chunk(b"IEND", b"")
    )


# --- films


def box(kind: bytes, *inner: bytes) -> bytes:
    """Return a box of an MP4."""
    body = b"".join(inner)
    return struct.pack(">I", 8 + len(body)) + kind + body


def track(
    handler: bytes, codec: bytes, *, size: tuple[int, int] = (0, 0), turned: bool = False,
    samples: tuple[int, int] = (0, 0), more: bytes = b"",
) -> bytes:  # fmt: skip
    """Return a track; `samples`: where its one chunk lies, and how long it is."""
    matrix = struct.pack(">9i", *((0, 65536, 0, -65536, 0, 0) if turned else (65536, 0, 0, 0, 65536, 0)), 0, 0, 1 << 30)
    head = box(b"tkhd", bytes(40), matrix, struct.pack(">II", size[0] << 16, size[1] << 16))
    entry = box(codec, bytes(78), box(b"avcC", b"\1\x64\0\x1f")) if codec == b"avc1" else box(codec, bytes(28))
    at, length = samples
    tables = (
        box(b"stsd", struct.pack(">II", 0, 1), entry),
        box(b"stsc", struct.pack(">IIIII", 0, 1, 1, 1, 1)),
        box(b"stsz", struct.pack(">III", 0, length, 1)),
        box(b"stco", struct.pack(">III", 0, 1, at)),
    )
    media = box(b"mdia", box(b"hdlr", bytes(8), handler, bytes(12)), box(b"minf", box(b"stbl", *tables)))
    return box(b"trak", head, media, more)


PLACE = b"+50.0755+014.4378/"
FILM_DATA = b"PICTURE-DATA" * 10 + b"GPS5-TELEMETRY" * 10


def film(
    *, codec: bytes = b"avc1", brand: bytes = b"isom", places: bool = True, fragments: bytes | None = None
) -> bytes:
    """Return an MP4 of 1920 × 1080 lying down, 12.5 seconds long, which says where it was filmed in six ways.

    `fragments`: what is said of how long they last in all, if it is a film in fragments: b"" for nothing.
    """
    begins = box(b"ftyp", brand, bytes(4), b"isomavc1")
    data = box(b"mdat", FILM_DATA)
    at = len(begins) + 8
    user = box(
        b"udta",
        box(b"\xa9xyz", struct.pack(">HH", len(PLACE), 0x15C7), PLACE),
        box(b"loci", bytes(6), b"Prague\0", PLACE),
        box(b"XMP_", b"<x:xmpmeta>GPS " + PLACE),
        box(b"\xa9cpy", struct.pack(">HH", 9, 0x15C7), b"Ada Films"),
    )
    listed = box(
        b"udta",
        box(
            b"meta",
            bytes(4),
            box(b"hdlr", bytes(8), b"mdir", bytes(12)),
            box(
                b"ilst",
                box(b"\xa9ART", box(b"data", bytes(8), b"Ada Reporter")),
                box(b"\xa9too", box(b"data", bytes(8), b"Lavf")),
                box(b"\xa9cmt", box(b"data", bytes(8), b"GPS " + PLACE)),
            ),
        ),
    )
    keys = box(b"meta", box(b"keys", b"com.apple.quicktime.location.ISO6709"), box(b"ilst", PLACE))
    telemetry = track(b"meta", b"gpmd", samples=(at + 120, 140))
    plain = box(b"udta", box(b"\xa9too", struct.pack(">HH", 4, 0x15C7), b"Lavf"))
    xmp_box = box(b"uuid", bytes.fromhex("be7acfcb97a942e89c71999491e3afac"), b"<x:xmpmeta>GPS " + PLACE)
    moov = box(
        b"moov",
        box(b"mvhd", bytes(12), struct.pack(">II", 1_000, 12_500), bytes(80)),
        track(b"vide", codec, size=(1920, 1080), turned=True, samples=(at, 120)),
        track(b"soun", b"mp4a"),
        *([] if fragments is None else [box(b"mvex", *([box(b"mehd", fragments)] if fragments else []))]),
        *((telemetry, user, listed, keys) if places else (plain,)),
    )
    return begins + data + moov + (xmp_box if places else b"")


def element(name: int, body: bytes) -> bytes:
    """Return an element of a WebM."""
    return name.to_bytes((name.bit_length() + 7) // 8, "big") + (len(body) | 1 << 56).to_bytes(8, "big") + body


def webm(*, document: bytes = b"webm", codec: bytes = b"V_VP9") -> bytes:
    """Return a WebM of 640 × 360, 2.5 seconds long, with a place in its tags."""
    video = element(0xE0, element(0xB0, b"\x02\x80") + element(0xBA, b"\x01\x68"))
    tracks = element(0x1654AE6B, element(0xAE, element(0x86, codec) + video))
    info = element(0x1549A966, element(0x2AD7B1, b"\x0f\x42\x40") + element(0x4489, struct.pack(">d", 2_500.0)))
    tags = element(0x1254C367, b"LOCATION " + PLACE)
    segment_ = element(0x18538067, info + tracks + element(0x1F43B675, b"cluster") + tags)
    return element(0x1A45DFA3, element(0x4282, document)) + segment_


def webm_sound() -> bytes:
    """Return a WebM that holds a sound alone, 2.5 seconds long."""
    tracks = element(0x1654AE6B, element(0xAE, element(0x86, b"A_OPUS")))
    info = element(0x1549A966, element(0x2AD7B1, b"\x0f\x42\x40") + element(0x4489, struct.pack(">d", 2_500.0)))
    segment_ = element(0x18538067, info + tracks + element(0x1F43B675, b"cluster"))
    return element(0x1A45DFA3, element(0x4282, b"webm")) + segment_


def mp3(seconds: int = 3) -> bytes:
    """Return an MP3 of silence at 128 kbit/s, after a tag."""
    frame = b"\xff\xfb\x90\x00" + bytes(413)
    return b"ID3\4\0\0\0\0\0\x0a" + bytes(10) + frame * (seconds * 128_000 // 8 // 417)


def ogg(seconds: int = 3) -> bytes:
    """Return the first and last pages of an Opus sound."""
    first = b"OggS\0\2" + bytes(8) + bytes(12) + b"\1\x13" + b"OpusHead\1\1" + struct.pack("<HIHB", 312, 48_000, 0, 0)
    last = b"OggS\0\4" + struct.pack("<q", 48_000 * seconds + 312) + bytes(12) + b"\1\x04" + b"data"
    return first + last


def wav(seconds: int = 3, codec: int = 1) -> bytes:
    """Return a WAV of silence, 8,000 bytes a second."""
    form = struct.pack("<HHIIHH", codec, 1, 8_000, 8_000, 1, 8)
    data = bytes(8_000 * seconds)
    body = b"WAVEfmt " + struct.pack("<I", len(form)) + form + b"data" + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", len(body)) + body


def flac(seconds: int = 3) -> bytes:
    """Return the head of a FLAC at 44,100 Hz, and some bytes that no decoder would like."""
    packed = (44_100 << 44) | (1 << 41) | (15 << 36) | 44_100 * seconds
    return b"fLaC\x80\0\0\x22" + bytes(10) + packed.to_bytes(8, "big") + bytes(16) + b"\xff\xf8" * 50


CAPTIONS = b"""\xef\xbb\xbfWEBVTT - harbour

STYLE
::cue { background: url(https://evil.example/x) }

NOTE from the desk

1
00:01.000 --> 00:04.000 align:start onclick:x
<v.loud Ada>The <c.red>water</c> <b>rises</b> <img src=x onerror=alert(1)>

00:00:05.000 --> 01:00:06.500
<i>Sirens</i> \xe2\x80\xaeturned\xe2\x80\xac
"""
