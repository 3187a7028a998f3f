"""A thread pool whose threads are started when they are needed.

Its threads never keep the process from ending: a handler that hangs ends with the process, and its lease expires.
"""

import queue
import threading
import time
from collections.abc import Callable

Task = Callable[[], None]


class ThreadPool:
    """Runs tasks in threads. A task must catch its own exceptions."""

    def __init__(self, ended: Callable[[], None]) -> None:
        """`ended`: called in each thread before it ends, to close what it opened."""
        self._tasks: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._idle = threading.Semaphore(0)
        self._ended = ended

    def submit(self, task: Task) -> None:
        """Run a task at once, in an idle thread or a new one."""
        self._tasks.put(task)
        if not self._idle.acquire(blocking=False):
            thread = threading.Thread(target=self._run, name=f"work-{len(self._threads) + 1}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def stop(self, patience_s: float) -> None:
        """End the idle threads; the others end with the process."""
        for _ in self._threads:
            self._tasks.put(None)
        end = time.monotonic() + patience_s
        for thread in self._threads:
            thread.join(max(0.0, end - time.monotonic()))

    def _run(self) -> None:
        while (task := self._tasks.get()) is not None:
            task()
            self._idle.release()
        self._ended()
