"""The rows about streams: the cost of a delivery, the speed of a fan-out, the memory of a reader, returning readers.

Owns the order of a measurement and the source of each figure. Every server goes through the same function with the same
client; the runs of different servers take turns, so that other load of the machine affects all alike.
Fan-out a second counts from the first reader's first event to the last reader's last: the time before that (a commit, a
tick) is in the delays and in publish-to-last-reader.
"""

import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench import machine
from bench.ours import Ours
from bench.results import Row, at_least, at_most, below, row
from bench.servers import Server
from bench.swarm import Swarm

BURST: Final = 20
RETURN_FROM: Final = 50_000_000  # above the marks of earlier rows: head.json still has their events
SEGMENT: Final = 50  # events of a closed segment of the log
SLOW_START, SLOW_START_S = 1_000, 21.0  # delivery admits so many a second, for so long after a start
Figures = dict[str, dict[str, float]]  # by server, by figure
Factories = dict[str, Callable[[], Server]]


@dataclass(frozen=True, kw_only=True)
class Size:
    """The size of one run."""

    runs: int
    events: int  # single events a run, at least
    bursts: int
    # Events before counting. Linux acknowledges a connection's first 16 packets at once, within the server's write, and
    # later ones by a timer. A stream lasts ten minutes, so nearly all of its deliveries are of the later kind.
    warm: int = 20
    deliveries: int = 30_000  # in a run, at least: with few readers a stable figure needs more events
    pause_s: float = 0.05  # between events: longer than a tick of coalescing, so that no two are joined

    def singles(self, readers: int) -> int:
        """Return the number of single events for so many readers."""
        return max(self.events, min(30, self.deliveries // readers))


def measure(
    factories: Factories,
    readers: int,
    size: Size,
    folder: Path,
    missing: dict[str, str],
    progress: Callable[[str], None],
) -> Figures:
    """Measure each server with so many readers; medians of the runs."""
    runs: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for number in range(size.runs):
        for name, make in factories.items():
            if name in missing:
                continue
            try:
                for figure, value in _run(make(), readers, size, folder).items():
                    runs[name][figure].append(value)
            except machine.Unavailable as why:
                missing[name] = str(why)
            except (machine.Failed, TimeoutError) as why:
                missing[f"{name} with {readers:,} readers, run {number + 1}"] = str(why)
            progress(f"streams: {readers:,} readers, run {number + 1}, {name}")
    return {name: {figure: statistics.median(values) for figure, values in run.items()} for name, run in runs.items()}


def _run(server: Server, readers: int, size: Size, folder: Path) -> dict[str, float]:
    events = size.singles(readers)
    try:
        server.start()
        server.publish(1, 1)
        time.sleep(0.3)
        empty_kb = _memory(server)
        with Swarm(server.stream, readers, log=folder / "swarm.log") as swarm:
            connected_ms = swarm.ready()
            time.sleep(0.3)
            number = 2
            swarm.expect(number, size.warm)
            for warm in range(size.warm):
                server.publish(number + warm, 1)
                time.sleep(size.pause_s)
            swarm.arrivals()
            number += size.warm
            held_kb = _memory(server) - empty_kb

            p50, p99, slowest, rate, last, cpu = [], [], [], [], [], _cpu(server)
            carried = swarm.counts().wire_bytes
            for _ in range(events):
                swarm.expect(number, 1)
                published = server.publish(number, 1)
                arrivals = swarm.arrivals()
                number += 1
                p50.append(arrivals.p50_ms)
                p99.append(arrivals.p99_ms)
                slowest.append(arrivals.max_ms)
                rate.append(arrivals.a_second)
                last.append((arrivals.last_ns - published.answer_ns) / 1e6)
                time.sleep(size.pause_s)
            cpu = _cpu(server) - cpu
            carried = swarm.counts().wire_bytes - carried
            threads = sum(process.threads() for process in server.processes)
            burst, burst_cpu = [], _cpu(server)
            for _ in range(size.bursts):
                swarm.expect(number, BURST)
                server.publish(number, BURST)
                burst.append(swarm.arrivals().a_second)
                number += BURST
                time.sleep(size.pause_s)
            burst_cpu = _cpu(server) - burst_cpu
            end = swarm.counts()
            if end.twice or end.gaps or end.closed:
                raise machine.Failed(f"{end.twice} twice, {end.gaps} missed, {end.closed} closed")
        return {
            "cpu_us": cpu / (readers * events) * 1e6,
            "fanout": statistics.median(rate),
            "p50_ms": statistics.median(p50),
            "p99_ms": statistics.median(p99),
            "max_ms": max(slowest),
            "last_ms": statistics.median(last),
            "burst": statistics.median(burst),
            "burst_cpu_us": burst_cpu / (readers * size.bursts * BURST) * 1e6,
            "bytes": carried / (readers * events),
            "threads": threads,
            "reader_kb": held_kb / readers,
            "connect_s": connected_ms / 1e3,
        }
    finally:
        server.stop()


def rows(readers: int, figures: Figures) -> list[Row]:
    """Make the rows of one size."""

    def of(figure: str) -> dict[str, float | None]:
        return {name: measured.get(figure) for name, measured in figures.items()}

    n = f"{readers:,}"
    most = readers == 10_000
    return [
        row(f"stream {n}: CPU a delivery", "µs", of("cpu_us"), [at_most(1.15, "c_each"), at_most(0.75, "nchan")]),
        row(f"stream {n}: fan-out", "a second", of("fanout"), [at_least(0.9, "c_each")]),
        row(f"stream {n}: burst of {BURST}", "a second", of("burst"), [at_least(10, "nchan")]),
        row(f"stream {n}: burst, CPU a delivery", "µs", of("burst_cpu_us")),
        row(f"stream {n}: p50", "ms", of("p50_ms")),
        row(f"stream {n}: p99", "ms", of("p99_ms"), [at_most(0.8, "nchan")] if most else []),
        row(f"stream {n}: slowest", "ms", of("max_ms")),
        row(f"stream {n}: answer to last reader", "ms", of("last_ms"), [below(150)] if most else []),
        row(f"stream {n}: a reader holds", "KB", of("reader_kb"), [below(6)]),
        row(f"stream {n}: threads", "", of("threads"), [below(20)]),
        row(f"stream {n}: bytes a delivery", "", of("bytes"), note="parts of the page and heartbeats included"),
        row(f"stream {n}: all connected", "s", of("connect_s")),
    ]


def never_reading(
    factories: Factories, readers: int, megabytes: float, folder: Path, missing: dict[str, str]
) -> list[Row]:
    """Measure the memory, in server and kernel, of readers who ask for the stream and never read it.

    More is published than the kernel buffers (some 4 MB a socket), so that a server without bounds grows.
    """
    user: dict[str, float | None] = {}
    kernel: dict[str, float | None] = {}
    for name, make in factories.items():
        if name in missing:
            continue
        server = make()
        try:
            server.start()
            server.publish(1, BURST)
            time.sleep(0.3)
            user_before, kernel_before = _memory(server), machine.kernel_socket_kb()
            with Swarm(server.stream, readers, log=folder / "swarm.log", stall=True) as swarm:
                swarm.ready()
                number, sent, peak = BURST + 1, 0.0, 0
                while sent < megabytes:
                    server.publish(number, BURST)
                    number += BURST
                    sent += BURST * (server.event_bytes or 2_048) / 1e6
                    peak = max(peak, machine.kernel_socket_kb())
                    time.sleep(0.02)
                time.sleep(1)
                user[name] = (_memory(server) - user_before) / readers
                kernel[name] = (machine.kernel_socket_kb() - kernel_before) / readers
        except machine.Unavailable as why:
            missing[name] = str(why)
        except (machine.Failed, TimeoutError) as why:
            missing[f"{name} with readers that never read"] = str(why)
        finally:
            server.stop()
    note = f"after {megabytes:g} MB; both ends of the connection are in the kernel's figure"
    return [
        row(f"{readers} never read: server", "KB a reader", user),
        row(f"{readers} never read: kernel", "KB a reader", kernel, note=note),
    ]


def returning(factories: Factories, readers: int, runs: int, folder: Path, missing: dict[str, str]) -> list[Row]:
    """Measure readers who all return at once, each without 20 events: from the first connect to the last event."""
    by_id: dict[str, float | None] = {}
    by_head: dict[str, float | None] = {}
    cpu: dict[str, float | None] = {}
    for name, make in factories.items():
        if name in missing:
            continue
        server = make()
        try:
            server.start()
            if isinstance(server, Ours) and readers > SLOW_START:
                time.sleep(SLOW_START_S)  # just started, our server admits a crowd slowly, on purpose
            times, costs, cacheable = [], [], []
            number = RETURN_FROM
            for _ in range(runs):
                server.publish(number, 1)
                # head.json has the events after the last closed segment: all missing ones have to be among them.
                while isinstance(server, Ours) and server.last["last"] % SEGMENT + BURST >= SEGMENT:
                    number += 1
                    server.publish(number, 1)
                number += 1
                server.publish(number, BURST)
                time.sleep(0.3)
                before = _cpu(server)
                times.append(_return(server, readers, number, folder, header=server.resume(BURST)))
                costs.append((_cpu(server) - before) / readers * 1e6)
                if isinstance(server, Ours):
                    head = server.at("log/head.json").path
                    cacheable.append(_return(server, readers, number, folder, first=head))
                number += BURST
            by_id[name], cpu[name] = statistics.median(times), statistics.median(costs)
            by_head[name] = statistics.median(cacheable) if cacheable else None
        except machine.Unavailable as why:
            missing[name] = str(why)
        except (machine.Failed, TimeoutError) as why:
            missing[f"{name} with {readers:,} readers returning"] = str(why)
        finally:
            server.stop()
    return [
        row(f"{readers:,} return: by Last-Event-ID", "s", by_id, note="connecting included, 20 events each"),
        row(f"{readers:,} return: CPU a reader", "µs", cpu),
        row(
            f"{readers:,} return: by head.json",
            "s",
            {k: v for k, v in by_head.items() if v},
            note="then the stream, on one connection",
        ),
    ]


def _return(server: Server, readers: int, number: int, folder: Path, *, header: str = "", first: str = "") -> float:
    stream = server.stream
    target = type(stream)(port=stream.port, path=stream.path, host=stream.host, header=header, tls=stream.tls)
    with Swarm(
        target, readers, log=folder / "swarm.log", first=first, expect=(number, BURST), in_flight=2_000
    ) as swarm:
        started_ns = time.monotonic_ns()
        arrivals = swarm.arrivals(120)
        return (arrivals.last_ns - started_ns) / 1e9


def tls(
    factories: Factories,
    readers: int,
    size: Size,
    folder: Path,
    missing: dict[str, str],
    progress: Callable[[str], None],
) -> list[Row]:
    """Measure through an nginx that terminates TLS. A delivery costs proxy and server together."""
    figures = measure(factories, readers, size, folder, missing, progress)
    n = f"TLS proxy, {readers:,}"
    plain = {name.removesuffix("_tls"): measured for name, measured in figures.items()}

    def of(figure: str) -> dict[str, float | None]:
        return {name: measured.get(figure) for name, measured in plain.items()}

    return [
        row(f"{n}: CPU a delivery", "µs", of("cpu_us"), note="nchan ends TLS itself"),
        row(f"{n}: p99", "ms", of("p99_ms")),
        row(f"{n}: a reader holds", "KB", of("reader_kb")),
    ]


def _cpu(server: Server) -> float:
    return sum(process.cpu_s() for process in server.processes)


def _memory(server: Server) -> int:
    return sum(process.memory_kb() for process in server.processes)


def only(factories: Factories, names: Iterable[str]) -> Factories:
    """Return the factories of some servers."""
    return {name: make for name, make in factories.items() if name in set(names)}
