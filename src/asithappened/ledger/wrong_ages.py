"""Whether a number is the age of whom a wrong age was printed of: "At 24, Boone", and not "24 fires".

Owns what stands beside an age. Look next: `sweep_words`.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from asithappened.ledger import clause
from asithappened.ledger.around import Spot
from asithappened.ledger.changes import Corrected
from asithappened.ledger.clause import Sentence
from asithappened.ledger.roles import roles
from asithappened.ledger.tokens import Token, read

WORDS: Final = ("year-old", "aged", "yearold", "jährige", "jähriger", "jährigen")  # behind an age
_STEMS: Final = frozenset(map(clause.stem, WORDS))


class Age(NamedTuple):
    """An age of somebody. `names`: stems of theirs."""

    names: frozenset[str]
    language: str

    def is_of(self, sentences: Sequence[Sentence], number: int, spot: Spot) -> bool:
        """Say whether a number is their age, where its sentence names them or points to one named before."""
        sentence, tokens = sentences[number], sentences[number].tokens
        words = roles(self.language)
        before = tokens[spot.first - 1].low if spot.first > sentence.first else ""
        behind = [token.low.strip("-") for token in tokens[spot.past : min(spot.past + 2, sentence.last)]]
        if self.names & sentence.stems:
            return before in words["aged"] and spot.first == sentence.first + 1 and behind[:1] == [","]
        earlier = frozenset[str]().union(*(one.stems for one in sentences[:number]))
        aged = not _STEMS.isdisjoint(map(clause.stem, behind))
        return before in words["definite"] and aged and bool(self.names & earlier)


def age(corrected: Corrected, names: frozenset[str], language: str) -> Age | None:
    """Return the age that was wrong, None where something else was."""
    at = corrected.sentence.find(corrected.was)
    behind = read(corrected.sentence[at + len(corrected.was) :]).tokens if at >= 0 else ()
    return Age(names, language) if is_age(corrected, behind) else None


def is_age(corrected: Corrected, behind: Sequence[Token]) -> bool:
    """Say whether wrong words are an age, by what stands behind them: "Boone, 24, was found", "the 24-year-old"."""
    lows = [token.low.strip("-") for token in behind[:2]]
    return corrected.was.isdecimal() and (lows[:1] == [","] or not _STEMS.isdisjoint(map(clause.stem, lows)))


def is_ordinal(sentence: Sentence, spot: Spot, language: str) -> bool:
    """Say whether digits count nothing: "the 24th on the wall"."""
    tokens = sentence.tokens
    behind = tokens[spot.past] if spot.past < sentence.last else None
    return behind is not None and behind.start == tokens[spot.past - 1].end and behind.low in roles(language)["ordinal"]
