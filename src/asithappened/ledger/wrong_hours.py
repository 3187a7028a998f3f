"""Whether an hour is of what a wrong one was of: when polls close, and not when a band plays.

Owns what ends and begins at an hour, and what that is called. Look next: `sweep_words`; `said_when` for times that tell
how old something is.
"""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from asithappened.ledger import clause, lexicon
from asithappened.ledger.around import Spot
from asithappened.ledger.changes import Corrected
from asithappened.ledger.clause import Sentence
from asithappened.ledger.phrases import phrases
from asithappened.ledger.roles import pattern, roles

_HOUR: Final = re.compile(r"\d{1,2}(?:[:.]\d{2})?\s*(?:[ap]\.?m\.?|uhr|h|horas)|\d{1,2}:\d{2}", re.I)
_BY: Final = 4  # tokens before an hour


class Hour(NamedTuple):
    """An hour. `about`: stems of its clause; `called`: what its things are called too; `ways`: the words for its end,
    or for its beginning.
    """

    about: frozenset[str]
    called: frozenset[str]
    ways: tuple[frozenset[str], ...]
    language: str

    def is_of(self, sentence: Sentence, spot: Spot) -> bool:
        """Say whether an hour in a text is of the same, by its clause."""
        own = sentence.clauses[sentence.clause_at(spot.first)]
        words = [token.low for token in sentence.tokens[own.first : own.last]]
        if self.ways and all(some.isdisjoint(words) for some in self.ways):
            return False
        plain = f" {' '.join(words)} "
        if any(f" {phrase} " in plain for phrase in self.called) or self.about & frozenset(map(clause.stem, words)):
            return True
        before = [token.low for token in sentence.tokens[max(own.first, spot.first - _BY) : spot.first]]
        at = next((at for at in range(len(before) - 1, -1, -1) if any(before[at] in some for some in self.ways)), 0)
        named = {low for low in before[:at] if "stop" not in phrases(self.language).classes.get(low, ())}
        doors = roles(self.language)["doors"]
        return bool(at) and named <= doors and not doors.isdisjoint(before[:at])  # "before the doors shut at 8pm"


def hour(corrected: Corrected, language: str) -> Hour | None:
    """Return the hour that was wrong, None where something else was."""
    pointed = any(one.endswith(f" {corrected.was.strip()}") for one in _pointed(language).findall(corrected.sentence))
    if not pointed and not _HOUR.fullmatch(corrected.was.strip()):
        return None
    words = _clause_of(corrected, language)
    wrong = set(corrected.was.lower().split())
    ends, starts, clock = (roles(language)[role] for role in ("ends", "starts", "clock"))
    ways = tuple(some for some in (ends, starts) if not some.isdisjoint(words))
    about = clause.stems((low for low in words if low not in wrong | ends | starts | clock and low.isalpha()), language)
    return Hour(about, _called(words, language), ways, language)


@lexicon.kept
def _pointed(language: str) -> re.Pattern[str]:
    """Return an expression for an hour that is written as a decimal."""
    return re.compile(rf"\b(?:{pattern(language, 'by_the_clock')})\s+\d{{1,2}}\.\d{{2}}\b", re.I)


def _clause_of(corrected: Corrected, language: str) -> list[str]:
    """Return the words of the clause that had the error."""
    at = corrected.sentence.find(corrected.was)
    for sentence in clause.sentences(corrected.sentence, language) if at >= 0 else ():
        for one in sentence.clauses:
            words = sentence.tokens[one.first : one.last]
            if words and words[0].start <= at < words[-1].end:
                return [token.low for token in words]
    return []


def _called(words: Sequence[str], language: str) -> frozenset[str]:
    """Return what else the things are called that some words name: "polling stations", of "polls"."""
    listed = lexicon.load(language, "states")
    labels = {values[1] for word in words if (values := listed.get(word, ("",)))[0] == "thing"}
    called = {phrase for phrase, values in listed.items() if values[0] == "thing" and values[1] in labels}
    return frozenset(called | (roles(language)["voting"] if "polls" in labels else set()))
