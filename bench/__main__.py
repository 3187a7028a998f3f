"""`python -m bench`: measure, print the table, write results.json.

Owns the options, the sizes and the order. A row that cannot be measured here is left out, and the output says why. The
exit code is 1 only if a measurement failed after it began, never because a target is missed: people judge that.
"""

import argparse
import os
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench import (
    desk,
    documents,
    drafts,
    ledger,
    machine,
    media,
    nth,
    open_page,
    publishing,
    readership,
    results,
    search,
    streams,
    suggestions,
    uploads,
)
from bench.ours import Ours, most_readers
from bench.servers import Limit, Nchan, Server, TlsProxy, certificate
from bench.streams import Factories, Size

GROUPS = ("streams", "stalled", "return", "tls", "documents", "nth", "publishing", "ledger", "drafts", "desk", "media",
          "uploads", "readership", "suggestions", "search", "open_page")  # fmt: skip
# Those of delivery share homes, and what is missing; they and some others take as long as the rest.
HALF = ("streams", "stalled", "return", "tls", "documents", "nth", "readership", "media", "suggestions", "search")
SIZES = (1_000, 5_000, 10_000, 0)  # 0: as many as one of our processes admits, by its limit of open files


def main() -> int:
    """Measure the chosen groups."""
    options = _options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that SIGTERM leaves no server behind either
    rows: list[results.Row] = []
    missing: dict[str, str] = {}
    started = time.monotonic()
    os.sched_setaffinity(0, {machine.CLIENT_CORE})

    def progress(what: str) -> None:
        print(f"[{time.monotonic() - started:6.1f} s] {what}", file=sys.stderr, flush=True)

    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        try:
            if options.smoke:
                _measure_at_once(options, folder, rows, missing, progress)
            else:
                _measure(options, folder, rows, missing, progress)
        except KeyboardInterrupt:
            missing["the rest"] = "interrupted"
        except Exception as why:  # one failure must not lose the figures of an hour
            traceback.print_exc()
            missing["the rest"] = f"{type(why).__name__}: {why}"
    described = machine.describe()
    print(", ".join(f"{key}: {value}" for key, value in described.items()))
    print(results.table(rows))
    for what, reason in missing.items():
        print(f"*** NOT MEASURED: {what}: {reason}")
    run = {"runs": options.runs, "smoke": options.smoke, "seconds": round(time.monotonic() - started)}
    results.write(options.out, rows, machine=described, missing=missing, run=run)
    broken = [
        what
        for what in missing
        if what
        not in {"fast", "asgi", "nchan", "nginx_static", "tls", "desk", "open_page", "libvips", "search on PostgreSQL"}
    ]
    return 1 if broken or not rows else 0


def _measure_at_once(
    options: argparse.Namespace,
    folder: Path,
    rows: list[results.Row],
    missing: dict[str, str],
    progress: Callable[[str], None],
) -> None:
    """Measure two groups at a time: nobody reads these figures, and a group waits for one process after the other."""
    halves = [
        argparse.Namespace(**{**vars(options), "only": [group for group in options.only if (group in HALF) is first]})
        for first in (True, False)
    ]
    found: list[list[results.Row]] = [[], []]
    with ThreadPoolExecutor(len(halves)) as pool:
        measuring = [
            pool.submit(_measure, half, folder, into, missing, progress)
            for half, into in zip(halves, found, strict=True)
        ]
        try:
            for each in measuring:
                each.result()
        finally:
            rows += [*found[0], *found[1]]


def _measure(
    options: argparse.Namespace,
    folder: Path,
    rows: list[results.Row],
    missing: dict[str, str],
    progress: Callable[[str], None],
) -> None:
    factories: Factories = {
        "fast": lambda: Ours(folder),
        "c_each": lambda: Limit(folder),
        "c_joined": lambda: Limit(folder, mode="joined"),
        "nchan": lambda: Nchan(folder),
        "asgi": lambda: Ours(folder, lane="asgi"),
    }
    factories = streams.only(factories, options.servers or factories)
    size = (
        Size(runs=options.runs, events=2, bursts=1, warm=1, deliveries=0)
        if options.smoke
        else Size(runs=options.runs, events=10, bursts=3)
    )
    most = most_readers()
    sizes = [min(n or most, most) for n in options.sizes]
    if "streams" in options.only:
        for readers in dict.fromkeys(sizes):
            rows += streams.rows(readers, streams.measure(factories, readers, size, folder, missing, progress))
    # Starting our server takes seconds, so a smoke run measures the plain lane in one group only.
    later = streams.only(factories, ("fast", "c_each", "nchan")) if options.smoke else factories
    if "stalled" in options.only:
        rows += streams.never_reading(later, 5 if options.smoke else 25, 0.5 if options.smoke else 8, folder, missing)
    if "return" in options.only:
        rows += streams.returning(later, 100 if options.smoke else min(10_000, most), options.runs, folder, missing)
    if "tls" in options.only:
        rows += _tls(factories, 50 if options.smoke else 1_000, size, folder, missing, progress)
    if "documents" in options.only:
        seconds, connections = (0.3, 16) if options.smoke else (3, 64)
        rows += documents.measure(
            folder,
            runs=options.runs,
            seconds=seconds,
            connections=connections,
            ours=("fast",) if options.smoke else ("fast", "asgi"),
            missing=missing,
            progress=progress,
        )
    if "nth" in options.only and "fast" not in missing:
        lengths, posts = ((20, 60), 5) if options.smoke else ((100, 1_000, 10_000), 30)
        rows += nth.measure(folder, lengths=lengths, posts=posts, missing=missing, progress=progress)
    if "publishing" in options.only:
        lengths, posts = ((20, 60), 3) if options.smoke else ((100, 10_000), 40)
        against = publishing.interpreter(options.against)
        rows += publishing.measure(
            folder, lengths=lengths, posts=posts, against=against, missing=missing, progress=progress
        )
    if "ledger" in options.only:
        posts, turns = (20, 3) if options.smoke else (500, 40)
        rows += ledger.measure(folder, posts=posts, turns=turns, missing=missing, progress=progress)
    if "drafts" in options.only:
        turns, turn_s, every_s = (1, 0.4, 0.2) if options.smoke else (15, 4.0, drafts.EVERY_S)
        rows += drafts.measure(folder, turns=turns, turn_s=turn_s, every_s=every_s, progress=progress)
    if "uploads" in options.only:
        turns, turn_s, megabytes = (1, 1.0, 0.3) if options.smoke else (4, 12.0, 3.0)
        rows += uploads.measure(folder, turns=turns, turn_s=turn_s, megabytes=megabytes, progress=progress)
    if "readership" in options.only:
        turns, turn_s = (1, 1.0) if options.smoke else (3, 70.0)
        rows += readership.measure(folder, turns=turns, turn_s=turn_s, progress=progress)
    if "desk" in options.only:
        size_ = {"posts": 40, "publishes": 3, "keys": 5, "shift": 10}
        if not options.smoke:
            size_ = {"posts": 5_000, "publishes": 200, "keys": 200, "shift": 2_000}
        try:
            rows += desk.measure(folder, **size_, progress=progress)
        except machine.Unavailable as why:
            missing["desk"] = str(why)
    if "open_page" in options.only:
        try:
            rows += open_page.measure(folder, runs=options.runs, day=40 if options.smoke else 1_000, progress=progress)
        except machine.Unavailable as why:
            missing["open_page"] = str(why)
    if "media" in options.only:
        runs, width = (1, 1_000) if options.smoke else (7, media.WIDTH)
        rows += media.measure(folder, runs=runs, width=width, missing=missing, progress=progress)
    if "suggestions" in options.only:
        posts, turns = (30, 2) if options.smoke else (suggestions.POSTS, 100)
        rows += suggestions.measure(posts=posts, turns=turns, progress=progress)
    if "search" in options.only:
        many = {"blogs": 200, "posts": 200, "searches": 50, "turns": 40}
        few = {"blogs": 3, "posts": 20, "searches": 2, "turns": 2}
        rows += search.measure(folder, **(few if options.smoke else many), missing=missing, progress=progress)


def _tls(
    factories: Factories,
    readers: int,
    size: Size,
    folder: Path,
    missing: dict[str, str],
    progress: Callable[[str], None],
) -> list[results.Row]:
    try:
        pair = certificate(folder)
        machine.find("nginx")
        machine.compiled("swarm", tls=True)
    except machine.Unavailable as why:
        missing["tls"] = str(why)
        return []

    def proxied(make: Callable[[], Server]) -> Callable[[], Server]:
        return lambda: TlsProxy(make(), folder, pair)

    through: Factories = {
        f"{name}_tls": proxied(make)
        for name, make in factories.items()
        if name in {"fast", "c_each"} and name not in missing
    }
    if "nchan" not in missing:
        through["nchan_tls"] = lambda: Nchan(folder, certificate=pair)
    return streams.tls(through, readers, size, folder, missing, progress)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench", description="Measure delivery beside its rivals, on loopback only."
    )
    parser.add_argument(
        "--smoke", action="store_true", help="small sizes, two groups at a time, only to see that figures come out"
    )
    parser.add_argument("--only", nargs="+", choices=GROUPS, default=list(GROUPS), help="groups of rows")
    parser.add_argument(
        "--sizes", nargs="+", type=int, help="readers; 0 means as many as a process admits by its open files"
    )
    parser.add_argument("--servers", nargs="+", help="servers of the stream rows: fast, c_each, c_joined, nchan, asgi")
    parser.add_argument("--against", default="", help="for the publishing rows: another checkout, with its .venv")
    parser.add_argument("--runs", type=int, help="how many runs each figure is the median of (3)")
    parser.add_argument(
        "--out", type=Path, help="the file of the results (bench/results.json; --smoke: bench/build/smoke.json)"
    )
    options = parser.parse_args()
    options.sizes = options.sizes or ([50] if options.smoke else list(SIZES))
    options.runs = options.runs or (1 if options.smoke else 3)
    machine.BUILD.mkdir(exist_ok=True)
    options.out = options.out or (machine.BUILD / "smoke.json" if options.smoke else machine.HERE / "results.json")
    return options


if __name__ == "__main__":
    sys.exit(main())
