"""What goes into the log: no secret, no more than a line's worth of what strangers sent, and not without end.

Owns how a line is written and how many of a kind are. Everything that logs comes this way, uvicorn too (`runner` gives
it no handlers of its own). Look next: LOGGING in the settings.
"""

import logging
import re
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Final

from asithappened.desk import request_id

MESSAGE_CHARS: Final = 500  # a path alone can be 16 KiB
TRACEBACK_CHARS: Final = 8_000  # its end, where the fault is
OF_A_KIND: Final = 20  # lines from one place in the program, a window: 8 s of refused forms were 21 MB
WINDOW_S: Final = 60.0
PLACES: Final = 1_024

_NAMES: Final = (
    r"(?:asithappened_)?ticket|token|csrf\w*|__Host-\w+|session\w*|known|passkey|key|verify-key|sig|secret|password\w*"
    r"|code|credential"
)
_SECRETS: Final = (
    # A one-time sign-in link, or one to join by, as a path or within a `next=`.
    re.compile(
        r"((?:/|%2F)(?:accounts(?:/|%2F)(?:enter|join)|desk(?:/|%2F)handover)(?:/|%2F))[^\s'\"<>]+", re.IGNORECASE
    ),
    # As a query, a form or a cookie has them: ticket=…; and as a mapping or JSON does.
    re.compile(rf"((?<![\w-])(?:{_NAMES})=)[^\s&;,'\"<>]+", re.IGNORECASE),
    re.compile(rf"(['\"](?:{_NAMES})['\"]: ?\[?b?['\"])[^'\"]+", re.IGNORECASE),
    re.compile(r"((?<![\w-])(?:cookie|authorization|grip-sig)['\"]?[:,=] ?b?['\"]?)[^'\"\n]+", re.IGNORECASE),
    # A database's address: postgres://user:password@host.
    re.compile(r"(://[^\s/:@]*:)[^\s/@]+(?=@)"),
    # Whatever stands before them: a link's token, a ticket.
    re.compile(r"()(?<![\w-])[0-9a-z]{5,13}-[0-9a-f]{32}(?![\w-])"),
    re.compile(r"()(?<![\w.-])\d{1,19}\.\d{1,12}\.[\w-]*\.[\w-]{43}(?![\w-])"),
)
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def without_secrets(text: str) -> str:
    """Return a text with everything taken out that lets somebody in."""
    for pattern in _SECRETS:
        text = pattern.sub(r"\1[secret]", text)
    return text


class Line(logging.Formatter):
    """Writes a record: its message in one line, and of a traceback the end."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        """Return the line, without what would begin another, and with the id of the request that it is about."""
        line = _CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode(), super().formatMessage(record))
        line = without_secrets(line)
        if len(line) > MESSAGE_CHARS:
            line = f"{line[:MESSAGE_CHARS]}… ({len(line)} characters)"
        id_ = request_id.current()
        return line + (f" [{id_}]" if id_ else "") + getattr(record, "left_out", "")

    def formatException(
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        """Return a traceback's end."""
        text = without_secrets(super().formatException(ei))
        return text if len(text) <= TRACEBACK_CHARS else f"…{text[-TRACEBACK_CHARS:]}"


class FewOfAKind(logging.Filter):
    """Lets OF_A_KIND records a window through from each place in the program, and says when it begins to leave out."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with nothing seen."""
        super().__init__()
        self._clock = clock
        self._seen: dict[tuple[str, int], tuple[float, int]] = {}  # of a place: when its window began, how many since
        self._lock = threading.Lock()

    def filter(self, record: logging.LogRecord) -> bool:
        """Say whether to write it."""
        place, now = (record.pathname, record.lineno), self._clock()
        with self._lock:
            since, count = self._seen.get(place, (now, 0))
            left_out = count - OF_A_KIND
            if now - since >= WINDOW_S:
                since, count = now, 0
                if left_out > 0:
                    record.left_out = f" ({left_out} more like this were left out before)"
            if len(self._seen) >= PLACES:
                self._seen.clear()
            self._seen[place] = since, count + 1
        if count + 1 == OF_A_KIND:
            record.left_out = f" (more like this are left out for up to {WINDOW_S:.0f} s)"
        return count < OF_A_KIND
