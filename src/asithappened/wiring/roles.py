"""What a process of an installation does: `run --role`.

Owns the names of the roles, and how they are written. Never loads Django.
"""

from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """A part of the program that may have processes of its own."""

    DESK = "desk"
    DELIVERY = "delivery"
    WORKER = "worker"


ALL: Final = frozenset(Role)


class NoSuchRole(ValueError):
    """A role that there is not. The message says which there are."""


def roles_of(written: list[str]) -> frozenset[Role]:
    """Return the roles that were asked for, each by itself or several joined by commas; all, where none were."""
    names = [name.strip() for one in written for name in one.split(",") if name.strip()]
    if wrong := sorted({name for name in names if name not in set(Role)}):
        raise NoSuchRole(f"There is no role {', '.join(wrong)}. The roles are {', '.join(Role)}.")
    return frozenset(map(Role, names)) or ALL
