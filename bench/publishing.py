"""The rows about publishing: the processor time of one post, beside a bare append of the same rows.

Owns the order of the measurements: press and desk take turns, and so do ours and another installation if one is named
(`--against`), so that other load of the machine affects all alike. No server runs.
"""

import statistics
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from bench import machine
from bench.ours import SLUG, Publisher
from bench.results import Row, at_most, row

WARM: Final = 5
CHARS: Final = 1_220
WAYS: Final = ("press", "desk")


def measure(
    folder: Path,
    *,
    lengths: Sequence[int],
    posts: int,
    against: str,
    missing: dict[str, str],
    progress: Callable[[str], None],
) -> list[Row]:
    """Measure `posts` posts by each way at each length. The posts before are published 50 an append."""
    publishers = {"fast": Publisher(_home(folder, "fast"), folder / "publishing.log")}
    if against:
        log = folder / "publishing-against.log"
        publishers["against"] = Publisher(_home(folder, "against"), log, python=against)
    rows = []
    try:
        blogs = {name: each.do("open", slug=SLUG)["blog"] for name, each in publishers.items()}
        at = 0
        for length in lengths:
            count = (posts + WARM) * len(WAYS)
            for name, each in publishers.items():
                each.do("seed", 1800, blog=blogs[name], first=at + 1, count=length - count - at, chars=CHARS)
            found: dict[tuple[str, str], list[float]] = defaultdict(list)
            for at in range(length - count + 1, length + 1):
                way = WAYS[at % len(WAYS)]
                for name, each in publishers.items():
                    cost = each.do("cost", blog=blogs[name], number=at, chars=CHARS, way=way)
                    if at > length - posts * len(WAYS):
                        for what in ("cpu_us", "bare_us", "statements"):
                            found[name, f"{way} {what}"].append(cost[what])
            rows += _rows(length, found)
            progress(f"publishing, post {length:,}")
    except machine.Failed as why:
        missing["publishing"] = str(why)
    finally:
        for each in publishers.values():
            each.stop()
    return rows


def _home(folder: Path, name: str) -> Path:
    home = folder / f"publishing-{name}"
    home.mkdir(exist_ok=True)
    return home


def _rows(length: int, found: dict[tuple[str, str], list[float]]) -> list[Row]:
    rows = []
    for way in WAYS:
        median = {name: statistics.median(values) for (name, what), values in found.items() if what == f"{way} cpu_us"}
        bare = statistics.median(found["fast", f"{way} bare_us"])
        statements = [
            f"{statistics.median(values):.0f}" for (_, what), values in found.items() if what == f"{way} statements"
        ]
        rows.append(
            row(
                f"publish, post {length:,}: CPU, {way}",
                "µs",
                {**median, "bare append": bare},
                [at_most(0.5, "against")] if "against" in median else [],
                note=f"statements: {', '.join(statements)}",
            )
        )
    return rows


def interpreter(checkout: str) -> str:
    """Return the interpreter of another checkout's environment; "" for none."""
    if not checkout:
        return ""
    found = Path(checkout) / ".venv" / "bin" / Path(sys.executable).name
    if not found.exists():
        raise SystemExit(f"--against {checkout}: there is no {found}. Run `make .venv/dev.stamp` there first.")
    return str(found)
