"""The proxy of the scenarios fails connections on purpose, and no others: the servers would be blamed for them."""

import asyncio
import socket
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from scenarios.faults import FaultyProxy

SMALL = 4_096  # a buffer in the kernel
PAGE = b"." * 60_000  # more than two such buffers hold, and not enough to slow its sender


@asynccontextmanager
async def _server(answer: bytes) -> AsyncIterator[int]:
    """Answer every connection and close it; yield the port."""

    async def answered(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(answer)
        writer.close()
        await writer.wait_closed()

    async with await asyncio.start_server(answered, "127.0.0.1", 0, backlog=200) as server:
        yield server.sockets[0].getsockname()[1]


@asynccontextmanager
async def _proxy(ports: list[int]) -> AsyncIterator[FaultyProxy]:
    proxy = FaultyProxy(ports)
    await proxy.start()
    yield proxy
    await proxy.stop()


async def _asked(port: int) -> bytes:
    """Connect, and return all that comes, b"" if the connection is reset."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        return await reader.read()
    except ConnectionResetError:
        return b""
    finally:
        writer.transport.abort()


def test_of_many_who_connect_at_once_nobody_is_reset_while_one_server_of_three_refuses() -> None:
    async def answers() -> list[bytes]:
        with socket.socket() as refusing:
            refusing.bind(("127.0.0.1", 0))  # and does not listen
            refused = refusing.getsockname()[1]
            async with _server(b"one") as one, _server(b"other") as other, _proxy([refused, one, other]) as proxy:
                return await asyncio.gather(*(_asked(proxy.port) for _ in range(90)))

    assert Counter(asyncio.run(answers())) == {b"one": 45, b"other": 45}, "the others share what it would have had"


def test_a_client_that_reads_late_has_the_whole_answer_of_a_server_that_closes_after_it() -> None:
    async def answer() -> bytes:
        loop, parts = asyncio.get_running_loop(), []
        async with _server(PAGE) as server, _proxy([server]) as proxy:
            assert proxy._server is not None
            proxy._server.sockets[0].setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SMALL)
            with socket.socket() as client:
                client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL)
                client.setblocking(False)
                await loop.sock_connect(client, ("127.0.0.1", proxy.port))
                for _ in range(100):  # the proxy reads to the end meanwhile
                    await asyncio.sleep(0)
                while part := await loop.sock_recv(client, len(PAGE)):
                    parts.append(part)
        return b"".join(parts)

    assert asyncio.run(answer()) == PAGE
