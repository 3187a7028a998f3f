"""The rows about documents: page, delta, permalink, feed, picture, 304s: requests a second, and the cost of one.

Owns giving every server the same bytes: nginx and C serve our gzipped documents.
"""

import gzip
import random
import statistics
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from bench import machine
from bench.ours import Ours
from bench.results import Row, at_least, row
from bench.servers import GZIP, Limit, Static, fetch
from bench.swarm import Target, load

POSTS: Final = 120
PICTURE_BYTES: Final = 120_000  # a photograph 1,280 pixels wide, as WebP
STATIC: Final = "nginx_static"
BOUNDS: Final = {
    "page": [at_least(1.1, STATIC)],
    "page, 304": [at_least(1.0, STATIC)],
    "delta": [at_least(1.0, STATIC)],
    "feed": [at_least(1.0, STATIC)],
    "feed, 304": [at_least(1.0, STATIC)],
    "picture": [at_least(0.8, STATIC)],
}


def measure(
    folder: Path,
    *,
    runs: int,
    seconds: float,
    connections: int,
    ours: Sequence[str],
    missing: dict[str, str],
    progress: Callable[[str], None],
) -> list[Row]:
    """Measure every document at every server, medians of the runs. `ours`: the lanes of our server."""
    lanes: dict[str, Ours] = {}
    started: list[Ours | Limit | Static] = []
    try:
        for lane in ours:
            server = Ours(folder, lane=lane)
            try:
                if lane in missing:
                    continue
                started.append(server)
                server.start()
                assert server.publisher
                server.publisher.do("seed", blog=server.blog, first=1, count=POSTS, chars=server.chars)
                server.publish(POSTS + 1, 1)
                lanes[lane] = server
            except machine.Unavailable as why:
                missing[lane] = str(why)
        addresses = {lane: _addresses(server) for lane, server in lanes.items()}
        documents = {}
        for name, target in (addresses.get("fast") or addresses.get("asgi") or {}).items():
            documents[name] = fetch(target)[2]
        documents = documents or _made_up()
        note = "bytes: " + ", ".join(f"{name} {len(data):,}" for name, data in documents.items())
        for rival in (_static(folder, documents), _limit(folder, documents)):
            try:
                started.append(rival)
                rival.start()
                addresses[rival.name if isinstance(rival, Static) else "c"] = {
                    name: Target(port=rival.port, path=f"/{name}") for name in documents
                }
            except (machine.Unavailable, machine.Failed) as why:
                missing[rival.name] = str(why)
        processes = {server.name if not isinstance(server, Limit) else "c": server for server in started}
        rates: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
        costs: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
        for number in range(runs):
            for name in documents:
                for server_name, targets in addresses.items():
                    for document, target, status in _requests(name, targets[name]):
                        before = sum(process.cpu_s() for process in processes[server_name].processes)
                        try:
                            done = load(
                                target,
                                connections=connections,
                                seconds=seconds,
                                status=status,
                                log=folder / "swarm.log",
                            )
                        except (machine.Failed, TimeoutError) as why:
                            missing[f"{server_name}, {document}"] = str(why)
                            continue
                        after = sum(process.cpu_s() for process in processes[server_name].processes)
                        rates[document][server_name].append(done.a_second)
                        costs[document][server_name].append((after - before) / done.requests * 1e6)
                        progress(
                            f"documents: {document}, run {number + 1}, {server_name}: {done.a_second:,.0f} a second"
                        )
        rows = []
        for document, by_server in rates.items():
            medians = {server: statistics.median(values) for server, values in by_server.items()}
            rows.append(
                row(
                    f"{document}: requests",
                    "a second",
                    medians,
                    BOUNDS.get(document, []),
                    note=note if document == "page" else "",
                )
            )
            rows.append(
                row(
                    f"{document}: CPU",
                    "µs",
                    {server: statistics.median(values) for server, values in costs[document].items()},
                )
            )
        return rows
    finally:
        for one in started:
            one.stop()


def _requests(name: str, target: Target) -> list[tuple[str, Target, int]]:
    """Return the request for a document, and for page and feed the conditional one, each with its name and status."""
    whole = replace(target, header=GZIP)
    if name not in {"page", "feed"}:
        return [(name, whole, 200)]
    _, headers, _ = fetch(target)
    unchanged = replace(target, header=f"{GZIP}If-None-Match: {headers.get('etag', '*')}\r\n")
    return [(name, whole, 200), (f"{name}, 304", unchanged, 304)]


def _addresses(server: Ours) -> dict[str, Target]:
    assert server.publisher
    picture = server.publisher.do("picture", blog=server.blog, size=PICTURE_BYTES)
    epoch = server.last["epoch"]
    _, _, page = fetch(server.at(""), gzip=False)
    post = page.partition(b' id="p-')[2].partition(b'"')[0].decode()
    feed = server.at("feed.atom")
    machine.wait_until(
        lambda: f"/p/{post}/".encode() in fetch(feed, gzip=False)[2], 60, "the feed never had the last post"
    )
    return {
        "page": server.at(""),
        "delta": server.at(f"log/{epoch}/1-0.json"),
        "head": server.at("log/head.json"),
        "permalink": server.at(f"p/{post}/"),
        "feed": feed,
        "picture": server.at(picture["rest"]),
    }


def _limit(folder: Path, documents: dict[str, bytes]) -> Limit:
    server = Limit(folder)
    for name, data in documents.items():
        file = folder / f"{name}.gz"
        file.write_bytes(data)
        server.documents[f"/{name}"] = file
    return server


def _static(folder: Path, documents: dict[str, bytes]) -> Static:
    return Static(folder, {f"/{name}": data for name, data in documents.items()})


def _made_up() -> dict[str, bytes]:
    """Return documents of the usual sizes, for a run without our server."""
    chance = random.Random(1)  # noqa: S311 - the same bytes in every run
    words = " ".join(
        chance.choice(("river", "council", "bridge", f"{chance.getrandbits(24):x}")) for _ in range(12_000)
    ).encode()
    return {
        name: gzip.compress(words[:size], mtime=0)
        for name, size in (("page", 60_000), ("delta", 9_000), ("permalink", 6_000), ("feed", 20_000))
    } | {"picture": chance.randbytes(PICTURE_BYTES)}
