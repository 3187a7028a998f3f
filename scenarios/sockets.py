"""HTTP and Server-Sent Events by sockets alone, like a reader's browser.

Owns one request on one connection, and the parsing of a stream. Never retries. Knows chunked framing, because a proxy
may use it; accepts no compression.
"""

import asyncio
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Final

LINE_BYTES: Final = 4 << 20  # more than the longest frame's line
ADDRESSES: Final = 200  # the number of readers' loopback addresses


class Dropped(Exception):
    """The connection ended, or an answer was wrong. `status`: 0 without an answer."""

    def __init__(self, why: str, status: int = 0, retry_after: float | None = None) -> None:
        super().__init__(why)
        self.status, self.retry_after = status, retry_after


@dataclass(frozen=True, kw_only=True)
class Where:
    """The address of a server, or of a proxy in front of it."""

    port: int
    host: str = "localhost"
    address: str = "127.0.0.1"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A complete answer. `asked`: when the request was sent, on the loop's clock (CLOCK_MONOTONIC)."""

    status: int
    headers: dict[str, str]
    body: bytes
    asked: float


@dataclass
class Event:
    """One Server-Sent Event."""

    name: str = "message"
    id: str = ""
    data: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its data."""
        return "\n".join(self.data)


class Connection:
    """One connection with one request on it."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer
        self._chunked = False
        self._left: int | None = None
        self.asked = 0.0
        self.status = 0
        self.headers: dict[str, str] = {}

    @classmethod
    async def open(cls, where: Where, path: str, headers: dict[str, str] | None = None) -> "Connection":
        """Connect, send the request, and read the answer's header."""
        source = f"127.0.1.{random.randint(1, ADDRESSES)}"
        try:
            reader, writer = await asyncio.open_connection(
                where.address, where.port, local_addr=(source, 0), limit=LINE_BYTES
            )
        except OSError as error:
            raise Dropped(f"connect: {error}") from error
        self = cls(reader, writer)
        try:
            lines = [f"GET {path} HTTP/1.1", f"Host: {where.host}", "Connection: close"]
            lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
            self.asked = asyncio.get_running_loop().time()
            writer.write("\r\n".join([*lines, "", ""]).encode())
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            self.status = int(head[0].split(" ")[1])
            pairs = (line.partition(":") for line in head[1:] if line)
            self.headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
        except (OSError, asyncio.IncompleteReadError, ValueError, IndexError) as error:
            self.abort()
            raise Dropped(f"{path}: no header: {error!r}") from error
        except asyncio.CancelledError:
            writer.transport.abort()
            raise
        self._chunked = self.headers.get("transfer-encoding", "").lower() == "chunked"
        if "content-length" in self.headers:
            self._left = int(self.headers["content-length"])
        return self

    def abort(self) -> None:
        """Close at once."""
        self._writer.transport.abort()

    async def some(self) -> bytes:
        """Return the next bytes of the body, b"" at its end. Raises Dropped if it ends too early."""
        try:
            if self._chunked:
                size = int((await self._reader.readuntil(b"\r\n")).split(b";")[0], 16)
                data = await self._reader.readexactly(size + 2)
                return data[:-2]
            if self._left == 0:
                return b""
            data = await self._reader.read(65_536)
        except (OSError, asyncio.IncompleteReadError, ValueError) as error:
            raise Dropped(f"the body was cut: {error!r}") from error
        if self._left is not None:
            if not data:
                raise Dropped(f"the body was cut {self._left} bytes before its end")
            self._left -= len(data)
        return data

    async def events(self, silence_s: float) -> AsyncIterator[Event]:
        """Yield the events of a stream; raise Dropped when it ends, or after a silence."""
        rest, event = b"", Event()
        while True:
            try:
                async with asyncio.timeout(silence_s):
                    data = await self.some()
            except TimeoutError:
                raise Dropped(f"silent for {silence_s:.0f} s") from None
            if not data:
                raise Dropped("the stream ended")
            *lines, rest = (rest + data).split(b"\n")
            for raw in lines:
                line = raw.removesuffix(b"\r").decode()
                name, _, value = line.partition(":")
                value = value.removeprefix(" ")
                if not line:
                    if event.data:
                        yield event
                    event = Event()
                elif name == "data":
                    event.data.append(value)
                elif name == "event":
                    event.name = value
                elif name == "id":
                    event.id = value


async def get(where: Where, path: str, headers: dict[str, str] | None = None, within_s: float = 10) -> Answer:
    """Request a document and read all of it. Raises Dropped if it is not complete."""
    try:
        async with asyncio.timeout(within_s):
            connection = await Connection.open(where, path, headers)
            try:
                parts = []
                while data := await connection.some():
                    parts.append(data)
            finally:
                connection.abort()
    except TimeoutError:
        raise Dropped(f"{path}: no answer within {within_s:.0f} s") from None
    return Answer(status=connection.status, headers=connection.headers, body=b"".join(parts), asked=connection.asked)
