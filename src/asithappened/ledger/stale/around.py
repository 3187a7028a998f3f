"""What a sweep judges an assertion by: its place in a sentence, the figures beside it, and the next sentence.

Owns which words belong to it: those of its clause, a short phrase that leads to it, a clause behind it that says who
said it. Judges nothing. Look next: `superseded`.
"""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final, NamedTuple

from asithappened.ledger.language.clause import Clause, Sentence
from asithappened.ledger.language.said_when import When

_OPENING: Final = frozenset({"in", "at", "on", "by", "as", "according", "am", "im", "bei", "nach", "laut", "en", "al"})
_LONG: Final = 9


class Spot(NamedTuple):
    """What is asserted, in tokens: from `first` (its modifier) to `past` (one past)."""

    first: int
    past: int


class Around(NamedTuple):
    """What a spot is judged by.

    `figures`: those of its sentence in order, the spot being the one at `place` (-1 if it is none); `after`: the next
    sentence; `times`: those of its sentence; `foreseen`: it is of a series of what is to come; `lasting`: of
    what was over when it was counted, and is told in the past ("the crowd was 41,200").
    """

    sentence: Sentence
    spot: Spot
    figures: Sequence[Spot]
    place: int
    after: Sentence | None
    times: Sequence[When]
    language: str
    foreseen: bool = False
    lasting: bool = False

    @property
    def own(self) -> int:
        """Return the number of the spot's clause."""
        return self.sentence.clause_at(min(self.spot.past, self.sentence.last) - 1)

    def alone(self, first: int, last: int) -> bool:
        """Say whether no other figure stands between some tokens and the spot, or among them."""
        low, high = min(first, self.spot.first), max(last, self.spot.past)
        at = self.place
        if at < 0:
            return True
        before = at > 0 and self.figures[at - 1].first >= low
        return not before and not (at + 1 < len(self.figures) and self.figures[at + 1].past <= high)

    def bare(self, clause: Clause) -> bool:
        """Say whether a clause has no figure."""
        at = bisect_left(self.figures, clause.first, key=lambda one: one.first)
        return at == len(self.figures) or self.figures[at].first >= clause.last

    def of_clause(self, first: int, last: int) -> bool:
        """Say whether some tokens are of the spot's clause, and no other figure is between."""
        clause = self.sentence.clauses[self.own]
        return clause.first <= first and last <= clause.last and self.alone(first, last)

    def leads(self, at: int) -> bool:
        """Say whether a token is of a short phrase that the sentence begins with, before the spot's clause."""
        sentence, own = self.sentence, self.own
        if own == 0 or own > 2:
            return False
        clause = sentence.clauses[0]
        if not clause.first <= at < clause.last or clause.last - clause.first > _LONG:
            return False
        begins = at - clause.first <= 1 or sentence.tokens[clause.first].low in _OPENING
        return begins and all(self.bare(one) for one in sentence.clauses[:own])

    def follows(self, at: int) -> bool:
        """Say whether a token is of a clause without figures, behind the spot's: "…, the ministry previously said"."""
        sentence, own = self.sentence, self.own
        for clause in sentence.clauses[own + 1 : own + 3]:
            if not self.bare(clause):
                return False
            if clause.first <= at < clause.last:
                said = any(clause.first <= one < clause.last for one in (*sentence.said, *sentence.tolls))
                return said and not sentence.relative(clause)
        return False
