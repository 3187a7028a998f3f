"""Compares readers' logs with the published log: `python -m scenarios.compare --database …`.

A separate program: it imports nothing of the server, and reads only the table of published frames (or, with --log, the
same as lines of JSON). Prints one JSON object of counts; exit code 1 if a count that must be 0 is not.

A reader's log is lines of JSON: {"epoch","seq","sha","said","via","asked","at"} for an event it took (`asked`: when it
sent the request; `sha`, `said`: `fingerprints`), {"mark":"start","seq":N} where it began, {"mark":"reset","seq":N} for
a page loaded anew. Acks: {"once","epoch","first","last","kind","post","token","answered"}.
"""

import argparse
import hashlib
import json
import sqlite3
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

Entry = dict[str, Any]

EMPTY_KEYS: Final = {"s"}  # the keys of a frame whose words were taken back
ANNOTATE: Final = "annotate"
MUST_BE_NONE: Final = (
    "lost", "doubled", "disordered", "differing", "leaked", "foreign", "gaps",
    "log_holes", "acks_missing", "twins", "unasked", "readers_without_log",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Truth:
    """The log in the end: the fingerprints of each seq's frame. `empty`: the seqs whose words were taken back."""

    epoch: str
    shas: dict[int, str]
    said: dict[int, frozenset[str]]  # only seqs with annotations
    empty: frozenset[int] = frozenset()

    @property
    def head(self) -> int:
        """The newest seq."""
        return max(self.shas, default=0)

    @classmethod
    def of(cls, epoch: str, frames: Iterable[tuple[int, Entry]]) -> "Truth":
        """Read frames one by one: ten thousand with their words would be most of this program's memory."""
        shas, said, empty = {}, {}, set()
        for seq, frame in frames:
            prints = fingerprints(frame)
            shas[seq] = prints["sha"]
            if "said" in prints:
                said[seq] = frozenset(prints["said"])
            if set(frame) <= EMPTY_KEYS:
                empty.add(seq)
        return cls(epoch=epoch, shas=shas, said=said, empty=frozenset(empty))


def fingerprints(frame: dict[str, Any]) -> Entry:
    """Return the hash of a frame without its annotations, and "POST HASH" of each annotation, if there are any.

    They are separate because a frame loses single annotations later, when their post or their row is withdrawn.
    """
    ops = frame.get("ops", [])
    kept, annotations = [op for op in ops if op.get("op") != ANNOTATE], [op for op in ops if op.get("op") == ANNOTATE]
    prints: Entry = {"sha": _hash({**frame, "ops": kept} if kept else {k: v for k, v in frame.items() if k != "ops"})}
    return prints | ({"said": [f"{op.get('post', '')} {_hash(op)}" for op in annotations]} if annotations else {})


def _hash(value: dict[str, Any]) -> str:
    """Hash JSON with sorted keys and no spaces, so that the hash is the same whatever document had it."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, separators=(",", ":")).encode()).hexdigest()[:32]


def from_database(path: Path, slug: str) -> Truth:
    """Read the published frames. Stop the server first: an older SQLite may not share its database."""
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        blog, epoch = connection.execute(
            "SELECT b.id, b.epoch FROM published_blog b JOIN published_slug s ON s.blog = b.id WHERE s.slug = ?",
            (slug,),
        ).fetchone()
        rows = connection.execute("SELECT seq, data FROM published_frame WHERE blog = ? ORDER BY seq", (blog,))
        return Truth.of(epoch, ((seq, json.loads(bytes(data))) for seq, data in rows))
    finally:
        connection.close()


def from_lines(path: Path) -> Truth:
    """Read lines of {"epoch","seq","frame"}."""
    first = next(lines(path), None)
    return Truth.of(first["epoch"] if first else "", ((row["seq"], row["frame"]) for row in lines(path)))


def lines(path: Path) -> Iterator[Entry]:
    """Yield the objects of a file of JSON lines. A last line without its end (its writer was killed) is left out."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.endswith("\n"):
                yield json.loads(line)


def compare(truth: Truth, acks: Iterable[Entry], readers: Mapping[str, Iterable[Entry]]) -> Counter[str]:
    """Return the counts. All of MUST_BE_NONE are in it, found or not.

    Readers' logs are read once, one after the other, an entry at a time: 1,000 readers of 10,000 events are ten million
    entries, and took over 9 GB as lists.
    """
    counts: Counter[str] = Counter(dict.fromkeys(MUST_BE_NONE, 0))
    acks = list(acks)
    _check_log(truth, acks, counts)
    withdrawn = _withdrawn(acks)
    taken_back = _taken_back(acks, withdrawn)
    originals: dict[int, set[str]] = {seq: set() for seq in truth.empty}
    for name, log in readers.items():
        counts["readers"] += 1
        _check_reader(name, log, truth, withdrawn, taken_back, originals, counts)
    for seq, shas in originals.items():
        if len(shas) > 1:
            counts["differing"] += 1
            _report("readers", f"seq {seq} was {len(shas)} different things before it was taken back")
    counts["events"], counts["publishes"] = truth.head, len({ack["once"] for ack in acks})
    return counts


def _check_log(truth: Truth, acks: list[Entry], counts: Counter[str]) -> None:
    counts["log_holes"] += truth.head - len(truth.shas)
    ranges: dict[tuple[int, int], set[str]] = defaultdict(set)
    for ack in acks:
        ranges[ack["first"], ack["last"]].add(ack["once"])
        if ack["last"] > truth.head or (truth.epoch and ack["epoch"] != truth.epoch):
            counts["acks_missing"] += 1
            _report(
                "log", f"{ack['once']} was answered as {ack['epoch']} {ack['first']}-{ack['last']}, and is not there"
            )
    by_once: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for seqs, onces in ranges.items():
        if len(onces) > 1:  # two publishes were answered with the same seqs
            counts["acks_missing"] += len(onces) - 1
            _report("log", f"{onces} were all answered as {seqs}")
        for once in onces:
            by_once[once].add(seqs)
    for once, several in by_once.items():
        if len(several) > 1:
            counts["twins"] += 1
            _report("log", f"{once} is there {len(several)} times: {several}")
    owed = sum(last - first + 1 for first, last in ranges)
    if acks and truth.head > owed:  # every publish was repeated until it was answered, so there may be no other event
        counts["unasked"] += truth.head - owed
        _report("log", f"{truth.head} events, and {owed} were answered")


Withdrawals = Mapping[str, list[tuple[int, float]]]
"""By withdrawn post: the seqs of its withdrawals, and when each was answered."""


def _withdrawn(acks: list[Entry]) -> Withdrawals:
    withdrawn: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for ack in acks:
        if ack["kind"] == "withdraw":
            withdrawn[ack["post"]].append((ack["first"], ack["answered"]))
    return dict(withdrawn)


def _gone_at(post: str, seq: int, withdrawn: Withdrawals) -> float:
    """Return when the words about a post at a seq had to be gone: at the answer to the first withdrawal after it."""
    return min((answered for first, answered in withdrawn.get(post, ()) if seq < first), default=float("inf"))


def _taken_back(acks: list[Entry], withdrawn: Withdrawals) -> dict[int, float]:
    """Return when the words of each seq had to be gone."""
    times: dict[int, float] = {}
    for ack in acks:
        gone_at = _gone_at(ack["post"], ack["last"], withdrawn)
        if gone_at < float("inf"):
            for seq in range(ack["first"], ack["last"] + 1):
                times[seq] = min(times.get(seq, gone_at), gone_at)
    return times


def _check_reader(
    name: str,
    log: Iterable[Entry],
    truth: Truth,
    withdrawn: Withdrawals,
    taken_back: dict[int, float],
    originals: dict[int, set[str]],
    counts: Counter[str],
) -> None:
    head = truth.head
    seen = bytearray(head + 1)  # by seq; a set of 10,000 events would be half a megabyte
    have = entries = 0
    for entry in log:
        entries += 1
        mark = entry.get("mark")
        if mark in {"start", "reset"}:
            have = max(have, entry["seq"])
            held = min(entry["seq"], head)
            seen[1 : held + 1] = b"\1" * held
            counts["resets"] += mark == "reset"
        elif mark == "gap":
            counts["gaps"] += 1
            _report(name, f"a gap on an open stream: {entry}")
        elif mark is not None:
            counts[f"mark_{mark}"] += 1
        else:
            seq = entry["seq"]
            counts["deliveries"] += 1
            if entry["epoch"] != truth.epoch or not 0 < seq <= head:
                counts["foreign"] += 1
                _report(name, f"{entry['epoch']}-{seq} is not of this log")
                continue
            if seen[seq]:
                counts["doubled"] += 1
                _report(name, f"seq {seq} twice")
            elif seq < have:
                counts["disordered"] += 1
                _report(name, f"seq {seq} after {have}")
            seen[seq] = 1
            have = max(have, seq)
            _check_words(name, entry, truth, withdrawn, taken_back, originals, counts)
    counts["readers_without_log"] += not entries
    missing = [seq for seq in range(1, head + 1) if not seen[seq]]
    if missing:
        counts["lost"] += len(missing)
        _report(name, f"never had {missing[:10]}{'…' if len(missing) > 10 else ''} of {head}")


def _check_words(
    name: str,
    entry: Entry,
    truth: Truth,
    withdrawn: Withdrawals,
    taken_back: dict[int, float],
    originals: dict[int, set[str]],
    counts: Counter[str],
) -> None:
    seq, sha, said = entry["seq"], entry["sha"], set(entry.get("said", ()))
    if seq not in truth.shas:
        return
    kept = truth.said.get(seq, frozenset())
    if (sha != truth.shas[seq] and seq not in truth.empty) or not kept <= said:
        counts["differing"] += 1
        _report(name, f"seq {seq} is not what the log says")
        return
    if sha != truth.shas[seq]:
        originals[seq].add(sha)
    posts = {annotation.partition(" ")[0] for annotation in said - kept}
    gone_at = min((_gone_at(post, seq, withdrawn) for post in posts), default=float("inf"))
    if sha != truth.shas[seq]:
        gone_at = min(gone_at, taken_back.get(seq, float("inf")))
    if entry["asked"] > gone_at:
        counts["leaked"] += 1
        _report(name, f"seq {seq} by {entry['via']}, asked for after its withdrawal was answered")


def _report(who: str, what: str) -> None:
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
    logs = {path.stem: lines(path) for path in sorted(options.readers.glob("*.jsonl"))}
    counts = compare(truth, lines(options.acks), logs)
    print(json.dumps(counts))
    return 1 if any(counts[name] for name in MUST_BE_NONE) or not logs else 0


if __name__ == "__main__":
    sys.exit(main())
