"""The actor of a verb: a person, or a part of the program."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Final

from asithappened.accounts import gate
from asithappened.accounts.models import User


@dataclass(frozen=True, kw_only=True)
class System:
    """A part of the program that acts by itself: "replay", "demo", "schedule". It may do everything."""

    name: str


Actor = User | System


_THROUGH: Final[ContextVar[str]] = ContextVar("through", default="")


@contextmanager
def through(name: str) -> Iterator[None]:
    """Inside, the audit notes which part of the program acts in a person's name."""
    token = _THROUGH.set(name)
    try:
        yield
    finally:
        _THROUGH.reset(token)


def who(by: Actor) -> dict[str, Any]:
    """Return the actor's fields of an audit line."""
    return {"system": by.name} if isinstance(by, System) else {"user": by, "system": _THROUGH.get()}


def permit(by: Actor, blog: int, verb: gate.Verb) -> None:
    """Refuse a person who may not do this on this blog, by whatever path they came: Http404 or PermissionDenied."""
    match by:
        case User():
            gate.check(by, blog, verb)
        case System():
            return
