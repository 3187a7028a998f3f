"""Compares what readers have with what is true: `python -m scenarios.compare --database …`.

A program of its own: it imports nothing of the server, and knows of it only the table of published frames (or, with
--log, the same as lines of JSON). Prints one JSON object of counts; exit code 1 if one that must be 0 is not.

A reader's log is lines of JSON: {"epoch","seq","sha","via","asked","at"} for an event it took, where `asked` is when
the request that brought it was sent; {"mark":"start","seq":N} where it began; {"mark":"reset","seq":N} for a page that
it loaded anew, which holds everything up to N. Acks: {"once","epoch","first","last","kind","post","token","answered"}.
"""

import argparse
import hashlib
import json
import sqlite3
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

EMPTY_KEYS: Final = {"s"}  # what is left of a frame whose words were taken back
MUST_BE_NONE: Final = (
    "lost", "doubled", "disordered", "differing", "leaked", "foreign", "gaps",
    "log_holes", "acks_missing", "twins", "unasked", "readers_without_log",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Truth:
    """The log as it is in the end."""

    epoch: str
    frames: dict[int, dict[str, Any]]

    @property
    def head(self) -> int:
        """The newest seq."""
        return max(self.frames, default=0)


def fingerprint(frame: dict[str, Any]) -> str:
    """Return the hash of a frame, whatever document it came in: of its JSON with sorted keys and no spaces."""
    return hashlib.sha256(json.dumps(frame, sort_keys=True, separators=(",", ":")).encode()).hexdigest()[:32]


def from_database(path: Path, slug: str) -> Truth:
    """Read the published frames. The server should be down, or its SQLite may not be shared with an older one."""
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        blog, epoch = connection.execute(
            "SELECT b.id, b.epoch FROM published_blog b JOIN published_slug s ON s.blog = b.id WHERE s.slug = ?",
            (slug,),
        ).fetchone()
        rows = connection.execute("SELECT seq, data FROM published_frame WHERE blog = ? ORDER BY seq", (blog,))
        return Truth(epoch=epoch, frames={seq: json.loads(bytes(data)) for seq, data in rows})
    finally:
        connection.close()


def from_lines(path: Path) -> Truth:
    """Read lines of {"epoch","seq","frame"}."""
    rows = list(lines(path))
    return Truth(epoch=rows[0]["epoch"] if rows else "", frames={row["seq"]: row["frame"] for row in rows})


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a file of JSON lines. A last line that was cut (its writer was killed) is left out."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.endswith("\n"):
                yield json.loads(line)


def compare(truth: Truth, acks: Iterable[dict[str, Any]], readers: dict[str, list[dict[str, Any]]]) -> Counter[str]:
    """Return the counts. All of MUST_BE_NONE are in it, found or not."""
    counts: Counter[str] = Counter(dict.fromkeys(MUST_BE_NONE, 0))
    acks = list(acks)
    _check_log(truth, acks, counts)
    taken_back = _taken_back(acks)
    originals: dict[int, set[str]] = defaultdict(set)
    right = {seq: fingerprint(frame) for seq, frame in truth.frames.items()}
    empty = {seq for seq, frame in truth.frames.items() if set(frame) <= EMPTY_KEYS}
    for name, log in readers.items():
        counts["readers"] += 1
        if not log:
            counts["readers_without_log"] += 1
        _check_reader(name, log, truth, counts)
        for entry in log:
            seq = entry.get("seq", 0)
            if "mark" in entry or seq not in right or entry["sha"] == right[seq]:
                continue
            if seq not in empty:
                counts["differing"] += 1
                _tell(name, f"seq {seq} is not what the log says")
                continue
            originals[seq].add(entry["sha"])
            if entry["asked"] > taken_back.get(seq, float("inf")):
                counts["leaked"] += 1
                _tell(name, f"seq {seq} by {entry['via']}, asked for after its withdrawal was answered")
    for seq, shas in originals.items():
        if len(shas) > 1:
            counts["differing"] += 1
            _tell("readers", f"seq {seq} was {len(shas)} different things before it was taken back")
    counts["events"], counts["publishes"] = truth.head, len({ack["once"] for ack in acks})
    return counts


def _check_log(truth: Truth, acks: list[dict[str, Any]], counts: Counter[str]) -> None:
    counts["log_holes"] += truth.head - len(truth.frames)
    ranges: dict[tuple[int, int], set[str]] = defaultdict(set)
    for ack in acks:
        ranges[ack["first"], ack["last"]].add(ack["once"])
        if ack["last"] > truth.head or (truth.epoch and ack["epoch"] != truth.epoch):
            counts["acks_missing"] += 1
            _tell("log", f"{ack['once']} was answered as {ack['epoch']} {ack['first']}-{ack['last']}, and is not there")
    by_once: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for seqs, onces in ranges.items():
        if len(onces) > 1:  # two publishes were told the same place
            counts["acks_missing"] += len(onces) - 1
            _tell("log", f"{onces} were all answered as {seqs}")
        for once in onces:
            by_once[once].add(seqs)
    for once, several in by_once.items():
        if len(several) > 1:
            counts["twins"] += 1
            _tell("log", f"{once} is there {len(several)} times: {several}")
    owed = sum(last - first + 1 for first, last in ranges)
    if acks and truth.head > owed:  # every publish was repeated until it was answered, so nothing else may be there
        counts["unasked"] += truth.head - owed
        _tell("log", f"{truth.head} events, and {owed} were answered")


def _taken_back(acks: list[dict[str, Any]]) -> dict[int, float]:
    """When the words of a seq had to be gone: the answer to the first withdrawal of its post after it."""
    times: dict[int, float] = {}
    for ack in acks:
        if ack["kind"] == "withdraw":
            for other in acks:
                if other["post"] == ack["post"] and other["last"] < ack["first"]:
                    for seq in range(other["first"], other["last"] + 1):
                        times[seq] = min(times.get(seq, float("inf")), ack["answered"])
    return times


def _check_reader(name: str, log: list[dict[str, Any]], truth: Truth, counts: Counter[str]) -> None:
    seen: set[int] = set()
    have = 0
    for entry in log:
        mark = entry.get("mark")
        if mark in {"start", "reset"}:
            have = max(have, entry["seq"])
            seen.update(range(1, entry["seq"] + 1))
            counts["resets"] += mark == "reset"
        elif mark == "gap":
            counts["gaps"] += 1
            _tell(name, f"a gap on an open stream: {entry}")
        elif mark is not None:
            counts[f"mark_{mark}"] += 1
        else:
            seq = entry["seq"]
            counts["deliveries"] += 1
            if entry["epoch"] != truth.epoch or seq > truth.head:
                counts["foreign"] += 1
                _tell(name, f"{entry['epoch']}-{seq} is not of this log")
            elif seq in seen:
                counts["doubled"] += 1
                _tell(name, f"seq {seq} twice")
            elif seq < have:
                counts["disordered"] += 1
                _tell(name, f"seq {seq} after {have}")
            seen.add(seq)
            have = max(have, seq)
    missing = [seq for seq in range(1, truth.head + 1) if seq not in seen]
    if missing:
        counts["lost"] += len(missing)
        _tell(name, f"never had {missing[:10]}{'…' if len(missing) > 10 else ''} of {truth.head}")


def _tell(who: str, what: str) -> None:
    print(f"{who}: {what}", file=sys.stderr)


def main() -> int:
    """Compare files."""
    parser = argparse.ArgumentParser(description="Compare readers' logs with the published log.")
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--database", type=Path)
    source.add_argument("--log", type=Path)
    parser.add_argument("--slug", default="")
    parser.add_argument("--acks", type=Path, required=True)
    parser.add_argument("--readers", type=Path, required=True)
    options = parser.parse_args()
    truth = from_database(options.database, options.slug) if options.database else from_lines(options.log)
    logs = {path.stem: list(lines(path)) for path in sorted(options.readers.glob("*.jsonl"))}
    counts = compare(truth, lines(options.acks), logs)
    print(json.dumps(counts))
    return 1 if any(counts[name] for name in MUST_BE_NONE) or not logs else 0


if __name__ == "__main__":
    sys.exit(main())
