"""The part of a file that a request asks for (RFC 9110, section 14), by which players seek and downloads resume.

Owns parsing Range and If-Range. One range is served; several, or an invalid one, count as none.
"""

import re
from typing import Final

from msgspec import Struct

_ONE: Final = re.compile(rb"bytes=(?:(\d{1,15})-(\d{0,15})|-(\d{1,15}))")


class Part(Struct, frozen=True):
    """Bytes of a file, from `start` up to but without `stop`, of `size` in all. Empty: the file has none there."""

    start: int
    stop: int
    size: int

    @property
    def header(self) -> tuple[bytes, bytes]:
        """Content-Range of a 206, or of the 416 that says how many bytes there are."""
        if self.start >= self.stop:
            return b"content-range", b"bytes */%d" % self.size
        return b"content-range", b"bytes %d-%d/%d" % (self.start, self.stop - 1, self.size)


def asked(range_: bytes, if_range: bytes, *, etag: bytes, size: int) -> Part | None:
    """Return the part that a request asks for; None for the whole.

    `if_range`: the ETag of the file that the client has a part of. `etag`: of this file, a strong one.
    """
    found = _ONE.fullmatch(range_.strip()) if range_ else None
    if found is None or (if_range and if_range.strip() != etag):
        return None
    first, last, suffix = found.groups()
    if suffix is not None:
        return Part(max(0, size - int(suffix)), size if int(suffix) else 0, size)
    stop = min(size, int(last) + 1) if last else size
    if last and int(last) < int(first):
        return None
    return Part(int(first), stop, size)
