"""Scenario 1, convergence: connections fail at random, server and newsroom are killed (-9), and all end with the log.

Pass: every reader's log is the published log; 0 lost, 0 doubled, 0 out of order, 0 answered publishes missing, none
twice, no word of a withdrawn post served after the answer; follower.py, which was written from the document alone,
has the same content as a page loaded in the end; catching up after a restart takes at most 5 s (p99, from a reader's
first hello to the newest event of that moment, for readers who followed before it; the time of their back-off is not
counted).
"""

import asyncio
import contextlib
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from scenarios.faults import NONE, Faults, FaultyProxy
from scenarios.follower import Follower
from scenarios.site import BASE, Figures, Site, require, share
from scenarios.sockets import Dropped, Where

CATCH_UP_S: Final = 5.0
FOLLOWED_S: Final = 60.0  # for the follower to have the page's content: it may first have to notice a silence of 30 s


@dataclass(frozen=True, kw_only=True)
class Size:
    """The size."""

    acts: int
    readers: int
    kills: int
    a_second: float


CI = Size(acts=500, readers=60, kills=8, a_second=12)
FULL = Size(acts=10_000, readers=1_000, kills=50, a_second=12)
TINY = Size(acts=60, readers=8, kills=2, a_second=10)


async def run(folder: Path, size: Size, seed: int) -> Figures:
    chance = random.Random(seed)
    async with contextlib.AsyncExitStack() as stack:
        site = await stack.enter_async_context(Site(folder, seed=seed))
        port = await site.serve()
        proxy = FaultyProxy([port], Faults(share=0.7))
        await proxy.start()
        follower = stack.enter_context(_following(proxy.port))
        through, direct = Where(port=proxy.port), Where(port=port)
        site.add(size.readers // 2, through, "first")
        site.add(max(1, size.readers // 10), direct, "direct")
        kill_at = set(chance.sample(range(size.acts // 20, size.acts), size.kills))
        ups: list[tuple[float, int]] = []
        searched = 0
        for act in range(size.acts):
            started = time.monotonic()
            if act == size.acts // 3:
                site.add(size.readers - len(site.readers) - size.readers // 6, through, "page", from_page=True)
            if act == size.acts * 2 // 3:
                site.add(size.readers - len(site.readers), through, "late")
            if act in kill_at:
                await _kill(site, port, ups, server=len(ups) % 2 == 0 or chance.random() < 0.5)
            ack = await site.editor.act()
            if ack["kind"] == "withdraw":
                with contextlib.suppress(Dropped):
                    await site.search_withdrawn(direct, ack["post"])
                    searched += 1
            await asyncio.sleep(max(0, 1 / size.a_second - (time.monotonic() - started)))
        proxy.faults = NONE
        settled = await site.live(90)
        for post in site.editor.withdrawn[-20:]:
            await site.search_withdrawn(direct, post)
            searched += 1
        caught_up = _catch_up(site, ups)
        await site.wait_until(lambda: asyncio.to_thread(_holds_the_page, follower, port), FOLLOWED_S, "the follower")
        await proxy.stop()
        counts = await site.compare()
        require(
            share(caught_up, 0.99) <= CATCH_UP_S, f"p99 of catching up after a restart: {share(caught_up, 0.99):.1f} s"
        )
        return {
            "events": counts["events"],
            "readers": counts["readers"],
            "deliveries": counts["deliveries"],
            "kills": len(ups),
            "repeated publishes": site.editor.repeats,
            "faults": dict(proxy.counts),
            "withdrawals searched": searched,
            "catch-up p99 s": round(share(caught_up, 0.99), 2),
            "settled in s": round(settled, 1),
            "lost, doubled, out of order": (counts["lost"], counts["doubled"], counts["disordered"]),
        }


@contextlib.contextmanager
def _following(port: int) -> Iterator[Follower]:
    """Yield a client that follows the live blog."""
    follower = Follower(f"http://127.0.0.1:{port}{BASE}")
    follower.start()
    try:
        yield follower
    finally:
        follower.stopped.set()  # the thread ends with its stream


def _holds_the_page(follower: Follower, port: int) -> bool:
    """Say whether a client has all content of the page now."""
    fresh = Follower(f"http://127.0.0.1:{port}{BASE}")
    with fresh.http:
        fresh.load()
    parts = {name: html for name, (_, html) in follower.parts.items()}
    return (
        follower.have == fresh.have
        and all(follower.posts.get(id_) == post for id_, post in fresh.posts.items())
        and parts == {name: html for name, (_, html) in fresh.parts.items()}
    )


async def _kill(site: Site, port: int, ups: list[tuple[float, int]], *, server: bool) -> None:
    """Kill the server while the newsroom publishes, or the newsroom in the middle of a publish."""
    if not server:
        busy = asyncio.create_task(site.editor.act())
        await asyncio.sleep(random.uniform(0, 0.06))  # before, within and after the commit
        site.editor.kill()
        await busy
        ups.append((0.0, 0))
        return
    site.kill(port)
    for _ in range(3):
        await site.editor.act()
    await site.serve(port)
    ups.append((asyncio.get_running_loop().time(), site.editor.head))


def _catch_up(site: Site, ups: list[tuple[float, int]]) -> list[float]:
    """Return how long readers who followed before a restart took from their first hello after it to its newest event.

    Later readers are left out: they read the whole log first, 140 requests at full size.
    """
    took = []
    for up, head in ups:
        if not up:
            continue
        for reader in site.readers:
            if not reader.hellos or reader.hellos[0] > up - 1:
                continue
            hello = next((at for at in reader.hellos if at >= up - 1), None)
            had = reader.arrivals.get(head)
            if hello is not None and had is not None and had >= up - 1:
                took.append(max(0.0, had - hello))
    return took
