"""The rows about readers' search: how long it takes in an installation of many live blogs, and the cost of its index.

Owns the order of the measurements, the same on SQLite and on PostgreSQL. A search is a request for the installation or
for one live blog, through all of Django but the socket; all kinds of queries count alike. The cost of the index is that
of a publish with all followers, the index among them or not, in turns.
"""

import json
import random
import statistics
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final

from bench import machine
from bench.ours import environment
from bench.results import OURS, Row, at_most, below, quantile, row
from bench.swarm import read_message

P95_MS: Final = 30.0
COSTS: Final = 1.2
CHARS: Final = 1_220
KINDS: Final = ("rare", "usual", "common", "two", "beginning", "unspoken")
"""Kinds of queries: a word that few posts have, one that many have, one that nearly all have; two words; the first four
letters of one; and a word in no post."""


def measure(
    folder: Path, *, blogs: int, posts: int, searches: int, turns: int, missing: dict[str, str],
    progress: Callable[[str], None],
) -> list[Row]:  # fmt: skip
    """Measure in `blogs` live blogs of `posts` posts each: `searches` of each kind, `turns` publishes."""
    rows: list[Row] = []
    with ExitStack() as stack:
        databases = {"SQLite": ""}
        try:
            databases["PostgreSQL"] = stack.enter_context(_postgres())
        except machine.Unavailable as why:
            missing["search on PostgreSQL"] = str(why)
        for name, url in databases.items():
            searcher = _Searcher(folder, name, url)
            try:
                searcher.do("build", blogs=blogs, posts=posts, chars=CHARS)
                progress(f"search: {blogs * posts:,} posts on {name}")
                took = searcher.do("search", queries=list(_queries(searches, blogs)))["took_ms"]
                cost = searcher.do("publish", turns=turns, chars=CHARS)
                progress(f"search on {name}")
            except machine.Failed as why:
                missing[f"search on {name}"] = str(why)
                continue
            finally:
                searcher.stop()
            slowest, kind_of_it = max((quantile(took[kind], 0.95) or 0.0, kind) for kind in KINDS)
            together = [one for kind in KINDS for one in took[kind]]
            rows += [
                row(
                    f"search among {blogs * posts:,} posts of {blogs}: p95, {name}",
                    "ms",
                    {OURS: quantile(together, 0.95)},
                    [below(P95_MS)],
                    note=f"p50 {statistics.median(together):.1f}; the slowest sort: {kind_of_it}, {slowest:.1f}",
                ),
                row(
                    f"publish, and what the worker makes of it, with the index: {name}",
                    "ms",
                    {OURS: statistics.median(cost["with_ms"]), "without": statistics.median(cost["without_ms"])},
                    [at_most(COSTS, "without")],
                ),
            ]
    return rows


@contextmanager
def _postgres() -> Iterator[str]:
    """Run a PostgreSQL. It does not wait for the disk, which makes the index's share larger."""
    try:
        from tests.on_postgres import has_postgres, own_postgres  # noqa: PLC0415
    except ImportError as why:
        raise machine.Unavailable(str(why)) from why
    if not has_postgres():
        raise machine.Unavailable("no PostgreSQL: install the wheels of requirements/dev.txt")
    with own_postgres() as url:
        yield url


class _Searcher:
    """A process with an installation of its own."""

    def __init__(self, folder: Path, name: str, url: str) -> None:
        home = folder / f"search-{name.lower()}"
        home.mkdir()
        self._process = machine.Process(
            [sys.executable, "-m", "bench.searcher"],
            core=machine.SERVER_CORE,
            log=folder / f"search-{name.lower()}.log",
            piped=True,
            env=environment(home) | {"ASITHAPPENED_DATABASE": url},
            cwd=machine.HERE.parent,
        )

    def do(self, what: str, **arguments: object) -> dict[str, Any]:
        self._process.send_line(json.dumps({"do": what, **arguments}))
        return read_message(self._process, "done", 3_600)

    def stop(self) -> None:
        self._process.kill()


def _queries(searches: int, blogs: int) -> Iterator[dict[str, str]]:
    """Yield addresses, each with its kind: for the installation or a live blog, in each order, or key events alone."""
    from bench.searcher import WORDS, word  # noqa: PLC0415

    chance = random.Random(16)  # noqa: S311 -- the same queries in every run
    for number in range(searches):
        rare, usual, common = (word(chance.randrange(*these)) for these in ((2_000, WORDS), (100, 2_000), (0, 20)))
        words = {
            "rare": rare,
            "usual": usual,
            "common": common,
            "two": f"{common}+{usual}",
            "beginning": usual[:4],
            "unspoken": f"{rare}zzz",
        }
        for kind in KINDS:
            where = "/search" if number % 2 else f"/live/house-{chance.randrange(blogs)}/search"
            how = ("", "&order=best", "&key=1")[number % 3]
            yield {"kind": kind, "address": f"{where}?q={words[kind]}{how}"}
