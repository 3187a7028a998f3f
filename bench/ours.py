"""Our own server as a newsroom runs it, and a publisher beside it.

Owns the one place that knows how the program is started (`command`) and how a home folder is made; the publishing
itself happens in publisher.py, a process of its own that goes through the one door like every editor does.
Scenarios use this too. Never measures.
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
from bench.servers import Handed, Running
from bench.swarm import Target, hear

SLUG: Final = "bench"
LANES: Final = ("fast", "asgi")


def program() -> list[str]:
    """Return the words that the command begins with; BENCH_SERVER names another installation's, to be compared."""
    if words := shlex.split(os.environ.get("BENCH_SERVER", "")):
        return words
    beside = Path(sys.executable).with_name("asithappened")
    return [str(beside)] if beside.exists() else [sys.executable, "-m", "asithappened"]


def command(home: Path, port: int, *, lane: str = "fast", workers: int = 1, drain_s: float | None = None) -> list[str]:
    """Return how the server is started. The only place that knows."""
    words = [*program(), "run", "--home", str(home), "--port", str(port), "--lane", lane]
    words += ["--workers", str(workers)] if workers > 1 else []
    return words + (["--drain", f"{drain_s:g}"] if drain_s is not None else [])


def environment(home: Path) -> dict[str, str]:
    """Return the environment of an installation's processes; nothing is taken from the bench's own."""
    clean = {name: "" for name in os.environ if name.startswith("ASITHAPPENED_")}
    return {
        **clean,
        "ASITHAPPENED_HOME": str(home),
        # One address, whatever the ports: it is a few bytes of every page, and pages are compared.
        "ASITHAPPENED_URL": "http://localhost:8000",
        "DJANGO_SETTINGS_MODULE": "asithappened.wiring.settings",
    }


def most_readers() -> int:
    """Return how many streams a process of ours takes, all of the open files of this machine being its own."""
    import resource  # noqa: PLC0415 - POSIX only, and so is all that calls this

    from asithappened.delivery.admission import Admission  # noqa: PLC0415

    resource.setrlimit(resource.RLIMIT_NOFILE, (machine.open_files(), machine.open_files()))
    return min(Admission().total, machine.open_files() - machine.SPARE_FILES)


@functools.cache
def installed() -> str:
    """Return "" where the program can be run, and what is missing where it cannot."""
    said = machine.output([*program(), "run", "--help"])
    return "" if "--port" in said else f"`asithappened run` is not there: {said.strip()[-200:]}"


class Publisher:
    """A process that publishes: the desk, as far as delivery can tell."""

    def __init__(self, home: Path, log: Path, *, python: str = sys.executable) -> None:
        """Start it. `python`: of the installation that is to publish, which may be another than this one."""
        words = [python, "-m", "bench.publisher"]
        self.process = machine.Process(
            words, core=machine.CLIENT_CORE, log=log, piped=True, env=environment(home), cwd=machine.HERE.parent
        )

    def do(self, what: str, timeout: float = 60, **words: Any) -> dict[str, Any]:
        """Have one thing done and return what came of it."""
        self.process.say(json.dumps({"do": what, **words}))
        return hear(self.process, "done", timeout)

    def stop(self) -> None:
        self.process.kill()


class Ours(Running):
    """The program with one blog. `processes` are the server's: what publishing costs is not in it."""

    def __init__(
        self, folder: Path, *, lane: str = "fast", chars: int = 1_220, given: Mapping[str, str] | None = None
    ) -> None:
        """Make nothing yet. `given`: more of the server's environment."""
        super().__init__()
        self.given = dict(given or {})
        self.name, self.lane, self.chars = lane, lane, chars
        self.home, self.folder = folder / f"home-{lane}", folder
        self.event_bytes = 0
        self.port = self.blog = 0
        self.publisher: Publisher | None = None

    def start(self) -> None:
        """Make the home if it is not there, and start server and publisher. Raises Unavailable if there is none."""
        if missing := installed():
            raise machine.Unavailable(missing)
        self.home.mkdir(parents=True, exist_ok=True)
        self.publisher = Publisher(self.home, self.folder / f"publisher-{self.lane}.log")
        self.blog = self.publisher.do("open", slug=SLUG)["blog"]
        self.port = machine.kept_port()
        self.processes.append(
            machine.Process(
                command(self.home, self.port, lane=self.lane),
                core=machine.SERVER_CORE,
                log=self.folder / f"{self.lane}.log",
                env=environment(self.home) | self.given,
            )
        )
        machine.until(lambda: machine.listening(self.port), 30, f"our server: {self.process.tail()}")
        self.last: dict[str, Any] = {}

    def stop(self) -> None:
        if self.publisher:
            self.publisher.stop()
        super().stop()

    def publish(self, first: int, count: int) -> Handed:
        """Publish posts in one append: what an editor's single post is, and what a burst is."""
        assert self.publisher
        self.last = self.publisher.do("posts", blog=self.blog, first=first, count=count, chars=self.chars)
        return Handed(before_ns=self.last["before_ns"], answer_ns=self.last["answer_ns"])

    @property
    def stream(self) -> Target:
        """Where its stream is."""
        return self.at("stream")

    def at(self, rest: str) -> Target:
        """Return where one of the blog's resources is."""
        return Target(port=self.port, path=f"/live/{SLUG}/{rest}")

    def resume(self, missing: int) -> str:
        """Return the header of a reader that misses the newest `missing` events."""
        return f"Last-Event-ID: {self.last['epoch']}-{self.last['last'] - missing}\r\n"
