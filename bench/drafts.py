"""The rows about people who type: what a publish costs while thirty of them save their drafts every two seconds.

Owns the comparison: nobody types, they type into the file of drafts (ours), they type into the newsroom's own file. By
turns of some seconds, so that whatever else the machine does falls on all three alike.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from bench import machine
from bench.ours import Publisher, environment
from bench.results import Row, at_most, row
from bench.swarm import hear

TYPISTS: Final = 30
EVERY_S: Final = 2.0
NOBODY: Final = "nobody types"
SAME: Final = "in the same file"
# Ours under its lane's name, as in every row, and the database that its typists save in.
DATABASES: Final = {"fast": "drafts", SAME: "default"}


class _Typists:
    """A process of typists on the server's core, where the desk is."""

    def __init__(self, home: Path, log: Path, alias: str, every_s: float) -> None:
        words = [sys.executable, "-m", "bench.typists"]
        self.process = machine.Process(
            words, core=machine.SERVER_CORE, log=log, piped=True, env=environment(home), cwd=machine.HERE.parent
        )
        self.do("begin", alias=alias, count=TYPISTS, every_s=every_s)

    def do(self, what: str, **words: Any) -> dict[str, Any]:
        self.process.say(json.dumps({"do": what, **words}))
        return hear(self.process, "done", 60)


def measure(folder: Path, *, turns: int, turn_s: float, every_s: float, tell: Callable[[str], None]) -> list[Row]:
    """Measure `turns` turns of each."""
    home = folder / "home-drafts"
    home.mkdir()
    publisher = Publisher(home, folder / "publisher-drafts.log")
    typists: dict[str, _Typists] = {}
    published: dict[str, list[float]] = {NOBODY: [], **{name: [] for name in DATABASES}}
    saved: dict[str, list[float]] = {name: [] for name in DATABASES}
    try:
        blog = publisher.do("open", slug="drafts")["blog"]
        for name, alias in DATABASES.items():
            typists[name] = _Typists(home, folder / f"typists-{alias}.log", alias, every_s)
        number = 0
        for turn in range(turns):
            for at in range(len(published)):
                name = list(published)[(turn + at) % len(published)]
                people = typists.get(name)
                if people:
                    people.do("go")
                    time.sleep(every_s)  # until each has begun
                ends = time.monotonic() + turn_s
                while time.monotonic() < ends:
                    number += 1
                    done = publisher.do("posts", blog=blog, first=number, count=1, chars=1_220)
                    published[name].append((done["answer_ns"] - done["before_ns"]) / 1e6)
                    time.sleep(0.02)
                if people:
                    saved[name] += people.do("rest")["took_ms"]
            tell(f"drafts: turn {turn + 1} of {turns}")
    finally:
        for people in typists.values():
            people.process.kill()
        publisher.stop()
    return [
        row(
            f"{TYPISTS} typists: publish, p99",
            "ms",
            {name: _at(values, 0.99) for name, values in published.items()},
            [at_most(1.3, NOBODY)],
        ),
        row(
            f"{TYPISTS} typists: publish, median", "ms", {name: _at(values, 0.5) for name, values in published.items()}
        ),
        row(f"{TYPISTS} typists: a save, p99", "ms", {name: _at(values, 0.99) for name, values in saved.items()}),
    ]


def _at(values: list[float], share: float) -> float | None:
    """Return the value that this share of all values is below."""
    return sorted(values)[int(len(values) * share)] if values else None
