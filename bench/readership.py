"""The rows about counting readers: how long a publish at the desk takes while pages are left, counted or not counted.

Owns the comparison: two servers, one of which counts, get the same reports from as many pages that are left. They take
turns, and a turn is longer than a minute, so that the counts are written once in each.
"""

import itertools
import json
import threading
import time
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path
from typing import Final

from bench.ours import SLUG, Ours
from bench.people import signed_in
from bench.results import OURS, Row, at_most, quantile, row
from bench.senders import Desk
from bench.uploads import publish

OFF: Final = "not counted"
LEFT_A_SECOND: Final = 50  # pages, as ten thousand readers who stay for three minutes leave
HOSTS: Final = 40
PAUSE_S: Final = 0.05  # between two publishes


def measure(folder: Path, *, turns: int, turn_s: float, progress: Callable[[str], None]) -> list[Row]:
    """Measure `turns` turns of `turn_s` for each server."""
    took: dict[str, list[float]] = {OURS: [], OFF: []}
    left: dict[str, int] = {OURS: 0, OFF: 0}
    servers, desks = {}, {}
    try:
        for name, setting in ((OURS, "on"), (OFF, "off")):
            home = folder / f"readership-{setting}"
            home.mkdir()
            servers[name] = Ours(home, settings={"ASITHAPPENED_READERSHIP": setting})
            servers[name].start()
            desks[name] = Desk(servers[name].port, SLUG, signed_in(servers[name].home, SLUG, "editor")[0])
        numbers = itertools.count(1)
        for turn in range(turns):
            for name, server in servers.items():
                over = threading.Event()
                leaving = threading.Thread(target=lambda: left.update({name: left[name] + _leave(server.port, over)}))  # noqa: B023
                leaving.start()
                ends = time.monotonic() + turn_s
                while time.monotonic() < ends:
                    took[name].append(publish(desks[name], next(numbers)))
                    time.sleep(PAUSE_S)
                over.set()
                leaving.join()
            progress(f"readership: turn {turn + 1} of {turns}")
    finally:
        for server in servers.values():
            server.stop()
    note = f"{left[OURS]} pages left, {len(took[OURS])} publishes"
    return [
        row(
            "pages left and counted: publish at the desk, p99",
            "ms",
            {name: quantile(values, 0.99) for name, values in took.items()},
            [at_most(1.1, OFF)],
            note=note,
        ),
        row(
            "pages left and counted: publish at the desk, median",
            "ms",
            {name: quantile(values, 0.5) for name, values in took.items()},
        ),
    ]


def _leave(port: int, over: threading.Event) -> int:
    """Report pages as left until `over` is set, each from an address of its own; return how many."""
    connection, number = HTTPConnection("127.0.0.1", port, timeout=60), 0
    began = time.monotonic()
    while not over.is_set():
        number += 1
        body = json.dumps({"read": (0, 1, 5, 10, 25, 50)[number % 6], "host": f"site-{number % HOSTS}.example"})
        address = f"198.{18 + number // 65_536 % 2}.{number // 256 % 256}.{number % 256}"
        headers = {"Host": f"localhost:{port}", "Origin": f"http://localhost:{port}", "X-Forwarded-For": address}
        connection.request("POST", f"/readership/{SLUG}/", body, headers)
        connection.getresponse().read()
        over.wait(max(0.0, began + number / LEFT_A_SECOND - time.monotonic()))
    connection.close()
    return number
