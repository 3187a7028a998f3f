"""A worker's duties and followers: whether it owns them, when each runs next, whether it fails.

Owns the pauses after failures, storing since when one fails, and the rounds of the followers.
"""

import logging
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from typing import Final

from django.db import Error, connection

from asithappened.jobs import models
from asithappened.jobs.clock import Clock
from asithappened.jobs.running import error_line, pause_s
from asithappened.jobs.work import Work

# Between two rounds during many publishes: each follower needs some milliseconds even for one fact.
FOLLOW_S: Final = 5.0
# After a publish, perhaps in this process, its frame is written to the readers: a follower at once would delay that.
FOLLOW_AFTER_S: Final = 0.25
LONGEST_PAUSE_S: Final = 60.0

log = logging.getLogger("asithappened.jobs")


class Recurring:
    """One duty or follower. `mine`: this worker owns it; `failures`: since its last success."""

    def __init__(self, name: str, call: Callable[[], object], every_s: float | None = None) -> None:
        """It is due as soon as this worker owns it, then after each pause; a follower only after one that failed."""
        self.name, self._call, self._every_s = name, call, every_s
        self.running, self.failures = False, 0
        self._mine, self._known_to_succeed, self._stored = False, False, False
        self._next = 0.0

    @property
    def mine(self) -> bool:
        return self._mine

    @mine.setter
    def mine(self, mine: bool) -> None:
        if mine and not self._mine:
            self._next, self._known_to_succeed = 0.0, False
        self._mine = mine

    @property
    def succeeds(self) -> bool:
        """Whether this worker owns it, and has seen it succeed the last time."""
        return self._mine and self._known_to_succeed and not self.failures

    def begin(self, *, at_once: bool = False) -> bool:
        """Return whether it is due, and if so mark it as running. `at_once`: it is due unless it failed."""
        due = self.due_s <= 0 or (at_once and self.succeeds and not self.running)
        if due:
            self.running, self._next = True, float("inf")
        return due

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
            self._next = min(self._next, time.monotonic() + self._every_s)  # if it was taken over meanwhile

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


class Round:
    """The followers, which take turns in one thread. It is due soon after a publish, and every few seconds anyway.

    A round while nothing was published calls none of them: `behind` tells for all at once whose facts are left.
    """

    def __init__(self, followers: Sequence[Recurring], behind: Callable[[], Mapping[str, int]]) -> None:
        """It is also due when a follower is: this worker has just taken it over, or the pause after a failure ends."""
        self.running = False
        self._followers, self._behind = followers, behind
        self._next = self._not_before = 0.0

    @property
    def waits_for_a_ring(self) -> bool:
        """Whether a ring would make it due sooner; while it runs, one is for facts that it may not have read."""
        return self.running or (self._next > self._after_a_ring and any(one.succeeds for one in self._followers))

    @property
    def _after_a_ring(self) -> float:
        return max(time.monotonic() + FOLLOW_AFTER_S, self._not_before)

    def ring(self) -> None:
        """Make it due soon; once for all rings within FOLLOW_S."""
        self._next = min(self._next, self._after_a_ring)

    @property
    def due_s(self) -> float:
        """In how many seconds it is due; infinity if it is running, or nobody would take a turn."""
        if self.running:
            return float("inf")
        ours = [self._next - time.monotonic()] if any(one.succeeds for one in self._followers) else []
        return min([*ours, *(one.due_s for one in self._followers)], default=float("inf"))

    def begin(self) -> bool:
        """Return whether it is due, and if so mark it as running."""
        due = self.due_s <= 0
        if due:
            self.running, self._next, self._not_before = True, float("inf"), time.monotonic() + FOLLOW_S
        return due

    def run(self, clock: Clock, *, stop: Callable[[], bool] = lambda: False) -> None:
        """Run each follower that has facts to consume, or of which that is not known, until `stop` is true."""
        try:
            left = self._left()
            for one in self._followers:
                idle = one.succeeds and left.get(one.name) == 0
                if not idle and not stop() and one.begin(at_once=True):
                    one.run(clock)
        finally:
            self._next = min(self._next, time.monotonic() + FOLLOW_S)  # a ring meanwhile made it due sooner
            self.running = False

    def _left(self) -> Mapping[str, int]:
        try:
            return self._behind()
        except Exception:  # then each follower is called, and says what fails
            connection.close()
            return {}


def duties(work: Work) -> list[Recurring]:
    return [Recurring(one.name, one.run, one.every_s) for one in work.duties]


def followers(work: Work) -> list[Recurring]:
    return [Recurring(one.name, one.catch_up) for one in work.followers]


def failing(names: Collection[str]) -> list[models.Duty]:
    """Return the duties and followers that fail, the longest failing first."""
    rows = models.Duty.objects.filter(name__in=names).exclude(failing_since=None)
    return list(rows.order_by("failing_since", "name"))
