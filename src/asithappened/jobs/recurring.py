"""Duties and followers as a worker sees them: whether it has them, when the next time is, how they go.

Owns the pauses after failures, and what the table says of those: a word when it begins to fail and one when it ends.
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

FOLLOW_S: Final = 1.0
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
        self.name, self.behind, self._call, self._every_s, self._rings = name, behind, call, every_s, rings
        self.running, self.failures = False, 0
        self._mine, self._known_to_succeed, self._rung, self._told = False, False, False, False
        self._next = 0.0
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
        """Be due, if a ring is what it waits for."""
        self._rung = self._rings

    def begin(self) -> bool:
        """Say whether it is to be run now, and count it as running then."""
        due = time.monotonic() >= self._next or (self._rung and not self.failures)
        if not self._mine or self.running or not due:
            return False
        self._rung, self.running = False, True
        return True

    def run(self, clock: Clock) -> None:
        """Run it, and know when to run it next."""
        try:
            self._call()
            self._succeeded()
        except BaseException as error:  # whatever it is, the worker has others to look after
            self._failed(error, clock)
        finally:
            self.running = False

    def _succeeded(self) -> None:
        if self.failures:
            log.warning("%s goes on again.", self.name)
        if self.failures or not self._known_to_succeed:
            models.Duty.objects.filter(name=self.name).exclude(failing_since=None).update(failing_since=None, error="")
        self.failures, self._known_to_succeed, self._told = 0, True, False
        self._next = float("inf") if self._every_s is None else time.monotonic() + self._every_s

    def _failed(self, error: BaseException, clock: Clock) -> None:
        self.failures += 1
        self._next = time.monotonic() + pause_s(self.failures, longest_s=LONGEST_PAUSE_S)
        words = said(error)
        if self.failures == 1:  # one line an outage
            log.warning("%s failed, and is tried again: %s", self.name, words)
        connection.close()
        if not self._told:
            with suppress(Error):  # then the next one says so
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
