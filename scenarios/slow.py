"""Scenario 7, readers that read slowly or not at all, among good ones.

Pass: the server grows by at most 64 KB for each bad socket, and not with time; good readers' p99 stays within 20 % (or
20 ms, what the clock of a busy machine can tell); bad ones are cut within 30 s, and come back whole.
"""

import asyncio
import contextlib
import random
import socket
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench import machine
from scenarios.editor import SLUG
from scenarios.site import Figures, Site, require, share
from scenarios.sockets import Where

BAD_KB: Final = 64
CUT_S: Final = 30.0
NOISE_S: Final = 0.020


@dataclass(frozen=True, kw_only=True)
class Size:
    """How much of it."""

    good: int
    bad: int
    a_second: float
    seconds: float
    chars: int


# Longer posts at CI size, so that in 20 s a reader falls as far behind as it would in minutes.
CI = Size(good=70, bad=30, a_second=20, seconds=20, chars=6_000)
FULL = Size(good=700, bad=300, a_second=20, seconds=600, chars=1_000)
TINY = Size(good=5, bad=3, a_second=20, seconds=6, chars=20_000)


async def run(folder: Path, size: Size, seed: int) -> Figures:
    """Run it."""
    async with Site(folder, seed=seed, chars=size.chars) as site:
        port = await site.serve()
        site.add(size.good, Where(port=port), "good")
        await site.live(60)
        await _publish(site, size, min(size.seconds, 20))
        await site.live(10)
        before = _delays(site, 0)
        server = site.servers[port]
        held, kernel, mark = server.memory_kb(), machine.kernel_socket_kb(), site.editor.head
        bad = [asyncio.create_task(_bad(port, random.Random(seed + n))) for n in range(size.bad)]
        growth: list[int] = []
        publishing = asyncio.create_task(_publish(site, size, size.seconds))
        while not publishing.done():
            await asyncio.sleep(0.5)
            growth.append(server.memory_kb() - held)
        await publishing
        await asyncio.sleep(0.5)
        kernel = machine.kernel_socket_kb() - kernel
        async with asyncio.timeout(CUT_S):
            lasted = await asyncio.gather(*bad)
        good_readers = list(site.readers)
        site.add(size.bad, Where(port=port), "bad")  # each comes back as a reader does, from where it began
        await site.live(60)
        after = _delays(site, mark, good_readers)
        dropped = sum(len(reader.hellos) - 1 for reader in good_readers)
        counts = await site.compare()
        figures = {
            "good, bad": (size.good, size.bad),
            "events": counts["events"],
            "server grew by KB, most": max(growth),
            "KB a bad socket": round(max(growth) / size.bad, 1),
            "kernel KB a bad socket": round(kernel / size.bad, 1),
            "bad ones lasted s": (round(min(lasted), 1), round(max(lasted), 1)),
            "good p99 ms, before and among bad ones": (
                round(share(before, 0.99) * 1e3, 1),
                round(share(after, 0.99) * 1e3, 1),
            ),
            "good ones dropped": dropped,
            "lost, doubled, out of order": (counts["lost"], counts["doubled"], counts["disordered"]),
        }
        # What the log itself costs a server (finished pages, the ring) is given once, whoever reads.
        allowed = BAD_KB * size.bad + 4_096
        late = growth[len(growth) // 2 :]
        require(max(growth) <= allowed, f"memory grows with readers that do not read: {figures}")
        require(late[-1] - late[0] <= 4_096 or len(late) < 5, f"memory goes on growing: {growth}")
        require(max(lasted) <= CUT_S, f"a bad reader was kept: {figures}")
        require(not dropped, f"good readers were cut: {figures}")
        limit = max(1.2 * share(before, 0.99), share(before, 0.99) + NOISE_S)
        require(share(after, 0.99) <= limit, f"good readers waited for bad ones: {figures}")
        return figures


async def _publish(site: Site, size: Size, seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        started = time.monotonic()
        await site.editor.do("publish")
        await asyncio.sleep(max(0, 1 / size.a_second - (time.monotonic() - started)))


async def _bad(port: int, chance: random.Random) -> float:
    """Ask for the stream, then read 0 to 100 bytes a second until cut; return how long that took."""
    sock = socket.socket()
    sock.setblocking(False)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    loop, started, rate = asyncio.get_running_loop(), time.monotonic(), chance.choice((0, 0, 20, 100))
    try:
        await loop.sock_connect(sock, ("127.0.0.1", port))
        request = f"GET /live/{SLUG}/stream HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n"
        await loop.sock_sendall(sock, request.encode())
        while time.monotonic() - started < 120:
            await asyncio.sleep(1)
            if rate:
                async with asyncio.timeout(5):
                    if not await loop.sock_recv(sock, rate):
                        break
            elif sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
                break  # a reset is noticed without reading; a mere FIN is not, and would not free the server's memory
    except (ConnectionError, TimeoutError):
        pass
    finally:
        with contextlib.suppress(OSError):
            sock.close()
    return time.monotonic() - started


def _delays(site: Site, after: int, readers: list | None = None) -> list[float]:
    """From an event's answer to its arrival at each reader."""
    answered = {ack["last"]: ack["answered"] for ack in site.editor.acks if ack["last"] > after}
    return [
        max(0.0, at - answered[seq])
        for reader in (readers if readers is not None else site.readers)
        for seq, at in reader.arrivals.items()
        if seq in answered
    ]
