"""The reasons why we refuse a connection or a request, and their answers, counts and lines in the log.

Owns the closed list of reasons, the answer to each in every language, a count of each, and one line in the log for many
refusals, so that an attack shows but fills no disk. Look next: guard.py and behind.py, which refuse; render/refused.py,
which has the words.
"""

import functools
import logging
import random
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from msgspec import Struct

from asithappened.delivery import documents
from asithappened.delivery.documents import Document
from asithappened.delivery.metrics import Metrics

LOG_S: Final = 10.0  # between two lines, however many were refused
RETRY_S: Final = (2, 10)  # seconds, at random, so that those who were refused do not return together

log = logging.getLogger("asithappened.delivery")


class Refusal(Struct, frozen=True, kw_only=True):
    """One reason. `name`: in the metric, and of its page; `said`: in the log, if it is counted."""

    name: str
    status: int
    said: str = ""


UNREADABLE: Final = Refusal(name="unreadable", status=400, said="could not be read")
HEADERS_LARGE: Final = Refusal(name="head_large", status=431, said="had too large a head")
HEADERS_SLOW: Final = Refusal(name="head_slow", status=408, said="did not send a whole head")
BODY_LARGE: Final = Refusal(name="body_large", status=413, said="sent more than may be sent there")
BODY_SLOW: Final = Refusal(name="body_slow", status=408, said="did not send what they announced")
BODIES_FULL: Final = Refusal(name="bodies_full", status=503, said="sent more than there is memory for")
CROWD: Final = Refusal(name="crowd", status=503, said="came from an address that has too many")
FULL: Final = Refusal(name="full", status=503, said="found all places taken")
BUSY: Final = Refusal(name="busy", status=503, said="would have waited too long for the desk")
FAILED: Final = Refusal(name="failed", status=503)
UNREADABLE_FILES: Final = Refusal(name="unreadable_files", status=503)
MADE_ANEW: Final = Refusal(name="made_anew", status=503)
ANSWERED: Final = (
    UNREADABLE, HEADERS_LARGE, HEADERS_SLOW, BODY_LARGE, BODY_SLOW, BODIES_FULL, CROWD, FULL, BUSY,
    FAILED, UNREADABLE_FILES, MADE_ANEW,
)  # fmt: skip
IDLE: Final = Refusal(name="idle", status=503, said="did nothing where places were wanted")  # closed without an answer

Pages = Mapping[str, Mapping[str, bytes]]
"""By language, the page of each refusal by its name."""


@functools.cache
def _answer(refusal: Refusal, page: bytes, retry_s: int) -> Document:
    more = [(b"retry-after", b"%d" % retry_s)] if retry_s else []
    return documents.refusal(refusal.status, page=page, headers=more)


class Refusals:
    """The refusals of one process."""

    def __init__(self, metrics: Metrics, pages: Pages | None = None, language: str = "en") -> None:
        """`language`: of whoever asks for none that has pages."""
        self._pages: Pages = {language: {}} | dict(pages or {})
        self._language = language
        self._counter = metrics.refusals
        self._since: Counter[Refusal] = Counter()
        self._last: dict[Refusal, str] = {}
        self._logged_at = -LOG_S

    def answer(self, refusal: Refusal, headers: Iterable[tuple[bytes, bytes]]) -> Document:
        """Return the answer for a refusal in the language of a request with these headers."""
        accept = b",".join(value for name, value in headers if name == b"accept-language")
        language = documents.language_for(accept, self._pages, self._language) if accept else self._language
        retry_s = random.randint(*RETRY_S) if refusal.status == 503 else 0  # noqa: S311
        return _answer(refusal, self._pages[language].get(refusal.name, b""), retry_s)

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
