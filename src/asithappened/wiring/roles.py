"""The roles of a process: `run --role`.

Owns their names, and parsing them. Never loads Django.
"""

from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """A part of the program that can run in a separate process."""

    DESK = "desk"
    DELIVERY = "delivery"
    WORKER = "worker"


ALL: Final = frozenset(Role)


class NoSuchRole(ValueError):
    """There is no such role. The message lists the roles."""


def roles_of(written: list[str]) -> frozenset[Role]:
    """Return the named roles, which may be joined by commas; all if there are none."""
    names = [name.strip() for one in written for name in one.split(",") if name.strip()]
    if wrong := sorted({name for name in names if name not in set(Role)}):
        raise NoSuchRole(f"There is no role {', '.join(wrong)}. The roles are {', '.join(Role)}.")
    return frozenset(map(Role, names)) or ALL
