"""Whether a number is the age of whom a wrong age was printed of: "At 24, Boone", and not "24 fires".

Owns how an age is printed and whose it is. Look next: `sweep_words`.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from asithappened.ledger.amounts.numbers import Number, scan
from asithappened.ledger.amounts.units import HYPHENS
from asithappened.ledger.changes import Corrected
from asithappened.ledger.language import clause, lexicon
from asithappened.ledger.language.clause import Sentence
from asithappened.ledger.language.phrases import phrases
from asithappened.ledger.language.roles import roles
from asithappened.ledger.language.tokens import Token, read
from asithappened.ledger.stale import wrong_context
from asithappened.ledger.stale.around import Spot
from asithappened.ledger.stale.standing import Standing
from asithappened.ledger.views import PartView

WORDS: Final = ("year-old", "aged", "yearold", "jährige", "jähriger", "jährigen")  # behind an age
_BEHIND: Final = re.compile(r"-*(?:year-?old|years?-old|yo|jährig\w*)s?(?:-.*)?")
_YEARS: Final = frozenset({"years", "year", "jahre", "jahren", "años"})
_OLD: Final = (["old"], ["alt"], ["alte"], ["alter"], ["alten"])
_CALLED: Final = frozenset({"age", "alter", "edad"})
_I: Final = frozenset({"i", "ich", "yo"})
_AGO: Final = frozenset({"hace", "vor", "durante", "tras", "desde", "seit"})
_HAS: Final = frozenset({"tiene", "tenía", "que"})
_MARKS: Final = frozenset({",", "(", "–", "—"})
_AT_AGE: Final = (["a", "los"], ["a", "sus"])
_JOINED: Final = "jährig"
_NEAR: Final = 5  # tokens beside an age in a corrected sentence
_BACK: Final = 4  # tokens before an age


class Age(NamedTuple):
    """An age of somebody. `now`: the right one; `names`, `about`: stems of theirs; `bearers`: of the
    words beside it; `sex`: if a first name tells it.
    """

    value: float
    now: str
    names: frozenset[str]
    about: frozenset[str]
    bearers: frozenset[str]
    sex: str
    language: str

    def spots(self, part: PartView) -> Iterator[tuple[Spot, str]]:
        """Yield where the number stands as an age, and the right one."""
        whole = read(part.text)
        for number in scan(whole, self.language):
            if number.value == self.value and _is_age(whole.tokens, number, self.language):
                yield self._with_right(whole.tokens, Spot(number.first, number.last))
        for at, token in enumerate(whole.tokens):
            digits, joined, _ = token.low.partition(_JOINED)
            if joined and digits.isalpha() and [one.value for one in scan(read(digits), "de")] == [self.value]:
                yield self._with_right(whole.tokens, Spot(at, at + 1))

    def _with_right(self, tokens: Sequence[Token], spot: Spot) -> tuple[Spot, str]:
        """Return a spot with what stands instead: "71", "71-year-old"."""
        text = tokens[spot.first].text
        for joined in (_JOINED, "year-old"):
            at = text.lower().find(joined)
            if spot.past == spot.first + 1 and at >= 0:
                return spot, f"{self.now}-{text[at:]}"
        return spot, self.now

    def is_of(self, standing: Standing) -> bool:
        """Say whether an age is theirs: by what stands beside it, or where nobody else is meant."""
        sentences, number, spot, over, top = standing[1:6]
        sentence, tokens, words = sentences[number], sentences[number].tokens, roles(self.language)
        behind = [token.low for token in tokens[spot.past : min(spot.past + _BACK, sentence.last)]]
        stems, mine = [clause.stem(low) for low in behind], self.names | self.about
        led = _led(tokens, spot.first, self.language)
        before = tokens[led - 1] if led > sentence.first else None
        if before is not None and before.low in words["aged"] and led <= sentence.first + 1:
            pronoun = any(low in words["pointing"] for low in behind[:2])
            return bool(self.names & sentence.stems) or top or pronoun  # "At 24, Boone", "Mit nur 24 Jahren"
        at = _joined(tokens, spot.past)
        article = before is not None and before.low in words["determiner"] | words["indefinite"]
        if not at and article and behind[:1] and behind[0] in _YEARS and behind[1:2] in _OLD:
            at = spot.past + 2  # "the 24 year old"
        if not at and spot.first - 2 >= sentence.first and tokens[spot.first - 2].low in _CALLED:
            return bool(mine & (sentence.stems | over))  # "at the age of 24", "Age: 24"
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
            if self._names_another(sentence, sentence.last) or self._is_other_sex(tokens, spot):
                return False
            return bool(self.about & sentence.stems) or (before is None and top)
        return self._has_bearer(sentence, spot)

    def _is_other_sex(self, tokens: Sequence[Token], spot: Spot) -> bool:
        """Say whether a German article and ending are not of somebody whose first name tells: "ein 24-Jähriger"."""
        ahead = tokens[spot.first - 1].low if spot.first else ""
        ending = tokens[min(spot.past + 1, len(tokens) - 1)].low[-2:]
        return (self.sex == "female" and (ahead, ending) == ("ein", "er")) or (self.sex == "male" and ahead == "eine")

    def _has_bearer(self, sentence: Sentence, spot: Spot) -> bool:
        """Say whether who stands before is whom the error was of: "Marsh, who is 17,", "der Fahrer ist 19"."""
        tokens, words = sentence.tokens, roles(self.language)
        small = words["aged"] | words["finite"] | words["relative"] | words["belongs"]
        if spot.first == sentence.first:
            return False
        at = _led(tokens, spot.first, self.language) - 1
        while at > max(sentence.first, spot.first - _BACK) and (
            tokens[at].kind == "mark" or tokens[at].low in small | _HAS
        ):
            at -= 1
        own = sentence.clauses[sentence.clause_at(spot.first)]
        told = any(clause.stem(token.low) in self.names for token in tokens[own.first : spot.first])
        at_age = [token.low for token in tokens[max(sentence.first, spot.first - 2) : spot.first]] in _AT_AGE
        if at_age and bool((self.names | self.about) & sentence.stems):
            return True  # "a los 61 años"
        bearer, stem = tokens[at], clause.stem(tokens[at].low)
        if bearer.low.partition("'")[0] in words["pointing"] | _I or told or stem in self.names:
            return True
        if bearer.low in words["related"] or self._names_another(sentence, spot.first):
            return False
        if bearer.low in phrases(self.language).aged and tokens[at - 1].low in words["definite"]:
            return True  # "the man, 54,"
        beside = (
            tokens[spot.first - 1].text in _MARKS
            or bearer.low in phrases(self.language).aged
            or tokens[spot.first - 1].low in words["aged"]
        )
        return stem in self.bearers or (beside and bool((self.names | self.about) & sentence.stems))

    def _names_another(self, sentence: Sentence, past: int) -> bool:
        """Say whether words before a token name somebody else."""
        if self.language.startswith("de"):
            return wrong_context.is_anothers(sentence, Spot(past, past), self.names, self.language)
        before = sentence._replace(last=past)
        return bool(wrong_context.others(before, (), self.language) - self.names)


def _led(tokens: Sequence[Token], first: int, language: str) -> int:
    """Return where an age begins with what says that it is low or whose it is: "only 24", "ihren 24 Jahren"."""
    small = roles(language)["his"]
    while first > 0 and (
        tokens[first - 1].low in small or tokens[first - 1].low in lexicon.load(language, "modifiers")
    ):
        first -= 1
    return first


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
    first = _led(tokens, number.first, language)
    before = tokens[first - 1] if first else None
    behind = [token.low for token in tokens[number.last : number.last + 2]]
    words = roles(language)
    if behind and behind[0] in _YEARS:
        aged = before is not None and before.low in words["aged"]  # "mit 24 Jahren"
        ago = before is not None and before.low in _AGO
        return not ago and (language.startswith("es") or aged or behind[1:] in _OLD)
    small = behind[:1] and (behind[0] in lexicon.load(language, "roles") or not behind[0].isalnum())
    stop = not behind or small or "stop" in phrases(language).classes.get(behind[0], ())
    called = number.first > 1 and tokens[number.first - 2].low in _CALLED
    anyone = number.first > 1 and tokens[number.first - 2].low in phrases(language).aged and before is not None
    led = before is not None and (
        "'" in before.low or before.text in _MARKS or before.low in words["aged"] | words["finite"]
    )
    led = bool(led or called) or (anyone and before is not None and before.low in words["belongs"])  # "a boy of 16"
    return led and bool(stop)


def age(corrected: Corrected, names: frozenset[str], about: frozenset[str], language: str) -> Age | None:
    """Return the age that was wrong, None where something else was."""
    at, whole = corrected.sentence.find(corrected.was), read(corrected.sentence)
    for number in scan(whole, language) if at >= 0 else ():
        if not at <= whole.tokens[number.first].start < at + len(corrected.was):
            continue
        behind = whole.tokens[number.last : number.last + 3]
        inside = [token for token in behind if token.end <= at + len(corrected.was)]
        alone = all(token.text in HYPHENS or _BEHIND.fullmatch(token.low) or token.low in _YEARS for token in inside)
        if alone and _is_persons(whole.tokens, number, language):
            printed = scan(read(corrected.now), language)
            now = corrected.now[printed[0].start : printed[0].end] if printed else corrected.now.strip()
            given = lexicon.load("en", "given_names")
            told = {given[token.low][0] for token in whole.tokens if token.text[0].isupper() and token.low in given}
            sex = told.pop() if len(told) == 1 else ""
            about -= {clause.stem(whole.tokens[number.first].low)}
            bearers = frozenset(
                clause.stem(token.low)
                for token in whole.tokens[max(0, number.first - _NEAR) : number.last + _NEAR]
                if token.kind == "word"
            )
            return Age(number.value, now, names, about, bearers, sex, language)
    return None


def _is_persons(tokens: Sequence[Token], number: Number, language: str) -> bool:
    """Say whether a number in a corrected sentence is somebody's age: ", 24,", "24-year-old", ", de 24 años,"."""
    if _joined(tokens, number.last):
        return True
    before = tokens[number.first - 2 : number.first] if number.first > 1 else ()
    behind = [token.low for token in tokens[number.last : number.last + 2]]
    if behind and behind[0] in _YEARS:
        apposed = len(before) > 1 and before[1].low in roles(language)["aged"] and before[0].text == ","
        return behind[1:] in _OLD or apposed
    return bool(before) and before[-1].text in {",", "("} and (not behind or behind[0] in {",", ")", "."})


def is_ordinal(sentence: Sentence, spot: Spot, language: str) -> bool:
    """Say whether digits count nothing: "the 24th on the wall"."""
    tokens = sentence.tokens
    behind = tokens[spot.past] if spot.past < sentence.last else None
    return behind is not None and behind.start == tokens[spot.past - 1].end and behind.low in roles(language)["ordinal"]
