"""A room: the open streams of one live blog in this process, and its newest events.

Owns which streams are in it, the order in which they are sent events, and their ends: a reader who does not read is cut
and can catch up later. A broadcast is one loop over the sinks with the joined bytes of a tick, without a task, queue or
coroutine for each reader. Never reads the database: the site passes in bytes.
"""

import asyncio
import random
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from itertools import islice
from typing import Final, Protocol

import msgspec

from asithappened.delivery import sse
from asithappened.published import wire
from asithappened.published.read import Blog
from asithappened.published.tickets import Ticket

# A stream ends by itself after ten minutes, give or take a fifth: readers return all the time, not only in a deploy.
LIFETIME_S: Final = 600.0
LIFETIME_SPREAD: Final = 0.2
# The shortest idle timeout of usual proxies is 30 s, and the reader's script waits as long.
HEARTBEAT_S: Final = 15.0
QUEUE_BYTES: Final = 256 * 1024  # waiting for one reader, in this process; more, and the reader is cut
STUCK_S: Final = 12.0  # a reader who reads nothing for this long is cut; heartbeats show which those are
SWEEP_S: Final = 0.5  # heartbeats are sent in slices, so that an event never waits for all of them
ROUND_S: Final = 5.0  # each stream is looked at once in this time: silence lasts HEARTBEAT_S and half of this at most
RECENT_BYTES: Final = 512 * 1024  # of a room's newest events: those that a reader misses between page and stream
JOINED: Final = 8  # cursors whose missed events are cached joined: readers who return at once missed the same
YIELD_EVERY: Final = 500  # sinks: some 4 ms of writing, after which the loop does other work


class Sink(Protocol):
    """One reader's stream, on either lane. Nothing here blocks or raises."""

    ends_at: float
    written_at: float
    ticket: Ticket | None  # by which its reader may read; None if everyone may
    at_desk: bool  # of the newsroom's own screen, which is no reader

    @property
    def queued(self) -> int:
        """Bytes that wait for this reader."""

    def push(self, data: bytes) -> None:
        """Send bytes, or queue them; cut the reader if too many wait."""

    def end(self) -> None:
        """End the stream after everything is sent."""

    def stuck(self, now: float) -> bool:
        """Say whether the reader has read nothing for too long."""

    def cut(self) -> None:
        """End the stream at once, and leave nothing of it in the kernel."""


class Batch(msgspec.Struct, frozen=True):
    """An event as bytes of the stream, with the parts that are sent with it."""

    seq: int
    data: bytes


class Room:
    """`version` rises whenever any of the blog's documents may have changed. `closed`: it was evicted."""

    def __init__(self, blog: Blog, *, clock: Callable[[], float]) -> None:
        self.blog = blog
        self.version = 0
        self.closed = False
        self.asked_at = clock()
        self.sinks: dict[Sink, None] = {}
        self._at_desk = 0
        self._recent: deque[Batch] = deque()
        self._recent_bytes = 0
        self._joined: dict[int, bytes | None] = {}  # the events after a seq; cleared when events are added or dropped
        self.full = False  # an event was dropped because of RECENT_BYTES: older ones cannot be kept
        self._clock = clock
        self._wrote_at = clock()  # to all streams
        self._in_order: tuple[Sink, ...] | None = ()  # the sinks as of the last broadcast; None: they have changed
        self._unswept: list[Sink] = []  # not looked at yet in this round
        self._broadcasting = asyncio.Lock()

    @property
    def cursor(self) -> bytes:
        """The id of the newest event."""
        return b"%b-%d" % (self.blog.epoch.encode(), self.blog.head)

    def hello(self, *, name: bytes = wire.HELLO, id_: bytes = b"") -> bytes:
        """Return the event that begins every stream, with the state of the log; as `reset`, pages must begin again."""
        blog = self.blog
        state = wire.Hello(epoch=blog.epoch, head=blog.head, g=blog.generation, r=blog.render)
        # Random, or all plain EventSources would return after the same pause.
        return sse.event(wire.encode(state), id_=id_ or self.cursor, name=name, retry_ms=random.randint(2_000, 8_000))  # noqa: S311

    @property
    def readers(self) -> int:
        """The number of readers' streams, without those of the newsroom's own screens."""
        return len(self.sinks) - self._at_desk

    def join(self, sink: Sink) -> None:
        """Add a stream, which gets every batch from now on; its opening has all earlier ones."""
        now = self._clock()
        sink.ends_at = now + LIFETIME_S * random.uniform(1 - LIFETIME_SPREAD, 1 + LIFETIME_SPREAD)  # noqa: S311
        sink.written_at = now
        self.sinks[sink] = None
        self._at_desk += sink.at_desk
        self._in_order = None

    def leave(self, sink: Sink) -> bool:
        """Remove a stream; return False if it was not there."""
        if sink not in self.sinks:
            return False
        del self.sinks[sink]
        self._at_desk -= sink.at_desk
        self._in_order = None
        return True

    def since(self, seq: int) -> bytes | None:
        """Return the events after a seq; None if some of them are no longer kept."""
        if seq == self.blog.head:
            return b""
        if seq not in self._joined:
            missing = [batch for batch in self._recent if batch.seq > seq]
            gapless = bool(missing) and missing[0].seq == seq + 1 and missing[-1].seq == self.blog.head
            if len(self._joined) >= JOINED:
                self._joined.clear()
            self._joined[seq] = b"".join(batch.data for batch in missing) if gapless else None
        return self._joined[seq]

    def forget(self) -> None:
        """Drop the kept events: something in them may have been taken back."""
        self._recent.clear()
        self._joined.clear()
        self._recent_bytes = 0
        self.full = False

    def keep(self, batches: Sequence[Batch]) -> None:
        """Keep new events, and drop the oldest above RECENT_BYTES."""
        self._recent += batches
        self._joined.clear()
        self._recent_bytes += sum(len(batch.data) for batch in batches)
        while self._recent_bytes > RECENT_BYTES:
            self._recent_bytes -= len(self._recent.popleft().data)
            self.full = True

    def keep_older(self, batches: Sequence[Batch]) -> None:
        """Keep older events, which a reader missed, before those kept already."""
        since = [batch for batch in self._recent if batch.seq > batches[-1].seq]
        self.forget()
        self.keep([*batches, *since])

    def broadcast(self, data: bytes) -> Awaitable[None]:
        """Send bytes to the streams that are in the room now, in the order of calls; await the result.

        A stream that enters between the call and the sending is left out: its opening has these events.
        """
        if self._in_order is None:
            self._in_order = tuple(self.sinks)
        return self._send(self._in_order, data)

    async def _send(self, sinks: tuple[Sink, ...], data: bytes) -> None:
        async with self._broadcasting:
            self._wrote_at = self._clock()
            rest = iter(sinks)
            for start in range(0, len(sinks), YIELD_EVERY):
                if start:
                    await asyncio.sleep(0)
                for sink in islice(rest, YIELD_EVERY):
                    sink.push(data)

    def sweep(self) -> None:
        """Look at a slice of the streams: send idle ones a heartbeat, end old ones, cut stuck ones."""
        if not self._unswept:
            self._unswept = list(self.sinks)
        share = int(len(self.sinks) * SWEEP_S / ROUND_S) + 1
        slice_, self._unswept = self._unswept[:share], self._unswept[share:]
        now = self._clock()
        for sink in slice_:
            if sink not in self.sinks:
                continue
            if sink.stuck(now):
                sink.cut()
            elif now >= sink.ends_at:
                sink.end()
            elif now - max(sink.written_at, self._wrote_at) >= HEARTBEAT_S - ROUND_S / 2:
                sink.written_at = now
                sink.push(sse.HEARTBEAT)

    def end_some(self, share: float) -> None:
        """End a random share of the streams, so that a drain spreads the return of their readers."""
        for sink in list(self.sinks):
            if random.random() < share:  # noqa: S311
                sink.end()
