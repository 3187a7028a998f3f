"""An installation for a journey: a home folder, the real command in processes of its own, a server that can be killed.

Owns starting and ending those processes, and reading what has happened over HTTP. Nothing here knows the program from
inside: it does what a person at a terminal does. Look next: `line.py`, the wire between a reader and the server.
"""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from bench.machine import reserve_port
from tests.commands import ran
from tests.tables import new_home

HANG_S = 40.0
"""Only catches what would never end; nothing is measured by it."""


def until(so: Callable[[], Any], what: str) -> None:
    """Return once something is so that another process is about to make so."""
    end = time.monotonic() + HANG_S
    while not so():
        assert time.monotonic() < end, f"waited in vain until {what}"
        time.sleep(0.02)  # another process's work has no condition to wait on


class Installation:
    """A home folder, a port, and the `asithappened` command on both. Left, it leaves no process of its own running."""

    def __init__(self, home: Path, port: int = 0) -> None:
        """Take a port of its own, unless told; a home that is not there yet is made."""
        self.home = home if home.exists() else new_home(home)
        self.port = port or reserve_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.server: subprocess.Popen[str] | None = None
        self.given: dict[str, str] = {}  # more of the environment, by name
        self._started: list[subprocess.Popen[str]] = []

    def __enter__(self) -> Self:
        """Return it."""
        return self

    def __exit__(self, *_: object) -> None:
        """End what still runs: after a test that failed, a process of its would be noticed in the middle of another."""
        for process in self._started:
            killed(process)

    @property
    def environment(self) -> dict[str, str]:
        """What a process of this installation finds in its environment."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("ASITHAPPENED_", "DJANGO_"))}
        return kept | {"ASITHAPPENED_HOME": str(self.home), "ASITHAPPENED_URL": self.url, "NO_COLOR": "1"} | self.given

    def start(self, *arguments: str, module: str = "asithappened.wiring.cli") -> subprocess.Popen[str]:
        """Start a command and do not wait for it."""
        process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments], env=self.environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path(__file__).resolve().parents[2],
        )  # fmt: skip
        self._started.append(process)
        return process

    def command(self, *arguments: str) -> str:
        """Run a command, which must do what it was asked, and return what it printed."""
        done = ran(*arguments, environment=self.environment, limit_s=HANG_S)
        assert done.returncode == 0, (arguments, done.stderr)
        return done.stdout

    def as_json(self, *arguments: str) -> Any:
        """Run a command for programs and return what it printed."""
        return json.loads(self.command(*arguments, "--json"))

    def log(self, slug: str) -> list[dict[str, Any]]:
        """Return the public log of a live blog."""
        return [json.loads(line) for line in self.command("log", slug, "--json").splitlines()]

    def serve(self) -> None:
        """Start the server, and return once it answers."""
        self.server = self.start("run", "--port", str(self.port))
        until(lambda: self.status("/") is not None, "the server answers")

    def kill(self) -> None:
        """End the server as a power cut does."""
        assert self.server is not None
        killed(self.server)
        self.server = None

    def get(self, path: str) -> tuple[int, bytes]:
        """Ask the server for a resource; an answer of any status is an answer."""
        asked = urllib.request.Request(self.url + path, headers={"Accept-Encoding": "identity"})
        try:
            with urllib.request.urlopen(asked, timeout=HANG_S) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, refused.read()

    def status(self, path: str) -> int | None:
        """Return the status of an answer, or None where nobody answers."""
        try:
            return self.get(path)[0]
        except OSError:
            return None

    def head(self, slug: str) -> int:
        """Return how far a live blog's readers can be; 0 for one that is not there, or not served just now."""
        try:
            status, answer = self.get(f"/live/{slug}/log/head.json")
        except OSError:
            return 0
        return int(json.loads(answer)["head"]) if status == 200 else 0


def killed(process: subprocess.Popen[str]) -> int:
    """End a process as a power cut does, and return its exit code once it is gone."""
    if process.poll() is None:
        process.send_signal(signal.SIGKILL)
    return finished(process)


def finished(process: subprocess.Popen[str]) -> int:
    """Return the exit code of a process once it is gone."""
    code = process.wait(HANG_S)
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(BrokenPipeError):  # of what was written and never read
                pipe.close()
    return code
