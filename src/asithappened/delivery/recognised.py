"""Which sessions the desk has lately recognised, so that delivery can tell them from strangers before it asks the desk.

Owns what is remembered of them: a hash, for a while. A session's cookie is 32 letters that anybody can make up, so what
counts is not that one was sent but that Django, answering a request that carried it, found somebody signed in. After a
start nobody is known: each is a stranger for the first request.
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
        """Know the name of the session's cookie; "" for none."""
        self._name, self._clock = cookie.encode(), clock
        self._until: OrderedDict[bytes, float] = OrderedDict()

    def session(self, headers: Iterable[tuple[bytes, bytes]]) -> bytes:
        """Return what a request's session is remembered by, b"" if it has none."""
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
        """Remember what Django found a session to be."""
        self._until.pop(session, None)
        if session and signed_in:
            self._until[session] = self._clock() + FOR_S
            while len(self._until) > REMEMBERED:
                self._until.popitem(last=False)
