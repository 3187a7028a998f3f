"""The limits of request bodies: the size and pace of one, and the memory of all.

Owns the sizes by path, and the memory that unanswered requests hold. Look next: guard.py, which enforces them.
"""

from typing import Final

DESK_BYTES: Final = 1024 * 1024  # a post is at most 64 KiB of JSON (core.limits), percent-encoded threefold
READERS_BYTES: Final = 64 * 1024  # what a reader may write, in the script that is longest when percent-encoded
ELSE_BYTES: Final = 16 * 1024  # elsewhere, where nothing should be sent; a browser that does is still answered
# By path prefix. A path that takes uploads needs a line here, and nothing else.
MOST: Final = ((b"/desk/", DESK_BYTES), (b"/accounts/", DESK_BYTES), (b"/contribute/", READERS_BYTES))

GRACE_S: Final = 10.0  # before a body must have begun to arrive
PACE: Final = 8 * 1024  # bytes a second, from then on: a poor phone does five times that
FRAMING: Final = 2  # a chunked body may take so many times its own bytes; one chunk for each byte is an attack

TOTAL_BYTES: Final = 64 * 1024 * 1024  # of all bodies that are not answered yet, those of the signed in included
STRANGERS: Final = 3 / 4  # the share of it for those who are not signed in
LARGE: Final = 1 / 2  # the share of it for strangers' bodies above SMALL_BYTES
SMALL_BYTES: Final = 16 * 1024  # such as a sign-in, which is accepted when large ones no longer are


def most(target: bytes) -> int:
    """Return how many bytes may be sent to an address."""
    return next((allowed for start, allowed in MOST if target.startswith(start)), ELSE_BYTES)


def too_slow(now: float, began: float, received: int) -> bool:
    """Say whether too little of a body has arrived since it began; seconds, bytes."""
    return now - began > GRACE_S + received / PACE


class Bodies:
    """The bytes of all bodies that one process holds."""

    def __init__(self, total: int = TOTAL_BYTES) -> None:
        self.total, self.held = total, 0

    def take(self, count: int, *, so_far: int, signed_in: bool) -> bool:
        """Hold `count` more bytes of a body; return False if that is too much. `so_far`: of this body, with these."""
        share = 1.0 if signed_in else STRANGERS if so_far <= SMALL_BYTES else LARGE
        if self.held + count > share * self.total:
            return False
        self.held += count
        return True

    def release(self, count: int) -> None:
        self.held -= count
