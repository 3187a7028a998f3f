"""The id of the current request: on every page, in every refusal, and in the log.

Owns making it, and providing it anywhere within the request. It is random and tells nothing of the request, so that
two answers that must be equal differ in it alone. Never imports Django: the log's formatter needs it before Django.
"""

import secrets
from contextvars import ContextVar
from typing import Final

_CURRENT: Final[ContextVar[str]] = ContextVar("request_id", default="")
HEADER: Final = "X-Request-Id"


def begin() -> str:
    """Make an id for a request that has arrived, and return it."""
    made = secrets.token_hex(4)  # short enough to read out on the telephone, and unique within a day's log
    _CURRENT.set(made)
    return made


def end() -> None:
    _CURRENT.set("")


def current() -> str:
    """Return the id of the current request; "" outside of one."""
    return _CURRENT.get()
