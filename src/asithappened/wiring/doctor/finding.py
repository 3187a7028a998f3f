"""What a check of the doctor found."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What one check found. `do`: what to do about it, where something is to be done."""

    check: str
    result: Literal["ok", "warn", "fail"]
    says: str
    do: str = ""
