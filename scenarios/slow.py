"""Scenario 7, readers who read slowly or not at all, among good ones.

Pass: the server's memory grows by at most 64 KB for each bad socket, and not with time; good readers' p99 grows by at
most 20 % (or 0.1 s, the noise of a busy machine); bad readers are cut within 30 s, and lose nothing when they return.
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
from scenarios.reader import Reader
from scenarios.site import Figures, Site, require, share
from scenarios.sockets import Where

BAD_KB: Final = 64
CUT_S: Final = 30.0
NOISE_S: Final = (
    0.1  # what two runs of the same on a busy machine differ by; one that waits for the slow is seconds late
)
GIVE_UP_S: Final = 120.0
ESTABLISHED: Final = 1  # the state in TCP_INFO's first byte


@dataclass(frozen=True, kw_only=True)
class Size:
    """The size."""

    good: int
    bad: int
    a_second: float
    seconds: float
    chars: int
    log_kb: int = 4_096  # by which the server may grow for the log meanwhile, whoever reads


# At CI size posts are longer, so that in 20 s a reader falls as far behind as otherwise in minutes.
CI = Size(good=70, bad=30, a_second=20, seconds=20, chars=6_000)
# At full size 700 readers get some 6,000 frames a second, which one process can check beside the publisher. It lasts
# less than a stream's lifetime, which ends good ones too.
FULL = Size(good=700, bad=300, a_second=8, seconds=360, chars=1_000)
# At the tiny size a reader falls far enough behind only with posts so long that the log's first hundreds take up to
# 24 MB without any bad reader. So it shows that bad readers are cut, and nothing about memory.
TINY = Size(good=5, bad=3, a_second=20, seconds=6, chars=20_000, log_kb=32_768)


async def run(folder: Path, size: Size, seed: int) -> Figures:
    async with Site(folder, seed=seed, chars=size.chars) as site:
        port = await site.serve()
        site.add(size.good, Where(port=port), "good")
        await site.live(60)
        server, mark = site.servers[port], site.editor.head
        await _publish(site, size, min(size.seconds, 20), server)
        await site.live(10)
        before = _delays(site, mark, site.readers)
        held, kernel, mark = server.memory_kb(), machine.kernel_socket_kb(), site.editor.head
        bad = [asyncio.create_task(_bad(port, random.Random(seed + n))) for n in range(size.bad)]
        growth = [kb - held for kb in await _publish(site, size, size.seconds, server)]
        await asyncio.sleep(0.5)
        kernel = machine.kernel_socket_kb() - kernel
        lasted = await asyncio.wait_for(asyncio.gather(*bad), GIVE_UP_S + 10)
        good_readers = list(site.readers)
        site.add(size.bad, Where(port=port), "bad")  # each returns as a reader, from its first event
        # Each gets every event from the first: this process checks and records some 8,000 frames a second.
        await site.live(60 + size.bad * site.editor.head / 4_000)
        after = _delays(site, mark, good_readers)
        dropped = sum(len(reader.hellos) - 1 for reader in good_readers)
        counts = await site.compare()
        figures = {
            "good, bad": (size.good, size.bad),
            "events": counts["events"],
            "server grew by KB, most": max(growth, default=0),
            "KB a bad socket": round(max(growth, default=0) / size.bad, 1),
            "kernel KB a bad socket": round(kernel / size.bad, 1),
            "bad ones lasted s": (round(min(lasted), 1), round(max(lasted), 1)),
            "good p99 ms, before and among bad ones": (
                round(share(before, 0.99) * 1e3, 1),
                round(share(after, 0.99) * 1e3, 1),
            ),
            "good ones dropped": dropped,
            "lost, doubled, out of order": (counts["lost"], counts["doubled"], counts["disordered"]),
        }
        # A server's memory for the log (finished pages, the ring) does not depend on the number of readers.
        allowed = BAD_KB * size.bad + size.log_kb
        late = growth[len(growth) // 2 :] or [0]
        require(max(growth, default=0) <= allowed, f"memory grows with readers that do not read: {figures}")
        require(late[-1] - late[0] <= size.log_kb or len(late) < 5, f"memory goes on growing: {growth}")
        require(max(lasted) <= CUT_S, f"a bad reader was kept: {figures}")
        require(not dropped, f"good readers were cut: {figures}")
        limit = max(1.2 * share(before, 0.99), share(before, 0.99) + NOISE_S)
        require(share(after, 0.99) <= limit, f"good readers waited for bad ones: {figures}")
        return figures


async def _publish(site: Site, size: Size, seconds: float, server: machine.Process) -> list[int]:
    """Publish for some seconds; return the server's memory once a second meanwhile, in KB."""
    held: list[int] = []

    async def sample() -> None:
        while True:
            await asyncio.sleep(1)
            held.append(await asyncio.to_thread(server.memory_kb))

    sampling = asyncio.create_task(sample())
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        started = time.monotonic()
        await site.editor.do("publish")
        await asyncio.sleep(max(0, 1 / size.a_second - (time.monotonic() - started)))
    sampling.cancel()
    return held


async def _bad(port: int, chance: random.Random) -> float:
    """Request the stream, then read 0 to 100 bytes a second until cut; return how long that took."""
    sock = socket.socket()
    sock.setblocking(False)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    loop, started, rate = asyncio.get_running_loop(), time.monotonic(), chance.choice((0, 0, 20, 100))
    try:
        await loop.sock_connect(sock, ("127.0.0.1", port))
        request = f"GET /live/{SLUG}/stream HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n"
        await loop.sock_sendall(sock, request.encode())
        while time.monotonic() - started < GIVE_UP_S:
            await asyncio.sleep(0.5)
            # The kernel knows of the cut before a slow reader has read the bytes before it.
            if sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0] != ESTABLISHED:
                break
            if rate:
                with contextlib.suppress(BlockingIOError):
                    sock.recv(rate // 2)
    except ConnectionError:
        pass
    finally:
        with contextlib.suppress(OSError):
            sock.close()
    return time.monotonic() - started


def _delays(site: Site, after: int, readers: list[Reader]) -> list[float]:
    """Return the times from each answer to its event's arrival at each reader, of events after a seq."""
    answered = {ack["last"]: ack["answered"] for ack in site.editor.acks if ack["last"] > after}
    return [
        max(0.0, at - answered[seq]) for reader in readers for seq, at in reader.arrivals.items() if seq in answered
    ]
