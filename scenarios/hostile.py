"""Scenario 11, under attack: all that strangers and a guest can do to stop a newsroom, at once.

4,200 connections that send nothing or half a request, endless and malformed bodies, 1,200 clients that request the
front page and the sign-in page (the desk renders the second), a guest contributor who previews the worst texts;
meanwhile an editor publishes at the desk, and readers follow. The server may open FILES files, fewer than there are
connections.
Pass: every publish is answered, 19 of 20 within 500 ms of the time in which the server had a processor; 0 lost; memory,
files, disk and log bounded, and back afterwards.
"""

import asyncio
import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench import machine
from scenarios.desk import Person
from scenarios.site import BASE, Figures, Site, require, share
from scenarios.sockets import Dropped, Where, get

FILES: Final = 4_096
NEEDED: Final = 6_000  # files that the attackers open, with a margin
PUBLISH_S: Final = 0.5
ANSWERED_S: Final = 0.5  # for 19 of 20: of thirty to fifty publishes, the 99th percentile is the slowest one
GROWN_KB: Final = 160 * 1024  # most growth of memory meanwhile: 64 MiB of bodies, and their objects in Python
LEFT_KB: Final = 96 * 1024  # most growth afterwards: an allocator keeps pages
# Each of the desk's eight threads keeps connections to two files with their WALs; before, one or two have begun.
LEFT_FILES: Final = 40
DISK_KB: Final = 20 * 1024  # most growth of the home: the editor's posts are a fraction of it
LOG_KB: Final = 64
BACK_S: Final = 30.0


@dataclass(frozen=True, kw_only=True)
class Size:
    """The size."""

    readers: int
    idle: int
    askers: int
    senders: int
    seconds: int


CI = Size(readers=300, idle=4_200, askers=1_200, senders=20, seconds=25)
FULL = Size(readers=300, idle=4_200, askers=1_200, senders=50, seconds=600)
TINY = Size(readers=10, idle=50, askers=20, senders=2, seconds=5)


class Watch:
    """The server's resources, read twice a second."""

    def __init__(self, site: Site, port: int) -> None:
        self._process, self._site, self._port = site.servers[port], site, port
        self.memory_kb: list[int] = []
        self.files: list[int] = []
        self.before_kb, self.before_files, self.before_disk_kb = self._memory(), self._files(), self.disk_kb()

    async def run(self) -> None:
        """Read them until cancelled."""
        while True:
            self.memory_kb.append(await asyncio.to_thread(self._memory))
            self.files.append(self._files())
            await asyncio.sleep(0.5)

    def _memory(self) -> int:
        return self._process.memory_kb()

    def _files(self) -> int:
        return sum(len(list(Path(f"/proc/{pid}/fd").iterdir())) for pid in self._process.pids())

    def disk_kb(self) -> int:
        """Return the size of the home and of the server's temporary folder."""
        files = (path for path in self._site.folder.rglob("*") if path.is_file())
        return sum(path.stat().st_size for path in files if "readers" not in path.parts) // 1024

    def log_kb(self) -> float:
        """Return the size of the server's log."""
        return (self._site.folder / f"server-{self._port}.log").stat().st_size / 1024

    async def back(self) -> float:
        """Wait until memory and files are nearly as before; return how long that took."""
        started = time.monotonic()

        async def is_back() -> bool:
            self.now = (await asyncio.to_thread(self._memory) - self.before_kb, self._files() - self.before_files)
            return self.now[0] <= LEFT_KB and self.now[1] <= LEFT_FILES

        await Site.wait_until(is_back, BACK_S, lambda: f"KB and files that stayed: {self.now}")
        return time.monotonic() - started


async def run(folder: Path, size: Size, seed: int) -> Figures:
    if machine.open_files() < min(NEEDED, size.idle + size.askers + 200):
        raise machine.Unavailable(f"the attackers need {NEEDED} open files, and this user may have fewer (ulimit -Hn)")
    (folder / "tmp").mkdir()
    # No proxy is trusted, so that each address of 127/8 counts as a network of its own.
    settings = {"ASITHAPPENED_PROXIES": "none", "TMPDIR": str(folder / "tmp")}
    async with Site(folder, seed=seed, settings=settings, files=FILES) as site:
        for _ in range(10):
            await site.editor.do("publish")
        cookies = await site.people()
        port = await site.serve()
        site.add(size.readers, Where(port=port))
        await site.live(60)
        desk = f"/desk{BASE}"
        editor = Person(port=port, session=cookies["editor"], form=f"{desk}write/")
        quiet = [await _publish(site, editor, f"quiet{n}") for n in range(10)]
        watch = Watch(site, port)
        watching = asyncio.create_task(watch.run())
        attack = {
            "port": port, "within_s": size.seconds, "idle": size.idle, "askers": size.askers, "senders": size.senders,
            "guest": cookies["contributor"], "form": f"{desk}hand-in/",
        }  # fmt: skip
        attackers = machine.Process(
            [sys.executable, "-m", "scenarios.attackers", json.dumps(attack)],
            core=None,
            log=folder / "attackers.log",
            cwd=machine.HERE.parent,
        )
        server = site.servers[port]
        before = server.loop_s()
        try:
            busy = await _publish_on(site, editor, size.seconds)
            ran_s, waited_s = (now - was for now, was in zip(server.loop_s(), before, strict=True))
            await asyncio.to_thread(attackers.wait, 60)
        finally:
            attackers.kill()
        watching.cancel()
        back_s = await watch.back()
        await _all_there(site, port)
        answers = json.loads(attackers.tail(10_000).strip().splitlines()[-1])
        log_kb, disk_kb = watch.log_kb(), watch.disk_kb() - watch.before_disk_kb
        log = site.servers[port].tail(10_000)
        counts = await site.compare()
        figures = {
            "readers, events": (counts["readers"], counts["events"]),
            "publish p50, p99 ms, quiet": (round(share(quiet, 0.5) * 1e3), round(share(quiet, 0.99) * 1e3)),
            "publish p50, p95, p99 ms, under attack": tuple(
                round(share(busy, part) * 1e3) for part in (0.5, 0.95, 0.99)
            ),
            "published under attack": len(busy),
            "server's loop ran, and waited for a processor, s": (round(ran_s, 1), round(waited_s, 1)),
            "attackers were told": answers,
            "server's memory in KB before, most": (watch.before_kb, max(watch.memory_kb)),
            "server's files before, most": (watch.before_files, max(watch.files)),
            "back after s": round(back_s, 1),
            "disk grew by KB": disk_kb,
            "log in KB": round(log_kb, 1),
            "lost, doubled, out of order": (counts["lost"], counts["doubled"], counts["disordered"]),
        }
        require(max(watch.memory_kb) - watch.before_kb <= GROWN_KB, f"memory grew: {figures}")
        require(max(watch.files) <= FILES - 50, f"no files were left: {figures}")
        require(disk_kb <= DISK_KB, f"the disk filled: {figures}")
        require(log_kb <= LOG_KB, f"the log filled: {figures}")
        require("Refused: " in log, f"the log says nothing of it: {log}")
        # Here the attackers use the same processors: the time in which the server waited for one is not the server's.
        slow = share(busy, 0.95) * ran_s / (ran_s + waited_s) > ANSWERED_S
        require(not slow, f"publishing had to wait: {figures}")
        return figures


async def _publish(site: Site, editor: Person, token: str) -> float:
    """Publish at the desk; return how long the answer took."""
    before = time.monotonic()
    answer = await asyncio.to_thread(editor.send, "publish", f"{token} is what happened.", title=f"Now {token}")
    require(answer.status == 302, f"a publish was answered {answer.status}: {answer.text[:500]}")
    site.editor.published(answer.location.partition("#p-")[2], token, before)
    return answer.took_s


async def _publish_on(site: Site, editor: Person, seconds: int) -> list[float]:
    took: list[float] = []
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        started = time.monotonic()
        took.append(await _publish(site, editor, f"busy{len(took)}"))
        await asyncio.sleep(max(0.0, PUBLISH_S - (time.monotonic() - started)))
    return took


async def _all_there(site: Site, port: int) -> None:
    async def all_have_it() -> bool:
        try:
            answer = await get(Where(port=port), f"{BASE}log/head.json")
        except Dropped:
            return False
        head = json.loads(answer.body)["head"] if answer.status == 200 else sys.maxsize
        return head == site.editor.head and all(reader.have >= head for reader in site.readers)

    await site.wait_until(all_have_it, 60, "not all readers have everything")
