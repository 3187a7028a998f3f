"""Scenario 8, a deploy: SIGTERM to one server after the other, under load, behind a load balancer.

Pass: each exits with 0 within drain + 2 s; no publish fails; no visitor of a page sees an error or half a page; at most
15 % of the readers are admitted again within any one second; 0 lost. The balancer (faults.FaultyProxy) has no health
checks: it skips servers that accept no connection, as the simplest balancers do.
"""

import asyncio
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from scenarios.faults import FaultyProxy
from scenarios.site import BASE, Figures, Site, peak_a_second, require
from scenarios.sockets import Dropped, Where, get

NODES: Final = 3
DRAIN_S: Final = 10.0  # the server's own default
AFTER_DRAIN_S: Final = 2.0


@dataclass(frozen=True, kw_only=True)
class Size:
    """The size."""

    readers: int
    rolls: int


CI = Size(readers=200, rolls=1)
FULL = Size(readers=1_000, rolls=10)
TINY = Size(readers=12, rolls=1)


async def run(folder: Path, size: Size, seed: int) -> Figures:
    async with Site(folder, seed=seed) as site:
        ports = [await site.serve() for _ in range(NODES)]
        proxy = FaultyProxy(ports)
        await proxy.start()
        through = Where(port=proxy.port)
        for start in range(0, size.readers, 50):
            site.add(min(50, size.readers - start), through)
            await asyncio.sleep(0.3)
        await site.live(60)
        rolling = time.monotonic()
        errors: list[str] = []
        visits = [0]
        busy = [asyncio.create_task(_publish(site)), asyncio.create_task(_visit(through, errors, visits))]
        exits: list[tuple[float, int]] = []
        try:
            for _ in range(size.rolls):
                for port in ports:
                    asked = time.monotonic()
                    site.terminate(port)
                    code = await asyncio.to_thread(site.servers[port].wait, DRAIN_S + 30)
                    exits.append((time.monotonic() - asked, code))
                    await site.serve(port)
            await asyncio.sleep(1)
        finally:
            for task in busy:
                task.cancel()
            results = await asyncio.gather(*busy, return_exceptions=True)
        for error in results:
            if isinstance(error, Exception):
                raise error
        settled = await site.live(60)
        await proxy.stop()
        back = peak_a_second([at for reader in site.readers for at in reader.hellos if at > rolling])
        refused = [status for reader in site.readers for _, status in reader.refusals]
        counts = await site.compare()
        figures = {
            "readers": counts["readers"],
            "events": counts["events"],
            "exits s": [round(took, 1) for took, _ in exits],
            "exit codes": sorted({code for _, code in exits}),
            "page visits": visits[0],
            "errors seen": len(errors),
            "streams refused": len(refused),
            "let in again, most in a second": back,
            "settled in s": round(settled, 1),
            "publishes repeated": site.editor.repeats,
            "lost, doubled, out of order": (counts["lost"], counts["doubled"], counts["disordered"]),
        }
        require(all(code == 0 for _, code in exits), f"a server left with an error: {figures}")
        require(max(took for took, _ in exits) <= DRAIN_S + AFTER_DRAIN_S, f"a server left too late: {figures}")
        require(not errors, f"visitors saw errors: {errors[:5]}")
        require(not counts.get("mark_half_page"), "a reader was given half a page")
        require(
            back <= max(0.15 * size.readers, 4), f"more than 15 % of the readers came in within a second: {figures}"
        )
        return figures


async def _publish(site: Site) -> None:
    while True:
        await asyncio.shield(asyncio.ensure_future(site.editor.act()))
        await asyncio.sleep(0.1)


async def _visit(through: Where, errors: list[str], visits: list[int]) -> None:
    """Visit the page ten times a second; like a browser, try once more if a connection is refused."""
    while True:
        for last in (False, True):
            try:
                answer = await get(through, BASE)
            except Dropped as why:
                if last:
                    errors.append(str(why))
                continue
            visits[0] += 1
            if answer.status != 200:
                errors.append(f"status {answer.status}")
            elif not answer.body.rstrip().endswith(b"</html>"):
                errors.append("half a page")
            break
        await asyncio.sleep(0.1)
