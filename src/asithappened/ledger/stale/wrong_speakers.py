"""Whether a wrong name is wrong for who said some words, and right wherever its bearer says anything else.

Owns telling such a correction from one of a name, and where a text has those words. Look next: `sweep_words`.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from asithappened.ledger.changes import Corrected
from asithappened.ledger.language import clause, lexicon
from asithappened.ledger.language.clause import Sentence
from asithappened.ledger.language.quotes import quotes
from asithappened.ledger.language.roles import roles
from asithappened.ledger.language.tokens import read
from asithappened.ledger.stale import wrong_names

_BEGINS: Final = 9  # letters of a long word that others of its family have too
_RARE: Final = 5  # letters of a stem
_SIGNED: Final = 6  # words of who signs a quotation
_CLOSES: Final = frozenset('”“»«"')
_FEW: Final = 2  # stems of what was said, in a part that tells of it


class Speech(NamedTuple):
    """What was said: the stems of its words, every three words that follow one another, and how long ones begin."""

    stems: frozenset[str]
    runs: frozenset[tuple[str, ...]]
    long: frozenset[str]
    language: str

    def is_in(self, sentences: Sequence[Sentence], number: int) -> bool:
        """Say whether a sentence of a part has some of it: three words in a row, or as much as its part makes sure."""
        sentence = sentences[number]
        words = [token.low for token in sentence.tokens[sentence.first : sentence.last] if token.kind != "mark"]
        if not self.runs.isdisjoint(_runs(words)):
            return True  # "no warning, none at all"
        if self.long and any(low.startswith(one) for one in self.long for low in words):
            return True
        remarks = lexicon.load(self.language, "nominal_cues").keys() | roles(self.language)["remark"]
        if not remarks.isdisjoint(words):
            denied = not roles(self.language)["denies"].isdisjoint(words)  # "she never said so"
            return not (denied and any(sentence.first <= at < sentence.last for at in sentence.said))
        told = any(sentence.first <= at < sentence.last for at in sentence.said)
        if told and any(len(one) >= _RARE for one in self.stems & sentence.stems):
            return True  # "Marsh said that they had been bullied"
        if number and len(words) <= _SIGNED and sentences[number - 1].tokens[sentence.first - 1].text in _CLOSES:
            before = sentences[number - 1]
            said = [token.low for token in before.tokens[before.first : before.last] if token.kind != "mark"]
            return not self.runs.isdisjoint(_runs(said))  # "“No warning at all.” Ellen Marsh, fisherman"
        whole = frozenset[str]().union(*(one.stems for one in sentences))
        return not self.stems.isdisjoint(sentence.stems) and len(self.stems & whole) >= min(_FEW, len(self.stems))


def speech(corrected: Corrected, language: str) -> Speech | None:
    """Return what was said, where the error was who said it: somebody whose name has nothing of the right one."""
    sentence, at = corrected.sentence, corrected.sentence.find(corrected.was)
    names = (wrong_names.names(read(words).tokens, language) for words in (corrected.was, corrected.now))
    if at < 0 or frozenset.intersection(*names):
        return None
    tokens = read(sentence).tokens
    said = quotes(sentence, tokens)
    if not said or any(tokens[one.first].start <= at < tokens[one.last - 1].end for one in said):
        return None
    words = [token.low for one in said for token in tokens[one.first : one.last] if token.kind != "mark"]
    return Speech(clause.stems(words, language), frozenset(_runs(words)), frozenset(_long(words)), language)


def _long(words: Sequence[str]) -> Iterable[str]:
    """Yield what long words have in common with others of theirs: "unterschreiben" and "Unterschrift"."""
    return (low[:_BEGINS] for low in words if low.isalpha() and len(low) > _BEGINS)


def _runs(words: Sequence[str]) -> Iterable[tuple[str, ...]]:
    return ((*one, last) for one, last in zip(pairwise(words), words[2:], strict=False))
