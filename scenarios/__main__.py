"""`python -m scenarios`: run them, print figures and times; exit code 1 if a law did not hold.

Owns the options, and which run one after the other. Sizes: CI's by default (all within ten minutes), --full for a soak,
--tiny only to see that they run. A scenario that cannot run here (a proxy, or the program itself, is missing) fails,
and the output says why.
"""

import argparse
import asyncio
import multiprocessing
import random
import signal
import sys
import tempfile
import time
import traceback
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from pathlib import Path
from types import ModuleType
from typing import Final

from bench import machine
from scenarios import alerts, canary, convergence, deploy, herd, hostile, proxies, silence, slow, upload, worker, writer
from scenarios.site import Broken

ALL: Final[dict[str, ModuleType]] = {
    "convergence": convergence,
    "herd": herd,
    "slow": slow,
    "deploy": deploy,
    "hostile": hostile,
    "proxies": proxies,
    "silence": silence,
    "upload": upload,
    "worker": worker,
    "alerts": alerts,
    "canary": canary,
    "writer": writer,
}
# Run only if asked for by name: its percentiles need a machine with nothing else to do.
BY_NAME: Final = ("alerts",)
# These mostly wait, for a silence, an idle limit or a due time. They run at once, a process each, and take as long as
# the longest; but not at full size, where each loads the machine.
WAITING: Final = ("proxies", "silence", "worker")
LIMIT_S: Final = {"TINY": 120, "CI": 420, "FULL": 7_200}


def main() -> int:
    """Run the chosen scenarios."""
    options = _options()
    _end_orderly()
    size = "FULL" if options.full else "TINY" if options.tiny else "CI"
    started = time.monotonic()
    waiting = [name for name in options.only if name in WAITING and not options.full]
    if len(waiting) == 1:
        waiting = []
    held = sum(_holds_in_tries(name, size, options) for name in options.only if name not in waiting)
    if waiting:
        forks = multiprocessing.get_context("fork")  # nothing else runs here now
        with ProcessPoolExecutor(len(waiting), forks, initializer=_end_orderly) as pool:
            held += sum(pool.map(_holds_in_tries, waiting, repeat(size), repeat(options)))
    print(f"{held} of {len(options.only)} scenarios held, {time.monotonic() - started:.0f} s")
    return 1 if held < len(options.only) else 0


def _end_orderly() -> None:
    """Have SIGTERM leave no server behind either."""

    def end(*_: object) -> None:
        for child in multiprocessing.active_children():
            child.terminate()
        sys.exit(143)

    signal.signal(signal.SIGTERM, end)


def _holds_in_tries(name: str, size: str, options: argparse.Namespace) -> bool:
    """Run one until it holds, as often as it may be tried."""
    for again in range(options.tries):
        print(f"── {name} ({size.lower()}, seed {options.seed}{', once more' if again else ''})", flush=True)
        if _holds(name, size, options):
            return True
    return False


def _holds(name: str, size: str, options: argparse.Namespace) -> bool:
    """Run one, print its figures, and say whether it held."""
    began, held = time.monotonic(), False
    with tempfile.TemporaryDirectory(prefix="sc-") as folder:  # short: a socket's path has a limit
        try:
            figures = asyncio.run(_bounded(ALL[name], Path(folder), size, options.seed))
            for figure, value in figures.items():
                print(f"   {figure}: {value}")
            held = True
        except Broken as why:
            print(f"*** {name} DID NOT HOLD: {why}")
        except machine.Unavailable as why:
            print(f"*** {name} COULD NOT RUN: {why}")
        except Exception as why:
            print(f"*** {name} FAILED: {type(why).__name__}: {why}")
            traceback.print_exc()
        if not held and options.keep:
            _keep(Path(folder), options.keep / name)
    print(f"── {name}: {'held' if held else 'failed'}, {time.monotonic() - began:.0f} s", flush=True)
    return held


async def _bounded(scenario: ModuleType, folder: Path, size: str, seed: int) -> dict[str, object]:
    async with asyncio.timeout(LIMIT_S[size]):
        figures: dict[str, object] = await scenario.run(folder, getattr(scenario, size), seed)
        return figures


def _keep(folder: Path, into: Path) -> None:
    into.mkdir(parents=True, exist_ok=True)
    for names in ("*.log", "*.jsonl", "readers/*.jsonl", "home/*.sqlite3*"):
        for path in folder.glob(names):
            (into / path.name).write_bytes(path.read_bytes())
    print(f"   logs and databases are in {into}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m scenarios", description="What must hold when things go wrong. On loopback only."
    )
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--full", action="store_true", help="the sizes of a soak: hours")
    size.add_argument("--tiny", action="store_true", help="only to see that they run")
    parser.add_argument("--only", nargs="+", choices=list(ALL), default=[name for name in ALL if name not in BY_NAME])
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 30), help="repeats the walk of that seed")
    parser.add_argument(
        "--tries", type=int, default=1, help="how often a scenario that does not hold is run; each run is printed"
    )
    parser.add_argument("--keep", type=Path, help="the folder for the logs of a failed scenario")
    options = parser.parse_args()
    machine.BUILD.mkdir(exist_ok=True)
    return options


if __name__ == "__main__":
    sys.exit(main())
