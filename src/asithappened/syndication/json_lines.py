"""The public log as lines of JSON, one event a line: an archive that any program can read.

Owns that form. It can be published as it is: it says that something was withdrawn, removed or erased, without a word of
it. It never says who did something: the log does not know.
"""

from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Any

import msgspec
from msgspec import Struct

from asithappened.core import events as e


class TakenBack(Struct, frozen=True, kw_only=True):
    """What readers of a log do not have any more, besides what was erased.

    `before`: of each post that was ever withdrawn, and each row of the ledger that was removed, the seq of the last
    time. `values`: the seqs of values that were taken out of a series.
    """

    before: Mapping[e.Subject, int] = {}
    values: Set[int] = frozenset()

    def has(self, fact: e.Fact) -> bool:
        """Say whether what a fact says was taken back."""
        says = fact.carries_words or (isinstance(fact.event, e.LedgerEvent) and fact.kind != e.LedgerRemoved.KIND)
        return says and (fact.seq < self.before.get(fact.subject, 0) or fact.seq in self.values)


def taken_back(facts: Iterable[e.Fact]) -> TakenBack:
    """Return what was taken back in a log."""
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

    `gone`: from `taken_back`, over the same log; what was taken back has no payload, and says so. `payload` is null,
    too, where it was erased or its kind is newer than this program.
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
