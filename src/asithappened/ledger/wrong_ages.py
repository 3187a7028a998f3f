"""Whether a number is the age of whom a wrong age was printed of: "At 24, Boone", and not "24 fires".

Owns how an age is printed and whose it is. Look next: `sweep_words`.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from asithappened.ledger import clause, wrong_context
from asithappened.ledger.around import Spot
from asithappened.ledger.changes import Corrected
from asithappened.ledger.clause import Sentence
from asithappened.ledger.numbers import Number, scan
from asithappened.ledger.phrases import phrases
from asithappened.ledger.roles import roles
from asithappened.ledger.tokens import Token, read
from asithappened.ledger.units import HYPHENS

WORDS: Final = ("year-old", "aged", "yearold", "jährige", "jähriger", "jährigen")  # behind an age
_BEHIND: Final = re.compile(r"-*(?:year-?old|years?-old|yo|jährig\w*)s?(?:-.*)?")
_YEARS: Final = frozenset({"years", "year", "jahre", "jahren", "años"})
_JOINED: Final = "jährig"
_OF_AGE: Final = (["años", ","], ["años", "."], ["years", "old"], ["jahre", "alt"])
_STEMS: Final = frozenset(map(clause.stem, WORDS))
_BACK: Final = 4  # tokens before an age


class Age(NamedTuple):
    """An age of somebody. `names`, `about`: stems of theirs."""

    value: float
    names: frozenset[str]
    about: frozenset[str]
    language: str

    def spots(self, text: str) -> Iterator[Spot]:
        """Yield where the number stands as an age."""
        whole = read(text)
        for number in scan(whole, self.language):
            if number.value == self.value and _is_age(whole.tokens, number, self.language):
                yield Spot(number.first, number.last)
        for at, token in enumerate(whole.tokens):
            digits, joined, _ = token.low.partition(_JOINED)
            if joined and digits.isalpha() and [one.value for one in scan(read(digits), "de")] == [self.value]:
                yield Spot(at, at + 1)

    def is_of(self, sentences: Sequence[Sentence], number: int, spot: Spot, over: frozenset[str], *, top: bool) -> bool:
        """Say whether an age is theirs: by what stands beside it, or where nobody else is meant."""
        sentence, tokens, words = sentences[number], sentences[number].tokens, roles(self.language)
        behind = [token.low for token in tokens[spot.past : min(spot.past + _BACK, sentence.last)]]
        stems, mine = [clause.stem(low) for low in behind], self.names | self.about
        before = tokens[spot.first - 1] if spot.first > sentence.first else None
        opens = before is not None and before.low in words["aged"] and spot.first == sentence.first + 1
        if opens and behind[:1] == [","] and self.names & sentence.stems:
            return True  # "At 24, Boone"
        at = _joined(tokens, spot.past)
        said = [token for token in tokens[sentence.first : sentence.last] if token.kind != "mark"]
        if len(said) <= _BACK and number + 1 < len(sentences) and spot.first == sentence.first:
            return bool(self.names & frozenset[str]().union(*(one.stems for one in sentences[number:])))
        if at:
            noun = clause.stem(tokens[at].low) if at < sentence.last else ""
            if noun in mine or self.names & set(stems):
                return True
            earlier = over.union(*(one.stems for one in sentences[:number]))
            if before is not None and before.low in words["definite"]:
                others = any(self._names_another(one, one.last) for one in sentences[:number])
                return bool(self.names & earlier) or not (others or self._names_another(sentence, spot.first))
            if self._names_another(sentence, sentence.last):
                return False
            return bool(self.about & sentence.stems) or (before is None and top)
        return self._has_bearer(sentence, spot)

    def _has_bearer(self, sentence: Sentence, spot: Spot) -> bool:
        """Say whether who stands before is whom the error was of: "Marsh, who is 17,", "der Fahrer ist 19"."""
        tokens, words = sentence.tokens, roles(self.language)
        small = words["aged"] | words["finite"] | words["relative"] | words["belongs"]
        if spot.first == sentence.first:
            return False
        at = spot.first - 1
        while at > max(sentence.first, spot.first - _BACK) and (tokens[at].kind == "mark" or tokens[at].low in small):
            at -= 1
        own = sentence.clauses[sentence.clause_at(spot.first)]
        told = any(clause.stem(token.low) in self.names for token in tokens[own.first : spot.first])
        bearer, stem = tokens[at], clause.stem(tokens[at].low)
        if bearer.low in words["pointing"] or told or stem in self.names:
            return True
        if bearer.low in words["related"] or self._names_another(sentence, spot.first):
            return False
        if bearer.low in phrases(self.language).aged and tokens[at - 1].low in words["definite"]:
            return True  # "the man, 54,"
        beside = tokens[spot.first - 1].text in {",", "("} or tokens[spot.first - 1].low in words["aged"]
        return stem in self.about or (beside and bool((self.names | self.about) & sentence.stems))

    def _names_another(self, sentence: Sentence, past: int) -> bool:
        """Say whether words before a token name somebody else."""
        if self.language.startswith("de"):
            return wrong_context.is_anothers(sentence, Spot(past, past), self.names, self.language)
        before = sentence._replace(last=past)
        return bool(wrong_context.others(before, (), self.language) - self.names)


def _joined(tokens: Sequence[Token], past: int) -> int:
    """Return one past "year-old" that an age is joined with, 0 for none."""
    if _JOINED in tokens[past - 1].low or "year-old" in tokens[past - 1].low:
        return past
    hyphened = past + 1 < len(tokens) and tokens[past].text in HYPHENS and _BEHIND.fullmatch(tokens[past + 1].low)
    return past + 2 if hyphened else 0


def _is_age(tokens: Sequence[Token], number: Number, language: str) -> bool:
    """Say whether a number is an age, and not "24 fires"."""
    if _joined(tokens, number.last):
        return True
    before = tokens[number.first - 1] if number.first else None
    behind = [token.low for token in tokens[number.last : number.last + 2]]
    if behind and behind[0] in _YEARS:
        return language.startswith("es") or behind[1:] in (["old"], ["alt"])
    stop = not behind or not behind[0].isalnum() or "stop" in phrases(language).classes.get(behind[0], ())
    words = roles(language)
    led = before is not None and (before.text in {",", "("} or before.low in words["aged"] | words["finite"])
    return led and stop


def age(corrected: Corrected, names: frozenset[str], about: frozenset[str], language: str) -> Age | None:
    """Return the age that was wrong, None where something else was."""
    at = corrected.sentence.find(corrected.was)
    behind = read(corrected.sentence[at + len(corrected.was) :]).tokens if at >= 0 else ()
    if not is_age(corrected, behind):
        return None
    return Age(float(corrected.was), names, about - {clause.stem(corrected.was)}, language)


def is_age(corrected: Corrected, behind: Sequence[Token]) -> bool:
    """Say whether wrong words are an age, by what stands behind them: "Boone, 24, was found", "the 24-year-old"."""
    lows = [token.low.strip("-") for token in behind[:2]]
    old = lows[:1] == [","] or not _STEMS.isdisjoint(map(clause.stem, lows)) or lows[:2] in _OF_AGE
    return corrected.was.isdecimal() and old


def is_ordinal(sentence: Sentence, spot: Spot, language: str) -> bool:
    """Say whether digits count nothing: "the 24th on the wall"."""
    tokens = sentence.tokens
    behind = tokens[spot.past] if spot.past < sentence.last else None
    return behind is not None and behind.start == tokens[spot.past - 1].end and behind.low in roles(language)["ordinal"]
