"""Threads in which work is done, made when they are needed.

Owns that they never hold the process: a handler that hangs is left behind when the process ends, and its lease with it.
"""

import queue
import threading
import time
from collections.abc import Callable

Task = Callable[[], None]


class Lanes:
    """Threads that take tasks. What a task raises is its own affair: it has to catch it."""

    def __init__(self, ended: Callable[[], None]) -> None:
        """Have no thread yet. `ended`: called in each as it ends, to close what it opened."""
        self._tasks: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._idle = threading.Semaphore(0)
        self._ended = ended

    def do(self, task: Task) -> None:
        """Have a task done beside the caller, at once."""
        self._tasks.put(task)
        if not self._idle.acquire(blocking=False):
            thread = threading.Thread(target=self._run, name=f"work-{len(self._threads) + 1}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def stop(self, patience_s: float) -> None:
        """End the threads that have nothing to do; the others end with the process."""
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
