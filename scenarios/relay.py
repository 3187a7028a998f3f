"""A lossy relay to an edge: it forwards a publish, or drops it and answers as if it had not.

Owns HTTP in front of an edge's control port, and the seqs that it dropped. Edge and server have to repair the loss.
"""

import asyncio
import contextlib
import json


class Relay:
    """Use `start`, then set `edge` to the control port. `every`: which POSTs are dropped, 3 for every third."""

    def __init__(self) -> None:
        self.edge = 0
        self.every = 0
        self._reached = False
        self.dropped: list[int] = []  # seqs
        self._posts = 0
        self._server: asyncio.Server | None = None

    async def start(self) -> int:
        """Listen, and return the port."""
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    async def has_reached(self) -> bool:
        """Say whether any publish has reached the edge."""
        return self._reached

    def stop(self) -> None:
        if self._server:
            self._server.close()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            while True:
                head, body = await _message(reader)
                writer.write(await self._answer(head, body))
                await writer.drain()
        writer.close()

    async def _answer(self, head: bytes, body: bytes) -> bytes:
        ids = [item["id"] for item in json.loads(body)["items"] if "id" in item]
        seqs = [int(id_.rpartition("-")[2]) for id_ in ids]
        self._posts += bool(seqs)
        if seqs and self.every and self._posts % self.every == 0:
            self.dropped += seqs
            return b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nPublished\n"
        reader, upstream = await asyncio.open_connection("127.0.0.1", self.edge)
        try:
            upstream.write(head + body)
            answer = b"".join(await _message(reader))
        finally:
            upstream.close()
        self._reached = True
        return answer


async def _message(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    head = await reader.readuntil(b"\r\n\r\n")
    fields = dict(line.lower().split(b":", 1) for line in head.split(b"\r\n")[1:] if line)
    return head, await reader.readexactly(int(fields.get(b"content-length", b"0")))
