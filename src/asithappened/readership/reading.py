"""Reads the counts of a live blog since some hour, rounded.

Owns the rounding: below ten, including zero, is "fewer than ten"; more has two significant digits. A host from which
fewer than ten came is among the others. No exact count leaves this module. Look next: `desk.views.readers`.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from asithappened.delivery.readership import HOUR_S, NOWHERE, OTHERS, STEPS
from asithappened.readership.keeping import hour_now
from asithappened.readership.models import Count

FEW: Final = 10
SHOWN_HOURS: Final = 48
SHOWN: Final = 12  # key events, hosts

_Kind = Count.Kind


@dataclass(frozen=True, kw_only=True)
class Told:
    """The rounded counts; 0 is fewer than ten.

    `hours`: the most readers at once, by the hour, oldest first; `read`: how many got as far as a number of posts;
    `opened`: key events by id, the most opened first; `hosts`: referring sites, the commonest first, then all `others`
    together, and `nowhere`: readers without a referring site.
    """

    hours: tuple[tuple[datetime, int], ...]
    most: int
    most_at: datetime | None
    left: int
    read: tuple[tuple[int, int], ...]
    opened: tuple[tuple[str, int], ...]
    hosts: tuple[tuple[str, int], ...]
    others: int
    nowhere: int


def rounded(n: int) -> int:
    """Round a count to two significant digits, and to 0 below ten."""
    if n < FEW:
        return 0
    unit: int = 10 ** (len(str(n)) - 2)
    return (n + unit // 2) // unit * unit


def told(blog: int, *, since: datetime | None = None) -> Told | None:
    """Return the counts of a live blog since a time, or all that are stored; None if nothing was counted."""
    found = Count.objects.filter(blog=blog)
    if since is not None:
        found = found.filter(hour__gte=int(since.timestamp() // HOUR_S))
    at_once: dict[int, int] = {}
    sums: dict[str, Counter[str]] = {kind.value: Counter() for kind in (_Kind.READ, _Kind.OPENED, _Kind.FROM)}
    for hour, kind, key, n in found.values_list("hour", "kind", "key", "n"):
        if kind == _Kind.AT_ONCE:
            at_once[hour] = n
        else:
            sums[kind][key] += n
    read, opened, came = sums[_Kind.READ], sums[_Kind.OPENED], sums[_Kind.FROM]
    if not at_once and not read:
        return None
    hosts = [(key, n) for key, n in _ordered(came) if key not in {NOWHERE, OTHERS} and n >= FEW][:SHOWN]
    nowhere = came.pop(NOWHERE, 0)
    most = max(at_once.values(), default=0)
    return Told(
        hours=_hours(at_once),
        most=rounded(most),
        most_at=next((_at(hour) for hour, n in sorted(at_once.items()) if n == most), None) if most >= FEW else None,
        left=rounded(read.total()),
        read=tuple((step, rounded(sum(n for key, n in read.items() if int(key) >= step))) for step in STEPS if step),
        opened=tuple((key, rounded(n)) for key, n in _ordered(opened)[:SHOWN]),
        hosts=tuple((key, rounded(n)) for key, n in hosts),
        others=rounded(came.total() - sum(n for _, n in hosts)),
        nowhere=rounded(nowhere),
    )


def _ordered(counted: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counted.items(), key=lambda item: (-item[1], item[0]))


def _hours(at_once: dict[int, int]) -> tuple[tuple[datetime, int], ...]:
    """Return the newest hours up to the last with readers, including hours without readers."""
    if not at_once:
        return ()
    last = min(max(at_once), hour_now())
    first = max(min(at_once), last - SHOWN_HOURS + 1)
    return tuple((_at(hour), rounded(at_once.get(hour, 0))) for hour in range(first, last + 1))


def _at(hour: int) -> datetime:
    return datetime.fromtimestamp(hour * HOUR_S, UTC)
