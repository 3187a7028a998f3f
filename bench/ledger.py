"""The rows about the ledger: what ten rows add to a publish, and what three hundred add to the main page.

Owns the order of the measurements: publishes with ten rows and without take turns, by the press and by the desk's verb,
in one live blog; then the size of the main page, as delivery composes it, with three hundred rows and with none. No
server runs.
"""

import statistics
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Final

from bench import machine
from bench.ours import Publisher
from bench.results import OURS, Row, at_most, below, row
from tests.tables import new_home

CHARS: Final = 1_220
ROWS: Final = 10
MOST_ROWS: Final = 300
PAGE_KB: Final = 40.0
WAYS: Final = ("press", "desk")


def measure(
    folder: Path, *, posts: int, turns: int, missing: dict[str, str], progress: Callable[[str], None]
) -> list[Row]:
    """Measure. `posts`: in the live blog before. `turns`: publishes of each kind."""
    home = new_home(folder / "ledger")
    publisher = Publisher(home, folder / "ledger.log")
    found: dict[tuple[str, int], list[float]] = defaultdict(list)
    pages: dict[int, float] = {}
    try:
        blog = publisher.do("open", slug="rows")["blog"]
        publisher.do("seed", 600, blog=blog, first=1, count=posts, chars=CHARS)
        for turn in range(turns + 3):
            for way in WAYS:
                for number in (0, ROWS):
                    cost = publisher.do("with_rows", blog=blog, number=posts + turn, chars=CHARS, way=way, rows=number)
                    if turn >= 3:  # the first of each kind are slower
                        found[way, number].append(cost["cpu_us"])
        for rows in (0, MOST_ROWS):
            blog = publisher.do("open", slug=f"rows-{rows}")["blog"]
            # A main page holds 49 posts at most.
            publisher.do("seed", 600, blog=blog, first=1, count=MOST_ROWS - 1, chars=CHARS)
            pages[rows] = publisher.do("page", 600, blog=blog, rows=rows)["gzipped"] / 1e3
        progress("ledger")
    except machine.Failed as why:
        missing["ledger"] = str(why)
        return []
    finally:
        publisher.stop()
    made = [
        row(
            f"publish with {ROWS} rows of the ledger: CPU, {way}",
            "µs",
            {OURS: statistics.median(found[way, ROWS]), "without": statistics.median(found[way, 0])},
            [at_most(1.5, "without")],
        )
        for way in WAYS
    ]
    of_page = {OURS: pages[MOST_ROWS], "without": pages[0]}
    return [*made, row(f"main page with {MOST_ROWS} rows of the ledger", "kB gzipped", of_page, [below(PAGE_KB)])]
