"""The public log as lines of JSON, one event a line: an archive that any program can read.

Owns that format. The file can be published: of what was withdrawn, removed or erased it says that, and none of the
words. It never says who did something, because the log does not contain it.
"""

from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Any

import msgspec
from msgspec import Struct

from asithappened.core import events as e


class TakenBack(Struct, frozen=True, kw_only=True):
    """What was withdrawn or removed in a log; what was erased has no payload anyway.

    `before`: the seq of the last withdrawal of each post, or removal of each row of the ledger: earlier words of it are
    taken back. `values`: the seqs of values that were removed from a series.
    """

    before: Mapping[e.Subject, int] = {}
    values: Set[int] = frozenset()

    def has(self, fact: e.Fact) -> bool:
        """Whether the words of a fact were taken back."""
        words = fact.carries_words or (isinstance(fact.event, e.LedgerEvent) and fact.kind != e.LedgerRemoved.KIND)
        return words and (fact.seq < self.before.get(fact.subject, 0) or fact.seq in self.values)


def taken_back(facts: Iterable[e.Fact]) -> TakenBack:
    before: dict[e.Subject, int] = {}
    values: set[int] = set()
    for fact in facts:
        if fact.kind in {e.PostWithdrawn.KIND, e.LedgerRemoved.KIND}:
            before[fact.subject] = fact.seq
        elif isinstance(fact.event, e.SeriesValueRemoved):
            values.add(fact.event.value)
    return TakenBack(before=before, values=values)


def lines(facts: Iterable[e.Fact], gone: TakenBack) -> Iterator[dict[str, Any]]:
    """Yield a log's facts as plain values, in order.

    `gone`: `taken_back` of the same log; a fact in it has no payload, and `withdrawn` is true. `payload` is also null
    if it was erased, or if its kind is newer than this program.
    """
    for fact in facts:
        taken = gone.has(fact)
        line: dict[str, Any] = {
            "epoch": fact.epoch,
            "seq": fact.seq,
            "at": fact.at.isoformat(timespec="microseconds").replace("+00:00", "Z"),
            "origin": fact.origin.value,
            "kind": fact.kind,
            "version": fact.version,
            "post": fact.post or None,
            "row": str(fact.subject) if fact.subject.about in e.LEDGER else None,
            "payload": None if fact.event is None or taken else msgspec.to_builtins(fact.event),
        }
        if taken:
            line["withdrawn"] = True
        yield line
