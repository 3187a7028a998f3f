"""How much anyone may send: in one request, at what pace, and all of them together.

Owns the table of what may be sent where, and the memory that unanswered requests hold. Look next: guard.py counts.
"""

from typing import Final

DESK_BYTES: Final = 1024 * 1024  # a post is at most 64 KiB of JSON (core.limits), percent-encoded threefold
READERS_BYTES: Final = 64 * 1024  # what a reader may write, in the script that is longest when percent-encoded
ELSE_BYTES: Final = 16 * 1024  # elsewhere, where nothing should be sent; a browser that does is still answered
# By how an address begins. A path that takes uploads gets a line here, and nothing else.
MOST: Final = ((b"/desk/", DESK_BYTES), (b"/accounts/", DESK_BYTES), (b"/contribute/", READERS_BYTES))

GRACE_S: Final = 10.0  # until a body has to have begun to arrive
PACE: Final = 8 * 1024  # bytes a second, from then on: a poor phone does five times that
FRAMING: Final = 2  # times a body's bytes that it may take in chunks; a chunk a byte is an attack

TOTAL_BYTES: Final = 64 * 1024 * 1024  # of bodies that are not answered yet, those of the signed in included
STRANGERS: Final = 3 / 4  # of it, for those who are not signed in
LARGE: Final = 1 / 2  # of it, for strangers' bodies above SMALL_BYTES
SMALL_BYTES: Final = 16 * 1024  # such as a sign-in, which is taken when large ones no longer are


def most(target: bytes) -> int:
    """Return how many bytes may be sent to an address."""
    return next((allowed for start, allowed in MOST if target.startswith(start)), ELSE_BYTES)


def too_slow(now: float, began: float, received: int) -> bool:
    """Say whether a body that began then should have brought more by now; seconds, bytes."""
    return now - began > GRACE_S + received / PACE


class Bodies:
    """The bytes of all bodies that one process holds."""

    def __init__(self, total: int = TOTAL_BYTES) -> None:
        self.total, self.held = total, 0

    def take(self, count: int, *, so_far: int, signed_in: bool) -> bool:
        """Hold some more of a body of which so many bytes came; return False if that is too much."""
        share = 1.0 if signed_in else STRANGERS if so_far <= SMALL_BYTES else LARGE
        if self.held + count > share * self.total:
            return False
        self.held += count
        return True

    def release(self, count: int) -> None:
        self.held -= count
