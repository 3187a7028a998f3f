"""The checker has to find what it is there to find: a checker that cannot fail proves nothing."""

import copy
import json
import random
import subprocess
import sys
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scenarios.compare import MUST_BE_NONE, Truth, compare, fingerprints

ROOT = Path(__file__).parents[2]
EPOCH = "e1"
EVENTS = 12
WITHDRAWN = (4, 9)  # published as 4, withdrawn as 9

Logs = dict[str, list[dict[str, Any]]]
Case = tuple[Truth, list[dict[str, Any]], Logs]


@pytest.fixture
def case() -> Case:
    """A log of twelve events with one withdrawal, and two readers who had it all: one early, one late."""
    originals, frames = _frames()
    acks = [
        {"once": f"once-{seq}", "epoch": EPOCH, "first": seq, "last": seq, "answered": float(seq),
         "kind": "withdraw" if seq == WITHDRAWN[1] else "publish", "post": "p4" if seq in WITHDRAWN else f"p{seq}"}
        for seq in range(1, EVENTS + 1)
    ]  # fmt: skip
    early = [_had(originals[seq], asked=0.5, at=float(seq)) for seq in originals]
    late = [_had(frames[seq], asked=20.0, at=20.0) for seq in frames]
    start = {"mark": "start", "seq": 0}
    return Truth.of(EPOCH, frames.items()), acks, {"early": [start, *early], "late": [start, *late]}


def _frames() -> tuple[dict[int, dict[str, Any]], dict[int, dict[str, Any]]]:
    """Return the frames as they were first, and as they are in the end."""
    originals = {
        seq: {"s": seq, "k": "post.published", "ops": [{"html": f"word {seq}"}]} for seq in range(1, EVENTS + 1)
    }
    return originals, {seq: {"s": seq} if seq == WITHDRAWN[0] else frame for seq, frame in originals.items()}


def _had(frame: dict[str, Any], *, asked: float, at: float) -> dict[str, Any]:
    return {"epoch": EPOCH, "seq": frame["s"], **fingerprints(frame), "via": "stream", "asked": asked, "at": at}


def _found(case: Case) -> dict[str, int]:
    counts = compare(*case)
    return {name: counts[name] for name in MUST_BE_NONE if counts[name]}


def test_readers_who_had_everything_pass(case: Case) -> None:
    assert _found(case) == {}


def test_a_lost_event_is_found_wherever_it_is(case: Case) -> None:
    for place in range(1, EVENTS + 1):
        truth, acks, logs = copy.deepcopy(case)
        del logs["late"][place]
        assert _found((truth, acks, logs))["lost"] == 1


def test_a_doubled_event_is_found(case: Case) -> None:
    logs = case[2]
    logs["late"].insert(6, logs["late"][3])
    assert _found(case) == {"doubled": 1}


def test_two_events_that_changed_places_are_found(case: Case) -> None:
    late = case[2]["late"]
    late[5], late[6] = late[6], late[5]
    assert _found(case) == {"disordered": 1}


def test_an_event_with_other_words_is_found(case: Case) -> None:
    case[2]["early"][7]["sha"] = fingerprints({"s": 7, "k": "something else"})["sha"]
    assert _found(case) == {"differing": 1}


def test_withdrawn_words_that_were_asked_for_after_the_answer_are_found(case: Case) -> None:
    early, late = case[2]["early"], case[2]["late"]
    late[WITHDRAWN[0]]["sha"] = early[WITHDRAWN[0]]["sha"]
    assert _found(case) == {"leaked": 1}


def test_two_versions_of_words_that_are_gone_cannot_both_have_been_right(case: Case) -> None:
    third = copy.deepcopy(case[2]["early"])
    third[WITHDRAWN[0]]["sha"] = fingerprints({"s": 4, "k": "a forgery"})["sha"]
    case[2]["third"] = third
    assert _found(case) == {"differing": 1}


def _annotated(case: Case, *, had: list[str], left: list[str], seq: int = 6, asked: float = 0.5) -> Case:
    """Have a frame hold annotations in the posts that are named, once as a reader had it and once as it is now."""

    def frame(posts: list[str]) -> dict[str, Any]:
        said = [{"op": "annotate", "by": f"by-{post}", "post": post, "html": f"<p>{post}"} for post in posts]
        return {"s": seq, "k": "figure.revised", **({"ops": said} if said else {})}

    truth, acks, logs = case
    now = Truth.of(EPOCH, [(seq, frame(left))])
    for log in logs.values():
        log[seq] = _had(frame(had), asked=asked, at=asked)
    return Truth(epoch=EPOCH, shas=truth.shas | now.shas, said=now.said, empty=truth.empty), acks, logs


def test_a_frame_that_lost_annotations_after_it_was_sent_is_the_same_frame(case: Case) -> None:
    assert _found(_annotated(case, had=["p1", "p4"], left=["p1"])) == {}
    assert _found(_annotated(case, had=["p1", "p4"], left=[])) == {}
    assert _found(_annotated(case, had=["p1"], left=["p1"])) == {}


def test_an_annotation_that_a_reader_never_had_is_found(case: Case) -> None:
    assert _found(_annotated(case, had=["p1"], left=["p1", "p2"])) == {"differing": 2}


def test_an_annotation_in_a_post_that_was_asked_for_after_the_answer_to_its_withdrawal_is_found(case: Case) -> None:
    assert _found(_annotated(case, had=["p1", "p4"], left=["p1"], asked=20.0)) == {"leaked": 2}
    assert _found(_annotated(case, had=["p1", "p4"], left=["p4"], asked=20.0)) == {}, "p1 was not withdrawn"


def test_an_answered_publish_that_is_not_there_is_found(case: Case) -> None:
    case[1].append(
        {"once": "once-13", "epoch": EPOCH, "first": 13, "last": 13, "answered": 13.0, "kind": "publish", "post": "p13"}
    )
    assert _found(case) == {"acks_missing": 1}


def test_two_publishes_that_were_answered_with_one_place_are_found(case: Case) -> None:
    case[1].append({**case[1][2], "once": "once-x"})
    assert _found(case) == {"acks_missing": 1}


def test_a_publish_that_is_there_twice_is_found(case: Case) -> None:
    case[1][2]["once"] = case[1][1]["once"]
    assert _found(case) == {"twins": 1}


def test_an_event_that_nobody_was_answered_for_is_found(case: Case) -> None:
    del case[1][5]
    assert _found(case) == {"unasked": 1}


def test_a_hole_in_the_log_itself_is_found(case: Case) -> None:
    del case[0].shas[6]
    assert _found(case)["log_holes"] == 1


def test_an_event_of_another_epoch_is_found(case: Case) -> None:
    case[2]["late"][3]["epoch"] = "e0"
    assert _found(case)["foreign"] == 1


def test_a_gap_that_a_reader_saw_on_an_open_stream_is_found(case: Case) -> None:
    case[2]["late"].insert(4, {"mark": "gap", "expected": 4, "seq": 6})
    assert _found(case) == {"gaps": 1}


def test_a_reader_without_a_log_is_found(case: Case) -> None:
    case[2]["silent"] = []
    assert _found(case)["readers_without_log"] == 1


def test_a_page_that_was_loaded_anew_stands_for_what_it_holds(case: Case) -> None:
    late = case[2]["late"]
    case[2]["late"] = [{"mark": "start", "seq": 0}, *late[1:3], {"mark": "reset", "seq": 8}, *late[9:]]
    assert _found(case) == {}


def test_random_damage_never_passes(case: Case) -> None:
    for seed in range(200):
        chance = random.Random(seed)
        truth, acks, logs = copy.deepcopy(case)
        log = logs[chance.choice(["early", "late"])]
        place = chance.randrange(1, len(log))
        match chance.choice(["lose", "double", "move", "change"]):
            case "lose":
                del log[place]
            case "double":
                log.insert(chance.randrange(place + 1, len(log) + 1), log[place])
            case "move":
                other = chance.choice([n for n in range(1, len(log)) if n != place])
                log[place], log[other] = log[other], log[place]
            case _:
                log[place] = {**log[place], **fingerprints({"s": place, "seed": seed})}
        # The one change that is none: other words where the words are gone, before anybody else had them.
        if _only_original_changed(case, logs):
            continue
        assert _found((truth, acks, logs)), f"seed {seed}"


def _only_original_changed(case: Case, logs: Logs) -> bool:
    changed = [(name, n) for name in logs if len(logs[name]) == len(case[2][name])
               for n, entry in enumerate(logs[name]) if entry != case[2][name][n]]  # fmt: skip
    return len(logs["early"]) == len(logs["late"]) and changed == [("early", WITHDRAWN[0])]


class _Entry(dict[str, Any]):
    """An entry that can be counted while somebody holds it."""

    __hash__ = object.__hash__  # type: ignore[assignment]


def test_logs_are_read_an_entry_at_a_time(case: Case) -> None:
    truth, acks, logs = case
    held: weakref.WeakSet[_Entry] = weakref.WeakSet()
    most = 0

    def reading(log: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        nonlocal most
        for plain in log:
            entry = _Entry(plain)
            held.add(entry)
            most = max(most, len(held))
            yield entry
            del entry

    counts = compare(truth, acks, {name: reading(log) for name, log in logs.items()})
    assert counts["deliveries"] == 2 * EVENTS
    assert most <= 2


def test_the_program_reads_files_and_fails_with_them(case: Case, tmp_path: Path) -> None:
    _, acks, logs = case
    (tmp_path / "readers").mkdir()
    frames = _frames()[1]
    _lines(tmp_path / "log.jsonl", [{"epoch": EPOCH, "seq": seq, "frame": frame} for seq, frame in frames.items()])
    _lines(tmp_path / "acks.jsonl", acks)
    for name, log in logs.items():
        _lines(tmp_path / "readers" / f"{name}.jsonl", log)
    assert _program(tmp_path).returncode == 0
    _lines(tmp_path / "readers" / "late.jsonl", logs["late"][:-1])
    done = _program(tmp_path)
    assert done.returncode == 1
    assert json.loads(done.stdout)["lost"] == 1


def test_no_reader_at_all_is_no_pass(case: Case, tmp_path: Path) -> None:
    (tmp_path / "readers").mkdir()
    _lines(tmp_path / "log.jsonl", [])
    _lines(tmp_path / "acks.jsonl", [])
    assert _program(tmp_path).returncode == 1


def test_the_checker_imports_nothing_of_the_server() -> None:
    code = "import sys, scenarios.compare; sys.exit(any(name.startswith('asithappened') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def _lines(path: Path, rows: list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))


def _program(folder: Path) -> subprocess.CompletedProcess[str]:
    words = [
        "--log",
        str(folder / "log.jsonl"),
        "--acks",
        str(folder / "acks.jsonl"),
        "--readers",
        str(folder / "readers"),
    ]
    return subprocess.run(
        [sys.executable, "-m", "scenarios.compare", *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
