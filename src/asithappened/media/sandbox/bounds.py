"""Limits for the readers of metadata: more of it is left out, and the picture is taken all the same.

The limits for films and sounds are in the modules that read them.
"""

import zlib
from typing import Final

EXIF_BYTES: Final = 1 << 16  # a segment of a JPEG holds no more
XMP_BYTES: Final = 1 << 18  # packets that hold an editor's whole history reach some 100 kB
IIM_BYTES: Final = 1 << 18  # the format's own fields have 2,000 characters at the most, and there are some sixty
ICC_BYTES: Final = 4 << 20  # profiles of printing presses reach 3 MB
VALUE_CHARS: Final = 4_000  # of one field; a body's limit is lower
VALUES: Final = 20  # names in one list


def inflated(packed: bytes, most: int) -> bytes:
    """Return a zlib stream's contents; b"" if they have more than `most` bytes, or the stream is invalid."""
    stream = zlib.decompressobj()
    try:
        out = stream.decompress(packed, most + 1)
    except zlib.error:
        return b""
    return out if len(out) <= most else b""
