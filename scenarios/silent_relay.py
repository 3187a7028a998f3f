"""A relay that keeps its readers' connections open, as a proxy does, and can fall silent.

Owns the simulation of a dead connection: from `fall_silent` on, the connections of that moment get no more bytes and
are not closed, neither by FIN nor by RST; later ones work. Can also refuse streams, or accept them and send nothing.
"""

import asyncio
import contextlib
import time
from typing import Final

FOR_EVER_S: Final = 1e6
REFUSED: Final = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nRetry-After: 5\r\n\r\n"


class SilentRelay:
    """Use `start`, from within a running loop. Connects to the server anew for each request, as many proxies do."""

    def __init__(self, server: int) -> None:
        self.server = server
        self.port = 0
        self.refuses_streams = self.mutes_streams = False
        self.streams = 0  # requests for them
        self.connections = 0  # from readers
        self._silent_since = 0.0
        self._listening: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> int:
        """Listen, and return the port."""
        self._listening = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        self.port = self._listening.sockets[0].getsockname()[1]
        return self.port

    async def stop(self) -> None:
        """Stop listening, and close all connections."""
        if self._listening:
            self._listening.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def fall_silent(self) -> None:
        """Send nothing more on the connections that are open now."""
        self._silent_since = time.monotonic()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self.connections += 1
        try:
            # Only `stop` cancels it; if the error went on, asyncio's streams would log it as a fault.
            with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
                await self._serve(reader, writer, time.monotonic())
        finally:
            self._tasks.discard(task)
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, opened_s: float) -> None:
        async def send(data: bytes) -> None:
            if opened_s < self._silent_since:
                await asyncio.sleep(FOR_EVER_S)
            writer.write(data)
            await writer.drain()

        while True:
            request = await reader.readuntil(b"\r\n\r\n")
            if request.split(b" ", 2)[1].endswith(b"/stream"):
                self.streams += 1
                if self.mutes_streams:
                    await reader.read()  # until the reader disconnects
                    return
                if self.refuses_streams:
                    await send(REFUSED)
                    continue
            upstream, to_upstream = await asyncio.open_connection("127.0.0.1", self.server)
            try:
                to_upstream.write(self._for_server(request))
                answer = await upstream.readuntil(b"\r\n\r\n")
                if b"text/event-stream" in answer:
                    await send(answer)
                    while data := await upstream.read(65_536):
                        await send(data)
                    return
                body = await upstream.read()
            finally:
                to_upstream.close()
            await send(self._keep_alive(answer) + body)

    def _for_server(self, request: bytes) -> bytes:
        lines = [
            line for line in request[:-4].split(b"\r\n") if not line.lower().startswith((b"connection:", b"host:"))
        ]
        return b"\r\n".join([*lines, b"Host: 127.0.0.1:%d" % self.server, b"Connection: close", b"", b""])

    @staticmethod
    def _keep_alive(answer: bytes) -> bytes:
        lines = [line for line in answer[:-4].split(b"\r\n") if not line.lower().startswith(b"connection:")]
        return b"\r\n".join([*lines, b"Connection: keep-alive", b"", b""])
