"""Promises of `jobs.lanes`: a task waits for no other, and a thread ends as it was told to."""

import threading

from asithappened.jobs.lanes import Lanes, Task


def waiting_for(event: threading.Event) -> Task:
    """Return a task that takes until something happens; the limit only catches a hang."""

    def wait() -> None:
        event.wait(20)

    return wait


def test_a_task_is_done_beside_those_that_take_their_time_and_each_thread_ends_once() -> None:
    ended: list[str] = []
    lanes = Lanes(lambda: ended.append(threading.current_thread().name))
    slow, quick = threading.Event(), threading.Event()
    lanes.do(waiting_for(slow))
    lanes.do(quick.set)
    assert quick.wait(20), "it waited for the other"
    slow.set()
    lanes.stop(20)
    assert sorted(ended) == ["work-1", "work-2"]


def test_a_task_that_hangs_holds_nobody_who_stops() -> None:
    ended: list[None] = []
    lanes = Lanes(lambda: ended.append(None))
    hangs = threading.Event()
    lanes.do(waiting_for(hangs))
    lanes.stop(0)
    assert ended == []
    hangs.set()
