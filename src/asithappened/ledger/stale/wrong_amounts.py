"""A wrong amount, however it is printed: "13 shots", "thirteen shots", "£15 million", "the 14-day closure".

Owns comparing values with their unit or noun, and whether an amount is of what the wrong one was. Look next:
`sweep_words`; `quantities` for reading them.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from asithappened.ledger.amounts import quantities
from asithappened.ledger.amounts.numbers import scan
from asithappened.ledger.amounts.quantities import Quantity
from asithappened.ledger.amounts.units import HYPHENS
from asithappened.ledger.changes import Corrected
from asithappened.ledger.geography.gazetteer import folded
from asithappened.ledger.language import clause
from asithappened.ledger.language.by_part import by_part
from asithappened.ledger.language.phrases import phrases
from asithappened.ledger.language.roles import roles
from asithappened.ledger.language.tokens import Token, read
from asithappened.ledger.stale import wrong_context
from asithappened.ledger.stale.around import Spot
from asithappened.ledger.stale.standing import Standing
from asithappened.ledger.views import PartView

_AHEAD: Final = frozenset({"in", "en", "dentro"})
_SCORE: Final = "score"
_SCORED: Final = re.compile(r"(\d{1,3})[-–:](\d{1,3})")  # "6-3"
_TO: Final = frozenset({"-", "–", ":", "to", "zu", "a"})
_MOST: Final = 1000.0  # of one side
_GREAT: Final = 100  # that is hardly counted twice
_ANYONE: Final = frozenset(map(clause.stem, ("people", "menschen", "personas")))
_LASTS: Final = {"seconds": 1 / 60, "minutes": 1.0, "hours": 60.0, "days": 1440.0, "weeks": 10080.0}
_ALIKE: Final = 3  # letters of a unit that its adjective begins with too
_APART: Final = 3  # tokens between a number and its noun
_FEW: Final = 2  # stems of what an error was about


def _read_quantities(part: PartView, language: str) -> tuple[Quantity, ...]:
    return tuple(quantities.read(read(part.text), language))


_quantities = by_part(_read_quantities)


def _read_scores(part: PartView, language: str) -> tuple[tuple[Spot, float], ...]:
    whole = read(part.text)
    pairs = pairwise(scan(whole, language))
    return tuple(
        (Spot(one.first, other.last), one.value * _MOST + other.value)
        for one, other in pairs
        if other.first - one.last == 1 and whole.tokens[one.last].low in _TO and one.value.is_integer()
    )


_scores = by_part(_read_scores)


class Amount(NamedTuple):
    """An amount, and the right one (`now`). `value`: in its smallest unit, of the `number` that is printed; `noun`: the
    stem of what it counts, empty where it has a unit, which was printed as `printed`; `of`: the German noun right
    behind that; `tail`: the two words behind a noun; `before`: the word before.
    """

    now: str
    value: float
    number: float
    unit: str
    noun: str
    printed: str
    of: str
    tail: tuple[str, ...]
    before: str
    names: frozenset[str]
    about: frozenset[str]
    language: str

    def spots(self, part: PartView) -> Iterator[tuple[Spot, str]]:
        """Yield where a part has the amount, and the right one."""
        tokens = read(part.text).tokens
        if self.unit == _SCORE:
            yield from ((spot, self.now) for spot, value in _scores(part, self.language) if value == self.value)
            return
        for one in _quantities(part, self.language):
            value, unit = _worth(one)
            same = value == self.value or (one.low == self.number and not unit)
            if same and (past := self._ends(tokens, one, unit)):
                yield Spot(one.core, past), self.now

    def _ends(self, tokens: Sequence[Token], one: Quantity, unit: str) -> int:
        """Return one past the amount's last token, 0 where another thing is counted."""
        if unit or not self.noun:
            return one.past if unit == self.unit or self._is_unit(tokens, one) else 0
        if self.tail and tuple(token.low for token in tokens[one.past : one.past + 2]) == self.tail:
            return one.past  # "12 on board"
        if one.number.rest:
            return one.past if clause.stem(one.number.rest) == self.noun else 0
        for at in range(one.past, min(one.past + _APART, len(tokens))):
            if tokens[at].kind == "mark" and tokens[at].text not in HYPHENS:
                break
            if clause.stem(tokens[at].low) == self.noun:
                return at + 1
        return one.past if self.value >= _GREAT and not unit else 0  # "70,000 watch the parade"

    def _is_unit(self, tokens: Sequence[Token], one: Quantity) -> bool:
        """Say whether a unit stands there that is no word of the list: "600 m", "14-tägig"."""
        if one.unit or one.past >= len(tokens):
            return False
        behind = tokens[one.past]
        if behind.low == self.unit:
            return True
        hyphened = behind.text in HYPHENS and one.past + 1 < len(tokens)
        low = folded(tokens[one.past + 1].low) if hyphened else ""
        return hyphened and len(self.printed) >= _ALIKE and low.startswith(folded(self.printed)[:_ALIKE])

    def is_of(self, at: Standing) -> bool:
        """Say whether an amount is of the same."""
        sentences, number, spot, over, top = at[1:6]
        sentence, words, german = sentences[number], roles(self.language), self.language.startswith("de")
        tokens = sentence.tokens[sentence.first : sentence.last]
        if any(token.low in words["other"] for token in tokens):
            return False
        before = sentence.tokens[spot.first - 1].low if spot.first > sentence.first else ""
        if before != self.before and before in _AHEAD:
            return False  # "in five days"
        shared, anyone = len(self.about & sentence.stems), german or not self.names
        spoken = before in words["his"] | words["definite"]
        own = not anyone and bool(self.names & sentence.stems)
        earlier = sentences[number - 1].stems if number else over
        others = () if german else wrong_context.others(sentence, (), self.language) - self.names
        behind = sentence.tokens[spot.past] if spot.past < sentence.last else None
        if german and behind is not None and behind.text[0].isupper() and self.of and behind.low != self.of:
            return False  # "300 Liter Wasser", of Diesel
        if others and not own:
            return not self.names and shared >= _FEW
        if wrong_context.is_known_thing(sentences, number, spot, self.about, self.language):
            return True
        told = {token.low for token in tokens} & (words["pointing"] | words["his"])
        if told and self.names & earlier and not self.noun:
            return True  # "He must serve half of his 14 years"
        counted = clause.stem(sentence.tokens[spot.past - 1].low) == self.noun or self.unit == _SCORE
        if self.noun and not counted and not (self.tail and own):
            return shared > 0  # a number alone
        opens = spot.first <= sentence.first + 1 and self.noun not in _ANYONE
        if self.noun or self.unit == _SCORE:
            return own or top or shared > 0 or spoken or opens
        if spoken and before not in words["his"]:
            return True  # "Who pays the £15m?"
        return shared >= _FEW or (shared > 0 and (spoken or anyone)) or (top and (anyone or own))


def amount(corrected: Corrected, names: frozenset[str], about: frozenset[str], language: str) -> Amount | None:
    """Return the amount that was wrong, None where something else was."""
    opens, now = read(corrected.sentence).tokens[:2], corrected.now.strip()
    if len(opens) == 2 and not opens[1].text[0].isupper():
        names -= {clause.stem(opens[0].low)}  # "Rents in the city rose"
    at = corrected.sentence.find(corrected.was)
    if (score := _SCORED.fullmatch(corrected.was.strip())) and _SCORED.fullmatch(corrected.now.strip()):
        value = float(score[1]) * _MOST + float(score[2])
        about -= frozenset(score.groups())
        return Amount(now, value, value, _SCORE, "", "", "", (), "", names, about, language)
    if at < 0 or len(quantities.read(read(corrected.now), language)) != 1:
        return None
    whole = read(corrected.sentence)
    end = at + len(corrected.was)
    here = [one for one in quantities.read(whole, language) if at <= whole.tokens[one.core].start < end]
    if len(here) != 1 or whole.tokens[here[0].core].start != at:
        return None
    value, unit = _worth(here[0])
    behind = [token for token in whole.tokens[here[0].past : here[0].past + _APART] if token.kind == "word"]
    classes = phrases(language).classes
    inside = [token for token in behind if token.start < end]
    nouns = inside[-1:] or behind[:1]
    noun = nouns[0].low if nouns and not unit and "stop" not in classes.get(nouns[0].low, ()) else ""
    if not unit and not noun:
        return None
    printed = whole.tokens[here[0].past - 1].low if unit else ""
    of = next((token.low for token in behind[:1] if unit and token.text[0].isupper()), "")
    after = [token.low for token in behind[1:]] if noun else []
    tail = tuple(after) if len(after) > 1 and noun == behind[0].low else ()
    rest = {clause.stem(noun)} | {
        clause.stem(token.low) for token in (*whole.tokens[here[0].core : here[0].past], *inside)
    }
    about -= rest
    before = whole.tokens[here[0].core - 1].low if here[0].core else ""
    return Amount(now, value, here[0].low, unit, clause.stem(noun), printed, of, tail, before, names, about, language)


def _worth(one: Quantity) -> tuple[float, str]:
    """Return what a quantity is worth, and in which unit: a quarter of an hour is 15 minutes."""
    if one.kind == "duration" and one.unit in _LASTS:
        return one.low * _LASTS[one.unit], "minutes"
    return one.low, one.unit if one.kind != "count" else ""
