"""Scenario 9, proxies: nginx, HAProxy, Varnish and Pushpin in front, as newsrooms have them (their files: proxies/).

Pass, through each: the first event within 1 s of asking and each next one within 1 s of its publishing, gzip on or not;
a silence longer than the proxy's idle limit of 30 s ends no stream; Last-Event-ID reaches the server; when the server
dies and the proxy answers in its stead, readers recover; 0 lost.
"""

import asyncio
import contextlib
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench import machine
from scenarios.reader import Reader
from scenarios.site import BASE, Broken, Figures, Site, require
from scenarios.sockets import Connection, Dropped, Where, get

HERE: Final = Path(__file__).parent / "proxies"
FIRST_EVENT_S: Final = 1.0
LATE_S: Final = 1.0
ERRORS: Final = {502, 503, 504}


@dataclass(frozen=True, kw_only=True)
class Size:
    """How much of it."""

    readers: int  # through each proxy
    talk_s: float
    silence_s: float


CI = Size(readers=4, talk_s=8, silence_s=35)
FULL = Size(readers=25, talk_s=60, silence_s=600)
TINY = Size(readers=2, talk_s=2, silence_s=3)


class Proxy:
    """One proxy in front of one server."""

    def __init__(self, name: str, folder: Path, server: int) -> None:
        self.name, self.folder, self.server = name, folder / name, server
        self.port = machine.free_port()
        self.processes: list[machine.Process] = []
        (self.folder / "run").mkdir(parents=True)
        (self.folder / "log").mkdir()

    async def start(self) -> None:
        """Start it and wait until it listens. Raises Unavailable where it is not installed."""
        for words in self._commands():
            self.processes.append(machine.Process(words, core=None, log=self.folder / "log" / "out", cwd=self.folder))
        deadline = time.monotonic() + 20
        while not await asyncio.to_thread(machine.listening, self.port):
            if time.monotonic() > deadline or not all(process.alive() for process in self.processes):
                raise Broken(f"{self.name} does not start: {self.processes[0].tail()}")
            await asyncio.sleep(0.1)

    def stop(self) -> None:
        """End it."""
        for process in self.processes:
            process.stop(2)

    def _commands(self) -> list[list[str]]:
        match self.name:
            case "nginx":
                as_root = ["-g", "user root;"] if os.getuid() == 0 else []  # the folder is nobody else's
                words = [machine.find("nginx"), "-p", str(self.folder), "-e", "stderr", "-c", self._file("nginx.conf")]
                return [words + as_root]
            case "haproxy":
                return [[machine.find("haproxy"), "-db", "-f", self._file("haproxy.cfg")]]
            case "varnish":
                words = [
                    machine.find("varnishd"),
                    "-F",
                    "-j",
                    "none",
                    "-a",
                    f"127.0.0.1:{self.port}",
                    "-s",
                    "malloc,64m",
                ]
                return [
                    [*words, "-f", self._file("varnish.vcl"), "-n", str(self.folder / "run"), "-p", "pipe_timeout=30"]
                ]
            case "pushpin":
                self._file("pushpin-routes", "routes")
                pushpin = [
                    machine.find("pushpin"),
                    f"--config={self._file('pushpin.conf')}",
                    f"--logfile={self.folder}/log/pushpin",
                ]
                return [[machine.find("zurl"), f"--config={self._file('zurl.conf')}"], pushpin]
            case other:
                raise ValueError(other)

    def _file(self, name: str, as_: str = "") -> str:
        words = {"@FOLDER@": str(self.folder), "@PORT@": str(self.port), "@SERVER@": str(self.server)}
        text = (HERE / name).read_text()
        for number in range(1, 5):
            if f"@SPARE{number}@" in text:
                # Not `free_port`: that gives the same port until somebody listens on it.
                words[f"@SPARE{number}@"] = str(self.port - 20 * number - len(self.name))
        for word, value in words.items():
            text = text.replace(word, value)
        path = self.folder / (as_ or name)
        path.write_text(text)
        return str(path)


async def run(folder: Path, size: Size, seed: int) -> Figures:
    """Run it, through all proxies at the same time: most of it is waiting."""
    figures: Figures = {}
    async with Site(folder, seed=seed) as site:
        port = await site.serve()
        for _ in range(10):
            await site.editor.do("publish")
        proxies: dict[str, Proxy] = {}
        try:
            for name in ("nginx", "haproxy", "varnish", "pushpin"):
                proxy = Proxy(name, folder, port)
                try:
                    await proxy.start()
                    proxies[name] = proxy
                except machine.Unavailable as why:
                    figures[name] = f"*** NOT RUN: {why} ***"
            if not proxies:
                raise machine.Unavailable("none of the proxies is installed here")
            readers = {name: site.add(size.readers, Where(port=proxy.port), name) for name, proxy in proxies.items()}
            await site.live(30)
            await _talk(site, size)
            await site.live(10)
            before = {name: sum(len(reader.hellos) for reader in some) for name, some in readers.items()}
            late = {name: _late(site, some) for name, some in readers.items()}
            await asyncio.sleep(size.silence_s)
            for name, proxy in proxies.items():
                broken = sum(len(reader.hellos) for reader in readers[name]) - before[name]
                first = max(reader.hellos[0] - reader.tries[0] for reader in readers[name])
                replay = await _replay(site, Where(port=proxy.port))
                figures[name] = {
                    "first event s": round(first, 3),
                    "latest event s": round(late[name], 3),
                    "streams broken by silence": broken,
                    **replay,
                }
                require(first <= FIRST_EVENT_S, f"{name}: the first event came after {first:.1f} s")
                require(late[name] <= LATE_S, f"{name}: an event came {late[name]:.1f} s late")
                require(not broken, f"{name}: {broken} streams ended in a silence of {size.silence_s:.0f} s")
            site.kill(port)
            await asyncio.sleep(1.5)
            for name, proxy in proxies.items():
                figures[name]["without a server"] = await _without_server(Where(port=proxy.port))
            await site.serve(port)
            for _ in range(3):
                await site.editor.do("publish")
            figures["all back after s"] = round(await site.live(90), 1)
        finally:
            for reader in site.readers:
                with contextlib.suppress(Dropped):
                    await reader.stop()
            for proxy in proxies.values():
                await asyncio.to_thread(proxy.stop)
        counts = await site.compare()
        figures["lost, doubled, out of order"] = (counts["lost"], counts["doubled"], counts["disordered"])
    return figures


async def _talk(site: Site, size: Size) -> None:
    end = time.monotonic() + size.talk_s
    while time.monotonic() < end:
        await site.editor.do("publish")
        await asyncio.sleep(0.5)


def _late(site: Site, readers: list[Reader]) -> float:
    """The longest time from an answer to the event's arrival, of events published when the readers were there."""
    answered = {ack["last"]: ack["answered"] for ack in site.editor.acks}
    return max(
        (
            at - answered[seq]
            for reader in readers
            for seq, at in reader.arrivals.items()
            if answered[seq] > reader.hellos[0]
        ),
        default=0.0,
    )


async def _replay(site: Site, where: Where) -> Figures:
    """Come back as a plain EventSource does, asking for gzip too: the id must be heard, and nothing compressed."""
    head = site.editor.head
    headers = {
        "Accept": "text/event-stream",
        "Accept-Encoding": "gzip, br",
        "Last-Event-ID": f"{site.editor.epoch}-{head - 3}",
    }
    connection = await Connection.open(where, BASE + "stream", headers)
    ids: list[str] = []
    started = time.monotonic()
    try:
        require(connection.status == 200, f"the stream answers {connection.status}")
        encoding = connection.headers.get("content-encoding", "identity")
        require(encoding == "identity", f"the stream is compressed: {encoding}")
        async with asyncio.timeout(5):
            async for event in connection.events(5):
                ids += [event.id] if event.name == "message" else []
                if len(ids) == 3:
                    break
    except TimeoutError:
        pass
    finally:
        connection.abort()
    expected = [f"{site.editor.epoch}-{seq}" for seq in range(head - 2, head + 1)]
    require(ids == expected, f"after Last-Event-ID …-{head - 3} came {ids}, not {expected}")
    return {
        "replay s": round(time.monotonic() - started, 2),
        "GRIP": "held" if "grip-hold" in connection.headers else "passed through",
    }


async def _without_server(where: Where) -> str:
    try:
        answer = await get(where, BASE + "log/head.json")
    except Dropped as why:
        return f"no answer ({str(why)[:40]})"
    # A cache may answer from what it has; that is what stale-if-error is for.
    require(answer.status in ERRORS or answer.status == 200, f"answers {answer.status} without a server")
    return str(answer.status)
