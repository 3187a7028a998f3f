"""A thread that runs until it is stopped, and restarts after an error.

Owns stopping at once, trying again every second, and one line in the log for an outage, however long. Knows no Django.
Look next: its subclasses in machines.py, reached_elsewhere.py and delivery/publisher.py.
"""

import logging
import multiprocessing.connection
import socket
import threading
from typing import Any, Final

RETRY_S: Final = 1.0
JOIN_S: Final = 1.0  # `stop` waits so long; a thread that hangs in a call ends with the process


class RetryingThread:
    """A thread of this process. Subclasses define its work (`_work`), and its lines in the log."""

    log: logging.Logger
    fails: str
    """Logged once for each outage, with the error."""
    works_again: str

    def __init__(self, name: str) -> None:
        self._failing = False
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        self._stopping, self._told_to_stop = socket.socketpair()
        self._thread.start()

    def stop(self) -> None:
        """End the thread, if it was started."""
        if self._thread.ident is not None:
            self._stopping.close()
            self._thread.join(JOIN_S)

    def _work(self) -> None:
        """Work until `_stopped`. After any exception it is called again."""
        raise NotImplementedError

    def _stopped(self, seconds: float | None, *others: Any) -> bool:
        """Wait for some seconds, or until one of `others` is readable; return whether the thread has to end."""
        return self._told_to_stop in multiprocessing.connection.wait([self._told_to_stop, *others], seconds)

    def _works(self) -> None:
        """Note that the work succeeds, which ends an outage."""
        if self._failing:
            self.log.warning("%s", self.works_again)
        self._failing = False

    def _failed(self) -> None:
        """Drop the state that an outage makes invalid."""

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
