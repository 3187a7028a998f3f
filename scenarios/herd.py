"""Scenario 6, a thundering herd: the server is killed with all readers connected, and all of them return.

Pass: at most 20 % of the readers are admitted within any one second; publishing meanwhile has a p99 of at most 500 ms;
all have returned within 60 s; 0 lost.
"""

import asyncio
import time
from dataclasses import dataclass
from pathlib import Path

from scenarios.site import Figures, Site, peak_a_second, require, share
from scenarios.sockets import Where


@dataclass(frozen=True, kw_only=True)
class Size:
    """The size."""

    readers: int
    restarts: int = 1


CI = Size(readers=400)
FULL = Size(readers=5_000, restarts=3)
TINY = Size(readers=30)


async def run(folder: Path, size: Size, seed: int) -> Figures:
    async with Site(folder, seed=seed) as site:
        port = await site.serve()
        for _ in range(20):
            await site.editor.act()
        for start in range(0, size.readers, 100):  # gradually, since the herd comes later
            site.add(min(100, size.readers - start), Where(port=port), from_page=start % 200 == 0)
            await asyncio.sleep(0.5)
        await site.live(90)
        publishing: list[float] = []
        stop = asyncio.Event()

        async def publish() -> None:
            while not stop.is_set():
                ack = await site.editor.act()
                publishing.append(ack["answered"] - ack["before"])
                await asyncio.sleep(0.2)

        busy = asyncio.create_task(publish())
        back, peaks, tries = [], [], []
        for _ in range(size.restarts):
            await asyncio.sleep(2)
            killed = time.monotonic()
            site.kill(port)
            await asyncio.sleep(1)
            await site.serve(port)
            back.append(await site.live(75, 0.999))
            peaks.append(peak_a_second([at for reader in site.readers for at in reader.hellos if at > killed]))
            tries.append(peak_a_second([at for reader in site.readers for at in reader.tries if at > killed]))
        stop.set()
        await busy
        await site.live(30)
        refused = sum(len(reader.refusals) for reader in site.readers)
        counts = await site.compare()
        p99 = share(publishing, 0.99)
        figures = {
            "readers": counts["readers"],
            "back in s": round(max(back), 1),
            "let in, most in a second": max(peaks),
            "tries, most in a second": max(tries),
            "refused": refused,
            "publish p99 ms": round(p99 * 1e3),
            "lost, doubled, out of order": (counts["lost"], counts["doubled"], counts["disordered"]),
        }
        require(max(back) <= 60, f"all were back only after {max(back):.0f} s: {figures}")
        require(
            max(peaks) <= max(0.2 * size.readers, 10),  # few readers may arrive together by chance
            f"more than 20 % of the readers came in within a second: {figures}",
        )
        require(p99 <= 0.5, f"publishing had to wait: {figures}")
        return figures
