"""The public log as lines of JSON, one event a line: an archive that any program can read.

Owns that form. It can be published as it stands: of what was withdrawn or erased it says that it was there, and not a
word of it. Never holds who did something: the log does not know.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from asithappened.core import events as e


def last_withdrawals(facts: Iterable[e.Fact]) -> dict[str, int]:
    """Return, for each post that was ever withdrawn, the seq of the last time."""
    return {fact.post: fact.seq for fact in facts if fact.kind == e.PostWithdrawn.KIND}


def lines(facts: Iterable[e.Fact], withdrawn: dict[str, int]) -> Iterator[dict[str, Any]]:
    """Yield a log's facts as plain values, in order.

    `withdrawn`: from `last_withdrawals`, over the same log; what a post said before then has no payload, and says so.
    `payload` is null, too, where it was erased or its kind is newer than this program.
    """
    for fact in facts:
        taken_back = fact.carries_words and fact.seq < withdrawn.get(fact.post, 0)
        line: dict[str, Any] = {
            "epoch": fact.epoch,
            "seq": fact.seq,
            "at": fact.at.isoformat(timespec="microseconds").replace("+00:00", "Z"),
            "origin": fact.origin.value,
            "kind": fact.kind,
            "version": fact.version,
            "post": fact.post or None,
            "payload": None if fact.event is None or taken_back else msgspec.to_builtins(fact.event),
        }
        if taken_back:
            line["withdrawn"] = True
        yield line
