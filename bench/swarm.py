"""The readers: c/swarm.c as Python sees it.

Owns starting a swarm, its few commands, and the shape of what it reports. Never reads a server's bytes itself.
"""

import json
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from bench import machine

RUN_S: Final = 600  # a swarm ends by itself after this, whoever forgot it


@dataclass(frozen=True, kw_only=True)
class Target:
    """Where one stream or document is, and how it is asked for."""

    port: int
    path: str
    host: str = "localhost"
    header: str = ""
    tls: bool = False


@dataclass(frozen=True, kw_only=True)
class Arrivals:
    """How a number of events reached all readers. Instants are CLOCK_MONOTONIC in nanoseconds."""

    events: int
    expected: int
    got: int
    first_ns: int
    last_ns: int
    p50_ms: float
    p99_ms: float
    max_ms: float
    twice: int
    gaps: int
    closed: int
    wire_bytes: int

    @property
    def a_second(self) -> float:
        """Deliveries a second, from the first reader's first event to the last reader's last."""
        return self.got / max((self.last_ns - self.first_ns) / 1e9, 1e-6)


@dataclass(frozen=True, kw_only=True)
class Load:
    """What came of asking for one document again and again."""

    requests: int
    seconds: float
    bad: int
    closed: int
    p50_ms: float
    p99_ms: float
    client_cpu_s: float
    wire_bytes: int

    @property
    def a_second(self) -> float:
        """Requests a second."""
        return self.requests / self.seconds


class Swarm:
    """N readers of one stream; leave the `with` block and all are gone."""

    def __init__(
        self,
        target: Target,
        readers: int,
        *,
        log: Path,
        first: str = "",
        expect: tuple[int, int] = (0, 0),
        stall: bool = False,
        in_flight: int = 1_000,
    ) -> None:
        if readers > machine.open_files() - machine.SPARE_FILES:
            raise machine.Unavailable(f"{readers:,} readers need more open files than {machine.open_files():,}")
        self.readers = readers
        words = [*_words(target), "--readers", str(readers), "--seconds", str(RUN_S), "--in-flight", str(in_flight)]
        words += ["--sources", str(max(200, min(readers // 4, 5_000)))]
        words += ["--expect", f"{expect[0]},{expect[1]}"] + (["--first", first] if first else [])
        words += ["--stall", "1"] if stall else []
        program = machine.compiled("swarm", tls=target.tls)
        self.process = machine.Process([str(program), "sse", *words], core=machine.CLIENT_CORE, log=log, piped=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()

    def ready(self, timeout: float = 60) -> float:
        """Wait until every reader has the header of its stream; return how long that took since the start, in ms."""
        return float(self._hear("ready", timeout)["ms"])

    def expect(self, first: int, count: int) -> None:
        """Tell which events to wait for; before they are published."""
        self._say(f"expect {first} {count}")
        self._hear("expecting", 10)

    def arrivals(self, timeout: float = 60) -> Arrivals:
        """Wait until every reader has every expected event. Raises Failed with the counts if some do not come."""
        try:
            return _arrivals(self._hear("done", timeout))
        except TimeoutError:
            self._say("cut")
            raise machine.Failed(f"not everything arrived: {self._hear('cut', 10)}") from None

    def counts(self) -> Arrivals:
        """Return what has arrived so far."""
        self._say("cut")
        return _arrivals(self._hear("cut", 10))

    def _say(self, line: str) -> None:
        self.process.say(line)

    def _hear(self, what: str, timeout: float) -> dict[str, Any]:
        return hear(self.process, what, timeout)


def hear(process: machine.Process, what: str, timeout: float) -> dict[str, Any]:
    """Read a process's lines until one of a kind comes. Raises TimeoutError, or Failed if the process ends."""
    deadline = time.monotonic() + timeout
    while True:
        line = process.line(max(deadline - time.monotonic(), 0.01))
        if line is None:
            raise machine.Ended(f"ended before it said {what!r}: {process.tail()}")
        heard: dict[str, Any] = json.loads(line)
        if heard["what"] == what:
            return heard
        if heard["what"] == "error":
            raise machine.Failed(str(heard["why"]))


def load(target: Target, *, connections: int, seconds: float, status: int = 200, log: Path) -> Load:
    """Ask for one document over keep-alive connections, one request at a time on each; at most 500,000 a second."""
    program = machine.compiled("swarm")
    words = [*_words(target), "--readers", str(connections), "--seconds", str(seconds), "--status", str(status)]
    words += ["--requests", str(int(500_000 * seconds))]
    process = machine.Process([str(program), "http", *words], core=machine.CLIENT_CORE, log=log, piped=True)
    try:
        heard = hear(process, "http", seconds + 15)
    finally:
        process.kill()
    if heard["bad"] or not heard["requests"]:
        raise machine.Failed(f"{target.path}: {heard['bad']} answers of another status; {process.tail(300)}")
    return Load(
        client_cpu_s=heard["cpu_s"],
        **{key: heard[key] for key in ("requests", "seconds", "bad", "closed", "p50_ms", "p99_ms", "wire_bytes")},
    )


def _words(target: Target) -> list[str]:
    words = ["--port", str(target.port), "--path", target.path, "--host", target.host]
    words += ["--header", target.header] if target.header else []
    return [*words, "--tls", "1"] if target.tls else words


def _arrivals(heard: dict[str, Any]) -> Arrivals:
    keys = (
        "expected",
        "got",
        "first_ns",
        "last_ns",
        "p50_ms",
        "p99_ms",
        "max_ms",
        "twice",
        "gaps",
        "closed",
        "wire_bytes",
    )
    return Arrivals(events=heard["count"], **{key: heard[key] for key in keys})
