"""The installation under test: one home folder, one or more servers on it, an editor, and readers.

Owns starting and ending all of it, and running compare.py, a separate program, at the end. Only bench/ours.py knows how
the program is started.
"""

import asyncio
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Final

from bench import machine, ours
from bench.people import signed_in
from scenarios.editor import SLUG, Editor
from scenarios.reader import Reader
from scenarios.sockets import Dropped, Where, get
from tests.tables import new_home

START_S: Final = 30
BASE: Final = f"/live/{SLUG}/"


class Broken(Exception):
    """A law or a limit does not hold."""


class Site:
    """The installation of a scenario. Use with `async with`, which ends all its processes."""

    def __init__(
        self,
        folder: Path,
        *,
        seed: int,
        chars: int = 600,
        lane: str = "fast",
        settings: dict[str, str] | None = None,
        files: int = 0,
        metrics: bool = False,
    ) -> None:
        self.folder, self.home, self.lane = folder, folder / "home", lane
        self.settings = settings or {}  # more of the servers' environment
        self.files = files  # the limit of a server's open files; 0 for ours
        self.metrics = machine.reserve_port() if metrics else 0  # the port of a server's metrics
        self.logs = folder / "readers"
        self.logs.mkdir(parents=True)
        new_home(self.home)
        self.editor = Editor(self.home, folder, random.Random(seed), chars=chars)
        self.servers: dict[int, machine.Process] = {}
        self.readers: list[Reader] = []
        self._stopped = False
        self.answered = ""  # the last answer of a server that is starting

    async def __aenter__(self) -> "Site":
        if missing := ours.installed():
            raise machine.Unavailable(missing)
        await self.editor.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def stop(self) -> None:
        """End everything. A second call does nothing."""
        if self._stopped:
            return
        self._stopped = True
        results = await asyncio.gather(*(reader.stop() for reader in self.readers), return_exceptions=True)
        self.editor.stop()
        for process in self.servers.values():
            process.kill()
        for error in results:
            if isinstance(error, Exception):
                raise error

    # --- servers

    async def serve(self, port: int = 0) -> int:
        """Start a server, again on the same port after a kill, and return its port once it answers."""
        port = port or machine.reserve_port()
        self.servers[port] = machine.Process(
            self._limited([*ours.command(self.home, port, lane=self.lane), *self._counting()]),
            core=None,
            log=self.folder / f"server-{port}.log",
            env=ours.environment(self.home) | self.settings,
        )
        await self.wait_until(
            lambda: self._answers(port), START_S, lambda: f"{self.answered}; the server: {self.servers[port].tail()}"
        )
        return port

    def _counting(self) -> list[str]:
        return ["--metrics-port", str(self.metrics)] if self.metrics else []

    def _limited(self, command: list[str]) -> list[str]:
        return ["sh", "-c", f'ulimit -n {self.files} && exec "$@"', "sh", *command] if self.files else command

    async def _answers(self, port: int) -> bool:
        if not self.servers[port].alive():
            raise Broken(f"the server ended at once: {self.servers[port].tail()}")
        try:
            answer = await get(Where(port=port), BASE + "log/head.json", within_s=2)
        except Dropped as why:
            self.answered = str(why)
            return False
        self.answered = f"{answer.status} {answer.body[:200]!r}"
        return answer.status == 200

    def kill(self, port: int) -> None:
        """Kill a server (-9), as a power failure does."""
        self.servers[port].kill()

    def terminate(self, port: int) -> None:
        """Send SIGTERM to a server, as a deploy does."""
        os.kill(self.servers[port].pid, signal.SIGTERM)

    async def people(self) -> dict[str, str]:
        """Return session cookies of an editor, a contributor and an owner, by role."""
        roles = ("editor", "contributor", "owner")
        return dict(zip(roles, await asyncio.to_thread(signed_in, self.home, SLUG, *roles), strict=True))

    # --- readers

    def add(self, count: int, where: Where, prefix: str = "r", *, from_page: bool = False) -> list[Reader]:
        """Add readers and start them."""
        added = [
            Reader(f"{prefix}{len(self.readers) + n:05d}", where, SLUG, self.logs, from_page=from_page)
            for n in range(count)
        ]
        self.readers += added
        for reader in added:
            reader.start()
        return added

    async def live(self, within_s: float, share: float = 1.0) -> float:
        """Wait until so many readers have had a stream and everything that was answered; return how long it took.

        Not all at one moment: of a thousand streams two end in every second, because they are ten minutes old.
        """
        started = time.monotonic()
        waiting = list(self.readers)

        async def all_there() -> bool:
            waiting[:] = [r for r in waiting if not r.streaming or r.have < self.editor.head]
            return len(waiting) <= (1 - share) * len(self.readers)

        def behind() -> str:
            return f"{len(waiting)} readers were never there: " + ", ".join(
                f"{r.name} {r.have}/{self.editor.head} {'live' if r.streaming else 'without stream'}"
                for r in waiting[:5]
            )

        await self.wait_until(all_there, within_s, behind)
        return time.monotonic() - started

    @staticmethod
    async def wait_until(check: Callable[[], Awaitable[bool]], within_s: float, what: str | Callable[[], str]) -> None:
        """Wait until a check is true; raise Broken if that takes too long."""
        deadline = time.monotonic() + within_s
        while not await check():
            if time.monotonic() > deadline:
                raise Broken(f"waited {within_s:.0f} s in vain: {what if isinstance(what, str) else what()}")
            await asyncio.sleep(0.05)

    # --- withdrawn words

    async def search_withdrawn(self, where: Where, post: str) -> None:
        """Search every resource for the words of a post whose withdrawal was answered; raise Broken if one has them."""
        tokens = [token.encode() for token in self.editor.tokens[post]]
        head = await get(where, BASE + "log/head.json")
        if head.status != 200:
            raise Dropped("head.json was refused", head.status)
        state = json.loads(head.body)
        paths = [BASE, BASE + f"p/{post}/", BASE + "page/1/"]
        paths += [f"{BASE}log/{state['epoch']}/{n}-{g}.json" for n, g in enumerate(state["segments"])]
        answers = [head] + [await get(where, path) for path in paths]
        for path, answer in zip(["log/head.json", *paths], answers, strict=True):
            for token in tokens:
                if token in answer.body:
                    raise Broken(
                        f"{path} serves the words of {post}, {token.decode()}, after its withdrawal was answered"
                    )
        if answers[2].status not in {404, 410}:
            raise Broken(f"the permalink of {post}, withdrawn, answers {answers[2].status}")

    # --- the end

    async def compare(self, *, allow: tuple[str, ...] = ()) -> dict[str, int]:
        """Stop everything and run compare.py; raise Broken if a count that must be 0 is not."""
        await self.stop()
        command = [sys.executable, "-m", "scenarios.compare", "--database", str(self.home / "newsroom.sqlite3")]
        command += ["--slug", SLUG, "--acks", str(self.folder / "acks.jsonl"), "--readers", str(self.logs)]
        done = await asyncio.to_thread(
            subprocess.run, command, capture_output=True, text=True, timeout=600, check=False, cwd=machine.HERE.parent
        )
        try:
            counts: dict[str, int] = json.loads(done.stdout)
        except ValueError:
            raise Broken(f"the comparison failed: {done.stderr[-2_000:]}") from None
        if done.returncode and not allow:
            raise Broken(f"{nonzero(counts)}; first words: {done.stderr[:2_000]}")
        return counts


def nonzero(counts: dict[str, int]) -> dict[str, int]:
    """Return the counts that are not 0."""
    return {name: count for name, count in counts.items() if count}


def share(values: list[float], part: float) -> float:
    """Return a percentile; 0 without values."""
    return sorted(values)[min(int(part * len(values)), len(values) - 1)] if values else 0.0


def peak_a_second(instants: list[float]) -> int:
    """Return the greatest number of them within any one second."""
    most, start, times = 0, 0, sorted(instants)
    for end, at in enumerate(times):
        while times[start] < at - 1:
            start += 1
        most = max(most, end - start + 1)
    return most


def require(holds: bool, what: str) -> None:
    """Raise Broken unless it holds."""
    if not holds:
        raise Broken(what)


Figures = dict[str, Any]
