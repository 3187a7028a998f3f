"""Formats and limits the program's log: without secrets, with short lines, and few of each kind.

Owns a line's form, and the limit for lines of a kind. All logging passes here, uvicorn's too (`runner` gives it no
handlers). Look next: LOGGING in the settings.
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
TRACEBACK_CHARS: Final = 8_000  # of its end, which has the fault
OF_A_KIND: Final = 20  # lines from one place in the program, a window: 8 s of refused forms were 21 MB
WINDOW_S: Final = 60.0
PLACES: Final = 1_024

_NAMES: Final = (
    r"(?:asithappened_)?ticket|token|csrf\w*|__Host-\w+|session\w*|known|passkey|key|verify-key|sig|secret|password\w*"
    r"|code|credential"
)
_SECRETS: Final = (
    # A one-time sign-in link or an invitation link, as a path or within a `next=`.
    re.compile(
        r"((?:/|%2F)(?:accounts(?:/|%2F)(?:enter|join)|desk(?:/|%2F)handover)(?:/|%2F))[^\s'\"<>]+", re.IGNORECASE
    ),
    # In a query, a form or a cookie: ticket=…; and in a mapping or JSON.
    re.compile(rf"((?<![\w-])(?:{_NAMES})=)[^\s&;,'\"<>]+", re.IGNORECASE),
    re.compile(rf"(['\"](?:{_NAMES})['\"]: ?\[?b?['\"])[^'\"]+", re.IGNORECASE),
    re.compile(r"((?<![\w-])(?:cookie|authorization|grip-sig)['\"]?[:,=] ?b?['\"]?)[^'\"\n]+", re.IGNORECASE),
    # A database's address: postgres://user:password@host.
    re.compile(r"(://[^\s/:@]*:)[^\s/@]+(?=@)"),
    # Anywhere: a link's token, a ticket.
    re.compile(r"()(?<![\w-])[0-9a-z]{5,13}-[0-9a-f]{32}(?![\w-])"),
    re.compile(r"()(?<![\w.-])\d{1,19}\.\d{1,12}\.[\w-]*\.[\w-]{43}(?![\w-])"),
)
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def without_secrets(text: str) -> str:
    """Return a text with passwords, tokens and other secrets replaced."""
    for pattern in _SECRETS:
        text = pattern.sub(r"\1[secret]", text)
    return text


class Line(logging.Formatter):
    """Formats a record: its message in one line, and the end of a traceback."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        """Return the line, with control characters escaped, and the request's id."""
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
        text = without_secrets(super().formatException(ei))
        return text if len(text) <= TRACEBACK_CHARS else f"…{text[-TRACEBACK_CHARS:]}"


class FewOfAKind(logging.Filter):
    """Lets OF_A_KIND records a window through from each place in the program; the last of them says so."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._seen: dict[tuple[str, int], tuple[float, int]] = {}  # of a place: its window's beginning, its count
        self._lock = threading.Lock()

    def filter(self, record: logging.LogRecord) -> bool:
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
