"""Who acts: a person, or a part of the program."""

from dataclasses import dataclass

from asithappened.accounts import gate
from asithappened.accounts.models import User


@dataclass(frozen=True, kw_only=True)
class System:
    """A part of the program that acts by itself: "replay", "demo", "schedule". It may do everything."""

    name: str


Actor = User | System


def permit(by: Actor, blog: int, verb: gate.Verb) -> None:
    """Refuse a person who may not do this on this blog, however they came here: Http404 or PermissionDenied."""
    match by:
        case User():
            gate.check(by, blog, verb)
        case System():
            return
