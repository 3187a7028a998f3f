"""Network faults between a reader and delivery: refused streams, no answers, lost messages.

Owns an application in front of the real one, which passes everything else through. Look next: newsroom.py for what is
published behind it, scenarios/silent_relay.py for connections that die silently.
"""

import asyncio
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from asithappened.delivery.asgi import App, Message, Receive, Scope, Send

_SEQ = re.compile(rb"^id: \w+-(\d+)$", re.MULTILINE)


def wait_until(true: Callable[[], Any], seconds: float = 20) -> None:
    """Wait for something outside the browser."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)  # the server's thread has no condition to wait on


@dataclass(eq=False)
class Stream:
    send: Send
    ended: asyncio.Event = field(default_factory=asyncio.Event)


class Line:
    """The line to one live blog. Without a fault it passes everything through."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.streams: set[Stream] = set()
        self.requests: list[str] = []
        self.refusing_streams = self.dark = False
        self.ticket = b""  # a cookie without which everything is 404, as behind a house's own sign-in
        self.caching = b""  # the Cache-Control of its pages, instead of delivery's
        self.stalled = ""  # a path that is never answered
        self._losing = False
        self._lost = 0
        self._loop: asyncio.AbstractEventLoop | None = None

    def go_dark(self) -> None:
        """End every stream and answer nothing but 503."""
        self.dark = True
        self.end_streams()

    def end_streams(self) -> None:
        """End every stream, as a deploy does."""
        for stream in list(self.streams):
            assert self._loop is not None
            self._loop.call_soon_threadsafe(stream.ended.set)

    @contextmanager
    def losing(self, upto: Callable[[], int]) -> Iterator[None]:
        """Drop what is sent to streams inside the block, up to the event that is the newest at its end."""
        self._losing = True
        yield
        wait_until(lambda: self._lost >= upto())
        self._losing = False

    def say(self, data: bytes) -> None:
        """Send data to every stream, in place of the server."""
        for stream in list(self.streams):
            assert self._loop is not None
            message = {"type": "http.response.body", "body": data, "more_body": True}
            asyncio.run_coroutine_threadsafe(_sent(stream, message), self._loop).result(20)

    async def __call__(self, app: App, scope: Scope, receive: Receive, send: Send) -> None:
        self._loop = asyncio.get_running_loop()
        path = scope["path"]
        self.requests.append(path)
        if self.ticket and self.ticket not in dict(scope["headers"]).get(b"cookie", b""):
            await _answer(send, 404)
        elif self.dark or (path == self.base + "stream" and self.refusing_streams):
            await _answer(send, 503)
        elif path == self.stalled:
            while (await receive())["type"] != "http.disconnect":
                pass
        elif path == self.base + "stream":
            await self._stream(app, scope, receive, send)
        else:
            await app(scope, receive, self._cached(send) if self.caching else send)

    def _cached(self, send: Send) -> Send:
        async def say(message: Message) -> None:
            if message["type"] == "http.response.start":
                others = [(name, value) for name, value in message["headers"] if name != b"cache-control"]
                message = {**message, "headers": [*others, (b"cache-control", self.caching)]}
            await send(message)

        return say

    async def _stream(self, app: App, scope: Scope, receive: Receive, send: Send) -> None:
        stream = Stream(send)

        async def hear() -> Message:
            asking, ending = asyncio.ensure_future(receive()), asyncio.ensure_future(stream.ended.wait())
            await asyncio.wait({asking, ending}, return_when=asyncio.FIRST_COMPLETED)
            ending.cancel()
            if asking.done():
                return asking.result()
            asking.cancel()
            return {"type": "http.disconnect"}

        async def say(message: Message) -> None:
            data = message.get("body", b"")
            if self._losing and stream in self.streams and data:
                self._lost = max([self._lost, *map(int, _SEQ.findall(data))])
                return
            await send(message)
            if data:
                self.streams.add(stream)  # after its hello

        try:
            await app(scope, hear, say)
        finally:
            self.streams.discard(stream)


class Lines:
    """Every live blog's line, in front of the application; other requests pass through."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.lines: list[Line] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        line = next((line for line in self.lines if path.startswith(line.base)), None)
        if line is None:
            await self.app(scope, receive, send)
        else:
            await line(self.app, scope, receive, send)


async def _sent(stream: Stream, message: Message) -> None:
    await stream.send(message)


async def _answer(send: Send, status: int) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})
