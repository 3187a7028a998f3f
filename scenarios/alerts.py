"""Scenario 13, alerts: a key event goes to 10,000 devices while an editor publishes and two push services fail.

The push services are ours (`push_services`): one accepts every message, one answers after seconds, one never. Pass:
each device of the first gets the alert within a minute, once; devices that the service calls gone are forgotten; the
99th percentile of a publish meanwhile is at most 1.5 times what it was before. Judged by the messages that the service
received, by the table of devices, and by how long the desk took to answer.
"""

import asyncio
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench import machine, ours
from scenarios.desk import Person
from scenarios.editor import SLUG
from scenarios.push_services import ONE_IN_GONE, PushServices
from scenarios.site import BASE, Broken, Figures, Site, require, share

WITHIN_S: Final = 60.0
SLOWER: Final = 1.5  # times


@dataclass(frozen=True, kw_only=True)
class Size:
    """Devices of the good service and of each other one; publishes a second, and publishes before the alert.

    `judged`: whether there are enough publishes for a percentile.
    """

    devices: int
    others: int
    a_second: float
    before: int
    judged: bool = True


CI = Size(devices=10_000, others=200, a_second=10, before=500)
FULL = Size(devices=10_000, others=1_000, a_second=10, before=500)
TINY = Size(devices=200, others=5, a_second=5, before=10, judged=False)


async def run(folder: Path, size: Size, seed: int) -> Figures:
    with PushServices() as services:
        return await _run(folder, size, seed, services)


async def _run(folder: Path, size: Size, seed: int, services: PushServices) -> Figures:
    origins = services.origins
    settings = {"ASITHAPPENED_PUSH_SERVICES": " ".join(origins.values()), "ASITHAPPENED_OUTBOUND_TO": "127.0.0.0/8"}

    def over(_: int) -> bool:
        return services.received()["good"]["devices"] >= size.devices or time.monotonic() > began + 2 * WITHIN_S

    async with Site(folder, seed=seed, settings=settings) as site:
        port = await site.serve()
        cookies = await site.people()
        wanted = [(origins["good"], size.devices), (origins["slow"], size.others), (origins["silent"], size.others)]
        await asyncio.to_thread(_subscribe, site.home, settings, wanted)
        person = Person(port=port, session=cookies["editor"], form=f"/desk{BASE}write/")
        for n in range(20):
            await _publish(person, n)  # the first publishes are slower, and not counted
        before = await _publishes(person, size, lambda n: n >= size.before)
        began = time.monotonic()
        await _publish(person, 0, kind="key_event")
        during = await _publishes(person, size, over)
        await site.wait_until(lambda: _forgotten(site.home, size), 30, "those that are gone are not forgotten")
        received = services.received()
    good = received["good"]
    was, became = share(before, 0.99), share(during, 0.99)
    figures: Figures = {
        "devices, and s until each had it": (good["devices"], round(good["last"] - began, 1)),
        "of these twice": len(good["twice"]),
        "sent to the slow and the silent service": (received["slow"]["sent"], received["silent"]["sent"]),
        "publishes before and during": (len(before), len(during)),
        "publish before, median and 99th percentile ms": (round(share(before, 0.5) * 1e3), round(was * 1e3)),
        "publish during, median and 99th percentile ms": (round(share(during, 0.5) * 1e3), round(became * 1e3)),
    }
    require(good["devices"] == size.devices, f"{size.devices - good['devices']} devices have no alert; {figures}")
    require(good["last"] - began <= WITHIN_S, f"it took longer than {WITHIN_S:g} s; {figures}")
    require(not good["twice"], f"sent twice: {good['twice'][:5]}; {figures}")
    if size.judged:
        figures["times as long"] = round(became / was, 2)
        require(became <= SLOWER * was, f"publishing was slowed more than {SLOWER} times; {figures}")
    return figures


async def _publishes(person: Person, size: Size, over: Callable[[int], bool]) -> list[float]:
    """Publish at an even pace until `over` is true; return how long each took."""
    took: list[float] = []
    while not over(len(took)):
        started = time.monotonic()
        took.append(await _publish(person, len(took)))
        await asyncio.sleep(max(0.0, 1 / size.a_second - (time.monotonic() - started)))
    return took


async def _publish(person: Person, n: int, **more: str) -> float:
    words = f"Update {n} at {time.monotonic():.6f}: the water stands where it stood, the harbour says."
    answer = await asyncio.to_thread(person.send, "publish", words, **more)
    if answer.status != 302:
        raise Broken(f"a publish was answered with {answer.status}: {answer.text[:500]}")
    return answer.took_s


async def _forgotten(home: Path, size: Size) -> bool:
    with closing(sqlite3.connect(home / "newsroom.sqlite3", timeout=20)) as database:
        [(left,)] = database.execute("SELECT COUNT(*) FROM alerts_device")
    return bool(left <= size.devices + 2 * size.others - size.devices // ONE_IN_GONE)


def _subscribe(home: Path, settings: dict[str, str], wanted: list[tuple[str, int]]) -> None:
    devices = [f"{origin}={count}" for origin, count in wanted]
    subprocess.run(  # noqa: S603 -- our own command
        [sys.executable, "-m", "scenarios.devices", SLUG, *devices],
        check=True,
        timeout=120,
        cwd=machine.HERE.parent,
        env={**ours.environment(home), **settings, "PATH": "/usr/bin:/bin"},
    )
