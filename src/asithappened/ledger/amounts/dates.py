"""Numbers that are dates, times of day or ages.

Owns recognising them by the words beside them, which the lexicons `calendar` and `contexts` classify. Look next:
`labels`.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from asithappened.ledger.amounts.quantities import DASHES, Quantity
from asithappened.ledger.language import lexicon
from asithappened.ledger.language.phrases import low_at, noun_follows, phrases
from asithappened.ledger.language.tokens import Token

_NEW: Final = 1500  # who counts so many hardly means the year
_MODERN: Final = 1900
_IN_YEAR: Final = frozenset(
    {"year", "years", "jahr", "jahre", "jahren", "año", "años", "in", "im", "en", ",", "(", "."}
)  # fmt: skip
_CLOCK: Final = re.compile(r"(?:[01]?\d|2[0-4])\.[0-5]\d")
_PRONOUNS: Final = frozenset({"i", "he", "she", "who"})
_DATED: Final = frozenset({"and", "to", "or", "und", "bis", "y", "a", "st", "nd", "rd", "th", ",", "&", *DASHES})


def says_when(tokens: Sequence[Token], one: Quantity, language: str) -> str:
    """Return "clock", "date", "year" or "age" if a quantity is one, "" if it is none."""
    for rule in (_clock, _date, _year, _age):
        if reason := rule(tokens, one, language):
            return reason
    return ""


@lexicon.kept
def _calendar(language: str) -> Mapping[str, tuple[str, ...]]:
    return lexicon.load(language, "calendar")


def _is(tokens: Sequence[Token], at: int, kind: str, language: str) -> bool:
    """Say whether a token is a word of a kind: a month or a weekday needs its capital, except in Spanish."""
    if not 0 <= at < len(tokens):
        return False
    if kind in {"month", "weekday"} and tokens[at].text[:1].islower() and not language.startswith("es"):
        return False
    return kind in _calendar(language).get(tokens[at].low.rstrip("."), ()) or kind in _calendar(language).get(
        tokens[at].low, ()
    )


def _clock(tokens: Sequence[Token], one: Quantity, language: str) -> str:
    if low_at(tokens, one.past) == "o" and low_at(tokens, one.past + 2) == "clock":
        return "clock"
    if low_at(tokens, one.core - 1) in {"past", "to"} and low_at(tokens, one.core - 2) in {
        "quarter",
        "half",
        "minutes",
    }:
        return "clock"  # "a quarter past eleven"
    if one.low == 12 and low_at(tokens, one.past) in {"noon", "midnight"}:
        return "clock"
    hour = low_at(tokens, one.past) == "past" and 0 < one.low < 30 and _is_hour(tokens, one.past + 1, language)
    if hour or (low_at(tokens, one.core - 1) == "past" and one.low <= 12 and _is_hour(tokens, one.core - 2, language)):
        return "clock"  # "20 past nine"
    if low_at(tokens, one.past) == "local" and low_at(tokens, one.past + 1) == "time":
        return "clock" if one.kind == "count" else ""
    if _is(tokens, one.past, "clock", language):
        upper = tokens[one.past].text.isupper() or (one.past and tokens[one.past].low not in {"et", "pt", "est", "ad"})
        return "clock" if upper and one.kind == "count" else ""
    if _hour(tokens, one, language):
        return "clock"
    if not one.bare or one.number.how != "digits" or one.modifier in {"more_than", "at_least", "up_to", "nearly"}:
        return ""
    before, text = low_at(tokens, one.first - 1), tokens[one.number.first].text
    at_time = before in phrases(language).at_time or one.modifier == "about"
    bracketed = low_at(tokens, one.core - 1) == "(" and low_at(tokens, one.past) == ")"
    leaves = before == "the" and low_at(tokens, one.past) in {
        "from",
        "to",
        "train",
        "service",
        "had",
    }  # "the 8.15 from Mida"
    if _CLOCK.fullmatch(text) and (at_time or one.begins or bracketed or leaves):
        settled = low_at(tokens, one.first - 2) in phrases(language).settles
        return "" if settled or noun_follows(tokens, one.past, language) else "clock"
    settled = low_at(tokens, one.first - 2) in phrases(language).settles
    if before in phrases(language).at_hour and not settled and one.whole and 0 < one.low <= 12 and not one.joined:
        after = low_at(tokens, one.past)
        if after in phrases(language).times_of_day or after in {"", ".", ",", ";", ")", "and"}:
            return "clock"
    return ""


def _hour(tokens: Sequence[Token], one: Quantity, language: str) -> bool:
    """Say whether a number is an hour of the clock: "at two in the morning", "around nine last night", "at four"."""
    if not one.bare or one.number.rest or not one.whole or not 0 < one.low <= 12 or one.high > 12:
        return False
    if one.modifier not in {"", "about", "nearly", "only"} or one.joined == "in":
        return False
    before, after = low_at(tokens, one.first - 1), low_at(tokens, one.past)
    timed = one.modifier == "about" or before in _HOURLY or one.joined == "and"
    if timed and _day_part(tokens, one.past):
        return True
    to_hour = after in {"to", "until", "till", "and"} and _is_hour(tokens, one.past + 1, language)
    if before in {"from", "between"} and to_hour:
        return after in {"until", "till"} or _day_part(tokens, one.past + 2)
    if (
        before in {"until", "till"}
        and low_at(tokens, one.first - 3) == "from"
        and _is_hour(tokens, one.first - 2, language)
    ):
        return True
    worded = one.number.how == "words" and not one.joined
    ends = after in _ENDS or after in {"but", "when"}
    if worded and before in phrases(language).at_hour:
        return ends and low_at(tokens, one.first - 2) not in _SETTLED | phrases(language).settles
    gone = low_at(tokens, one.first - 1) in _TIMED or low_at(tokens, one.first - 2) in _TIMED
    return worded and one.modifier == "about" and gone and ends


def _day_part(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a part of the day stands there: "in the morning", "that evening", "last night", "tonight"."""
    low, after = low_at(tokens, at), low_at(tokens, at + 1)
    if low in {"tonight", "tomorrow", "yesterday", "sharp"}:
        return True
    if low == "in" and after in {"the", "early"}:
        return bool({low_at(tokens, at + 2), low_at(tokens, at + 3)} & _DAY_PARTS)
    if low in {"that", "this", "last", "the", "each", "every"}:
        return after in _DAY_PARTS or (after in {"next", "same"} and low_at(tokens, at + 2) in _DAY_PARTS)
    return low == "at" and after == "night"


_HOURLY: Final = frozenset({"at", "by", "before", "after", "until", "till", "since", "from", "past", "towards"})
_DAY_PARTS: Final = frozenset({"morning", "afternoon", "evening", "night"})
_TIMED: Final = frozenset({"bed", "woke", "wake", "awake", "arrived", "arrive", "home", "back", "until", "dinner",
                           "lunch", "asleep", "sleep", "closing", "starting"})  # fmt: skip
_SETTLED: Final = frozenset({"number", "total", "dead", "lead", "age", "tally", "deaths", "count", "aged", "start"})


def _is_hour(tokens: Sequence[Token], at: int, language: str) -> bool:
    """Say whether a number that may be of a time of day stands there."""
    low = low_at(tokens, at)
    if low.isdecimal():
        return len(low) < 3
    return lexicon.load(language, "numbers").get(low, ("",))[0] == "number"


def _date(tokens: Sequence[Token], one: Quantity, language: str) -> str:
    """Return "date" for days of months: "26 December", "Dec 26 and 27", "3-5 May", "Tuesday 14"."""
    if one.kind == "duration" and one.hyphened and _is(tokens, one.core - 1, "month", language):
        return "date"  # "Oct 12 week"
    if one.kind != "count" or not one.whole or not 0 < one.low <= 31 or one.number.scaled:
        return ""
    if low_at(tokens, one.past) in DASHES and low_at(tokens, one.past + 1)[:3] in _calendar(language):
        return "date"  # "17-Oct-2013"
    at = one.past
    while at < len(tokens) and at - one.past < 8 and _in_dates(tokens[at]):
        at += 1
    if low_at(tokens, at) == "." and one.number.how == "digits":
        at += 1  # "26. Dezember"
    if _is(tokens, at, "month", language) or (
        low_at(tokens, at) in {"of", "de"} and _is(tokens, at + 1, "month", language)
    ):
        return "date"
    back = one.core - 1
    while back >= 0 and one.core - back < 8 and _in_dates(tokens[back]):
        back -= 1
    month = back - 1 if back > 0 and tokens[back].text == "." else back
    if _is(tokens, month, "month", language) or _is(tokens, month, "weekday", language):
        listed = back == one.core - 1 or tokens[back + 1].kind == "number" or tokens[back].text == "."
        counts = one.low > 1 and noun_follows(tokens, one.past, language)
        if counts and _is(tokens, month, "month", language):  # "in May 12 homes burned", but "the May 12 attacks"
            counts = low_at(tokens, month - 1) in {"in", "by", "since", "during", "im", "seit", "en", "last", "this"}
        if listed and not counts:
            return "date"
    return ""


def _in_dates(token: Token) -> bool:
    if token.kind == "number":
        return token.text.isdecimal() and len(token.text) <= 2
    return token.low in _DATED


def _year(tokens: Sequence[Token], one: Quantity, language: str) -> str:
    text = tokens[one.number.first].text
    if one.kind == "count" and one.number.how == "digits" and _is(tokens, one.past, "era", language):
        return "year"  # "600 BC"
    plain = one.number.how == "digits" and len(text) == 4 and text.isdecimal() and 1000 <= int(text) <= 2199
    if not plain or one.number.scaled or one.kind not in {"count", "duration"}:
        return ""
    if _is(tokens, one.first - 1, "month", language):
        return "year"
    if one.joined == "-" or one.kind == "duration":
        return "year" if one.joined == "-" or one.unit != "years" else ""
    before = low_at(tokens, one.first - 1)
    if 1900 <= one.low < 2100 and low_at(tokens, one.past) in {"level", "levels"}:
        return "year"  # "below 1990 levels"
    if one.modifier in {"more_than", "up_to", "at_least", "nearly"} and noun_follows(
        tokens, one.past, language, plural=True
    ):
        return ""  # "under 2000 votes"
    if 1900 <= one.low < 2100 and one.modifier in {"", "about", "only"}:
        return "" if before in phrases(language).reports else "year"
    if 1900 <= one.low < 2100 and not noun_follows(tokens, one.past, language, plural=True):
        return "year"  # "up to 2021"
    if one.modifier and one.modifier != "about" and before not in phrases(language).since:
        return ""
    if not noun_follows(tokens, one.past, language, plural=True):
        return "year"
    noun = language.startswith("de") and low_at(tokens, one.past) != tokens[one.past].text  # in capitals
    if one.low < (_MODERN if noun else _NEW) and (before not in _IN_YEAR or (noun and before == "in")):
        return ""  # "von 1200 Traktoren"
    return "year" if before in phrases(language).since or before in {",", "(", "."} else ""


def _age(tokens: Sequence[Token], one: Quantity, language: str) -> str:
    """Return "age" for ages in every form: "aged 28", "28-year-old", "28 years old", "Lee, 28,", "(28)"."""
    rest = one.number.rest or "".join(token.low for token in tokens[one.past : one.past + 1])
    if one.kind == "duration" and one.unit in {"years", "months", "weeks", "days"}:
        words = phrases(language).old
        if low_at(tokens, one.past) == "of" and low_at(tokens, one.past + 1) == "age":
            return "age"  # "under 45 years of age"
        if _is(tokens, one.first - 1, "age", language):
            return "age"  # "aged 18 months"
        if one.unit == "years" and one.past == one.number.last and _shares_old(tokens, one, language):
            return "age"
        if any(part in words for part in rest.split("-")) or any(
            part in words for token in tokens[one.past - 1 : one.past + 1] for part in token.low.split("-")
        ):
            return "age"
        return ""
    if one.kind != "count" or not one.whole or not 0 < one.low < 120:
        return ""
    if _shares_old(tokens, one, language):
        return "age"
    both = low_at(tokens, one.first - 2)  # "aged 30 and 35", "both aged 30 or 35"
    if low_at(tokens, one.first - 1) in {"and", "or", "to"} and _is(tokens, one.first - 3, "age", language) and both:
        return "age"
    for back in (1, 2):
        if _is(tokens, one.first - back, "age", language) and (
            back == 1 or low_at(tokens, one.first - 1) in phrases(language).of_age
        ):
            return "age"
    before, after = low_at(tokens, one.first - 1), low_at(tokens, one.past)
    behind = one.first - (3 if before in {"now", "still", "only", "just"} else 2)
    before = low_at(tokens, behind + 1)
    somebody = before in {"i'm", "he's", "she's"} or (
        before in {"was", "am", "is", "turns"} and (low_at(tokens, behind) in _PRONOUNS or _person(tokens, behind))
    )
    somebody = somebody or (before == "'s" and low_at(tokens, behind) in _PRONOUNS)  # "He's 22."
    if somebody and after in {",", ".", "and", "when", "now", "then", "at"}:
        return "age"
    if before == "at" and after in _PRONOUNS and one.low >= 10:
        return "age"  # "even now at 86 she says"
    each = low_at(tokens, one.first - 1) == "both" and low_at(tokens, one.first - 2) in {",", "("} and after in _ENDS
    if each or low_at(tokens, one.first - 1) in _EXTREMES or _average_age(tokens, one):
        return "age"
    if _of_two(tokens, one):
        return "age"
    if before == "at" and after == "," and low_at(tokens, one.past + 1) in _PRONOUNS and one.low >= 10:
        return "age"  # "At 29, she is the youngest"
    upto = low_at(tokens, one.core - 2) == "up" and low_at(tokens, one.core - 1) == "to"
    if upto and low_at(tokens, one.core - 3) in phrases(language).aged and one.low <= 30:
        return "" if noun_follows(tokens, one.past, language, plural=True) else "age"  # "kids up to 12"
    younger = low_at(tokens, one.core - 1) in {"under", "over", "above", "below"} and not one.joined
    if younger and 10 <= one.low <= 100 and after in _ENDS and _share_is(tokens, one.core - 2):
        return "age"
    aged = low_at(tokens, one.core - (3 if low_at(tokens, one.core - 2) == "the" else 2)) in phrases(language).aged
    if younger and aged and 10 <= one.low <= 100 and not noun_follows(tokens, one.past, language, plural=True):
        return "age"  # "people under 30"
    small = one.number.how == "words" and one.low < 20 and one.core > 1 and not one.modifier
    if small and before == "," and after in {",", ".", ")"} and tokens[one.core - 2].text.istitle():
        return "age"  # "Archie, five, and Lena, three."
    if one.number.how == "digits" and not one.modifier and one.core > 1:
        name = tokens[one.core - 2].text[:1].isupper() and tokens[one.core - 2].kind == "word"
        name = name or tokens[one.core - 2].text in {"”", "’"} or _somebody(tokens[one.core - 2].low, language)
        if name and one.low >= 3 and before == "," and after in {",", ".", ")", ";", "", *DASHES, "―"}:
            return "age"
        short = tokens[one.core - 2].text.isupper() and len(tokens[one.core - 2].text) < 4  # "AZ (11), CA (55)"
        if name and not short and one.low >= 10 and before == "(" and after == ")":
            return "age"
    return ""


_EXTREMES: Final = frozenset({"oldest", "youngest", "eldest"})
_AVERAGES: Final = frozenset({"average", "median", "mean", "combined", "whose", "minimum", "legal"})
_BE: Final = frozenset({"is", "was", "are", "were", "be", "been"})
_ENDS: Final = frozenset({"", ".", ",", ";", ")", "and", "while"})
_SHARES: Final = frozenset({"%", "per", "percent", "half", "third", "thirds", "quarter", "quarters"})
_FAR: Final = 9  # tokens between "age" or a share, and the age


def _average_age(tokens: Sequence[Token], one: Quantity) -> bool:
    """Say whether it is what an age is said to be: "the average age of the dead was 34", "the oldest was 81"."""
    at = one.first - 1
    if low_at(tokens, at) not in _BE:
        return False
    if low_at(tokens, at - 1) in _EXTREMES:
        return True
    for back in range(at - 1, max(at - _FAR, 0), -1):
        if tokens[back].text in {".", ";", "!", "?"} or tokens[back].kind == "number":
            return False
        if tokens[back].low in {"age", "ages"} and low_at(tokens, back - 1) in _AVERAGES:
            return True
    return False


def _of_two(tokens: Sequence[Token], one: Quantity) -> bool:
    """Say whether a number is one of two ages set off behind two names: "Ana and Bo, 39 and 42, will"."""
    first = one.core if low_at(tokens, one.past) == "and" else one.core - 2
    if low_at(tokens, first + 1) != "and" or low_at(tokens, first - 1) != "," or low_at(tokens, first + 3) != ",":
        return False
    numbers = all(0 <= at < len(tokens) and tokens[at].kind == "number" for at in (first, first + 2))
    names = first > 3 and low_at(tokens, first - 3) == "and" and tokens[first - 2].text[0].isupper()
    names = names or low_at(tokens, first - 2) in {"pair", "couple", "brothers", "sisters", "men", "women", "two"}
    return numbers and names and not one.modifier


def _share_is(tokens: Sequence[Token], at: int) -> bool:
    """Say whether "is" or "were" stands there, behind a share of some: "69% of the new cases are", "half were"."""
    if low_at(tokens, at).endswith("ly"):
        at -= 1
    if low_at(tokens, at) not in _BE:
        return False
    return not _SHARES.isdisjoint(token.low for token in tokens[max(at - _FAR, 0) : at])


def _somebody(low: str, language: str) -> bool:
    """Say whether a word is one person whose age may stand behind it: "a man, 27,", "one boy, 12,"."""
    return low in phrases(language).aged or lexicon.load(language, "speakers").get(low, ("",))[0] == "person"


def _shares_old(tokens: Sequence[Token], one: Quantity, language: str) -> bool:
    """Say whether an age follows that this number shares: "18- to 24-year-old", "27 and 29 years old"."""
    at = one.past + 1 if low_at(tokens, one.past) in DASHES and one.past else one.past
    if low_at(tokens, at) not in {"and", "or", "to", ","}:
        return False
    after = tokens[at + 1 : at + 5]
    if not after or not (
        after[0].kind == "number" or after[0].low.partition("-")[0] in lexicon.load(language, "numbers")
    ):
        return False
    olds = phrases(language).old
    return any(part in olds for token in after for part in token.low.split("-"))


def _person(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a word may be a family name: capitalised, after another capitalised word or first in a sentence."""
    if at < 0 or tokens[at].kind != "word" or not tokens[at].text[0].isupper() or tokens[at].text.isupper():
        return False
    return at == 0 or tokens[at - 1].text[0].isupper() or tokens[at - 1].text in {".", "“", '"'}
