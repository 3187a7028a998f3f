"""A worker's duties and followers: whether it owns them, when each runs next, whether it fails.

Owns the pauses after failures, and storing since when one fails.
"""

import logging
import threading
import time
from collections.abc import Callable, Collection
from contextlib import suppress
from typing import Final

from django.db import Error, connection

from asithappened.jobs import models
from asithappened.jobs.clock import Clock
from asithappened.jobs.running import error_line, pause_s
from asithappened.jobs.work import Follower, Work

# Between two runs of a follower during many publishes: each run costs some milliseconds even for one fact.
FOLLOW_S: Final = 5.0
# After a publish, perhaps in this process, its frame is written to the readers: a follower at once would delay that.
FOLLOW_AFTER_S: Final = 0.25
LONGEST_PAUSE_S: Final = 60.0

log = logging.getLogger("asithappened.jobs")


class Recurring:
    """One duty or follower. `mine`: this worker owns it; `failures`: since its last success."""

    def __init__(
        self,
        name: str,
        call: Callable[[], object],
        every_s: float | None,
        *,
        behind: Callable[[], int] | None = None,
        rings: bool = False,
    ) -> None:
        """It is due as soon as this worker owns it, and with `rings` also after each publish."""
        self.name, self.behind, self._call, self._every_s, self.rings = name, behind, call, every_s, rings
        self.running, self.failures = False, 0
        self._mine, self._known_to_succeed, self._stored = False, False, False
        self._next = self._not_before = 0.0
        self._lock = threading.Lock()

    @property
    def mine(self) -> bool:
        return self._mine

    @mine.setter
    def mine(self, mine: bool) -> None:
        if mine and not self._mine:
            self._next, self._known_to_succeed = 0.0, False
        self._mine = mine

    @property
    def waits_for_a_ring(self) -> bool:
        """Whether a ring would make it due sooner."""
        return self._mine and self.rings and not self.failures and self._next > self._after_a_ring

    @property
    def _after_a_ring(self) -> float:
        return max(time.monotonic() + FOLLOW_AFTER_S, self._not_before)

    def ring(self) -> None:
        """Make it due soon if it follows the log; once for all rings within FOLLOW_S."""
        if self.rings and not self.failures:
            self._next = min(self._next, self._after_a_ring)

    def begin(self) -> bool:
        """Return whether it is due, and if so mark it as running."""
        now = time.monotonic()
        if not self._mine or self.running or now < self._next:
            return False
        self.running, self._next, self._not_before = True, float("inf"), now + FOLLOW_S
        return True

    @property
    def due_s(self) -> float:
        """In how many seconds it is due; infinity if it is running, or another worker owns it."""
        return self._next - time.monotonic() if self._mine and not self.running else float("inf")

    def run(self, clock: Clock) -> None:
        """Run it, and set when it runs next."""
        try:
            self._call()
            self._succeeded()
        except BaseException as error:  # of any kind, because the worker has other work
            self._failed(error, clock)
        finally:
            self.running = False

    def _succeeded(self) -> None:
        if self.failures:
            log.warning("%s goes on again.", self.name)
        if self.failures or not self._known_to_succeed:
            models.Duty.objects.filter(name=self.name).exclude(failing_since=None).update(failing_since=None, error="")
        self.failures, self._known_to_succeed, self._stored = 0, True, False
        if self._every_s is not None:
            self._next = min(self._next, time.monotonic() + self._every_s)  # a ring during the run made it due sooner

    def _failed(self, error: BaseException, clock: Clock) -> None:
        self.failures += 1
        self._next = time.monotonic() + pause_s(self.failures, longest_s=LONGEST_PAUSE_S)
        words = error_line(error)
        if self.failures == 1:  # one line an outage
            log.warning("%s failed, and is tried again: %s", self.name, words)
        connection.close()
        if not self._stored:
            with suppress(Error):  # the next failure writes it
                failing = models.Duty.objects.filter(name=self.name, failing_since=None)
                failing.update(failing_since=clock.now(), error=words)
                self._stored = True
            connection.close()


def of(work: Work) -> list[Recurring]:
    duties = [Recurring(duty.name, duty.run, duty.every_s) for duty in work.duties]
    return duties + [_following(follower) for follower in work.followers]


def failing(names: Collection[str]) -> list[models.Duty]:
    """Return the duties and followers that fail, the longest failing first."""
    rows = models.Duty.objects.filter(name__in=names).exclude(failing_since=None)
    return list(rows.order_by("failing_since", "name"))


def _following(one: Follower) -> Recurring:
    return Recurring(one.name, one.catch_up, FOLLOW_S, behind=one.behind, rings=True)
