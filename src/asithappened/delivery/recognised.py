"""The sessions that the desk recognised lately, so that delivery can tell them from strangers before it asks the desk.

Owns what is remembered of each: a hash, for an hour. Anybody can make up a session's cookie of 32 letters, so a session
counts only after Django answered a request with it and found somebody signed in. After a start none is known: each
session is a stranger with its first request.
"""

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Final

REMEMBERED: Final = 10_000
FOR_S: Final = 60 * 60.0


class Recognised:
    """The sessions of one process."""

    def __init__(self, cookie: str, *, clock: Callable[[], float] = time.monotonic) -> None:
        """`cookie`: the name of the session's cookie; "" for none."""
        self._name, self._clock = cookie.encode(), clock
        self._until: OrderedDict[bytes, float] = OrderedDict()

    def session(self, headers: Iterable[tuple[bytes, bytes]]) -> bytes:
        """Return the hash of a request's session, b"" if it has none."""
        for name, value in headers:
            if name == b"cookie" and self._name and self._name in value:
                for crumb in value.split(b";"):
                    key, _, session = crumb.strip().partition(b"=")
                    if key == self._name and session:
                        return hashlib.blake2s(session, digest_size=16).digest()
        return b""

    def knows(self, session: bytes) -> bool:
        """Say whether a session was lately recognised."""
        return bool(session) and self._until.get(session, 0.0) > self._clock()

    def learn(self, session: bytes, *, signed_in: bool) -> None:
        """Remember whether Django found a session signed in."""
        self._until.pop(session, None)
        if session and signed_in:
            self._until[session] = self._clock() + FOR_S
            while len(self._until) > REMEMBERED:
                self._until.popitem(last=False)
