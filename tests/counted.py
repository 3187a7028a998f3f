"""How much work a call is, counted and not timed, for promises that it grows as its text does.

Calls of functions, Python's and C's, and the characters of every text that is cut, lowered, split or searched on the
way. What a regular expression does inside one call nothing here counts.
"""

import sys
from collections.abc import Callable
from typing import Any


def counted(act: Callable[[], object]) -> int:
    """Count the work of a call, a text's characters by 64."""
    work = 0

    def count(frame: Any, event: str, what: Any) -> None:
        nonlocal work
        if event == "call":
            work += 1
        elif event == "c_call":
            of = getattr(what, "__self__", None)
            work += 1 + (len(of) // 64 if isinstance(of, str) else 0)

    sys.setprofile(count)
    try:
        act()
    finally:
        sys.setprofile(None)
    return work
