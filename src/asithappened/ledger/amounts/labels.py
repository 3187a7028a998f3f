"""Numbers that only say which one: dates, years, times of day, ages, pages, scores, names, telephones.

Owns telling them from what counts something, by evaluation/GUIDELINE.md; of dates and ages `dates` knows more. Each
rule looks at a few tokens beside the number, so that all of them are linear. Look next: `figures`.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from asithappened.ledger.amounts import units
from asithappened.ledger.amounts.dates import says_when
from asithappened.ledger.amounts.quantities import DASHES, Quantity
from asithappened.ledger.language import lexicon
from asithappened.ledger.language.phrases import is_plural, low_at, noun_follows, noun_phrase, phrases
from asithappened.ledger.language.tokens import Token

_NO_ROUND: Final = 100  # a number above that is not round may be a name: "the 457 visa bill"
_NO_RANK: Final = 1000  # what is at the top of so many is hardly said
_MEASURED: Final = frozenset({"after", "before", "later", "of", "left", "to"})
_EMERGENCY: Final = frozenset({"101", "110", "111", "112", "911", "999", "000"})
_CALLED: Final = frozenset({"on", "call", "called", "calling", "dial", "dialled", "dialling", "ring", "rang", "phone"})
_SEATS: Final = 14  # tokens between a number and the name of who has another of the same
_STREET: Final = 4  # words of a street's name
_SENTENCE_MARKS: Final = frozenset('.!?:…•"“‘«„–—|')


def names(tokens: Sequence[Token], one: Quantity, language: str) -> str:
    """Return why a quantity counts nothing ("date", "year", "score" …), empty where it does."""
    for rule in (
        _open,
        _glued,
        _minute,
        _idiom,
        _telephone,
        _listed,
        says_when,
        _label,
        _pair,
        _named,
        _part,
        _times,
    ):
        if reason := rule(tokens, one, language):
            return reason
    return ""


@lexicon.kept
def _labels(language: str) -> Mapping[str, str]:
    return {phrase: values[0] for phrase, values in lexicon.load(language, "labels").items()}


def _open(tokens: Sequence[Token], one: Quantity, language: str) -> str:
    return "vague" if one.number.open or (one.upper is not None and one.upper.open) else ""


def _glued(tokens: Sequence[Token], one: Quantity, language: str) -> str:
    """Leave what stands against other letters or signs: "20th", "1990s", "5G", "24/7", "'08", "v2.0", "007"."""
    number = one.number
    text = tokens[number.first].text
    if number.how == "digits" and len(text) > 1 and text[0] == "0" and text[1].isdecimal():
        return "account"
    if one.past < len(tokens) and tokens[one.past].start == one.end:
        after = tokens[one.past]
        if after.kind == "word" and one.past > 0 and tokens[one.past - 1].kind != "word":
            return "ordinal" if after.low in {"st", "nd", "rd", "th"} else "name"
        if (
            after.text == "/"
            and one.kind == "measure"
            and _against(tokens, one.past + (low_at(tokens, one.past + 1) == "-"))
        ):
            return ""  # "-16F/-27C"
        odds = after.text in DASHES and low_at(tokens, one.past + 1)[:3] == "in-"  # "a 1-in-100-year flood"
        if odds or after.text in {"/", "_", "\\", "="} or (after.text == "." and _against(tokens, one.past)):
            return "name"
        if after.text in {"'", "’"} and (low_at(tokens, one.past + 1) == "s" or _against(tokens, one.past)):
            return "name"  # "the 80's", "6'3"
        if after.low == "'s" and number.how == "digits" and one.low % 10 == 0:
            return "name"  # "the 80’s"
    if one.core == 0 or tokens[one.core - 1].end != tokens[one.core].start:
        return ""
    before = tokens[one.core - 1]
    if before.text in {"’", "'"} and one.core > 1 and tokens[one.core - 2].kind == "number":
        return "name"  # "6'3"
    if before.text == "+":  # "+0.2%", but "90+3"
        ahead = tokens[one.core - 2] if one.core > 1 else None
        return "name" if ahead is not None and ahead.end == before.start and ahead.kind != "mark" else ""
    if before.text == "/" and one.kind == "measure" and units.kind_of(low_at(tokens, one.core - 2), language):
        return ""
    if before.text in {"/", "_", "\\", "=", "#", "@", "&"}:
        return "name"
    if before.text == "," and one.core > 1 and tokens[one.core - 2].end == before.start:
        return "name" if tokens[one.core - 2].text[-1].isdecimal() else ""  # "Sh16,204"
    if before.text == ".":
        return "name"  # "3.2.1", and "batting .409"
    if before.text == "(" and one.core > 1 and tokens[one.core - 2].kind == "number":
        return "name" if tokens[one.core - 2].end == before.start else ""  # "article 5(2)"
    if before.text in {"’", "‘", "'"} and number.how == "digits" and len(text) == 2 and one.kind == "count":
        return "year"
    if before.text in DASHES and one.core > 1 and tokens[one.core - 2].end == before.start and one.low >= 0:
        return "name"
    return "name" if before.kind in {"word", "number"} else ""


def _minute(tokens: Sequence[Token], one: Quantity, language: str) -> str:
    """Leave the minute of a match that begins an entry: "86 mins A few minutes ago …", "45 min: …"."""
    if one.unit == "minutes" and low_at(tokens, one.core - 1) == "+" and tokens[one.core - 2].kind == "number":
        return "label"  # "90 + 2 mins"
    tick = low_at(tokens, one.past) in {"'", "’"} and tokens[one.past].start == one.end and one.past + 1 < len(tokens)
    if tick and starts_sentence(tokens, one.core) and tokens[one.past + 1].text[0].isupper():
        return "label"  # "23' A corner"
    if one.unit != "minutes" or not one.begins or one.past >= len(tokens):
        return ""
    after = tokens[one.past]
    return "label" if after.text[0].isupper() or after.text[0] in ":|–-+.…" else ""


def _idiom(tokens: Sequence[Token], one: Quantity, language: str) -> str:
    """Leave "a day or two" and names with a unit in capitals, "20 Minutes"."""
    if one.low == 0 and one.hyphened and one.number.how == "words":
        return "idiom"  # "zero-hours"
    if one.low == 0 and low_at(tokens, one.core - 1) in {"below", "above"}:
        return "idiom"  # "45 degrees below zero": the mark that is counted from
    rest = one.number.rest.partition("-")[0]
    if rest in _FIXED or (rest in _FIXED_OF_TWO and one.low == 2):
        return "idiom"  # "a two-way street", but "a three-party coalition"
    if one.number.fraction and one.kind == "duration" and one.low < 0.5 and one.past == one.number.last + 1:
        return "idiom"  # "a third day", "a quarter century"
    bare_day = one.unit == "days" and one.low == one.high == 1 and one.number.how == "words"
    measured = low_at(tokens, one.past) in _MEASURED or low_at(tokens, one.first - 1) in {"in", "within"}
    if bare_day and not one.modifier and not one.hyphened and not measured:
        return "idiom"  # "one day it will end"
    if one.kind == "points" and one.number.how == "words" and low_at(tokens, one.first - 1) == "at":
        return "idiom"  # "at one point"
    if one.kind == "count" and low_at(tokens, one.core - 1) == "or" and low_at(tokens, one.core - 3) in {"a", "an"}:
        return "idiom" if one.number.how == "words" else ""
    if one.kind not in {"duration", "measure"} or not one.unit or one.past <= one.number.last:
        return ""
    unit = tokens[min(one.number.last, one.past - 1)]  # the first word of it: "38 degrees Celsius"
    before = tokens[one.core - 1] if one.core else None
    if language.startswith("de"):  # every noun has a capital there
        return ""
    capital = unit.text[0].isupper() and unit.text[1:].islower() and len(unit.text) > 3
    title = one.number.how == "digits" and one.begins  # "12 Years a Slave"
    return "name" if capital and (title or (before is not None and before.text[:1].islower())) else ""


_FIXED: Final = frozenset({"way", "sided", "off", "handed", "dimensional"})
_FIXED_OF_TWO: Final = frozenset({"tier", "party", "timer", "faced"})


def _against(tokens: Sequence[Token], at: int) -> bool:
    return at + 1 < len(tokens) and tokens[at + 1].start == tokens[at].end and tokens[at + 1].kind != "mark"


def _telephone(tokens: Sequence[Token], one: Quantity, language: str) -> str:
    """Leave numbers that stand beside numbers: a telephone, an account, a table's row."""
    if one.number.how != "digits" or one.kind != "count":
        return ""
    text = tokens[one.number.first].text
    if text.isdecimal() and len(text) > 4 and low_at(tokens, one.core - 1) in {*_CALLED, "text", "texting"}:
        return "account"  # "text 60777"
    if text in _EMERGENCY and not one.modifier:
        called = low_at(tokens, one.core - 1) in _CALLED and not noun_follows(tokens, one.past, language, plural=True)
        if called or low_at(tokens, one.past) in {"call", "caller", "operator", "dispatcher", "emergency"}:
            return "account"
    if "," in tokens[one.number.first].text:
        return ""  # "1,148,750 49.4%"
    beside = [tokens[at] for at in (one.core - 1, one.past) if 0 <= at < len(tokens)]
    return "account" if any(token.kind == "number" and ":" not in token.text for token in beside) else ""


def _listed(tokens: Sequence[Token], one: Quantity, language: str) -> str:
    """Leave the number of a list's item: "3." or "3)" where a line begins."""
    if not one.bare or one.past >= len(tokens) or one.number.how != "digits":
        return ""
    ahead = low_at(tokens, one.core - 1)
    counted = ahead in {".", ";"} or (ahead == ":" and one.low == 1)  # "three choices: 1. Run", but "Hurt: 12. Dead: 3"
    inline = counted and 0 < one.low < 20 and tokens[one.past].text == "."
    if not one.begins and not (inline and one.past + 1 < len(tokens) and tokens[one.past + 1].text[0].isupper()):
        return ""
    mark = tokens[one.past]
    return "list" if mark.text in {".", ")", ":"} and mark.start == one.end and not _against(tokens, one.past) else ""


def _label(tokens: Sequence[Token], one: Quantity, language: str) -> str:
    if one.kind not in {"count", "points"} or one.modifier:
        return ""
    if one.number.rest or _hyphened(tokens, one.past):
        return ""  # "in the second inning a 2-run homer"
    labels, at = _labels(language), one.core - 1
    if (
        at >= 0
        and tokens[at].text in {".", "#", "°"}
        and tokens[at].end <= tokens[one.core].start
        and low_at(tokens, at - 1) in {"no", "nos", "nr", "núm"}
    ):
        return "label"
    if at > 1 and tokens[at].low in {"and", "to", "or", ","} and _labelled(tokens[at - 2].low, labels) == "always":
        at -= 2  # "chapters four and five"
    two, low = f"{low_at(tokens, at - 1)} {low_at(tokens, at)}", low_at(tokens, at)
    kind = labels.get(two) or _labelled(low, labels)
    if low == "last" and one.low in {16, 32, 64}:
        kind = "alone"  # a round of a cup
    if kind == "digits":
        kind = "always" if one.number.how == "digits" else "alone"
    if kind == "always" and (tokens[at].low not in {"no", "nos"} or tokens[at].text[0].isupper()):
        return "label"
    if kind == "alone" and tokens[at].text[0].isupper() and one.number.how == "digits" and at > 0:
        return "label"  # "Season 3 starts"
    if low == "top" and one.low >= _NO_RANK:
        return ""  # "Outages top 140,000"
    if kind == "alone" and not noun_follows(tokens, one.past, language, plural=one.low != 1):
        return "label"
    return "label" if labels.get(low_at(tokens, one.past)) == "behind" else ""


def _hyphened(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a word is glued on by a hyphen: "2-run"."""
    hyphen = at > 0 and low_at(tokens, at) in DASHES and tokens[at].start == tokens[at - 1].end
    return hyphen and _against(tokens, at)


def _labelled(low: str, labels: Mapping[str, str]) -> str:
    """Return what a word says of the number behind it, in the singular or the plural ("junctions 4 and 5")."""
    return labels.get(low) or labels.get(low.removesuffix("s"), "")


def _pair(tokens: Sequence[Token], one: Quantity, language: str) -> str:
    """Leave tallies printed as a pair, odds and cricket's "120 for 3"; "12-15 people" is a range and stays."""
    number = one.number
    if one.joined == "-":
        grows = one.low < one.high
        if one.kind not in {"count", "points"}:
            return "" if grows else "score"
        tally = low_at(tokens, one.past) in phrases(language).tallies or low_at(tokens, one.past) in DASHES
        counts = noun_follows(tokens, one.past, language, plural=True) or one.hyphened
        tally = tally or low_at(tokens, one.core - 1) in phrases(language).tallies
        exact = not one.whole or not one.high.is_integer()  # "a 6.0-6.2 magnitude quake"
        if not grows or ((tally or not counts) and not exact):
            return "score"
        return ""
    if one.kind == "count" and _ratio(tokens, one, language):
        return "score"
    if number.how == "digits" and one.kind == "count":
        for at, step in ((one.past, 1), (one.core - 1, -1)):
            if low_at(tokens, at) in {*DASHES, "for", "v"} and 0 <= at + step < len(tokens):
                beside = tokens[at + step]
                long = max(len(beside.text), len(tokens[number.first].text)) > 4  # "60,556,142 – 47.6%"
                if beside.kind == "number" and not long and not _has_unit(tokens, at, step, language):
                    return "score"
                if low_at(tokens, at) in DASHES and re.fullmatch(r"(?:for|of)-\d+", beside.low):
                    return "score"
        return "" if language.startswith("de") else _tally(tokens, one)
    return ""


def _has_unit(tokens: Sequence[Token], at: int, step: int, language: str) -> bool:
    """Say whether the number behind a dash has a unit, so that the two are no pair."""
    return step > 0 and units.kind_of(low_at(tokens, at + 2), language) not in {"", "points"}


def _ratio(tokens: Sequence[Token], one: Quantity, language: str) -> bool:
    """Say whether a number is of a ratio: "a 2-to-1 vote", "by 3 to 1", "a 3 to 1 margin"."""
    if one.number.rest.startswith("to-"):
        return True
    for first in (one.past - 1, one.core - 2):  # the number before "to"
        if low_at(tokens, first + 1) == "to" and one.joined == "":
            low, high = low_at(tokens, first), low_at(tokens, first + 2)
            behind = low_at(tokens, first + 3)
            short = len(low) < 7 and len(high) < 7
            if behind in phrases(language).ratios and short:
                return True
            if high in {"1", "one"} and short and not noun_follows(tokens, first + 3, language):
                return True
            worded = one.number.how == "words" and all(_in_words(tokens, at, language) for at in (first, first + 2))
            falls = worded or _falls(tokens, first)
            if low_at(tokens, first - 1) != "from" and falls and _ends(tokens, first + 3):
                return True
    glued = low_at(tokens, one.past) in DASHES and low_at(tokens, one.past + 1).startswith("to-")
    return glued or (one.core > 1 and low_at(tokens, one.core - 1) in DASHES and low_at(tokens, one.core - 2) == "to")


def _in_words(tokens: Sequence[Token], at: int, language: str) -> bool:
    return lexicon.load(language, "numbers").get(low_at(tokens, at), ("",))[0] == "number"


def _falls(tokens: Sequence[Token], at: int) -> bool:
    """Say whether digits "to" digits go down: "lost 285 to 272"."""
    high, low = tokens[at].text if at >= 0 else "", low_at(tokens, at + 2)
    return high.isdecimal() and low.isdecimal() and len(high) < 4 and len(low) < 4 and int(high) > int(low)


def _ends(tokens: Sequence[Token], at: int) -> bool:
    return at >= len(tokens) or tokens[at].low in {".", ",", ";", ")", "!", "in", "on", "at", "after", "against"}


def _tally(tokens: Sequence[Token], one: Quantity) -> str:
    """Leave "Rovers 2 Town 1": a name and a number, and another such pair right behind or before."""
    if not one.core > 0 or not _is_name(tokens, one.core - 1) or one.modifier:
        return ""
    ahead = [token for token in tokens[one.past : one.past + 6] if token.text not in {",", ";", *DASHES}]
    for at, token in enumerate(ahead):
        if token.kind == "number":
            return "score" if at > 0 else ""
        if not (token.kind == "word" and token.text[:1].isupper()):
            break
    behind = list(reversed(tokens[max(0, one.core - 6) : one.core]))
    for word in (word for word in behind if word.text not in {",", ";", *DASHES}):
        if word.kind == "number":
            return "score"
        if not (word.kind == "word" and word.text[:1].isupper()):
            break
    return ""


def _is_name(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    shouted = token.text.isupper() and len(token.text) > 3
    large = token.text[:1].isupper() or token.text[1:2].isupper()  # "iOS"
    return token.kind == "word" and large and not shouted and token.low not in {"the", "a", "i", "to"}


def _named(tokens: Sequence[Token], one: Quantity, language: str) -> str:
    """Leave numbers in names: a word with a capital inside a sentence ("Air Force One"), "Windows 8"."""
    if one.kind not in {"count", "multiple"} or one.modifier or language.startswith("de"):
        return ""
    if one.number.how == "digits" and _street(tokens, one.past, language):
        return "name"
    row = one.past == len(tokens) and one.low >= 100 and one.core < 4  # "Lund 264", in a table
    if row or "," in tokens[one.number.first].text:
        return ""
    first = tokens[one.core]
    begins = starts_sentence(tokens, one.core)
    follows = noun_follows(tokens, one.past, language, plural=one.low != 1 or one.number.how == "digits")
    follows = follows or low_at(tokens, one.past) in lexicon.load(language, "outcomes")  # "Tenemos 23 heridos"
    if first.kind == "word" and first.text[:1].isupper() and not begins:
        return "" if follows and not _is_name(tokens, one.core - 1) and not _is_name(tokens, one.past) else "name"
    if begins and first.kind == "word" and not follows and _title(tokens, one.past, language):
        return "name"  # "Seven Network said"
    if first.kind == "number" and low_at(tokens, one.core - 1) == "the" and _is_one_thing(tokens, one, language):
        return "name"  # "the 787 was grounded", "the 38 bus"
    if first.kind == "number" and _owner(tokens, one.past):
        return "name"  # "365 Alive's pages"
    owned = low_at(tokens, one.core - 1) == "'s" or (one.core > 0 and _is_name(tokens, one.core - 1))
    model = owned and one.number.how == "digits" and not follows and one.past < len(tokens) and not one.hyphened
    if model and _is_name(tokens, one.past) and low_at(tokens, one.past) not in phrases(language).classes:
        return "name"  # "Boeing's 787 Dreamliner"
    if one.core and _is_name(tokens, one.core - 1) and tokens[one.core].start - tokens[one.core - 1].end == 1:
        low = tokens[one.core - 1].low
        known = phrases(language).classes.get(low) or lexicon.load(language, "function_words").get(low)
        if not known and not follows and not one.hyphened and not _hyphened(tokens, one.past):
            return "" if _of_another(tokens, one, language) else "name"
    return ""


def _title(tokens: Sequence[Token], at: int, language: str) -> bool:
    """Say whether words with capitals and no plural go on a name: "Seven Network", "Two Door Cinema Club"."""
    end = at
    while end < len(tokens) and tokens[end].kind == "word" and tokens[end].text.istitle():
        end += 1
    known = phrases(language).classes
    plain = end > at and end < len(tokens) and not any(known.get(token.low) for token in tokens[at:end])
    alone = plain and tokens[end].start - tokens[end - 1].end == 1 and tokens[end].kind == "word"
    return alone and bool({"verb", "stop"} & set(known.get(tokens[end].low, ())))


def _is_one_thing(tokens: Sequence[Token], one: Quantity, language: str) -> bool:
    """Say whether "the" and a number are of one thing, which it only names: "the 787 was grounded", "the 457 visa"."""
    if not one.bare or one.number.scaled or one.number.rest or one.low < 2 or not one.whole:
        return False
    if low_at(tokens, one.past) in {"was", "is", "has", "'s"}:
        return True
    span = noun_phrase(tokens, one.past, language, many=False)
    if span is None or span[0] > one.past or (span[1] - span[0] > 1 and (one.low < _NO_ROUND or one.low % 10 == 0)):
        return False  # "the 28 member bloc"
    known = phrases(language).classes
    outcomes = lexicon.load(language, "outcomes")
    plain = [token for token in tokens[span[0] : span[1]] if token.text.islower() and token.low not in outcomes]
    if len(plain) < span[1] - span[0]:
        return False  # "the 63 injured"
    return not any(is_plural(token.low, language) or known.get(token.low) for token in plain)


def _owner(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a word with a capital that owns something stands there: "Alive's pages"."""
    owns = low_at(tokens, at + 1) == "'s"
    return owns and tokens[at].kind == "word" and tokens[at].text.istitle() and not tokens[at].low.endswith("s")


def _street(tokens: Sequence[Token], at: int, language: str) -> bool:
    """Say whether a street's name stands there: "14 Mill Lane", "221B" before "Baker Street"."""
    end = at
    while end < min(at + _STREET, len(tokens)) and tokens[end].kind == "word" and tokens[end].text[0].isupper():
        end += 1
    return end > at + 1 and "street" in lexicon.load(language, "contexts").get(tokens[end - 1].low, ())


def _of_another(tokens: Sequence[Token], one: Quantity, language: str) -> bool:
    """Say whether a number behind a name counts what was counted for another: "won 79 seats, the Coalition 71"."""
    if low_at(tokens, one.past) not in {",", ".", ";", "and", "", ")"}:
        return False
    at = one.core - 1
    while at > 0 and _is_name(tokens, at):
        at -= 1
    if low_at(tokens, at) != "the" or low_at(tokens, at - 1) not in {",", "and", ";", "to", "while"}:
        return False
    many = low_at(tokens, one.core - 1).endswith("s") or low_at(tokens, at - 1) == ","
    for back in range(at - 1, max(at - _SEATS, 0), -1) if many else ():  # "40 phones and the Kern 5"
        if tokens[back].text in _SENTENCE_MARKS:
            return False
        counts = tokens[back].kind == "number" and tokens[back + 1].text.islower()
        if counts and noun_follows(tokens, back + 1, language, plural=True):
            return True
    return False


def starts_sentence(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a token stands where a sentence, a line or a quote begins."""
    return at == 0 or tokens[at - 1].text[0] in _SENTENCE_MARKS or tokens[at].start - tokens[at - 1].end > 1


def _part(tokens: Sequence[Token], one: Quantity, language: str) -> str:
    """Keep a part of something only where the text says of what: "half of", "nearly a third", "by a quarter"."""
    number = one.number
    if not number.fraction or one.kind != "multiple":
        return ""
    if number.rest:
        return "part"  # "half-time", "half-decent"; "half-hour" has a unit
    if number.last - number.first > 1 or "-" in tokens[number.first].text:
        return ""  # "two-thirds", "three quarters"
    before, after = low_at(tokens, one.first - 1), low_at(tokens, one.past)
    if one.modifier == "about" and number.value < 0.5 and noun_follows(tokens, one.past, language):
        return "part"  # "talks about a third bailout"
    if (
        before in {"a", "an"}
        and low_at(tokens, one.first - 2) == "and"
        and low_at(tokens, one.first - 4) in {"a", "an"}
    ):
        return "part"  # "a foot and a half of snow"
    if before in {"a", "an"} and low_at(tokens, one.first - 2) in {"by", "than"}:
        return ""  # "fell by a third"
    if after in {"past", "to"} and one.low in {0.5, 0.25}:
        return "clock"  # "a quarter past eleven"
    if before in phrases(language).halves or after.startswith("time"):
        return "part"
    if one.modifier or before in {"by", "um", "than"} or after in {"of", "de", "der", "des"}:
        return ""
    back = one.first - (2 if before in {"a", "an"} else 1)
    acts = after in _BEING or "verb" in phrases(language).classes.get(after, ())
    alone = after in {"is", "was", "has", "died"} and number.value != 0.5  # "a third was hurt": another person
    if acts and low_at(tokens, back) in {"whom", "which"}:
        return ""  # "of which a quarter should be sold"
    if acts and not alone and low_at(tokens, back) in {"and", "while", "but"}:
        return ""  # "and half want it"
    return "" if number.value == 0.5 and after in phrases(language).determiners else "part"


_BEING: Final = frozenset({"is", "are", "was", "were", "will", "would", "should", "had", "have", "has"})


def _times(tokens: Sequence[Token], one: Quantity, language: str) -> str:
    """Keep "twice" and "double" only where they compare: "twice as many", "double the rainfall"."""
    if not one.number.times:
        return ""
    after = low_at(tokens, one.past)
    if low_at(tokens, one.first - 1) in {"a", "an"}:
        return "times"
    return "" if after in phrases(language).compares else "times"


def counts_one(one: Quantity) -> bool:
    """Say whether a number is a bare "one", which is a pronoun more often than it counts."""
    return one.number.how == "words" and one.low == one.high == 1 and not one.number.scaled and one.bare
