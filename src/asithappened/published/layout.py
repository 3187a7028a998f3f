"""The sizes that press, which writes, and delivery, which reads, have to agree on.

Owns three numbers and the names of documents. Plain Python.
"""

from typing import Final

# Posts of an older page. The main page holds 25 to 49: at 50 its older half becomes a page, whose boundary then never
# moves, so that a link to a page means the same tomorrow and an edge may keep it.
PAGE_POSTS: Final = 25
# Events of a closed segment of the log: about 100 KB, 20 KB on the wire; head.json holds at most as many.
SEGMENT_EVENTS: Final = 50
# Key events that the page lists; the rest is one click away.
KEY_EVENTS: Final = 12


def segment_of(seq: int) -> int:
    """Return the number of the segment that an event is in: 0 holds seqs 1 to SEGMENT_EVENTS."""
    return (seq - 1) // SEGMENT_EVENTS
