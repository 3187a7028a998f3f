"""An installation to be mistreated: one home folder, one or more servers on it, an editor, and readers.

Owns starting and ending all of it and the question at the end: what compare.py, a program of its own, says. How the
program is started is known in bench/ours.py alone.
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

START_S: Final = 30
BASE: Final = f"/live/{SLUG}/"


class Broken(Exception):
    """A law or a limit that did not hold."""


class Site:
    """What a scenario runs on. Use as `async with`; everything is gone afterwards."""

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
        self.settings = settings or {}  # of the servers' environment
        self.files = files  # that a server may open; 0 for as many as we may
        self.metrics = machine.kept_port() if metrics else 0  # where a server says what it counts
        self.logs = folder / "readers"
        self.logs.mkdir(parents=True)
        self.home.mkdir()
        self.editor = Editor(self.home, folder, random.Random(seed), chars=chars)
        self.servers: dict[int, machine.Process] = {}
        self.readers: list[Reader] = []
        self._stopped = False
        self.answered = ""  # by a server that was waited for, last

    async def __aenter__(self) -> "Site":
        if missing := ours.installed():
            raise machine.Unavailable(missing)
        await self.editor.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def stop(self) -> None:
        """End everything; once more does nothing."""
        if self._stopped:
            return
        self._stopped = True
        ended = await asyncio.gather(*(reader.stop() for reader in self.readers), return_exceptions=True)
        self.editor.stop()
        for process in self.servers.values():
            process.kill()
        for error in ended:
            if isinstance(error, Exception):
                raise error

    # --- servers

    async def serve(self, port: int = 0) -> int:
        """Start a server, again on the same port after a kill, and return its port once it answers."""
        port = port or machine.kept_port()
        self.servers[port] = machine.Process(
            self._limited([*ours.command(self.home, port, lane=self.lane), *self._counting()]),
            core=None,
            log=self.folder / f"server-{port}.log",
            env=ours.environment(self.home) | self.settings,
        )
        await self.until(
            lambda: self._answers(port), START_S, lambda: f"{self.answered}; the server: {self.servers[port].tail()}"
        )
        return port

    def _counting(self) -> list[str]:
        return ["--metrics-port", str(self.metrics)] if self.metrics else []

    def _limited(self, command: list[str]) -> list[str]:
        return ["sh", "-c", f'ulimit -n {self.files} && exec "$@"', "sh", *command] if self.files else command

    async def _answers(self, port: int) -> bool:
        if not self.servers[port].alive():
            raise Broken(f"the server left at once: {self.servers[port].tail()}")
        try:
            answer = await get(Where(port=port), BASE + "log/head.json", within_s=2)
        except Dropped as why:
            self.answered = str(why)
            return False
        self.answered = f"{answer.status} {answer.body[:200]!r}"
        return answer.status == 200

    def kill(self, port: int) -> None:
        """kill -9, as a machine that loses its power does."""
        self.servers[port].kill()

    def terminate(self, port: int) -> None:
        """SIGTERM, as a deploy does."""
        os.kill(self.servers[port].pid, signal.SIGTERM)

    async def people(self) -> dict[str, str]:
        """Return the cookies by which an editor, a contributor and an owner are signed in, by their roles."""
        roles = ("editor", "contributor", "owner")
        return dict(zip(roles, await asyncio.to_thread(signed_in, self.home, SLUG, *roles), strict=True))

    # --- readers

    def add(self, count: int, where: Where, prefix: str = "r", *, from_page: bool = False) -> list[Reader]:
        """Add readers and let them begin."""
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

        await self.until(all_there, within_s, behind)
        return time.monotonic() - started

    @staticmethod
    async def until(check: Callable[[], Awaitable[bool]], within_s: float, what: str | Callable[[], str]) -> None:
        """Wait until a check holds; Broken if it takes too long."""
        deadline = time.monotonic() + within_s
        while not await check():
            if time.monotonic() > deadline:
                raise Broken(f"waited {within_s:.0f} s in vain: {what if isinstance(what, str) else what()}")
            await asyncio.sleep(0.05)

    # --- withdrawn words

    async def search_withdrawn(self, where: Where, post: str) -> None:
        """Look for a withdrawn post's words in every resource that could hold them. Its withdrawal was answered."""
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
        """Stop everything and have the separate program compare; Broken if a count is not what it must be."""
        await self.stop()
        words = [sys.executable, "-m", "scenarios.compare", "--database", str(self.home / "newsroom.sqlite3")]
        words += ["--slug", SLUG, "--acks", str(self.folder / "acks.jsonl"), "--readers", str(self.logs)]
        done = await asyncio.to_thread(
            subprocess.run, words, capture_output=True, text=True, timeout=600, check=False, cwd=machine.HERE.parent
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
    """Return a percentile, 0 of nothing."""
    return sorted(values)[min(int(part * len(values)), len(values) - 1)] if values else 0.0


def peak_a_second(instants: list[float]) -> int:
    """Return the most of them within any one second."""
    most, start, times = 0, 0, sorted(instants)
    for end, at in enumerate(times):
        while times[start] < at - 1:
            start += 1
        most = max(most, end - start + 1)
    return most


def require(holds: bool, what: str) -> None:
    """Broken unless it holds."""
    if not holds:
        raise Broken(what)


Figures = dict[str, Any]
