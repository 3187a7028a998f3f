"""A wrong day of a month, however it is printed: "3 June", "June 3rd", "3. Juni", "doce de mayo", "12-M".

Owns reading a day and comparing it. Look next: `sweep_words`; `said_when` for how old something is.
"""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from asithappened.ledger.amounts.numbers import scan
from asithappened.ledger.amounts.units import HYPHENS
from asithappened.ledger.changes import Corrected
from asithappened.ledger.language import lexicon
from asithappened.ledger.language.phrases import phrases
from asithappened.ledger.language.roles import roles
from asithappened.ledger.language.said_when import month_of
from asithappened.ledger.language.tokens import Token, Tokens, read
from asithappened.ledger.stale import wrong_context
from asithappened.ledger.stale.around import Spot
from asithappened.ledger.stale.standing import Standing
from asithappened.ledger.views import PartView

_DAYS: Final = 31
_BETWEEN: Final = frozenset({".", "de", "of", "st", "nd", "rd", "th", "the", *HYPHENS})
_APART: Final = 3  # tokens between a day and its month

Day = tuple[int, int]  # of a month, of the year


class Date(NamedTuple):
    """A date. `initial`: of its month, where a language calls days so; `names`, `about`: stems of whom and what it is
    told; `ends`: whether something ends then.
    """

    wrong: Day
    now: str
    initial: str
    names: frozenset[str]
    about: frozenset[str]
    ends: bool
    language: str

    def spots(self, part: PartView) -> Iterator[tuple[Spot, str]]:
        """Yield where the wrong date stands, and the right one."""
        whole = read(part.text)
        yield from ((spot, self.now) for spot, day in _dates(whole, self.language) if day == self.wrong)
        for at, token in enumerate(whole.tokens[2:] if self.initial else ()):
            day, hyphen = whole.tokens[at : at + 2]
            if token.text == self.initial and hyphen.text in HYPHENS and day.text == str(self.wrong[0]):
                yield Spot(at, at + 3), self.now  # "12-M"

    def is_of(self, at: Standing) -> bool:
        """Say whether a date is of the same."""
        sentence, spot, quoted = at.sentence, at.spot, wrong_context.is_quoted(at.part, at.spot)
        words, tokens = roles(self.language), sentence.tokens
        own = sentence.clauses[sentence.clause_at(spot.first)]
        lows = {token.low for token in tokens[own.first : spot.first]}
        if not self.ends and words["ends"] & lows and not words["starts"] & lows:
            return False  # "until 3 June"
        german = self.language.startswith("de")
        others = not german and wrong_context.others(sentence, (), self.language) - self.names
        shared = bool(self.about & sentence.stems)
        return shared or quoted or ((at.titled or at.top) and not others)


def date(corrected: Corrected, names: frozenset[str], about: frozenset[str], language: str) -> Date | None:
    """Return the date that was wrong, None where something else was."""
    wrong, right = (list(_dates(read(words), language)) for words in (corrected.was, corrected.now))
    if len(wrong) != 1 or len(right) != 1 or wrong[0][1] == right[0][1]:
        return None
    lows = {token.low for token in read(corrected.sentence).tokens}
    months = [token.text[0].upper() for token in read(corrected.was).tokens if month_of(token, language[:2])]
    initial = months[0] if language.startswith("es") else ""
    ends = bool(lows & roles(language)["ends"])
    return Date(wrong[0][1], corrected.now.strip(), initial, names, about, ends, language)


def _dates(whole: Tokens, language: str) -> Iterator[tuple[Spot, Day]]:
    """Yield the days of months that a text has, in order."""
    tokens, short = whole.tokens, language[:2]
    months = {at: month for at, token in enumerate(tokens) if (month := month_of(token, short))}
    for number in scan(whole, language) if months else ():
        if not number.value.is_integer() or not 1 <= number.value <= _DAYS:
            continue
        first, day, past = number.first, int(number.value), number.last
        while past < len(tokens) and past - number.last < _APART and tokens[past].low in _BETWEEN:
            past += 1
        if past in months:
            yield Spot(first, past + 1), (day, months[past])
        elif first - 1 in months and number.how == "digits" and not _is_led(tokens, number.last, language):
            yield Spot(first - 1, number.last), (day, months[first - 1])


def _is_led(tokens: Sequence[Token], at: int, language: str) -> bool:
    """Say whether a number belongs to what stands behind it: "in June 3 people died"."""
    joined = at < len(tokens) and tokens[at].kind == "word" and tokens[at].start - tokens[at - 1].end <= 1
    small = lexicon.load(language, "roles")
    return joined and tokens[at].low not in small and "stop" not in phrases(language).classes.get(tokens[at].low, ())
