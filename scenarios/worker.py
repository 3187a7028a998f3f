"""Scenario 11, work that is due later: 1,000 jobs, while worker, desk or both are killed, and the clock jumps an hour.

Half of the jobs publish, the others send to a receiver of ours: some with a once-key, some without. Pass: no answered
job is lost; each post is published once; nothing without a key is sent twice, and a job that may have been sent waits
for a person; nothing is early by the true clock. Judged by the log, as the command prints it, by the receiver's record,
and by the table of jobs; nothing of the program runs here.
"""

import asyncio
import contextlib
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from bench import machine, ours
from bench.swarm import read_message
from scenarios.jobs import CLOCK_FILE, RECEIVER, SLUG
from scenarios.site import Figures, require
from tests.on_postgres import has_postgres, own_postgres

WORKERS: Final = 2
OPEN_S: Final = 60
STOPPED: Final = ("dead", "forbidden", "unsure")


@dataclass(frozen=True, kw_only=True)
class Size:
    """The size. `early_s`: the seconds within which most jobs are due; `late_s`: those between which the others are.

    `kills`: how often processes are killed.
    """

    jobs: int
    early_s: float
    late_s: tuple[float, float]
    kills: int
    postgres: bool = False


CI = Size(jobs=1_000, early_s=10, late_s=(35, 45), kills=9)
FULL = Size(jobs=20_000, early_s=600, late_s=(900, 1_200), kills=300, postgres=True)
TINY = Size(jobs=60, early_s=2, late_s=(12, 14), kills=2)


@dataclass(kw_only=True)
class Job:
    """One job. `due`: Unix time."""

    kind: str
    key: str
    due: float


class Receiver:
    """The server that jobs send to. It takes a moment to answer."""

    def __init__(self) -> None:
        self.arrived: list[tuple[str, str, float, float]] = []  # key, token, when it arrived, when it was due
        self._server: asyncio.Server | None = None
        self.port = 0

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._answer, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
            headers = dict(line.split(": ", 1) for line in head.split("\r\n")[1:] if line)
            said = json.loads(await reader.readexactly(int(headers["content-length"])))
            self.arrived.append((headers.get("webhook-id", ""), said["token"], time.time(), said["due"]))
            await asyncio.sleep(0.02)  # a moment in which the sender may be killed
            writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")
            await writer.drain()
        writer.close()


class Installation:
    """The desk and the workers, each started again after a kill."""

    def __init__(self, folder: Path, settings: dict[str, str], chance: random.Random) -> None:
        self.folder, self.home, self.chance = folder, folder / "home", chance
        self.clock = folder / "clock"
        self.clock.write_text("0")
        self.environment = ours.environment(self.home) | settings | {CLOCK_FILE: str(self.clock)}
        self.running: dict[str, machine.Process] = {}
        self.repeats = 0
        self._started: list[machine.Process] = []
        self._desk = asyncio.Event()  # set while the desk answers

    async def start(self, name: str) -> None:
        """Start a process, and return once it is ready."""
        what = name.partition("-")[0]
        process = self.running[name] = machine.Process(
            [sys.executable, "-m", "scenarios.jobs", what],
            core=None,
            log=self.folder / f"{name}.log",
            piped=True,
            env=self.environment,
        )
        self._started.append(process)
        await asyncio.to_thread(read_message, process, "open" if what == "desk" else "works", OPEN_S)
        if what == "desk":
            self._desk.set()

    def stop(self) -> None:
        """Kill every process."""
        for process in self._started:
            process.kill()

    async def ask(self, job: Job) -> None:
        """Repeat a job until the desk has answered."""
        while True:
            await self._desk.wait()
            desk = self.running["desk"]
            try:
                desk.send_line(json.dumps({"kind": job.kind, "key": job.key, "due": job.due}))
                await asyncio.to_thread(read_message, desk, "done", OPEN_S)
                return
            except (machine.Ended, BrokenPipeError):
                self.repeats += 1  # the next desk gets it: `restart` sets the event once that is there

    async def restart(self, names: list[str]) -> None:
        """Kill some processes at the same moment, and start them again."""
        if "desk" in names:
            self._desk.clear()
        for name in names:
            os.kill(self.running[name].pid, signal.SIGKILL)
        await asyncio.gather(*(self.start(name) for name in names))


async def run(folder: Path, size: Size, seed: int) -> Figures:
    """Run it on SQLite, and at full size also on PostgreSQL."""
    if missing := ours.installed():
        raise machine.Unavailable(missing)
    figures = {"sqlite": await _run(folder, size, seed, "")}
    if size.postgres and has_postgres():
        with own_postgres() as url:
            figures["postgres"] = await _run(folder / "postgres", size, seed, url)
    return {f"{name}: {figure}": value for name, of in figures.items() for figure, value in of.items()}


async def _run(folder: Path, size: Size, seed: int, database: str) -> Figures:
    await asyncio.to_thread((folder / "home").mkdir, parents=True)
    chance = random.Random(seed)
    receiver = Receiver()
    await receiver.start()
    installation = Installation(folder, {"ASITHAPPENED_DATABASE": database, RECEIVER: str(receiver.port)}, chance)
    try:
        await installation.start("desk")
        await asyncio.gather(*(installation.start(f"worker-{n}") for n in range(WORKERS)))
        began = time.time()
        jobs = _jobs(size, chance, began)
        asking = asyncio.create_task(_ask(installation, jobs))
        try:
            steps = await _kill_and_set_clock(installation, size, chance)
            await asking
        finally:
            asking.cancel()
        table = _Table(folder / "home" / "newsroom.sqlite3", database)
        last = max(job.due for job in jobs)
        while any(state not in {"done", *STOPPED} for _, _, state in table.rows()):
            require(time.time() < last + 180, f"not done in time: {Counter(state for _, _, state in table.rows())}")
            await asyncio.sleep(0.2)
        figures = _judge(jobs, table, receiver, await asyncio.to_thread(_published, installation))
        return figures | {
            "asked for again after a kill": installation.repeats,
            "kills": size.kills,
            "clock set": steps,
            "seconds": round(time.time() - began, 1),
        }
    finally:
        installation.stop()
        await receiver.stop()


def _jobs(size: Size, chance: random.Random, began: float) -> list[Job]:
    kinds = chance.choices(["publish_post", "webhook", "note"], [5, 3, 2], k=size.jobs)
    # Some are overdue before they are put, and done at once. A fifth is due when all others are done, so that a worker
    # which trusts a clock an hour ahead does these too early.
    whens = [size.late_s if chance.random() < 0.2 else (0, size.early_s) for _ in kinds]
    return [
        Job(kind=kind, key=f"{kind}-{n}", due=began + chance.uniform(*when))
        for n, (kind, when) in enumerate(zip(kinds, whens, strict=True))
    ]


async def _ask(installation: Installation, jobs: list[Job]) -> None:
    for job in jobs:
        await installation.ask(job)


async def _kill_and_set_clock(installation: Installation, size: Size, chance: random.Random) -> list[int]:
    """Kill one, some or all processes at random moments; set the clock in between."""
    steps: list[int] = []
    both = [f"worker-{n}" for n in range(WORKERS)]
    for kill in range(size.kills):
        if kill in {size.kills // 3, 2 * size.kills // 3}:
            steps.append(3600 if not steps else -3600)
            installation.clock.write_text(str(steps[-1]))
        await asyncio.sleep(chance.uniform(0.1, 1.0))
        await installation.restart(chance.choice([both[:1], both[1:], both, ["desk"], ["desk", *both]]))
    await asyncio.sleep(1)
    installation.clock.write_text("0")
    return steps


_ROWS: Final = """
    SELECT kind, key, state FROM jobs_job WHERE kind <> 'publish_scheduled' UNION ALL
    SELECT 'publish_post', once, CASE state WHEN 'published' THEN 'done' ELSE state END FROM desk_scheduled
"""


class _Table:
    """Reads the table of jobs without the program."""

    def __init__(self, file: Path, database: str) -> None:
        self._file, self._database = file, database

    def rows(self) -> list[tuple[str, str, str]]:
        """Return kind, key and state of each job; for scheduled posts, the desk's state."""
        with self._connection() as connection:
            cursor = connection.execute(_ROWS)
            return [(str(kind), str(key), str(state)) for kind, key, state in cursor.fetchall()]

    @contextlib.contextmanager
    def _connection(self) -> Iterator[Any]:
        if self._database:
            import psycopg  # noqa: PLC0415

            with psycopg.connect(self._database) as connection:
                yield connection
            return
        with contextlib.closing(sqlite3.connect(self._file, timeout=20)) as connection:
            yield connection


def _published(installation: Installation) -> list[tuple[str, float]]:
    """Return the published titles and their times, as `asithappened log` prints them."""
    command = [*ours.program(), "log", SLUG, "--json"]
    printed = subprocess.run(command, env=os.environ | installation.environment, capture_output=True, check=True)  # noqa: S603
    facts = [json.loads(line) for line in printed.stdout.splitlines()]
    require([fact["seq"] for fact in facts] == list(range(1, len(facts) + 1)), "the log has a gap")
    published = [fact for fact in facts if fact["kind"] == "post.published"]
    return [(fact["payload"]["title"], datetime.fromisoformat(fact["at"]).timestamp()) for fact in published]


def _judge(jobs: list[Job], table: _Table, receiver: Receiver, published: list[tuple[str, float]]) -> Figures:
    states = {(kind, key): state for kind, key, state in table.rows()}
    due = {job.key: job.due for job in jobs}
    sent = Counter(token for _, token, _, _ in receiver.arrived)
    posts = Counter(title for title, _ in published)
    of = {kind: [job.key for job in jobs if job.kind == kind] for kind in ("publish_post", "webhook", "note")}
    lost = [job.key for job in jobs if (job.kind, job.key) not in states]
    twice = [key for key, count in posts.items() if count > 1] + [key for key in of["note"] if sent[key] > 1]
    unsure = [key for key in of["note"] if states.get(("note", key)) == "unsure"]
    undone = [key for key in of["publish_post"] if not posts[key]] + [key for key in of["webhook"] if not sent[key]]
    undone += [key for key in of["note"] if not sent[key] and key not in unsure]
    early = [title for title, at in published if at < due[title]]
    early += [token for _, token, at, was_due in receiver.arrived if at < was_due]
    strange = [key for key, token, _, _ in receiver.arrived if key and key != token]
    late = sorted(at - due[title] for title, at in published)
    figures = {
        "jobs": len(jobs),
        "published": len(posts),
        "sent with a key": len(of["webhook"]),
        "of these again, with the same key": sum(sent[key] - 1 for key in of["webhook"]),
        "sent without a key": len(of["note"]) - len(unsure),
        "of these a person is asked about": len(unsure),
        "lost, not done, twice, early": (len(lost), len(undone), len(twice), len(early)),
        "published after it was due, median and last s": (round(late[len(late) // 2], 1), round(late[-1], 1)),
    }
    require(len(states) == len(jobs), f"other jobs than were asked for: {len(states)}; {figures}")
    require(not lost and not undone, f"lost: {[*lost, *undone][:5]}; {figures}")
    require(not twice, f"done twice: {twice[:5]}; {figures}")
    require(not early, f"done before it was due: {early[:5]}; {figures}")
    require(not strange, f"a key that is another job's: {strange[:5]}")
    wrong = {key for key, state in states.items() if state != "done" and not (key[0] == "note" and state == "unsure")}
    require(not wrong, f"not done: {sorted(wrong)[:5]}; {figures}")
    return figures
