"""The readers: c/swarm.c from Python.

Owns starting a swarm, its commands, and the shape of its reports. Never reads a server's bytes itself.
"""

import json
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from bench import machine

RUN_S: Final = 600  # a swarm that nobody stops ends by itself after this


@dataclass(frozen=True, kw_only=True)
class Target:
    """The address of a stream or document, and the request for it."""

    port: int
    path: str
    host: str = "localhost"
    header: str = ""
    tls: bool = False


@dataclass(frozen=True, kw_only=True)
class Arrivals:
    """The arrivals of events at all readers. Instants are CLOCK_MONOTONIC in nanoseconds."""

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
    """The result of requesting one document repeatedly."""

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
    """Readers of one stream, until the end of the `with` block."""

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
        arguments = [*_arguments(target), "--readers", str(readers), "--seconds", str(RUN_S)]
        arguments += ["--in-flight", str(in_flight), "--sources", str(max(200, min(readers // 4, 5_000)))]
        arguments += ["--expect", f"{expect[0]},{expect[1]}"] + (["--first", first] if first else [])
        arguments += ["--stall", "1"] if stall else []
        program = machine.compiled("swarm", tls=target.tls)
        self.process = machine.Process([str(program), "sse", *arguments], core=machine.CLIENT_CORE, log=log, piped=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()

    def ready(self, timeout: float = 60) -> float:
        """Wait until every reader has its stream's header; return how long that took from the start, in ms."""
        return float(self._read("ready", timeout)["ms"])

    def expect(self, first: int, count: int) -> None:
        """Set which events to wait for, before they are published."""
        self._send(f"expect {first} {count}")
        self._read("expecting", 10)

    def arrivals(self, timeout: float = 60) -> Arrivals:
        """Wait until every reader has every expected event. Raises Failed with the counts if some do not arrive."""
        try:
            return _arrivals(self._read("done", timeout))
        except TimeoutError:
            self._send("cut")
            raise machine.Failed(f"not everything arrived: {self._read('cut', 10)}") from None

    def counts(self) -> Arrivals:
        """Return the arrivals so far."""
        self._send("cut")
        return _arrivals(self._read("cut", 10))

    def _send(self, line: str) -> None:
        self.process.send_line(line)

    def _read(self, what: str, timeout: float) -> dict[str, Any]:
        return read_message(self.process, what, timeout)


def read_message(process: machine.Process, what: str, timeout: float) -> dict[str, Any]:
    """Read a process's messages until one of a kind arrives. Raises TimeoutError, or Failed if the process ends."""
    deadline = time.monotonic() + timeout
    while True:
        line = process.read_line(max(deadline - time.monotonic(), 0.01))
        if line is None:
            raise machine.Ended(f"ended before it sent {what!r}: {process.tail()}")
        message: dict[str, Any] = json.loads(line)
        if message["what"] == what:
            return message
        if message["what"] == "error":
            raise machine.Failed(str(message["why"]))


def load(target: Target, *, connections: int, seconds: float, status: int = 200, log: Path) -> Load:
    """Request one document over keep-alive connections, one request at a time on each; at most 500,000 a second."""
    program = machine.compiled("swarm")
    arguments = [*_arguments(target), "--readers", str(connections), "--seconds", str(seconds), "--status", str(status)]
    arguments += ["--requests", str(int(500_000 * seconds))]
    process = machine.Process([str(program), "http", *arguments], core=machine.CLIENT_CORE, log=log, piped=True)
    try:
        result = read_message(process, "http", seconds + 15)
    finally:
        process.kill()
    if result["bad"] or not result["requests"]:
        raise machine.Failed(f"{target.path}: {result['bad']} answers of another status; {process.tail(300)}")
    return Load(
        client_cpu_s=result["cpu_s"],
        **{key: result[key] for key in ("requests", "seconds", "bad", "closed", "p50_ms", "p99_ms", "wire_bytes")},
    )


def _arguments(target: Target) -> list[str]:
    arguments = ["--port", str(target.port), "--path", target.path, "--host", target.host]
    arguments += ["--header", target.header] if target.header else []
    return [*arguments, "--tls", "1"] if target.tls else arguments


def _arrivals(message: dict[str, Any]) -> Arrivals:
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
    return Arrivals(events=message["count"], **{key: message[key] for key in keys})
