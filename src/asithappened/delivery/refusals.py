"""The reasons why we refuse a connection or a request, and what is said to its sender, in the metrics and in the log.

Owns the closed list of reasons, a count of each, and one line in the log for many refusals, so that an attack shows but
fills no disk. Look next: guard.py and behind.py, which refuse.
"""

import functools
import logging
from collections import Counter
from typing import Final

from msgspec import Struct

from asithappened.delivery import documents
from asithappened.delivery.documents import Document
from asithappened.delivery.metrics import Metrics

LOG_S: Final = 10.0  # between two lines, however many were refused
RETRY_S: Final = 5  # seconds, where there was no capacity

log = logging.getLogger("asithappened.delivery")


class Refusal(Struct, frozen=True, kw_only=True):
    """One reason. `name`: in the metric; `said`: in the log; `words`: to the sender."""

    name: str
    status: int
    said: str
    words: str


_AGAIN: Final = "Nothing was saved or changed; what you typed is still in your browser. Go back, and try again."
UNREADABLE: Final = Refusal(
    name="unreadable", status=400, said="could not be read", words="This could not be read as a request."
)
HEADERS_LARGE: Final = Refusal(
    name="head_large", status=431, said="had too large a head", words="The address and headers are too long."
)
HEADERS_SLOW: Final = Refusal(
    name="head_slow", status=408, said="did not send a whole head", words="The request did not arrive."
)
BODY_LARGE: Final = Refusal(
    name="body_large",
    status=413,
    said="sent more than may be sent there",
    words="This is more than can be sent here at once. Nothing was saved or changed; what you typed is still in your"
    " browser. Go back, and send it in parts.",
)
BODY_SLOW: Final = Refusal(
    name="body_slow", status=408, said="did not send what they announced", words=f"It did not arrive whole. {_AGAIN}"
)
BODIES_FULL: Final = Refusal(
    name="bodies_full", status=503, said="sent more than there is memory for", words=f"Too much arrives here. {_AGAIN}"
)
CROWD: Final = Refusal(
    name="crowd", status=503, said="came from an address that has too many", words=f"Too many at once. {_AGAIN}"
)
FULL: Final = Refusal(
    name="full", status=503, said="found all places taken", words=f"Too many are here at the moment. {_AGAIN}"
)
IDLE: Final = Refusal(name="idle", status=503, said="did nothing where places were wanted", words="")
BUSY: Final = Refusal(
    name="busy", status=503, said="would have waited too long for the desk", words=f"Too many ask at once. {_AGAIN}"
)


@functools.cache
def answer(refusal: Refusal) -> Document:
    """Return the answer for a refusal."""
    more = [(b"retry-after", b"%d" % RETRY_S)] if refusal.status == 503 else []
    return documents.refusal(refusal.status, refusal.words, headers=more)


class Refusals:
    """The refusals of one process."""

    def __init__(self, metrics: Metrics) -> None:
        self._counter = metrics.refusals
        self._since: Counter[Refusal] = Counter()
        self._last: dict[Refusal, str] = {}
        self._logged_at = -LOG_S

    def note(self, refusal: Refusal, address: str) -> None:
        """Count a refusal; the log names the last address of each kind."""
        self._counter.labels(refusal.name).inc()
        self._since[refusal] += 1
        self._last[refusal] = address

    def report(self, now: float) -> None:
        """Log the refusals since the last line, in one line; `now` on the loop's clock. Called every few seconds."""
        if not self._since or now - self._logged_at < LOG_S:
            return
        said = (f"{count} {refusal.said} (last from {self._last[refusal]})" for refusal, count in self._since.items())
        log.warning("Refused: %s", "; ".join(said))
        self._since.clear()
        self._last.clear()
        self._logged_at = now
