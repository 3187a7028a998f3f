"""A thread that runs until it is told to stop, and starts again after an error.

Owns stopping at once, trying again every second, and one line in the log for an outage, however long. Subclasses say
what it does. Knows no Django. Look next: machines.py, reached_elsewhere.py, delivery/publisher.py.
"""

import logging
import multiprocessing.connection
import socket
import threading
from typing import Any, Final

RETRY_S: Final = 1.0
JOIN_S: Final = 1.0  # that `stop` waits for it; a thread that hangs in a call ends with the process


class RetryingThread:
    """A thread of this process. Subclasses say what it does (`_work`), and how its failing is said."""

    log: logging.Logger
    fails: str
    """What is said once an outage, before the error."""
    works_again: str

    def __init__(self, name: str) -> None:
        self._failing = False
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        self._stopping, self._told_to_stop = socket.socketpair()
        self._thread.start()

    def stop(self) -> None:
        """End, if it was begun."""
        if self._thread.ident is not None:
            self._stopping.close()
            self._thread.join(JOIN_S)

    def _work(self) -> None:
        """Do what is to be done, until `_stopped` says so; whatever is raised, it is begun again."""
        raise NotImplementedError

    def _stopped(self, seconds: float | None, *others: Any) -> bool:
        """Wait for a while, or until one of the others has something; say whether it is time to end."""
        return self._told_to_stop in multiprocessing.connection.wait([self._told_to_stop, *others], seconds)

    def _works(self) -> None:
        """Note that the other side is there."""
        if self._failing:
            self.log.warning("%s", self.works_again)
        self._failing = False

    def _failed(self) -> None:
        """Forget what is true no longer once the other side was away."""

    def _run(self) -> None:
        with self._told_to_stop:
            while not self._stopped(0):
                try:
                    self._work()
                except Exception as error:
                    if not self._failing:
                        self.log.warning("%s: %s", self.fails, " ".join(f"{type(error).__name__}: {error}".split()))
                    self._failing = True
                    self._failed()
                    self._stopped(RETRY_S)
