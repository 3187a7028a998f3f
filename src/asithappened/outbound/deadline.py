"""One deadline for all steps of a fetch, so that a site that sends byte by byte cannot extend it."""

import time

from asithappened.outbound.errors import Failed


class Deadline:
    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Return the seconds that are left. Raises Failed when none are."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise Failed(f"It took longer than {self._seconds:g} seconds.")
        return left
