"""How a package declares its work: a kind of job, a recurring duty, a follower of the log.

Owns these values, and the exceptions with which a handler says how it failed. Look next: `wiring.work`, which gathers
all work.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, Final

ATTEMPTS: Final = 12  # with the pauses of `running`, three quarters of an hour


class Promise(Enum):
    """How often a job of a kind happens, even if a worker is killed while it runs."""

    ONCE_BY_KEY = "exactly once: it writes into this database, with the job's key as its once-key"
    AT_LEAST_ONCE = "at least once: the receiver gets the job's key, and recognises a repetition by it"
    ASK = "once, or a person is asked: the receiver has no key, so what may have arrived is not sent again"


class GiveUp(Exception):
    """It cannot be done, now or later. The message says why and what to do; the job is dead at once."""


class NotAllowed(Exception):
    """The person on whose behalf it runs is no longer allowed to do it. The message says what."""


class NotSent(Exception):
    """For a kind with `Promise.ASK`: nothing arrived for certain, so it may be tried again."""


@dataclass(frozen=True, kw_only=True)
class Given:
    """A handler's argument. `on_behalf_of`: a user's id; `attempt`: 1 for the first."""

    kind: str
    key: str
    payload: Mapping[str, Any]
    on_behalf_of: int | None
    due: datetime
    attempt: int


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of job. `run` returns if it succeeded, and raises if not; it bounds its own time.

    `attempts`: after so many failures it is dead. `at_once`: how many of this kind a worker runs at once, in slots of
    their own; None: it shares the worker's other slots.
    """

    name: str
    promise: Promise
    run: Callable[[Given], object]
    attempts: int = ATTEMPTS
    at_once: int | None = None


@dataclass(frozen=True, kw_only=True)
class Duty:
    """Recurring work, done by one process of the installation at a time.

    `every_s`: the pause between two runs; None: it runs once each time that a process takes it over, at its start or
    after the end of the former owner.
    """

    name: str
    run: Callable[[], object]
    every_s: float | None


@dataclass(frozen=True, kw_only=True)
class Follower:
    """A follower of the log: called soon after a publish, and while facts are left, by one process at a time.

    `catch_up` begins at its cursor and returns at the head: it handles each fact at least once, in order. If it raises,
    it is called again after a pause.
    """

    name: str
    catch_up: Callable[[], object]


@dataclass(frozen=True, kw_only=True)
class Work:
    """All work of a worker. `behind`: how many facts are left for each follower; one that is not named is called."""

    kinds: tuple[Kind, ...] = ()
    duties: tuple[Duty, ...] = ()
    followers: tuple[Follower, ...] = ()
    behind: Callable[[], Mapping[str, int]] = dict
