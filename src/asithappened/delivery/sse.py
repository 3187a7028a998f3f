"""Server-Sent Events: the one encoder.

Owns the bytes of an event. Never lets a field end early: CR, LF and NUL in an id or a name are refused, and data is
one line of JSON or is split at every kind of line end, because a bare CR ends a line too (CVE-2026-43968 and kin).
"""

import re
from typing import Final

from asithappened.published import wire

# An event, not a comment: a script cannot see comments, and so could not notice their absence.
HEARTBEAT: Final = b"event: %b\ndata: {}\n\n" % wire.BEAT
_LINE_ENDS: Final = re.compile(rb"\r\n|\r|\n")
_FORBIDDEN: Final = re.compile(rb"[\r\n\0]")


def event(data: bytes, *, id_: bytes = b"", name: bytes = b"", retry_ms: int | None = None) -> bytes:
    """Encode one event. Raises ValueError for an id or a name that would end its field."""
    if _FORBIDDEN.search(id_) or _FORBIDDEN.search(name):
        raise ValueError("An event's id and name hold no CR, LF or NUL.")
    fields = []
    if name:
        fields.append(b"event: %b\n" % name)
    if id_:
        fields.append(b"id: %b\n" % id_)
    if retry_ms is not None:
        fields.append(b"retry: %d\n" % retry_ms)
    if b"\n" in data or b"\r" in data:
        fields += [b"data: %b\n" % line for line in _LINE_ENDS.split(data)]
    else:
        fields.append(b"data: %b\n" % data)
    fields.append(b"\n")
    return b"".join(fields)
