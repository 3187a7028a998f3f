"""The result of one check."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Finding:
    """The result of one check. `do`: what a person should do, if anything."""

    check: str
    result: Literal["ok", "warn", "fail"]
    says: str
    do: str = ""
