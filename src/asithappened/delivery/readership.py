"""How a live blog is read, in counts: open pages send a message when they are left, and these are added up in memory.

Owns parsing a message, its limits (by network; and no reader is counted who asked not to be tracked), and storing the
counts once a minute, in a thread, where no publish and no stream waits for it. An address is remembered until the end
of the minute for its limit alone, with no count. Knows no table: the runner passes in what stores the counts
(`readership.keeping`).
"""

import asyncio
import logging
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import Meta, Struct

from asithappened.delivery.proxies import network_of

PREFIX: Final = "/readership/"
BODY_BYTES: Final = 2_048  # the longest that our script sends is half of it
FLUSH_S: Final = 60.0  # the most that a killed process loses
HOUR_S: Final = 3_600
STEPS: Final = (0, 1, 5, 10, 25, 50)
"""How far down somebody read: to the first post, the fifth, …; 0 saw none (frontend/reader/readership.ts)."""

A_MINUTE: Final = 60  # messages of one network; a school or a carrier's NAT is one
NETWORKS: Final = 20_000  # in a minute; messages of further ones are refused until it is over
HOSTS: Final = 100  # referring hosts of a live blog in a minute; all further ones count as OTHERS
# Ids of posts of a live blog in a minute, since anybody can make ids up; storing drops those that are no key events.
POSTS: Final = 100
MOST: Final = 20_000  # counts that wait to be stored

NOWHERE: Final = ""
"""The referrer of readers who came from no other page, or whose browser does not say."""
OTHERS: Final = "*"
"""All further hosts. It is no valid name of a host."""

KindName = Literal["read", "opened", "from"]
_HOST: Final = re.compile(r"(?=.{4,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])")
_SLUG: Final = re.compile(rf"{PREFIX}([a-z0-9]+(?:-[a-z0-9]+)*)/")

log = logging.getLogger("asithappened.delivery")


class Count(Struct, frozen=True, order=True):
    """The key of a count. `hour`: hours since 1970. `key`: a step, the id of a post, or a host."""

    blog: int
    hour: int
    kind: KindName
    key: str


Keep = Callable[[Mapping[Count, int]], object]
"""Adds counts to those stored. Called in a thread."""


class Message(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole message that an open page sends when it is left."""

    read: Literal[0, 1, 5, 10, 25, 50]
    opened: Annotated[tuple[Annotated[str, Meta(pattern=r"\A[A-Za-z0-9_-]{1,64}\Z")], ...], Meta(max_length=12)] = ()
    host: Annotated[str, Meta(max_length=253)] = NOWHERE


_MESSAGE: Final = msgspec.json.Decoder(Message)


class Readership:
    """The counts of one process that are not stored yet."""

    def __init__(
        self, keep: Keep, *, now: Callable[[], float] = time.time, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """`keep`: stores counts. `now`: the time of day, in seconds since 1970."""
        self._keep, self._now, self._clock = keep, now, clock
        self.counts: Counter[Count] = Counter()
        self._told_apart: Counter[tuple[int, str]] = Counter()
        self._heard: Counter[str] = Counter()
        self._minute = -1

    def hears(self, address: str) -> bool:
        """Say whether one more message of an address is accepted."""
        minute = int(self._clock() // 60)
        if minute != self._minute:
            self._minute = minute
            self._heard.clear()
        network = network_of(address)
        if network not in self._heard and len(self._heard) >= NETWORKS:
            return False
        self._heard[network] += 1
        return self._heard[network] <= A_MINUTE

    def count(self, blog: int, message: Message) -> None:
        """Count a page's message: each number rises by one, and nothing links those of the same page."""
        hour = int(self._now() // HOUR_S)
        self._add(Count(blog, hour, "read", str(message.read)))
        for post in dict.fromkeys(message.opened):
            self._add(Count(blog, hour, "opened", post), at_most=POSTS)
        self._add(Count(blog, hour, "from", host(message.host)), at_most=HOSTS, otherwise=OTHERS)

    def _add(self, count: Count, *, at_most: int = MOST, otherwise: str = "") -> None:
        if count not in self.counts:
            of = (count.blog, count.kind)
            if self._told_apart[of] >= at_most or len(self.counts) >= MOST:
                if not otherwise:
                    return
                count = Count(count.blog, count.hour, count.kind, otherwise)
            self._told_apart[of] += 1
        self.counts[count] += 1

    async def flush(self) -> None:
        """Store the counts; if that fails, keep them for the next time."""
        if not self.counts:
            return
        taken, self.counts = self.counts, Counter()
        self._told_apart.clear()
        try:
            await asyncio.to_thread(self._keep, taken)
        except Exception:
            log.exception("How %d live blogs are read could not be kept", len({count.blog for count in taken}))
            if len(taken) + len(self.counts) <= MOST:
                self.counts.update(taken)

    async def run(self) -> None:
        """Flush once a minute, until cancelled."""
        while True:
            await asyncio.sleep(FLUSH_S)
            await self.flush()


def slug_in(path: str) -> str:
    """Return the slug in a path below PREFIX; "" for none."""
    found = _SLUG.fullmatch(path)
    return found[1] if found else ""


def message_in(body: bytes) -> Message | None:
    """Return a page's message; None if it is invalid."""
    try:
        return _MESSAGE.decode(body) if len(body) <= BODY_BYTES else None
    except msgspec.DecodeError:
        return None


def host(named: str) -> str:
    """Return a referring host as it is counted: a public name in lower case, or OTHERS."""
    found = named.lower()
    return found if not found or _HOST.fullmatch(found) else OTHERS


def declined(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    """Say whether a reader asked not to be counted, by Global Privacy Control or Do Not Track."""
    return any(name in {b"sec-gpc", b"dnt"} and value.strip() == b"1" for name, value in headers)


async def body_of(receive: Callable[[], Any]) -> bytes | None:
    """Return the body of a request, which the protocol in front keeps short; None if its client left."""
    body, more = b"", True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body, more = body + message.get("body", b""), message.get("more_body", False)
    return body
