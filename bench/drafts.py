"""The rows about people at their desks: how long a publish takes while thirty of them save drafts, or send beats.

Owns the comparison: nobody types; drafts are saved in the file of drafts (ours); they are saved in the newsroom's own
file; desks are open and send beats. They take turns of some seconds, so that other load of the machine affects all
alike.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from bench import machine
from bench.ours import Publisher, environment
from bench.results import OURS, Row, at_most, below, quantile, row
from bench.swarm import read_message
from tests.tables import new_home

TYPISTS: Final = 30
EVERY_S: Final = 2.0
NOBODY: Final = "nobody types"
SAME: Final = "in the same file"
# The database that drafts are saved in, by the name of the figure; ours has its lane's name, as in every row.
DATABASES: Final = {"fast": "drafts", SAME: "default"}
DESKS: Final = "desks"
BEAT_CPU_MS: Final = 5.0


class _People:
    """A process of simulated people on the server's core, where the desk runs: typists or open desks."""

    def __init__(self, module: str, home: Path, log: Path, **begin: Any) -> None:
        command = [sys.executable, "-m", module]
        self.process = machine.Process(
            command, core=machine.SERVER_CORE, log=log, piped=True, env=environment(home), cwd=machine.HERE.parent
        )
        self.do("begin", count=TYPISTS, **begin)

    def do(self, what: str, **arguments: Any) -> dict[str, Any]:
        self.process.send_line(json.dumps({"do": what, **arguments}))
        return read_message(self.process, "done", 60)


def measure(folder: Path, *, turns: int, turn_s: float, every_s: float, progress: Callable[[str], None]) -> list[Row]:
    """Measure; each figure takes `turns` turns."""
    home = folder / "home-drafts"
    new_home(home)
    publisher = Publisher(home, folder / "publisher-drafts.log")
    people: dict[str, _People] = {}
    published: dict[str, list[float]] = {NOBODY: [], **{name: [] for name in DATABASES}, DESKS: []}
    saved: dict[str, list[float]] = {name: [] for name in (*DATABASES, DESKS)}
    cpu: list[float] = []
    try:
        blog = publisher.do("open", slug="drafts")["blog"]
        for name, alias in DATABASES.items():
            log = folder / f"typists-{alias}.log"
            people[name] = _People("bench.typists", home, log, alias=alias, every_s=every_s)
        people[DESKS] = _People("bench.beats", home, folder / "desks.log", slug="drafts", every_s=every_s)
        number = 0
        for turn in range(turns):
            for at in range(len(published)):
                name = list(published)[(turn + at) % len(published)]
                active = people.get(name)
                if active:
                    active.do("go")
                    time.sleep(every_s)  # until each of them has begun
                ends = time.monotonic() + turn_s
                while time.monotonic() < ends:
                    number += 1
                    done = publisher.do("posts", blog=blog, first=number, count=1, chars=1_220)
                    published[name].append((done["answer_ns"] - done["before_ns"]) / 1e6)
                    time.sleep(0.02)
                if active:
                    times = active.do("rest")
                    saved[name] += times["took_ms"]
                    cpu += times.get("cpu_ms", [])
            progress(f"drafts: turn {turn + 1} of {turns}")
    finally:
        for each in people.values():
            each.process.kill()
        publisher.stop()
    desks = published.pop(DESKS)
    beats = saved.pop(DESKS)
    quiet = {NOBODY: quantile(published[NOBODY], 0.99)}
    return [
        row(
            f"{TYPISTS} typists: publish, p99",
            "ms",
            {name: quantile(values, 0.99) for name, values in published.items()},
            [at_most(1.3, NOBODY)],
        ),
        row(
            f"{TYPISTS} typists: publish, median",
            "ms",
            {name: quantile(values, 0.5) for name, values in published.items()},
        ),
        row(f"{TYPISTS} typists: a save, p99", "ms", {name: quantile(values, 0.99) for name, values in saved.items()}),
        row(f"{TYPISTS} desks: publish, p99", "ms", {OURS: quantile(desks, 0.99), **quiet}, [at_most(1.3, NOBODY)]),
        row(f"{TYPISTS} desks: a beat, p99", "ms", {OURS: quantile(beats, 0.99)}),
        row(f"{TYPISTS} desks: CPU a beat, median", "ms", {OURS: quantile(cpu, 0.5)}, [below(BEAT_CPU_MS)]),
    ]
