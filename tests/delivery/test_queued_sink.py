"""Promises of `delivery.queued_sink`: its queue is bounded, and is sent joined before the stream ends."""

import asyncio
from collections.abc import MutableMapping
from typing import Any, cast

from asithappened.delivery.queued_sink import QueuedSink
from asithappened.delivery.room import QUEUE_BYTES, Sink
from asithappened.delivery.streams import Place


class Left:
    """A place that notes how the stream left."""

    def __init__(self) -> None:
        self.cut: list[bool] = []

    def leave(self, sink: Sink, *, cut: bool = False) -> None:
        del sink
        self.cut.append(cut)


def stream() -> tuple[QueuedSink, Left, list[str]]:
    """Return a reader's stream, its place, and what was done to its connection."""
    place, done = Left(), list[str]()
    return QueuedSink(cast(Place, place), ticket=None, at_desk=False, abort=lambda: done.append("aborted")), place, done


def test_what_waits_goes_out_joined_and_then_the_stream_ends() -> None:
    async def sent() -> list[bytes | int]:
        sink, _, _ = stream()
        found: list[bytes | int] = []

        async def receive() -> MutableMapping[str, Any]:
            return await asyncio.get_running_loop().create_future()  # type: ignore[no-any-return]  # never

        async def send(message: MutableMapping[str, Any]) -> None:
            found.append(message["status"] if "status" in message else message["body"])

        sink.push(b"a")
        sink.push(b"b")
        assert sink.queued == 2
        sink.end()
        sink.push(b"too late")
        await sink.pump([], receive, send)
        return found

    assert asyncio.run(sent()) == [200, b"ab", b""]


def test_a_reader_for_whom_too_much_waits_is_cut_once_and_nothing_is_kept() -> None:
    sink, place, done = stream()
    sink.push(bytes(QUEUE_BYTES + 1))
    assert place.cut == [], "one event may be larger than all that may wait"
    sink.push(b"more")
    sink.cut()
    assert sink.queued == 0
    assert place.cut[0] is True
    assert done == ["aborted"]
