"""Reading the counts: what is told of how a live blog is read, since some hour, and how roughly.

Owns rounding: below ten is "fewer than ten", whether it was none or nine, and more is told in two digits. A host that
fewer than ten came from is one of the others. Nobody is told an exact count. Look next: `desk.views.readers`.
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
    """What is told. Every number is rounded, and 0 is fewer than ten.

    `hours`: how many read at once, at least, by the hour, oldest first; `read`: how many came down to so many posts;
    `opened`: key events by their ids, the most opened first; `hosts`: those that readers came from, the commonest
    first, then `others` together, and `nowhere`, who came from no other page or do not say.
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
    """Return a count as it is told: in two digits, and 0 below ten."""
    if n < FEW:
        return 0
    unit: int = 10 ** (len(str(n)) - 2)
    return (n + unit // 2) // unit * unit


def told(blog: int, *, since: datetime | None = None) -> Told | None:
    """Return how a live blog is read, in the hours since one, or in all that are kept; None if nothing was counted."""
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
    """Return the newest hours up to the last in which anybody read, with those between in which nobody did."""
    if not at_once:
        return ()
    last = min(max(at_once), hour_now())
    first = max(min(at_once), last - SHOWN_HOURS + 1)
    return tuple((_at(hour), rounded(at_once.get(hour, 0))) for hour in range(first, last + 1))


def _at(hour: int) -> datetime:
    return datetime.fromtimestamp(hour * HOUR_S, UTC)
