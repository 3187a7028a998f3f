"""Promises of `jobs.threads`: a task waits for no other, and a thread ends as it was told to."""

import threading

from asithappened.jobs.threads import Task, ThreadPool


def waiting_for(event: threading.Event) -> Task:
    """Return a task that takes until something happens; the limit only catches a hang."""

    def wait() -> None:
        event.wait(20)

    return wait


def test_a_task_is_done_beside_those_that_take_their_time_and_each_thread_ends_once() -> None:
    ended: list[str] = []
    pool = ThreadPool(lambda: ended.append(threading.current_thread().name))
    slow, quick = threading.Event(), threading.Event()
    pool.submit(waiting_for(slow))
    pool.submit(quick.set)
    assert quick.wait(20), "it waited for the other"
    slow.set()
    pool.stop(20)
    assert sorted(ended) == ["work-1", "work-2"]


def test_a_task_that_hangs_holds_nobody_who_stops() -> None:
    ended: list[None] = []
    pool = ThreadPool(lambda: ended.append(None))
    hangs = threading.Event()
    pool.submit(waiting_for(hangs))
    pool.stop(0)
    assert ended == []
    hangs.set()
