"""How a package declares its work: a kind of job, a recurring duty, a follower of the log.

Owns these values, and what a handler raises to say how it failed. Look next: `wiring.work`, which gathers them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, Final

ATTEMPTS: Final = 12  # with the pauses of `running`, three quarters of an hour


class Promise(Enum):
    """How often a job of a kind happens, even if a worker is killed while it runs."""

    ONCE_BY_KEY = "exactly once: it writes into this database, under the job's key as its once-key"
    AT_LEAST_ONCE = "at least once: the receiver is handed the job's key, and knows by it what it had before"
    ASK = "once, or a person is asked: the receiver knows no key, so what may have arrived is not sent again"


class GiveUp(Exception):
    """It cannot be done, now or later. The message says why and what to do; the job is dead at once."""


class NotAllowed(Exception):
    """The person on whose behalf it was to be done may not do it any more. The message says what."""


class NotSent(Exception):
    """For a kind that asks: certainly nothing arrived, so it may be tried again."""


@dataclass(frozen=True, kw_only=True)
class Given:
    """What a handler is given. `on_behalf_of`: a user's id; `attempt`: 1 for the first."""

    kind: str
    key: str
    payload: Mapping[str, Any]
    on_behalf_of: int | None
    due: datetime
    attempt: int


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of job. `run` returns when it is done, and raises when it is not; it bounds its own time.

    `attempts`: after so many failures it is dead. `at_once`: of this kind, by one worker, beside whatever else it does;
    None has it share what is free with the others.
    """

    name: str
    promise: Promise
    run: Callable[[Given], object]
    attempts: int = ATTEMPTS
    at_once: int | None = None


@dataclass(frozen=True, kw_only=True)
class Duty:
    """Something done again and again, by one process of the installation at a time.

    `every_s`: the pause between two; None does it once each time that a process takes it over, which is when it starts,
    or after the one that had it ended.
    """

    name: str
    run: Callable[[], object]
    every_s: float | None


@dataclass(frozen=True, kw_only=True)
class Follower:
    """A follower of the log: called soon after a publish, and every few seconds anyway, by one process at a time.

    `catch_up` returns when nothing is left, and begins where it stopped: what it does happens at least once, in order.
    Raises, and is called again after a pause. `behind`: how many facts are left, for the metrics.
    """

    name: str
    catch_up: Callable[[], object]
    behind: Callable[[], int] | None = None


@dataclass(frozen=True, kw_only=True)
class Work:
    """All that a worker does."""

    kinds: tuple[Kind, ...] = ()
    duties: tuple[Duty, ...] = ()
    followers: tuple[Follower, ...] = ()
