"""The outlets of a post while it is read: which of its statements came by which, and whose copy comes next.

Owns tying what `relays` finds in a sentence to what is said there, before it or after it. Look next: `attribution`.
"""

from collections.abc import Sequence
from typing import Final

from asithappened.ledger.speech.clauses import Unit
from asithappened.ledger.speech.contents import carried_by
from asithappened.ledger.speech.grammar import Grammar
from asithappened.ledger.speech.names import Named
from asithappened.ledger.speech.outlets import BROAD, outlets_in, unlisted_in
from asithappened.ledger.speech.relays import Passed, copied, passed_in
from asithappened.ledger.speech.said import Said
from asithappened.ledger.speech.under_way import UnderWay
from asithappened.ledger.suggestions import Attribution, Relay
from asithappened.ledger.views import PartView, PostView

_NEAR: Final = 12  # characters between a name and the outlet that it writes in: "Lind in the Herald"
_ISSUE: Final = 25  # characters between a cue and the outlet that it is said in: "reports in this morning's"
_OFFICE: Final = 40  # characters of an office between an outlet and a name: "the Herald's Mida correspondent, Lind,"


# Which kind of outlet such a word stands for; a broadcaster, where none is said.
_MEANS: Final = {"paper": "paper", "site": "site", "website": "site", "portal": "site", "agency": "agency"}


class Passing:
    """What outlets a post has named so far as ones that passed something on."""

    def __init__(self, post: PostView, under: UnderWay, rules: Grammar, named: Sequence[Named]) -> None:
        self._post, self._under, self._rules, self._named = post, under, rules, named
        self._last, self._kind = "", ""  # the last outlet: "the news agency" may stand for it

    def relay(self, part: PartView, unit: Unit, said: Sequence[Said], first: int) -> None:
        """Tie each outlet of a sentence to the innermost statement that came by it.

        `first`: which of the attributions under way is the sentence's first.
        """
        outlets = outlets_in(unit, self._rules)
        taken = {at for one in outlets for at in range(one.first, one.last)}
        further = unlisted_in(unit, self._rules) if said else []
        further = [one for one in further if one.first not in taken and not self._is_somebody(one.name)]
        outlets = sorted([*outlets, *further])
        passed = passed_in(unit, said, outlets, self._rules.language)
        passed = [one for one in passed if self._stands_for_one(unit, one)]
        if not said:
            known = {one.outlet for one in passed}
            passed += [Passed(one, "quotes", None) for one in outlets if one not in known and copied(unit, one)]
        for one in passed:
            if one.outlet.kind != "again":
                self._last, self._kind = one.outlet.name, one.outlet.kind
            relay = Relay(
                outlet=one.outlet.name if one.outlet.kind != "again" else self._last or one.outlet.name,
                mode=one.mode,
                start=part.start + unit.items[one.outlet.first].start,
                end=part.start + unit.items[one.outlet.last - 1].end,
            )
            carried = carried_by(said, one, passed)
            if carried is not None:
                self._under.relayed(first + carried, relay)
            elif self._under.found and (unit.lows[0] == "(" or not {"taken", "took", "via"}.isdisjoint(unit.lows)):
                self._under.relayed(self._under.last(), relay)
            else:
                self._under.owed.append(relay)

    def _is_somebody(self, name: str) -> bool:
        """Say whether a name of no list is a surname, or part of a longer name, or that of somebody who spoke."""
        longer = any(named.ending(name) - {name} or named.beginning(name) for named in self._named)
        return longer or any(name in one.source_exact or name in one.source for one in self._under.found)

    def _stands_for_one(self, unit: Unit, one: Passed) -> bool:
        """Say whether "the paper" can mean the outlet that was named last."""
        low = unit.lows[one.outlet.last - 1]
        if one.outlet.kind != "again" or low not in BROAD:
            return True
        if one.mode == "told" and self._last:
            return True
        return self._kind in {"called", "maybe"} or _MEANS.get(low, "broadcaster") == self._kind

    def copied_from(self, unit: Unit, said: Sequence[Said], first: int) -> str:
        """Return the only outlet that itself reports what a sentence says: what is set off next is its copy."""
        passed, found = set[str](), self._under.found[first:]
        for one in found:
            for relay in one.relays:
                printed = self._post.text[relay.start : relay.end]
                theirs = any(
                    (
                        other.source_start <= relay.start < other.source_end
                        and other.source_exact not in printed
                        and (not other.source_exact.endswith(printed) or (other.source and printed not in other.source))
                    )
                    or _works_there(other, relay, self._post.text)
                    for other in found
                )
                if relay.mode in {"reports", "quotes"} and not theirs:
                    passed.add(relay.outlet)
        return passed.pop() if said and len(passed) == 1 and not unit.ends_with(":") else ""


def _works_there(one: Attribution, relay: Relay, text: str) -> bool:
    """Say whether who speaks does so in an outlet or for it: "Lind in the Herald says", "its editor, Lind, reports"."""
    behind = one.source_end <= relay.start <= one.source_end + _NEAR and relay.end <= one.cue_start
    said_in = one.cue_end <= relay.start <= one.cue_end + _ISSUE  # "as Lind reports in today's Herald"
    behind = behind or (said_in and text[one.cue_end : relay.start].split()[:1] in (["in"], ["on"], ["for"]))
    before = relay.end < one.source_start <= relay.end + _OFFICE and one.source_start < one.cue_start
    before = before and text[relay.end : relay.end + 2] in {"'s", "’s"}
    return bool(one.source_exact) and (behind or before) and one.rule == "attribution.active"
