"""Scenario 9, proxies: nginx, HAProxy, Varnish and Pushpin in front, as newsrooms have them (their files: proxies/).

Pass, through each: the first event within 1 s of the request and each further one within 1 s of its publish, gzip on or
off; a silence longer than the proxy's idle limit of 30 s ends no stream, and beats arrive in it; Last-Event-ID reaches
the server; by HTTP/2 (nginx, HAProxy) twelve streams share one connection; when the server dies and the proxy answers
for it, readers recover; 0 lost. Pushpin holds the streams itself (GRIP): part of what is published to it is dropped
(relay.py), and each reader still gets it, once, in order, on the open stream.
"""

import asyncio
import contextlib
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from bench import machine
from scenarios import http2
from scenarios.reader import Reader
from scenarios.relay import Relay
from scenarios.site import BASE, Broken, Figures, Site, require
from scenarios.sockets import Connection, Dropped, Where, get

HERE: Final = Path(__file__).parent / "proxies"
FIRST_EVENT_S: Final = 1.0
LATE_S: Final = 1.0
BEAT_S: Final = 18.0  # the longest time between two, from the server or an edge (docs/delivery.md)
ERRORS: Final = {502, 503, 504}
KEY: Final = "no secret: it is of a scenario that runs on loopback"
EDGE: Final = "pushpin"
OVER_TLS: Final = ("nginx", "haproxy")  # the proxies that offer HTTP/2
# A dropped event arrives once the next one shows that it is missing: Pushpin waits 0.5 s for it (message_wait, which it
# checks once a second), then asks the server.
REPAIRED_S: Final = 4.0
# The last event arrives when the edge asks by itself, after a silence of one to two times delivery.grip.LINK_S.
LAST_REPAIRED_S: Final = 2 * 10 + 4.0


@dataclass(frozen=True, kw_only=True)
class Size:
    """How much of it."""

    readers: int  # through each proxy
    talk_s: float
    silence_s: float


CI = Size(readers=4, talk_s=8, silence_s=35)
# A server ends each stream after 480 to 720 s (delivery.room.LIFETIME_S), whatever stands in front of it.
FULL = Size(readers=25, talk_s=60, silence_s=360)
TINY = Size(readers=2, talk_s=2, silence_s=3)


class Proxy:
    """One proxy in front of one server."""

    def __init__(self, name: str, folder: Path, server: int) -> None:
        self.name, self.folder, self.server = name, folder / name, server
        self.port, *self._spare = (machine.reserve_port() for _ in range(5))
        self.tls = self._spare[0]  # @SPARE1@: the port for HTTP/2
        self.control = self._spare[2]  # @SPARE3@: the port on which an edge receives events
        self.processes: list[machine.Process] = []
        (self.folder / "run").mkdir(parents=True)
        (self.folder / "log").mkdir()

    async def start(self) -> None:
        """Start it and wait until it listens. Raises Unavailable if it is not installed."""
        if self.name in OVER_TLS:
            http2.certificate(self.folder)
        for words in self._commands():
            self.processes.append(machine.Process(words, core=None, log=self.folder / "log" / "out", cwd=self.folder))
        deadline = time.monotonic() + 20
        while not await self._answers():
            if time.monotonic() > deadline or not all(process.alive() for process in self.processes):
                log = self.processes[0].tail()
                self.stop()
                raise Broken(f"{self.name} does not start: {log}")
            await asyncio.sleep(0.1)

    async def _answers(self) -> bool:
        ports = [self.port, self.control] if self.name == EDGE else [self.port]
        if not all([await asyncio.to_thread(machine.listening, port) for port in ports]):
            return False
        if self.name != EDGE:
            return True
        try:  # Pushpin listens before all of its processes can handle a stream
            async with asyncio.timeout(1):
                connection = await Connection.open(Where(port=self.port), BASE + "stream")
        except (Dropped, TimeoutError):
            return False
        connection.abort()
        return connection.status == 200

    def stop(self) -> None:
        for process in self.processes:
            process.stop(2)

    def _commands(self) -> list[list[str]]:
        match self.name:
            case "nginx":
                as_root = ["-g", "user root;"] if os.getuid() == 0 else []  # other users cannot read the folder
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
        words = {"@FOLDER@": str(self.folder), "@PORT@": str(self.port), "@SERVER@": str(self.server), "@KEY@": KEY}
        text = (HERE / name).read_text()
        words |= {f"@SPARE{number}@": str(port) for number, port in enumerate(self._spare, 1)}
        for word, value in words.items():
            text = text.replace(word, value)
        path = self.folder / (as_ or name)
        path.write_text(text)
        return str(path)


async def run(folder: Path, size: Size, seed: int) -> Figures:
    """Run it through all proxies at once, since most of the time is waiting."""
    figures: Figures = {}
    relay = Relay()
    grip = f"http://127.0.0.1:{await relay.start()}/?" + urlencode({"iss": "scenario", "key": KEY})
    async with Site(folder, seed=seed, settings={"ASITHAPPENED_GRIP_URL": grip}) as site:
        port = await site.serve()
        for _ in range(10):
            await site.editor.do("publish")
        proxies: dict[str, Proxy] = {}
        try:
            for name in ("nginx", "haproxy", "varnish", EDGE):
                proxy = Proxy(name, folder, port)
                relay.edge = proxy.control
                try:
                    await proxy.start()
                    proxies[name] = proxy
                except machine.Unavailable as why:
                    figures[name] = f"*** NOT RUN: {why} ***"
            if not proxies:
                raise machine.Unavailable("none of the proxies is installed here")
            if EDGE in proxies:
                # Until now nothing listened there, and the server tries once a second.
                await site.wait_until(relay.has_reached, 10, "the server does not publish to the edge")
            readers = {name: site.add(size.readers, Where(port=proxy.port), name) for name, proxy in proxies.items()}
            await site.live(30)
            await _talk(site, size)
            await site.live(10)
            late = {name: _late(site, some) for name, some in readers.items()}
            if EDGE in proxies:
                figures[f"{EDGE}, lossy"] = await _drop_some(
                    site, relay, readers[EDGE], Where(port=proxies[EDGE].port), size
                )
            before = {name: sum(len(reader.hellos) for reader in some) for name, some in readers.items()}
            beats = {reader.name: reader.beats for reader in site.readers}
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
                heard = min(reader.beats - beats[reader.name] for reader in readers[name])
                figures[name]["beats heard, each reader at least"] = heard
                require(heard >= size.silence_s // BEAT_S, f"{name}: {heard} beats in {size.silence_s:.0f} s")
            for name in proxies.keys() & set(OVER_TLS):
                figures[name] |= await http2.many_streams(site, proxies[name].tls, proxies[name].folder)
            site.kill(port)
            await asyncio.sleep(1.5)
            for name, proxy in proxies.items():
                figures[name]["without a server"] = await _without_server(Where(port=proxy.port))
            await site.serve(port)
            for _ in range(3):
                await site.editor.do("publish")
            figures["all back after s"] = round(await site.live(90), 1)
            if EDGE in proxies:
                broken = sum(len(reader.hellos) - 1 for reader in readers[EDGE])
                require(not broken, f"{EDGE}: {broken} held streams ended, in a silence or with the server")
        finally:
            relay.stop()
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


async def _drop_some(site: Site, relay: Relay, readers: list[Reader], where: Where, size: Size) -> Figures:
    """Drop every third publish to an edge, and then the last one; its readers have to get all of them."""
    before, events = sum(len(reader.hellos) for reader in readers), site.editor.head
    relay.every = 3
    await _talk(site, size)
    repaired_each = await _repair_each(site, relay, where)
    await site.live(REPAIRED_S)
    last = await _publish_dropped(site, relay)
    await site.live(LAST_REPAIRED_S)
    broken = sum(len(reader.hellos) for reader in readers) - before
    repaired = _late(site, readers, range(events, last))
    last_repaired = _late(site, readers, range(last, last + 1))
    require(not broken, f"{broken} streams were not repaired but begun again")
    require(repaired <= REPAIRED_S, f"an event that was swallowed, or followed one, came after {repaired:.1f} s")
    require(last_repaired <= LAST_REPAIRED_S, f"the last event, swallowed, came after {last_repaired:.1f} s")
    return {
        "publishes swallowed": len(relay.dropped),
        "repaired": sum(all(seq in reader.arrivals for reader in readers) for seq in relay.dropped),
        "latest event s": round(repaired, 2),
        "the last one, swallowed, s": round(last_repaired, 2),
        "readers apart, each repaired from its own place": repaired_each,
    }


async def _publish_dropped(site: Site, relay: Relay) -> int:
    """Publish an event that does not reach the edge, and return its seq."""
    relay.every = 1
    seq: int = (await site.editor.do("publish"))["last"]

    async def gone() -> bool:
        return seq in relay.dropped

    await site.wait_until(gone, 5, "the server did not publish to the edge")
    relay.every = 0
    return seq


async def _repair_each(site: Site, relay: Relay, where: Where) -> int:
    """Open three streams at different seqs while publishes are dropped; each gets exactly the events that it lacks.

    Pushpin may ask for several readers with one request: a reader must not get the events that another one lacks.
    """
    joined: list[tuple[Connection, int]] = []
    try:
        for _ in range(3):
            joined.append((await Connection.open(where, BASE + "stream"), site.editor.head))
            await _publish_dropped(site, relay)
        await site.editor.do("publish")  # by this all three learn that they lack events
        for connection, since in joined:
            ids = []
            async with asyncio.timeout(LAST_REPAIRED_S):
                async for event in connection.events(LAST_REPAIRED_S):
                    ids += [event.id] if event.name == "message" else []
                    if event.id == f"{site.editor.epoch}-{site.editor.head}":
                        break
            expected = [f"{site.editor.epoch}-{seq}" for seq in range(since + 1, site.editor.head + 1)]
            require(ids == expected, f"a reader who stood at {since} was sent {ids}, not {expected}")
    finally:
        for connection, _ in joined:
            connection.abort()
    return len(joined)


def _late(site: Site, readers: list[Reader], seqs: range | None = None) -> float:
    """Return the longest time from an answer to the event's arrival, of events published after the readers joined."""
    answered = {ack["last"]: ack["answered"] for ack in site.editor.acks}
    return max(
        (
            at - answered[seq]
            for reader in readers
            for seq, at in reader.arrivals.items()
            if answered[seq] > reader.hellos[0] and (seqs is None or seq in seqs)
        ),
        default=0.0,
    )


async def _replay(site: Site, where: Where) -> Figures:
    """Return like a plain EventSource that accepts gzip: the id has to reach the server, and nothing is compressed."""
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
    return {"replay s": round(time.monotonic() - started, 2)}


async def _without_server(where: Where) -> str:
    try:
        answer = await get(where, BASE + "log/head.json")
    except Dropped as why:
        return f"no answer ({str(why)[:40]})"
    # A cache may answer with its copy, by stale-if-error.
    require(answer.status in ERRORS or answer.status == 200, f"answers {answer.status} without a server")
    return str(answer.status)
