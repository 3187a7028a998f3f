"""Duties and followers as a worker sees them: whether it owns them, when the next run is, whether they fail.

Owns the pauses after failures, and the rows that say since when one fails.
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
from asithappened.jobs.running import pause_s, said
from asithappened.jobs.work import Follower, Work

# Between two runs of a follower while much is published: each run costs some milliseconds however few facts it takes.
FOLLOW_S: Final = 5.0
# After a publish its readers are written to, in this process perhaps: a follower that began at once would hold that up.
FOLLOW_AFTER_S: Final = 0.25
LONGEST_PAUSE_S: Final = 60.0

log = logging.getLogger("asithappened.jobs")


class Recurring:
    """One duty or follower. `mine`: this worker has it; `failures`: since it last succeeded."""

    def __init__(
        self,
        name: str,
        call: Callable[[], object],
        every_s: float | None,
        *,
        behind: Callable[[], int] | None = None,
        rings: bool = False,
    ) -> None:
        """Be due as soon as this worker has it. `rings`: and whenever something was published."""
        self.name, self.behind, self._call, self._every_s, self.rings = name, behind, call, every_s, rings
        self.running, self.failures = False, 0
        self._mine, self._known_to_succeed, self._told = False, False, False
        self._next = self._not_before = 0.0
        self._lock = threading.Lock()

    @property
    def mine(self) -> bool:
        """Say whether this worker has it."""
        return self._mine

    @mine.setter
    def mine(self, mine: bool) -> None:
        if mine and not self._mine:
            self._next, self._known_to_succeed = 0.0, False
        self._mine = mine

    def ring(self) -> None:
        """Be due soon, if a ring is what it waits for: once for all rings within FOLLOW_S."""
        if self.rings and not self.failures:
            self._next = min(self._next, max(time.monotonic() + FOLLOW_AFTER_S, self._not_before))

    def begin(self) -> bool:
        """Say whether it is to be run now, and count it as running then."""
        now = time.monotonic()
        if not self._mine or self.running or now < self._next:
            return False
        self.running, self._next, self._not_before = True, float("inf"), now + FOLLOW_S
        return True

    @property
    def due_s(self) -> float:
        """In how many seconds it is to be run, if this worker has it."""
        return self._next - time.monotonic() if self._mine and not self.running else float("inf")

    def run(self, clock: Clock) -> None:
        """Run it, and know when to run it next."""
        try:
            self._call()
            self._succeeded()
        except BaseException as error:  # of any kind: the worker has other work to go on with
            self._failed(error, clock)
        finally:
            self.running = False

    def _succeeded(self) -> None:
        if self.failures:
            log.warning("%s goes on again.", self.name)
        if self.failures or not self._known_to_succeed:
            models.Duty.objects.filter(name=self.name).exclude(failing_since=None).update(failing_since=None, error="")
        self.failures, self._known_to_succeed, self._told = 0, True, False
        if self._every_s is not None:
            self._next = min(self._next, time.monotonic() + self._every_s)  # a ring while it ran is sooner

    def _failed(self, error: BaseException, clock: Clock) -> None:
        self.failures += 1
        self._next = time.monotonic() + pause_s(self.failures, longest_s=LONGEST_PAUSE_S)
        words = said(error)
        if self.failures == 1:  # one line an outage
            log.warning("%s failed, and is tried again: %s", self.name, words)
        connection.close()
        if not self._told:
            with suppress(Error):  # the next failure writes it
                failing = models.Duty.objects.filter(name=self.name, failing_since=None)
                failing.update(failing_since=clock.now(), error=words)
                self._told = True
            connection.close()


def of(work: Work) -> list[Recurring]:
    """Return a worker's view of all that recurs in its work."""
    duties = [Recurring(duty.name, duty.run, duty.every_s) for duty in work.duties]
    return duties + [_following(follower) for follower in work.followers]


def failing(names: Collection[str]) -> list[models.Duty]:
    """Return those of these duties and followers that fail, who has longest first."""
    rows = models.Duty.objects.filter(name__in=names).exclude(failing_since=None)
    return list(rows.order_by("failing_since", "name"))


def _following(one: Follower) -> Recurring:
    return Recurring(one.name, one.catch_up, FOLLOW_S, behind=one.behind, rings=True)
