"""Since when readers have a post is decided by the last process that had to write it to anybody."""

from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from asithappened.desk.reach import Reach, together
from asithappened.published.reached import Reached


def said(*written: tuple[int, int], readers: int = 1, epoch: str = "e1", at_least: bool = False) -> Reached:
    """Return what a process says."""
    return Reached(epoch=epoch, readers=readers, at_least=at_least, written=written)


def at(ms: int) -> datetime:
    """Return an instant."""
    return datetime.fromtimestamp(ms / 1000, UTC)


def test_the_last_one_counts_for_each_head() -> None:
    told = together([said((3, 0), (4, 1000), (6, 2500)), said((3, 0), (5, 1700), (6, 1900))], "e1", 6)
    assert told == Reach(reading=2, at_least=False, head=6, written=((4, at(1700)), (5, at(2500)), (6, at(2500))))


def test_one_that_is_behind_is_waited_for() -> None:
    told = together([said((3, 0), (6, 2500)), said((3, 0), (4, 1900))], "e1", 6)
    assert (told.head, told.written) == (4, ((4, at(2500)),))
    assert together([said((6, 2500)), said((9, 1), epoch="e0")], "e1", 6).head == 0


def test_a_room_that_was_opened_later_told_nobody() -> None:
    assert together([said((6, 0))], "e1", 6) == Reach(reading=1, at_least=False, head=6, written=())
    assert together([said((5, 0), (6, 1000)), said((6, 0))], "e1", 6).written == ((6, at(1000)),)
    assert together([], "e1", 6) == Reach(reading=0, at_least=False, head=6, written=())


def test_behind_one_edge_all_of_it_is_at_least_so_many() -> None:
    told = together([said((6, 1), readers=5), said((6, 1), readers=7, at_least=True)], "e1", 6)
    assert (told.reading, told.at_least) == (12, True)


PROCESSES = st.lists(
    st.lists(st.tuples(st.integers(1, 5), st.integers(1, 50)), min_size=1, max_size=8), min_size=1, max_size=4
)


@given(PROCESSES)
def test_nobody_is_said_to_have_what_is_not_written_yet_and_no_time_is_before_it_was(steps: list[Any]) -> None:
    processes = []
    for each in steps:
        head, ms, written = 0, 0, []
        for more, later in each:
            head, ms = head + more, ms + later
            written.append((head, ms))
        processes.append(said(*written))
    told = together(processes, "e1", 10**6)
    assert told.head == min(one.written[-1][0] for one in processes)
    for head, since in told.written:
        for one in processes:
            assert min(ms for seq, ms in one.written if seq >= head) <= since.timestamp() * 1000 + 0.5
    assert [since for _, since in told.written] == sorted(since for _, since in told.written)
