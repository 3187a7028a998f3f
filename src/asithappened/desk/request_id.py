"""The id of the request that is being answered: on every page and in every answer that says no, and in the log.

Owns making it, and knowing it anywhere within the request. It says nothing of who asked or for what, so that two
answers that must not differ differ in it alone. Never imports Django: the log's formatter asks before there is one.
"""

import secrets
from contextvars import ContextVar
from typing import Final

_CURRENT: Final[ContextVar[str]] = ContextVar("request_id", default="")
HEADER: Final = "X-Request-Id"


def begin() -> str:
    """Make an id for a request that has arrived, and return it."""
    made = secrets.token_hex(4)  # short enough to be read out on the telephone; within a day's log it is one line
    _CURRENT.set(made)
    return made


def end() -> None:
    _CURRENT.set("")


def current() -> str:
    """Return the id of the request that is being answered; "" outside of one."""
    return _CURRENT.get()
