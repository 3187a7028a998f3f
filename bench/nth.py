"""The rows about length: the cost of the Nth post, in publishing, in streaming, and for the first request of the page.

Measures only our server: no rival has a blog. A figure is compared with the same figure at the shortest length.
"""

import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from bench import machine
from bench.ours import Ours
from bench.results import Row, at_most, row
from bench.servers import fetch
from bench.swarm import Swarm

READERS: Final = 100
LOOK_S: Final = 6.0  # longer than a follower's pause
IDLE: Final = 0.05  # of a processor
REST_S: Final = 300
GROWTH: Final = 1.25  # "as much as the hundredth", with a margin for a page cache of another size


def measure(
    folder: Path, *, lengths: Sequence[int], posts: int, missing: dict[str, str], progress: Callable[[str], None]
) -> list[Row]:
    """Measure `posts` posts at each length."""
    server = Ours(folder / "nth")
    server.folder.mkdir(exist_ok=True)
    found: dict[str, dict[int, float]] = {"publish": {}, "stream": {}, "first page": {}, "publish, CPU": {}}
    try:
        server.start()
        assert server.publisher
        at = 0
        for length in lengths:
            server.publisher.do(
                "seed", 600, blog=server.blog, first=at + 1, count=length - at - posts, chars=server.chars
            )
            at = length - posts
            _rest(server)
            times: dict[str, list[float]] = {name: [] for name in found}
            with Swarm(server.stream, READERS, log=folder / "swarm.log") as swarm:
                swarm.ready()
                for _ in range(posts):
                    at += 1
                    swarm.expect(at, 1)
                    cpu = server.publisher.process.cpu_s()
                    published = server.publish(at, 1)
                    times["publish, CPU"].append((server.publisher.process.cpu_s() - cpu) * 1e3)
                    arrivals = swarm.arrivals()
                    times["publish"].append((published.answer_ns - published.before_ns) / 1e6)
                    times["stream"].append((arrivals.last_ns - published.answer_ns) / 1e6)
                    began = time.perf_counter()
                    fetch(server.at(""))
                    times["first page"].append((time.perf_counter() - began) * 1e3)
                    time.sleep(0.05)
            for name, values in times.items():
                found[name][length] = statistics.median(values)
            progress(f"cost of post {length:,}")
    except machine.Unavailable as why:
        missing["fast"] = str(why)
        return []
    finally:
        server.stop()
    shortest = lengths[0]
    return [
        row(
            f"post {length:,}: {name}",
            "ms",
            {"fast": value, f"at {shortest}": by_length[shortest]},
            [at_most(GROWTH, f"at {shortest}")] if length != shortest else [],
        )
        for name, by_length in found.items()
        for length, value in by_length.items()
    ]


def _rest(server: Ours) -> None:
    """Wait until the worker has done what thousands of posts at once give it: the figure is that of one post."""

    def idle() -> bool:
        before = server.process.cpu_s()
        time.sleep(LOOK_S)
        return server.process.cpu_s() - before < IDLE * LOOK_S

    machine.wait_until(idle, REST_S, "the server's worker has not come to rest")
