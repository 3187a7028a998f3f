"""Promises of `published.reached`: a process's rooms are found while it lives and no longer, whole or not at all."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from asithappened.published import reached
from asithappened.published.reached import Reached, Reporter


@pytest.fixture
def process(folder: Path) -> Iterator[Reporter]:
    """Yield the report of a process that lives."""
    reporter = Reporter(folder)
    reporter.open()
    yield reporter
    reporter.close()


def heads(said: Reached) -> list[int]:
    """Return the heads that a process says it has written."""
    return [head for head, _ in said.written]


def test_a_desk_reads_which_heads_were_written_when_and_how_many_read(process: Reporter, folder: Path) -> None:
    process.opened(7, "e1", 3)
    process.opened(8, "e2", 1)
    process.wrote(7, "e1", 4, 12)
    process.wrote(7, "e1", 6, 13)
    [said] = reached.of(folder, 7)
    assert (said.epoch, said.readers, said.at_least, heads(said)) == ("e1", 13, False, [3, 4, 6])
    times = [at for _, at in said.written]
    assert times[0] == 0, "at 3 it was opened: nobody was told anything"
    assert 0 < times[1] <= times[2]
    process.alive({7: 11, 8: 0})
    assert reached.of(folder, 7)[0].readers == 11
    assert reached.of(folder, 9) == []
    assert set(reached.all_of(folder)) == {7, 8}


def test_only_the_newest_are_kept_and_an_older_head_is_never_written_again(process: Reporter, folder: Path) -> None:
    process.opened(7, "e1", 0)
    for head in range(1, 3 * reached.WRITTEN):
        process.wrote(7, "e1", head, 1)
        process.wrote(7, "e1", head - 1, 1)
    [said] = reached.of(folder, 7)
    assert heads(said) == list(range(2 * reached.WRITTEN, 3 * reached.WRITTEN))


def test_a_log_that_is_numbered_anew_begins_anew(process: Reporter, folder: Path) -> None:
    process.opened(7, "e1", 90)
    process.wrote(7, "e2", 3, 1)
    [said] = reached.of(folder, 7)
    assert (said.epoch, heads(said)) == ("e2", [0, 3])


def test_a_room_that_is_closed_is_gone_and_its_place_is_anothers(process: Reporter, folder: Path) -> None:
    process.opened(7, "e1", 1)
    process.closed(7)
    assert reached.of(folder, 7) == []
    process.wrote(7, "e1", 2, 1)
    assert reached.of(folder, 7) == [], "who has no room has nobody to write to"
    process.opened(8, "e2", 5)
    assert [heads(said) for said in reached.of(folder, 8)] == [[5]]
    for blog in range(100, 100 + reached.ROOMS + 5):
        process.opened(blog, "e", 1)
    assert len(reached.all_of(folder)) == reached.ROOMS, "what is too much is not said, and breaks nothing"


def test_a_process_that_was_killed_says_nothing_and_the_next_clears_it_away(folder: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from asithappened.published.reached import Reporter;"
        "r = Reporter(Path(sys.argv[1])); r.open(); r.opened(7, 'e1', 1); print('open', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"open\n"
        assert len(reached.of(folder, 7)) == 1
        other.kill()
        other.wait(30)
    assert reached.of(folder, 7) == []
    assert len(list(folder.glob("*.reached"))) == 1
    after = Reporter(folder)
    after.open()
    assert len(list(folder.glob("*.reached"))) == 1
    after.close()
    assert not list(folder.glob("*.reached"))


def test_a_process_that_hangs_is_not_waited_for(
    process: Reporter, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    process.opened(7, "e1", 1)
    now = reached._now_ms()
    monkeypatch.setattr(reached, "_now_ms", lambda: now + reached.STALE_MS + 1000)
    assert reached.of(folder, 7) == []
    process.alive({7: 0})
    assert len(reached.of(folder, 7)) == 1


def test_a_folder_that_somebody_cleared_is_filled_again(process: Reporter, folder: Path) -> None:
    process.opened(7, "e1", 1)
    process.wrote(7, "e1", 2, 5)
    for path in folder.iterdir():
        path.unlink()
    assert reached.of(folder, 7) == []
    process.alive({})
    assert [heads(said) for said in reached.of(folder, 7)] == [[1, 2]]


def test_what_is_no_report_is_passed_over(process: Reporter, folder: Path) -> None:
    process.opened(7, "e1", 1)
    for name, words in (("a", b""), ("b", b"no"), ("c", os.urandom(50_000))):
        (folder / f"{name}.reached").write_bytes(words)
    assert len(reached.of(folder, 7)) == 1
    assert set(reached.all_of(folder)) == {7}


def test_what_is_read_while_it_is_written_is_of_one_moment(process: Reporter, folder: Path) -> None:
    process.opened(7, "e1", 0)
    stop = threading.Event()

    def write() -> None:
        head = 0
        while not stop.is_set():
            head += 1
            process.wrote(7, "e1", head, head)  # as many readers as the head says

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _ in range(2_000):
            for said in reached.of(folder, 7):
                assert said.readers == said.written[-1][0]
    finally:
        stop.set()
        writer.join()
