"""Our own server as a newsroom runs it, and a publisher beside it.

Owns how the program is started (`command`) and how a home folder is made: no other place knows. publisher.py publishes,
in a process of its own and through the one door, as every editor does. Scenarios use this too. Never measures.
"""

import functools
import json
import os
import shlex
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from bench import machine
from bench.servers import ManagedServer, PublishTimes
from bench.swarm import Target, read_message
from tests.tables import new_home

SLUG: Final = "bench"
LANES: Final = ("fast", "asgi")


def program() -> list[str]:
    """Return the start of the command; BENCH_SERVER may name that of another installation, to compare with."""
    if named := shlex.split(os.environ.get("BENCH_SERVER", "")):
        return named
    beside = Path(sys.executable).with_name("asithappened")
    return [str(beside)] if beside.exists() else [sys.executable, "-m", "asithappened"]


def command(home: Path, port: int, *, lane: str = "fast", workers: int = 1, drain_s: float | None = None) -> list[str]:
    """Return the command that starts the server."""
    arguments = [*program(), "run", "--home", str(home), "--port", str(port), "--lane", lane]
    arguments += ["--workers", str(workers)] if workers > 1 else []
    return arguments + (["--drain", f"{drain_s:g}"] if drain_s is not None else [])


def environment(home: Path) -> dict[str, str]:
    """Return the environment of an installation's processes, without any setting of the bench's own."""
    clean = {name: "" for name in os.environ if name.startswith("ASITHAPPENED_")}
    return {
        **clean,
        "ASITHAPPENED_HOME": str(home),
        # One address whatever the port: it is part of every page, and pages are compared.
        "ASITHAPPENED_URL": "http://localhost:8000",
        "DJANGO_SETTINGS_MODULE": "asithappened.wiring.settings",
    }


def most_readers() -> int:
    """Return how many streams a process of ours admits if it may open as many files as the machine allows."""
    import resource  # noqa: PLC0415 - POSIX only, as are all callers

    from asithappened.delivery.admission import Admission  # noqa: PLC0415

    resource.setrlimit(resource.RLIMIT_NOFILE, (machine.open_files(), machine.open_files()))
    return min(Admission().total, machine.open_files() - machine.SPARE_FILES)


@functools.cache
def installed() -> str:
    """Return "" if the program can be run, otherwise the reason why not."""
    output = machine.output([*program(), "run", "--help"])
    return "" if "--port" in output else f"`asithappened run` is not there: {output.strip()[-200:]}"


class Publisher:
    """A process that publishes, like the desk's."""

    def __init__(self, home: Path, log: Path, *, python: str = sys.executable) -> None:
        """Start it. `python`: the interpreter of the publishing installation, which may be another than this one."""
        command = [python, "-m", "bench.publisher"]
        self.process = machine.Process(
            command, core=machine.CLIENT_CORE, log=log, piped=True, env=environment(home), cwd=machine.HERE.parent
        )

    def do(self, what: str, timeout: float = 60, **arguments: Any) -> dict[str, Any]:
        """Send one command and return its answer."""
        self.process.send_line(json.dumps({"do": what, **arguments}))
        return read_message(self.process, "done", timeout)

    def stop(self) -> None:
        self.process.kill()


class Ours(ManagedServer):
    """The program with one blog. `processes` are the server's, so the cost of publishing is not included."""

    def __init__(
        self, folder: Path, *, lane: str = "fast", chars: int = 1_220, settings: Mapping[str, str] | None = None
    ) -> None:
        """Start nothing yet. `settings`: more of the server's environment."""
        super().__init__()
        self.settings = dict(settings or {})
        self.name, self.lane, self.chars = lane, lane, chars
        self.home, self.folder = folder / f"home-{lane}", folder
        self.event_bytes = 0
        self.port = self.blog = 0
        self.publisher: Publisher | None = None

    def start(self) -> None:
        """Make the home if needed, and start server and publisher. Raises Unavailable if the program cannot be run."""
        if missing := installed():
            raise machine.Unavailable(missing)
        if not self.home.exists():
            new_home(self.home)
        self.publisher = Publisher(self.home, self.folder / f"publisher-{self.lane}.log")
        self.blog = self.publisher.do("open", slug=SLUG)["blog"]
        self.port = machine.reserve_port()
        self.processes.append(
            machine.Process(
                command(self.home, self.port, lane=self.lane),
                core=machine.SERVER_CORE,
                log=self.folder / f"{self.lane}.log",
                env=environment(self.home) | self.settings,
            )
        )
        machine.wait_until(lambda: machine.listening(self.port), 30, f"our server: {self.process.tail()}")
        self.last: dict[str, Any] = {}

    def stop(self) -> None:
        if self.publisher:
            self.publisher.stop()
        super().stop()

    def publish(self, first: int, count: int) -> PublishTimes:
        """Publish posts in one append, as an editor's single post or a burst is."""
        assert self.publisher
        self.last = self.publisher.do("posts", blog=self.blog, first=first, count=count, chars=self.chars)
        return PublishTimes(before_ns=self.last["before_ns"], answer_ns=self.last["answer_ns"])

    @property
    def stream(self) -> Target:
        """Its stream."""
        return self.at("stream")

    def at(self, rest: str) -> Target:
        """Return one of the blog's resources."""
        return Target(port=self.port, path=f"/live/{SLUG}/{rest}")

    def resume(self, missing: int) -> str:
        """Return the header of a reader who lacks the newest `missing` events."""
        return f"Last-Event-ID: {self.last['epoch']}-{self.last['last'] - missing}\r\n"
