"""The reach of publications: how many people read, and since when all of them have a fact.

Owns adding up the figures of delivering processes, on this machine and on others. Look next: published/reached.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from asithappened.published import machines, reached, reached_elsewhere
from asithappened.published.reached import Reached


@dataclass(frozen=True, kw_only=True)
class Reach:
    """How far a live blog's readers are. `head`: the newest seq that all of them have.

    `written`: newest heads, oldest first, each with the time at which the last process had written it to its readers.
    A fact is live since the first head that is not before it. A fact that was published while nobody was connected is
    live since its publication, and is not in this list.
    """

    reading: int
    at_least: bool
    head: int
    written: tuple[tuple[int, datetime], ...]


def reach(blog: int, epoch: str, head: int) -> Reach:
    """Return how far a live blog's readers are. `head`: of its log."""
    folder = Path(settings.DOORBELLS)
    said = reached.of(folder, blog)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            said += reached_elsewhere.of(cursor, machines.name_of(folder), blog)
    return together(said, epoch, head)


def together(said: Sequence[Reached], epoch: str, head: int) -> Reach:
    """Add up the figures of processes. Only processes with readers report any."""
    current = [one for one in said if one.epoch == epoch and one.written]
    all_have = min((one.written[-1][0] for one in current), default=head)
    if len(current) < len(said):
        all_have = 0  # a process is still writing events of the former epoch
    heads = sorted({seq for one in current for seq, _ in one.written if 0 < seq <= all_have})
    since = [(seq, max(_had(one, seq) for one in current)) for seq in heads]
    return Reach(
        reading=sum(one.readers for one in said),
        at_least=any(one.at_least for one in said),
        head=all_have,
        written=tuple((seq, datetime.fromtimestamp(at / 1000, UTC)) for seq, at in since if at),
    )


def _had(one: Reached, head: int) -> int:
    return next(at for seq, at in one.written if seq >= head)
