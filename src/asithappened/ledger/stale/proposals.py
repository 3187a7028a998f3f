"""The words that a sweep proposes in place of an outdated value: the newest value, in the same form.

Owns how numbers are printed: in words if the old one was, with the separators of its language, with the old one's
currency sign and scale. Quoted words are not replaced: the newest value follows them in brackets.
"""

import re
from typing import Final, NamedTuple

from asithappened.ledger.amounts.figures import Found
from asithappened.ledger.amounts.quantities import Quantity
from asithappened.ledger.changes import Value
from asithappened.ledger.language.tokens import Token

_MINUS: Final = frozenset("-−–")
_NOUNS: Final = frozenset(
    {"million", "millionen", "milliarde", "milliarden", "dutzend", "dutzende", "hunderte", "tausende"}
)
_SMALL: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS: Final = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_DIGITS: Final = re.compile(r"[\d.,\s]+")
_MODIFIERS: Final = {
    "en": {"about": "about", "nearly": "nearly", "more_than": "more than", "up_to": "up to", "at_least": "at least"},
    "de": {"about": "etwa", "nearly": "fast", "more_than": "mehr als", "up_to": "bis zu", "at_least": "mindestens"},
    "es": {"about": "unos", "nearly": "casi", "more_than": "más de", "up_to": "hasta", "at_least": "al menos"},
}
_KEPT: Final = frozenset({"about", "at_least", "up_to"})
_TO: Final = {"en": "to", "de": "bis", "es": "a"}
_NOW: Final = {"en": "now", "de": "jetzt", "es": "ahora"}
_OWNED: Final = frozenset({"the", "its", "their", "these", "those", "die", "der", "den", "los", "las", "and", "→"})
_PLURALS: Final = {"person": "people", "man": "men", "woman": "women", "child": "children", "life": "lives",
                   "serviceman": "servicemen", "policeman": "policemen", "fisherman": "fishermen"}  # fmt: skip
_SINGULARS: Final = {plural: single for single, plural in _PLURALS.items()}
_VERBS: Final = {"was": "were", "is": "are", "has": "have", "were": "was", "are": "is", "have": "has"}


class Proposal(NamedTuple):
    """Words that replace a part's characters from `start` to `end`."""

    start: int
    end: int
    words: str


def for_figure(
    text: str, tokens: tuple[Token, ...], found: Found, new: Value, language: str, *, rounded: bool, falls: bool = False
) -> Proposal:
    """Return the words in place of a figure. "At least" and "about" stay; a `rounded` number becomes exact.

    `falls`: the series says how far something fell, without a sign.
    """
    quantity, short = found.quantity, language.partition("-")[0].lower()
    number, core = quantity.number, tokens[quantity.core].start
    start, end = number.start, quantity.upper.end if quantity.upper is not None else number.end
    sign, kept = "", quantity.modifier in _KEPT and new.modifier in {"", quantity.modifier} and not rounded
    if quantity.first < quantity.core and not kept:
        start, sign = quantity.start, text[core : number.start]
    if quantity.low < 0 < new.value and falls:
        start += text[start] in _MINUS  # "-8.4%" of what has fallen by 8.4% keeps its sign
    elif number.value < 0 or quantity.low < 0:
        start = min(start, core)
    tail = ""
    if quantity.last > quantity.past and quantity.end > end and not kept:  # "63 or more", "63+"
        tail, end = text[end : tokens[quantity.past - 1].end], quantity.end
    owned = quantity.first > 0 and tokens[quantity.first - 1].low in _OWNED
    modifier = "" if owned or kept else _MODIFIERS.get(short, _MODIFIERS["en"]).get(new.modifier, "")
    numeral = _numeral(new, quantity, text[number.start : number.end], short)
    if modifier and not sign and start == number.start and core < number.start:
        start, sign = core, text[core : number.start]  # the currency sign comes after the modifier
    words = " ".join(filter(None, (modifier, sign + numeral))) + tail
    if text[start : start + 1].isupper():
        words = words[:1].upper() + words[1:]
    if short == "en":
        return _agreeing(text, tokens, found, new, Proposal(start, end, words))
    return Proposal(start, end, words)


def in_brackets(text: str, one: Proposal, language: str) -> Proposal:
    """Return quoted words followed by the newest value: "63 [now 89]"."""
    now = _NOW.get(language.partition("-")[0].lower(), _NOW["en"])
    return one._replace(words=f"{text[one.start : one.end]} [{now} {one.words[:1].lower()}{one.words[1:]}]")


def said(value: Value, language: str) -> str:
    """Return a value of a series in words, for a person."""
    short = language.partition("-")[0].lower()
    if value.words:
        return value.words
    modifier = _MODIFIERS.get(short, _MODIFIERS["en"]).get(value.modifier, "")
    return " ".join(filter(None, (modifier, _ranged(value, short, grouped=True))))


def printed(text: str, found: Found) -> str:
    """Return a figure as it stands inside a sentence: "about 9,100", where one begins with "About 9,100"."""
    words, quantity = text[found.start : found.end], found.quantity
    spelled = quantity.modifier or quantity.number.how == "words"
    head = words.split()[0]
    if not spelled or not head[1:].islower() or head.lower() in _NOUNS:
        return words
    return words[:1].lower() + words[1:]


def _numeral(new: Value, quantity: Quantity, printed: str, short: str) -> str:
    number = quantity.number
    whole = new.bottom == new.top
    if number.scaled and number.how == "digits" and whole and abs(new.value) >= number.factor > 1:
        scaled = f"{new.value / number.factor:.6g}"
        if len(scaled) <= 6 and "e" not in scaled and (digits := _DIGITS.match(printed)):
            gap = " " if digits[0][-1].isspace() else ""
            return (scaled if short == "en" else scaled.replace(".", ",")) + gap + printed[digits.end() :].rstrip()
    if number.how == "words" and short == "en" and whole and float(new.value).is_integer() and 0 <= new.value < 100:
        return _in_words(int(new.value))
    plain = number.how == "digits" and printed.isdecimal() and len(printed) > 3
    return _ranged(new, short, grouped=not plain)


def _in_words(value: int) -> str:
    if value < 20:
        return _SMALL[value]
    tens, ones = divmod(value, 10)
    return f"{_TENS[tens]}-{_SMALL[ones]}" if ones else _TENS[tens]


def _ranged(value: Value, short: str, *, grouped: bool) -> str:
    if value.bottom < value.top:
        low, high = (_digits(one, short, grouped=grouped) for one in (value.bottom, value.top))
        return f"{low} {_TO.get(short, '–')} {high}"
    return _digits(value.value, short, grouped=grouped)


def _digits(value: float, short: str, *, grouped: bool) -> str:
    text = f"{value:,.0f}" if float(value).is_integer() else f"{value:,.6g}" if abs(value) < 1e6 else f"{value:,.2f}"
    if not grouped:
        text = text.replace(",", "")
    return text if short == "en" else text.translate(str.maketrans(",.", ".,"))


def _agreeing(text: str, tokens: tuple[Token, ...], found: Found, new: Value, one: Proposal) -> Proposal:
    """Return a proposal whose noun and verb agree with the new value: "one person was" or "two people were"."""
    quantity = found.quantity
    single, many = quantity.low == 1, new.value == 1
    at = quantity.past
    if single == many or quantity.unit or quantity.joined or found.counted_start < one.end or at >= len(tokens):
        return one
    last = next((n for n in range(at, min(at + 8, len(tokens))) if tokens[n].end == found.counted_end), -1)
    if last < 0:
        return one
    noun = _numbered(tokens[last].text, many=not many)
    end, words = tokens[last].end, text[one.end : tokens[last].start] + noun
    if last + 1 < len(tokens) and tokens[last + 1].text in _VERBS:
        verb = tokens[last + 1]
        words += text[tokens[last].end : verb.start] + _VERBS[verb.text]
        end = verb.end
    return Proposal(one.start, end, one.words + words)


def _numbered(noun: str, *, many: bool) -> str:
    listed = _PLURALS if many else _SINGULARS
    if noun in listed:
        return listed[noun]
    if not many:
        return noun.removesuffix("s")
    return noun if noun.endswith("s") else f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
