"""Reads codec and duration of MP3, Ogg, WAV and FLAC from a few bytes of each.

Owns which of them browsers play. None of these formats has the place of the recording.
"""

from typing import Any, BinaryIO, Final

from asithappened.media.sandbox.refusal import NotTaken, broken_off, unreadable

SEARCHED_BYTES: Final = 64 << 10  # for the first frame of an MP3, the last page of an Ogg
CHUNKS: Final = 1_000

# kbit/s of layer III by the header's four bits, for MPEG 1, and for 2 and 2.5; samples a second by two bits.
_RATES: Final = (
    (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
)
_HERTZ: Final = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}


def _answer(media_type: str, seconds: float) -> dict[str, Any]:
    return {"kind": "audio", "media_type": media_type, "seconds": round(seconds, 3) if 0 <= seconds < 1e6 else 0.0}


def mp3(file: BinaryIO, size: int) -> dict[str, Any]:
    """Return the answer for an MP3; its duration from its count of frames, or from its first frame's rate."""
    head = file.read(10)
    begins = 0
    if head[:3] == b"ID3":
        begins = 10 + sum((byte & 0x7F) << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0), strict=True))
    if begins >= size:
        raise broken_off()
    file.seek(begins)
    raw = file.read(SEARCHED_BYTES)
    at, version, rate, hertz = _first_frame(raw)
    samples, per_second = (1_152 if version == 3 else 576), _HERTZ[version][hertz]
    for mark, place in ((b"Xing", 8), (b"Info", 8), (b"VBRI", 14)):
        found = raw.find(mark, at, at + 200)
        if found >= 0 and (mark == b"VBRI" or raw[found + 7] & 1):
            return _answer(
                "audio/mpeg", int.from_bytes(raw[found + place : found + place + 4], "big") * samples / per_second
            )
    return _answer("audio/mpeg", (size - begins - at) * 8 / (_RATES[version != 3][rate] * 1_000))


def _first_frame(raw: bytes) -> tuple[int, int, int, int]:
    """Return the place of the first frame of layer III, its version, and the indices of its rates."""
    at = raw.find(b"\xff")
    while 0 <= at <= len(raw) - 4:
        version, layer = raw[at + 1] >> 3 & 3, raw[at + 1] >> 1 & 3
        rate, hertz = raw[at + 2] >> 4, raw[at + 2] >> 2 & 3
        if raw[at + 1] >= 0xE0 and version != 1 and layer == 1 and 0 < rate < 15 and hertz < 3:
            return at, version, rate, hertz
        at = raw.find(b"\xff", at + 1)
    raise unreadable()


def ogg(file: BinaryIO, size: int) -> dict[str, Any]:
    """Return the answer for an Ogg with Opus, Vorbis or FLAC."""
    head = file.read(512)
    begins = 27 + (head[26] if len(head) > 26 else 0)
    packet = head[begins:]
    if packet.startswith(b"OpusHead"):
        per_second, skipped = 48_000, int.from_bytes(packet[10:12], "little")
    elif packet.startswith(b"\1vorbis"):
        per_second, skipped = int.from_bytes(packet[12:16], "little"), 0
    elif packet.startswith(b"\x7fFLAC"):
        per_second, skipped = int.from_bytes(packet[27:30], "big") >> 4, 0
    elif packet.startswith(b"\x80theora"):
        raise NotTaken("codec", what="Theora")
    elif packet.startswith(b"Speex"):
        raise NotTaken("codec", what="Speex")
    else:
        raise unreadable()
    file.seek(max(size - SEARCHED_BYTES, 0))
    tail = file.read(SEARCHED_BYTES)
    last = tail.rfind(b"OggS")
    if last < 0:
        raise broken_off()
    samples = int.from_bytes(tail[last + 6 : last + 14], "little") - skipped
    return _answer("audio/ogg", samples / per_second if per_second else 0.0)


def wav(file: BinaryIO, size: int) -> dict[str, Any]:
    """Return the answer for an uncompressed WAV, of integers or floats."""
    file.seek(12)
    a_second = 0
    for _ in range(CHUNKS):
        head = file.read(8)
        if len(head) < 8:
            raise broken_off()
        length = int.from_bytes(head[4:], "little")
        begins = file.tell()
        if head[:4] == b"fmt ":
            form = file.read(min(length, 40))
            codec = int.from_bytes(form[:2], "little")
            if codec == 0xFFFE:
                codec = int.from_bytes(form[24:26], "little")
            if codec not in {1, 3}:
                raise NotTaken("codec", what=f"WAV {codec}")
            a_second = int.from_bytes(form[8:12], "little")
        elif head[:4] == b"data":
            if not a_second:
                raise unreadable()
            # An interrupted or streaming recorder writes a length that is larger than the data.
            return _answer("audio/wav", min(length, size - begins) / a_second)
        file.seek(begins + length + (length & 1))
    raise unreadable()


def flac(file: BinaryIO, size: int) -> dict[str, Any]:
    head = file.read(42)
    if len(head) < 42 or head[4] & 0x7F:
        raise unreadable()
    packed = int.from_bytes(head[18:26], "big")
    per_second, samples = packed >> 44, packed & (1 << 36) - 1
    if not per_second or size < 86:
        raise broken_off()
    return _answer("audio/flac", samples / per_second)
