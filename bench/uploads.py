"""The row about uploads: what a publish at the desk costs while twenty people send pictures, and while nobody does.

Owns the comparison: one server, its worker with it, so that what is sent is decoded too; by turns of some seconds, so
that whatever else the machine does falls on both alike. Look next: senders.py.
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
NOBODY: Final = "nobody sends"


def measure(folder: Path, *, turns: int, turn_s: float, megabytes: float, tell: Callable[[str], None]) -> list[Row]:
    """Measure `turns` turns of each. `megabytes`: of a picture."""
    server = Ours(folder / "uploads")
    (folder / "uploads").mkdir()
    took: dict[str, list[float]] = {OURS: [], NOBODY: []}
    sent, number = 0, 0
    senders: machine.Process | None = None
    server.start()
    try:
        me, *others = signed_in(server.home, SLUG, *["editor"] * (SENDERS + 1))
        words = [sys.executable, "-m", "bench.senders", str(server.port), SLUG, f"{megabytes:g}", *others]
        log = folder / "senders.log"
        senders = machine.Process(
            words, core=machine.CLIENT_CORE, log=log, piped=True, env=environment(server.home), cwd=machine.HERE.parent
        )
        _hear(senders, "ready")
        desk = Desk(server.port, SLUG, me)
        for turn in range(turns):
            for name in (OURS, NOBODY) if turn % 2 else (NOBODY, OURS):
                if name == OURS:
                    senders.say("go")
                    _hear(senders, "going")
                ends = time.monotonic() + turn_s
                while time.monotonic() < ends:
                    number += 1
                    took[name].append(_publish(desk, number))
                    time.sleep(0.02)
                if name == OURS:
                    senders.say("rest")
                    sent += int(_hear(senders))
            tell(f"uploads: turn {turn + 1} of {turns}")
    finally:
        if senders:
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


def _publish(desk: Desk, number: int) -> float:
    words = f"Measured post {number}: the river is at {number} centimetres. " * 3
    body = {"type": "doc", "content": [{"type": "paragraph", "content": [{"type": "text", "text": words}]}]}
    said = {"version": 1, "do": "publish", "once": f"measured-{number}", "body": body}
    began = time.perf_counter()
    desk.ask("POST", "write/", json.dumps(said).encode(), expect=200, Content_Type="application/json")
    return (time.perf_counter() - began) * 1e3


def _hear(senders: machine.Process, word: str = "") -> str:
    said = senders.line(120)
    if not said or (word and said != word):
        raise machine.Failed(f"the senders said {said!r}: {senders.tail()}")
    return said
