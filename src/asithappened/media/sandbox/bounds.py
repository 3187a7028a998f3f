"""How much of what a file says of itself is looked at: everything beyond is left out, and the picture stays.

Owns the numbers for the readers of metadata. What a film's or sound's file may hold is bounded where it is read.
"""

import zlib
from typing import Final

EXIF_BYTES: Final = 1 << 16  # a segment of a JPEG holds no more
XMP_BYTES: Final = 1 << 18  # packets that hold an editor's whole history reach some 100 kB
IIM_BYTES: Final = 1 << 18  # the format's own fields have 2,000 characters at the most, and there are some sixty
ICC_BYTES: Final = 4 << 20  # profiles of printing presses reach 3 MB
VALUE_CHARS: Final = 4_000  # of one thing that the file says; what a body may hold of it is less
VALUES: Final = 20  # names in one list


def inflated(packed: bytes, most: int) -> bytes:
    """Return what a zlib stream holds; nothing if that is more than `most` bytes, or the stream is none."""
    stream = zlib.decompressobj()
    try:
        out = stream.decompress(packed, most + 1)
    except zlib.error:
        return b""
    return out if len(out) <= most else b""
