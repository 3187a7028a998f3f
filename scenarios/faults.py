"""A TCP proxy between readers and servers whose connections fail.

Owns the faults: RST, FIN, a cut in the middle of an event, a stall; and choosing among several servers in turn, as a
load balancer does, without those that accept no connection. Never parses what it carries.
"""

import asyncio
import contextlib
import itertools
import random
import socket
import struct
from dataclasses import dataclass
from typing import Final

CHUNK: Final = 65_536
STALL_S: Final = (1.0, 4.0)


@dataclass(frozen=True, kw_only=True)
class Faults:
    """Which connections fail: `share` of them, after `after_s` (least, most) seconds, in one of `kinds`."""

    share: float = 0.0
    after_s: tuple[float, float] = (0.05, 8.0)
    kinds: tuple[str, ...] = ("rst", "fin", "cut", "stall")


NONE: Final = Faults()


class FaultyProxy:
    """Listens on a port of its own and forwards each connection to the next of `servers`, which are ports."""

    def __init__(self, servers: list[int], faults: Faults = NONE) -> None:
        self.servers, self.faults = servers, faults
        self.port = 0
        self.counts: dict[str, int] = {}  # of faults, by kind
        self._turns = itertools.cycle(servers)
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", 0, backlog=2_000)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        if self._server:
            self._server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._tasks.add(task)
        upstream = None
        try:
            upstream = await self._connect()
            if upstream is None:
                reset(writer)
                return
            await self._both(reader, writer, *upstream)
            writer.close()
            await writer.wait_closed()  # what the client's socket did not take yet is still sent
        except (OSError, asyncio.CancelledError):
            writer.transport.abort()  # connections fail on purpose
        finally:
            self._tasks.discard(task)
            if upstream:
                upstream[1].transport.abort()

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        """Connect to the server whose turn it is, otherwise to each other one once; None: all refused."""
        left = set(self.servers)
        while left:  # and not the next three of the turn, which other connections move while this one waits
            port = next(port for port in self._turns if port in left)
            left.remove(port)
            # Each connection has another address, because servers limit the connections of one.
            source = f"127.0.2.{random.randint(1, 200)}"
            with contextlib.suppress(OSError):
                return await asyncio.open_connection("127.0.0.1", port, local_addr=(source, 0))
        return None

    async def _both(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        from_server: asyncio.StreamReader,
        to_server: asyncio.StreamWriter,
    ) -> None:
        up = asyncio.create_task(_pass(reader, to_server))
        kind = random.choice(self.faults.kinds) if random.random() < self.faults.share else ""
        try:
            if not kind:
                await _pass(from_server, writer)
                return
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(random.uniform(*self.faults.after_s)):
                    await _pass(from_server, writer)
                    return
            self.counts[kind] = self.counts.get(kind, 0) + 1
            await self._fail(kind, from_server, writer)
        finally:
            up.cancel()
            await asyncio.gather(up, return_exceptions=True)

    async def _fail(self, kind: str, from_server: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if kind == "cut":  # only some bytes of the next event
            data = await from_server.read(CHUNK)
            writer.write(data[: random.randint(0, len(data))])
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(1):
                    await writer.drain()
            await asyncio.sleep(0.05)
        elif kind == "stall":
            await asyncio.sleep(random.uniform(*STALL_S))
            await _pass(from_server, writer)
            return
        if kind == "fin":
            writer.write_eof()
            await asyncio.sleep(0.2)
        else:
            reset(writer)


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await reader.read(CHUNK):
            writer.write(data)
            await writer.drain()
        writer.write_eof()


def reset(writer: asyncio.StreamWriter) -> None:
    """Close with RST instead of FIN."""
    sock: socket.socket = writer.get_extra_info("socket")
    with contextlib.suppress(OSError):
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
