"""Who acts: a person, or a part of the program."""

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
    """Have the audit say, of what a person does inside, which part of the program does it in their name."""
    token = _THROUGH.set(name)
    try:
        yield
    finally:
        _THROUGH.reset(token)


def who(by: Actor) -> dict[str, Any]:
    """Return who acts, as an audit line has it."""
    return {"system": by.name} if isinstance(by, System) else {"user": by, "system": _THROUGH.get()}


def permit(by: Actor, blog: int, verb: gate.Verb) -> None:
    """Refuse a person who may not do this on this blog, however they came here: Http404 or PermissionDenied."""
    match by:
        case User():
            gate.check(by, blog, verb)
        case System():
            return
