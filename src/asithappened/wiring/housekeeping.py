"""What a running server does now and then, for nobody in particular.

Owns the thread and its rhythm; what is done is the rooms' own. Today: scrubbing what was erased out of the database's
files, where somebody who was reading stood in the way, and closing replays that nobody plays any more. One process of
an installation does it.
"""

import logging
import threading
from itertools import count
from typing import Final

from django.db import connection

EVERY_S: Final = 2.0
REPLAYS_EVERY: Final = 10  # rounds: one that was killed says "Replay" all the same

log = logging.getLogger("asithappened.housekeeping")


class Housekeeping:
    """The thread. Use as a context."""

    def __init__(self, every_s: float = EVERY_S) -> None:
        """Know how often; nothing runs before `with`."""
        self._every_s = every_s
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="housekeeping", daemon=True)

    def __enter__(self) -> "Housekeeping":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        # Here, because a worker imports this module before it has set Django up.
        from asithappened.desk.replay import end_interrupted
        from asithappened.log.scrub import scrub

        failing = False
        for turn in count():
            if self._stop.wait(self._every_s):
                break
            try:
                scrub()
                if turn % REPLAYS_EVERY == 0:
                    end_interrupted()
                failing = False
            except Exception as error:  # a thread that ended would tidy up nothing for the rest of the day
                if not failing:  # one line an outage
                    log.warning("Housekeeping waits: %s: %s", type(error).__name__, error)
                failing = True
                connection.close()
        connection.close()
