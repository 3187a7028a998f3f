"""The rows about uploads: how long a publish at the desk takes while twenty people send a picture, and while none do.

Owns the comparison: one server with its worker, so that the pictures are decoded too, until the last is ready. Both
states take turns, so that other load of the machine affects both alike. Look next: senders.py.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from bench import machine
from bench.ours import SLUG, Ours, environment
from bench.people import signed_in
from bench.results import OURS, Row, at_most, quantile, row
from bench.senders import Desk

SENDERS: Final = 20
PAUSE_S: Final = 0.02  # between two publishes
NOBODY: Final = "nobody sends"


def measure(folder: Path, *, turns: int, turn_s: float, megabytes: float, progress: Callable[[str], None]) -> list[Row]:
    """Measure `turns` turns of each; one without senders takes `turn_s`. `megabytes`: of a picture."""
    server = Ours(folder / "uploads")
    (folder / "uploads").mkdir()
    took: dict[str, list[float]] = {OURS: [], NOBODY: []}
    sent, number = 0, 0
    senders: machine.Process | None = None
    server.start()
    try:
        me, *others = signed_in(server.home, SLUG, *["editor"] * (SENDERS + 1))
        command = [sys.executable, "-m", "bench.senders", str(server.port), SLUG, f"{megabytes:g}", *others]
        log = folder / "senders.log"
        senders = machine.Process(
            command,
            core=machine.CLIENT_CORE,
            log=log,
            piped=True,
            env=environment(server.home),
            cwd=machine.HERE.parent,
        )
        _read(senders, "ready")
        desk = Desk(server.port, SLUG, me)
        for turn in range(turns):
            for name in (NOBODY, OURS):
                if name == OURS:
                    senders.send_line("go")
                ends, done = time.monotonic() + turn_s, False
                while not done:
                    number += 1
                    took[name].append(publish(desk, number))
                    if name == OURS:
                        done = _done(senders)
                        sent += SENDERS if done else 0
                    else:
                        time.sleep(PAUSE_S)
                        done = time.monotonic() > ends
            progress(f"uploads: turn {turn + 1} of {turns}")
    finally:
        if senders is not None:
            senders.kill()
        server.stop()
    note = f"{sent} pictures of {megabytes:g} MB, {len(took[OURS])} publishes"
    return [
        row(
            f"{SENDERS} uploads: publish at the desk, p99",
            "ms",
            {name: quantile(values, 0.99) for name, values in took.items()},
            [at_most(1.5, NOBODY)],
            note=note,
        ),
        row(
            f"{SENDERS} uploads: publish at the desk, median",
            "ms",
            {name: quantile(values, 0.5) for name, values in took.items()},
        ),
    ]


def publish(desk: Desk, number: int) -> float:
    """Publish a post; return the time until its answer, in ms."""
    words = f"Measured post {number}: the river is at {number} centimetres. " * 3
    body = {"type": "doc", "content": [{"type": "paragraph", "content": [{"type": "text", "text": words}]}]}
    fields = {"version": 1, "do": "publish", "once": f"measured-{number}", "body": body}
    began = time.perf_counter()
    desk.ask("POST", "write/", json.dumps(fields).encode(), {"Content-Type": "application/json"}, expect=200)
    return (time.perf_counter() - began) * 1e3


def _done(senders: machine.Process) -> bool:
    """Wait a moment, and say whether every picture is ready."""
    try:
        return _read(senders, within_s=PAUSE_S) == str(SENDERS)
    except TimeoutError:
        return False


def _read(senders: machine.Process, word: str = "", *, within_s: float = 120) -> str:
    line = senders.read_line(within_s)
    if not line or (word and line != word):
        raise machine.Failed(f"the senders printed {line!r}: {senders.tail()}")
    return line
