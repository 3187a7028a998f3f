"""What a quantity counts, and what became of those counted.

Owns the order in which that is looked for: the noun phrase that the number stands in, the one after "of", the one
before "of", and what `ellipsis` finds before it in the same sentence. Look next: `phrases`.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from asithappened.ledger.amounts import ellipsis, units
from asithappened.ledger.amounts.ellipsis import Said
from asithappened.ledger.amounts.quantities import Quantity
from asithappened.ledger.language import lexicon
from asithappened.ledger.language.phrases import is_plural, low_at, noun_phrase, phrases
from asithappened.ledger.language.tokens import Token

_REACH: Final = 8  # tokens between those counted and what became of them
_CONVERSION: Final = 6  # tokens of a quantity in brackets
_ASIDE: Final = 10  # tokens of what is said between commas of some of those counted
_SOME_OF_THEM: Final = frozenset({"including", "among", "mostly", "most", "many", "all", "some"})
_OF_FORM: Final = frozenset({"strong", "way", "fold", "plus", "odd", "ish", "up", "all", "apiece"})
_OF_ALL: Final = frozenset({"strong", "magnitude"})  # stand between a number and what all of it is of
_BUILT: Final = frozenset({"homes", "houses", "properties", "buildings", "structures", "sheds"})
_STOPS: Final = frozenset(".;:!?•|(")
_PASSED: Final = frozenset(
    {"the", "of", "all", "both", "a", "an", "some", "its", "their", "his", "her", "our", "another"}
)
_SKIPPED: Final = frozenset({"the", "all", "its", "their", "his", "her", "our", "my", "your", "these", "those", "this",
                             "that", "a", "an", "lost", "any", "some", "both", "last", "first", "next", "past",
                             "previous", "final", "opening", "remaining", "top"})  # fmt: skip

_WHOM: Final = frozenset({"the", "a", "an", "his", "her", "its", "their", "them", "him", "it"})
_TO_DO: Final = frozenset({"to", "that", *_WHOM})

Span = tuple[int, int]


class Counted(NamedTuple):
    """What is counted, as tokens (one past the last), and its outcome."""

    span: Span | None
    outcome: str


def read(tokens: Sequence[Token], one: Quantity, said: Said, bounds: Span, language: str) -> Counted:
    """Return what a quantity counts. `said`: what its sentence has counted before. `bounds`: the sentence's tokens."""
    some = low_at(tokens, one.first - (2 if low_at(tokens, one.first - 1) in {"a", "an"} else 1)) in {"whom", "which"}
    some = some and said.things is not None  # "of whom 29 lost their homes", "of which a quarter"
    span = None if some and low_at(tokens, one.first - 2) == "of" else _own(tokens, one, bounds, language)
    if span is None:
        became = _outcome(tokens, one, None, bounds, language)
        span = said.things if some else ellipsis.stands_for(tokens, one, said, became, bounds, language)
    if span is None and ellipsis.in_all(tokens, one):
        span = ellipsis.done_before(tokens, one, bounds, language)
    if span is None and ellipsis.of_them(tokens, one) and low_at(tokens, one.first - 1) == ",":
        span = _apposed(tokens, one, bounds, language)
    outcome = _outcome(tokens, one, span, bounds, language)
    if one.kind == "money" and outcome not in {"lost", ""}:
        outcome = ""
    if outcome == "lost" and span is not None and tokens[span[1] - 1].low in _BUILT:
        outcome = "destroyed"  # "twelve homes lost" in a fire
    return Counted(span, outcome)


def converted(tokens: Sequence[Token], one: Quantity) -> int:
    """Return one past a bracket that gives a quantity in other units: "20in (50cm) of snow"; 0 where there is none."""
    if low_at(tokens, one.past) != "(" or one.kind not in {"money", "measure"}:
        return 0
    ends = range(one.past + 2, min(one.past + 2 + _CONVERSION, len(tokens)))
    end = next((at for at in ends if tokens[at].text == ")"), 0)
    return end + 1 if any(token.kind == "number" for token in tokens[one.past : end]) else 0


def _own(tokens: Sequence[Token], one: Quantity, bounds: Span, language: str) -> Span | None:
    at = converted(tokens, one) or one.past
    if one.number.rest in units.ODD:
        return noun_phrase(tokens, max(at, one.last), language, many=True) if max(at, one.last) < bounds[1] else None
    if one.bare and low_at(tokens, at) == "others" and at < bounds[1]:
        return (at, at + 1)
    if one.number.rest and not one.unit and one.number.last == one.past:
        return None if one.number.rest.partition("-")[0] in _OF_FORM else (one.past - 1, one.past)
    if one.joined == "in" and low_at(tokens, one.number.last + 1) == "in":
        return (one.number.last, one.number.last + 1)  # "one child in five"
    if one.kind == "multiple" and (one.number.times or tokens[one.past - 1].low in {"times", "mal", "veces"}):
        return None  # "three times the rate" compares
    if at + 1 < bounds[1] and tokens[at].text in {"-", "‑"} and tokens[at].start == tokens[at - 1].end:
        at += 1  # "a $3bn-loan"
        if tokens[at].low in units.ODD and one.kind == "count" and at + 1 < bounds[1]:
            return noun_phrase(tokens, at + 1, language, many=True)  # "100-plus people"
        if tokens[at].low in {"and", "or", "to"}:
            return None  # "two- and three-bedroom homes"
        if one.kind == "count" and low_at(tokens, at) in _OF_ALL and at + 1 < bounds[1]:
            return noun_phrase(tokens, at + 1, language, many=False, within=True)  # "a 300-strong force"
        if one.kind == "count":  # "a 150-page report"
            return None if tokens[at].low.partition("-")[0] in _OF_FORM else (at, at + 1)
    worded = tokens[at - 1].low.endswith("s") or low_at(tokens, at - 2) in {"per", "an"}  # "90 km an hour"
    if one.unit and one.kind == "measure" and worded and not one.hyphened:
        return _after_of(tokens, one, at, bounds, language) or _before_of(tokens, one, bounds, language)
    if low_at(tokens, at) == "magnitude" and one.kind == "count" and at + 1 < bounds[1]:
        return noun_phrase(tokens, at + 1, language, many=False, within=True) or (at, at + 1)
    single = one.low == one.high == 1
    many = (one.kind == "count" or one.joined == "in") and not one.hyphened and not single
    within = one.hyphened or (one.kind == "count" and single and not _became(tokens, at, language))
    nominal = one.hyphened or (one.kind != "count" and low_at(tokens, one.first - 1) in {"a", "an"})
    if one.kind == "duration" and low_at(tokens, at) in {"'", "’"} and tokens[at].start == tokens[at - 1].end:
        at, nominal = at + 1, True  # "two weeks' notice"
    if one.hyphened:
        at = _past_rate(tokens, at)
    if one.kind == "percent" and ellipsis.is_number(tokens, at, language):
        return None  # "down from 66% four years ago"
    span = noun_phrase(tokens, at, language, many=many, within=within, nominal=nominal) if at < bounds[1] else None
    if span is not None and span[0] >= one.last and _may_be_counted(tokens, one, span, language):
        verb = span[1] - span[0] == 1 and "either" in phrases(language).classes.get(tokens[span[0]].low, ())
        verb = verb and low_at(tokens, one.first - 1) == "of" and one.kind != "count" and not one.hyphened
        if verb and (of := _before_of(tokens, one, bounds, language)):
            return of  # "the top rate of 45% starts at £150,000"
        return _with_others(tokens, span, bounds, language) if many and span[0] >= one.past else span
    of = _after_of(tokens, one, at, bounds, language)
    return of if of or one.hyphened else _before_of(tokens, one, bounds, language)


def _with_others(tokens: Sequence[Token], span: Span, bounds: Span, language: str) -> Span:
    """Return a plural with the one that "and" joins to it: "40,000 homes and businesses are without power".

    Behind a verb the second may begin a clause of its own: "they sold 12 players and fans are furious".
    """
    at = span[1]
    if at + 1 >= bounds[1] or tokens[at].low not in {"and", "or"}:
        return span
    first, second = tokens[at - 1], tokens[at + 1]
    plain = second.kind == "word" and second.text.islower() and first.text.islower()
    classes = phrases(language).classes
    if not plain or not (is_plural(first.low, language) and is_plural(second.low, language)):
        return span
    sung = low_at(tokens, at + 2) in {"in", "at", "near", "with"} and second.low in _LIVES
    if sung or {"stop", "soft", "either", "verb"} & set(classes.get(second.low, ())):
        return span
    after = low_at(tokens, at + 2)
    ends = at + 2 >= bounds[1] or tokens[at + 2].kind == "mark" or after in _WHERE
    goes_on = "verb" in classes.get(after, ()) or after in _DOING or after.endswith("ed")
    opens = not any(
        "verb" in classes.get(token.low, ()) or token.low in _DOING or token.low.endswith("ed")
        for token in tokens[bounds[0] : span[0]]
    )
    return (span[0], at + 2) if ends or (goes_on and opens) else span


_LIVES: Final = frozenset({"lives", "sleeps", "dies", "goes", "hopes"})
_WHERE: Final = frozenset(
    {"in", "across", "at", "near", "around", "along", "throughout", "who", "that", "without", "to"}
)
_DOING: Final = frozenset({"were", "was", "are", "have", "had", "will", "is", "has", "may", "could", "would", "remain",
                           "can", "must", "should", "might", "still", "did", "do"})  # fmt: skip


def _apposed(tokens: Sequence[Token], one: Quantity, bounds: Span, language: str) -> Span | None:
    """Return the plural that "of them" stands for: "the monitors, 35 of them unarmed"."""
    at = one.first - 2
    plural = at >= bounds[0] and tokens[at].kind == "word" and is_plural(tokens[at].low, language)
    return (at, at + 1) if plural and "stop" not in phrases(language).classes.get(tokens[at].low, ()) else None


def _past_rate(tokens: Sequence[Token], at: int) -> int:
    """Step over "-an-hour", "-a-year" behind an amount: "$12-an-hour workers"."""
    if low_at(tokens, at).partition("-")[0] in {"a", "an", "per"} and "-" in tokens[at].low:
        return at + 1
    while low_at(tokens, at) in {"-", "‑", "a", "an"}:
        at += 1
    return at


def _may_be_counted(tokens: Sequence[Token], one: Quantity, span: Span, language: str) -> bool:
    """Say whether a noun behind a quantity of that kind is what it counts: of "-1.6% Spain: -2.9%" no name is."""
    if one.kind == "duration" and tokens[span[1] - 1].low == "time":
        return False  # "in two weeks' time", "in six-months time"
    if one.kind == "money" and tokens[one.past - 1].low == "plus" and not one.hyphened:
        return False  # "£22m plus extras"
    if one.hyphened or one.kind == "count":
        last = tokens[span[1] - 1].low  # "324,750 prior week"
        return one.hyphened or one.low == 1 or is_plural(last, language) or not units.is_time(last, language)
    more = one.kind in {"percent", "multiple"} and tokens[span[0] - 1].low in {"more", "less"}
    if more and not is_plural(tokens[span[1] - 1].low, language):
        return False  # "20% more expensive"
    named = tokens[span[1] - 1].text[0].isupper() and not tokens[span[1] - 1].text.isupper()
    return not named and (one.kind != "duration" or span[0] > one.past)


def _after_of(tokens: Sequence[Token], one: Quantity, at: int, bounds: Span, language: str) -> Span | None:
    part = phrases(language).determiners
    if one.kind in {"measure", "duration"} and low_at(tokens, one.first - 1) == "within":
        return None  # "within 60 miles of the coast"
    if one.kind == "money" and at + 2 < bounds[1] and tokens[at].low in {"a", "per"}:
        at += 2  # "£12bn a year of cuts"
    if at + 1 < bounds[1] and tokens[at].low == "out" and tokens[at + 1].low == "of":
        whole = low_at(tokens, at + 2)
        if not (whole in part or whole in _SKIPPED or ellipsis.is_number(tokens, at + 2, language)):
            return None  # "2.5 million out of work"
        at += 1
    if at + 1 < bounds[1] and tokens[at].low == "worth" and tokens[at + 1].low == "of":
        at += 1  # "£30,000 worth of damage"
    if at < bounds[1] and tokens[at].low in {"of", "de", "del", "von", "der"}:
        at += 1
    elif not (at < bounds[1] and tokens[at].low in part and tokens[at - 1].low in {"half", "media", "medio"}):
        return None
    at = _past_number_of(tokens, at)
    numbers, begins = lexicon.load(language, "numbers"), at
    compares = one.kind == "multiple" and "of_size" in lexicon.load(language, "contexts").get(
        low_at(tokens, at + (low_at(tokens, at) in part)), ()
    )
    if compares:
        return None  # "half the size of Mida"
    while at < bounds[1] and (
        tokens[at].low in _SKIPPED
        or tokens[at].kind == "number"
        or "number" in numbers.get(tokens[at].low, ())
        or _possessive(tokens, at)
        or (tokens[at].low, low_at(tokens, at + 1)) == ("or", "so")  # "of the 4,000 or so staff"
        or (tokens[at - 1].low, tokens[at].low) == ("or", "so")
    ):
        at += 1
    if at >= bounds[1] or (tokens[at - 1].low in {"these", "those"} and not _is_noun(tokens, at, language)):
        return None
    if units.is_time(tokens[at].low, language) or (one.kind == "duration" and tokens[at].low in {"half", "quarter"}):
        return None  # "eight months of the year", "the last 15 minutes of the half"
    if tokens[at].low.endswith("ing") and low_at(tokens, at + 1) in _TO_DO:
        return None  # "after three months of attempting to reach a deal"
    many = one.kind != "count" or one.low != 1
    numbered = any(
        token.kind == "number" or token.low in numbers for token in tokens[begins:at]
    )  # "two of the 63 left"
    span = noun_phrase(tokens, at, language, many=many, nominal=not numbered)
    if span is None and not numbered and tokens[at - 1].low == "the" and low_at(tokens, at) in _outcomes(language):
        return (at, at + 1)  # "14 of the injured"
    return span


def _past_number_of(tokens: Sequence[Token], at: int) -> int:
    """Step over what only names a number: "a quarter of its total number of users", "half of the amount of aid"."""
    here = at
    while low_at(tokens, here) in _SKIPPED | _OVERALL and low_at(tokens, here + 1) != "of":
        here += 1
    return here + 2 if low_at(tokens, here) in _NUMBER_OF and low_at(tokens, here + 1) == "of" else at


_OVERALL: Final = frozenset({"total", "overall", "whole", "full", "entire", "combined", "usual", "normal", "annual"})
_NUMBER_OF: Final = frozenset({"number", "numbers", "total", "amount", "volume", "quantity", "sum", "tally", "count"})


def _possessive(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a token is of "’s" behind a number: "two of 2013’s best"."""
    if tokens[at].low in {"'s", "'", "’"}:
        return True
    return tokens[at].low == "s" and tokens[at - 1].text in {"'", "’"}


def _is_noun(tokens: Sequence[Token], at: int, language: str) -> bool:
    return is_plural(tokens[at].low, language)


def _before_of(tokens: Sequence[Token], one: Quantity, bounds: Span, language: str) -> Span | None:
    at = one.first - 1
    if at > bounds[0] and tokens[at].low in {"a", "an"}:
        at -= 1
    if at <= bounds[0] or tokens[at].low != "of":
        return None
    closing = tokens[at - 1].text
    opening = {")": "(", ",": ",", "–": "–", "—": "—"}.get(closing, "")
    opened = next((n for n in range(at - 2, max(at - 9, bounds[0]), -1) if tokens[n].text == opening), 0)
    if opened > bounds[0] and (closing == ")" or not _acted(tokens, opened, at, language)):
        at = opened  # "net profits (before tax) of £3m", "a valuation, at the moment, of $31bn"
    noun, words = tokens[at - 1], phrases(language)
    far = (noun.low, one.kind) in {("range", "measure"), ("value", "money")}  # "a range of 500km", "a value of $14bn"
    named = noun.low in words.no_share or "stop" in words.classes.get(noun.low, ())
    if noun.kind != "word" or (named and not far):
        return None
    if noun.low.endswith(("ed", "est")) and not noun.low.endswith(("eed", "rest", "quest")):
        return None  # "convicted of 11", "the largest of 34"
    return (at - 1, at)


def _acted(tokens: Sequence[Token], first: int, last: int, language: str) -> bool:
    """Say whether what is set off by commas or dashes has a verb or a number, so that it is more than an aside."""
    classes = phrases(language).classes
    return any(
        token.kind == "number" or "verb" in classes.get(token.low, ()) or token.low in _PASSIVE
        for token in tokens[first + 1 : last]
    )


def _became(tokens: Sequence[Token], at: int, language: str) -> bool:
    """Say whether a word says what became of one, who is named by nothing else: "three killed, 1 injured in Mida"."""
    return low_at(tokens, at).endswith("ed") and low_at(tokens, at) in _outcomes(language)


@lexicon.kept
def _outcomes(language: str) -> dict[str, tuple[str, ...]]:
    return dict(lexicon.load(language, "outcomes"))


def _outcome(tokens: Sequence[Token], one: Quantity, span: Span | None, bounds: Span, language: str) -> str:
    if one.kind not in {"count", "money"}:
        return ""
    listed = _outcomes(language)
    end = max(one.past, span[1]) if span is not None and span[0] >= one.first else one.past
    if span is not None and span[0] >= one.past:
        for at in range(span[0], span[1]):  # "89 dead servicemen", "63 injuries"
            low = tokens[at].low
            if values := listed.get(low) or (one.low == 1 and listed.get(f"{low}s")):
                return values[0]
    end = _past_aside(tokens, end, bounds)
    for at in range(end, min(bounds[1], end + _REACH)):
        if tokens[at].low in {"and", "or"} and low_at(tokens, at + 1).endswith("ed") and at == end:
            break  # "destroyed 63 homes and damaged 12"
        if tokens[at].kind == "number" or tokens[at].text in _STOPS or (tokens[at].text == "," and at > end + 1):
            break
        values = _longest(tokens, at, bounds[1], listed)
        if values and values[1] in {"after", "both"}:
            acted = values[1] == "both" and (tokens[at - 1].low in _HAVING or _does(tokens, at, language))
            return "" if acted else values[0]  # "have closed the gap"
        if at > end and tokens[at].low in {"and", "but", "while", "who", "as", "after", "when", "that"}:
            break
    return _outcome_before(tokens, one, bounds, listed, language)


_HAVING: Final = frozenset({"have", "has", "had", "'ve", "he", "she", "they", "it"})


def _does(tokens: Sequence[Token], at: int, language: str) -> bool:
    """Say whether an outcome is another's, to whom those counted did it: "two missiles killed nine", "killed a man"."""
    after = at + 2 if tokens[at].low == "shot" else at + 1
    if tokens[at - 1].low in _PASSIVE or after >= len(tokens):
        return False
    if tokens[after].low == "at" and low_at(tokens, after + 1) == "least":
        return True
    if units.is_time(low_at(tokens, after + 1), language):
        return False  # "12 homes destroyed a week ago"
    return ellipsis.is_number(tokens, after, language) or tokens[after].low in _WHOM


_PASSIVE: Final = frozenset({"was", "were", "been", "are", "is", "be", "being"})


def _past_aside(tokens: Sequence[Token], at: int, bounds: Span) -> int:
    """Step over what is said of some of those counted: "63 people, including 12 children, were killed"."""
    if low_at(tokens, at) == "(":
        closes = range(at + 2, min(at + 2 + _ASIDE, bounds[1] - 1))
        return next((n + 1 for n in closes if tokens[n].text == ")"), at)
    if low_at(tokens, at) != "," or low_at(tokens, at + 1) not in _SOME_OF_THEM:
        return at
    ends = range(at + 2, min(at + 2 + _ASIDE, bounds[1] - 1))
    return next((n + 1 for n in ends if tokens[n].text == ","), at)


def _outcome_before(
    tokens: Sequence[Token], one: Quantity, bounds: Span, listed: dict[str, tuple[str, ...]], language: str
) -> str:
    for at in range(one.first - 1, max(bounds[0] - 1, one.first - 5), -1):
        if tokens[at].kind == "number" or tokens[at].text in _STOPS | {","}:
            break
        values = _longest(tokens, at, one.first, listed)
        if values and values[1] in {"before", "both"}:
            passive = at > bounds[0] and tokens[at - 1].low in _PASSIVE
            return "" if passive else values[0]
        if tokens[at].low not in _PASSED and "stop" in lexicon.load(language, "boundaries").get(tokens[at].low, ()):
            break
    return ""


def _longest(tokens: Sequence[Token], at: int, end: int, listed: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    for length in (3, 2, 1):
        if at + length <= end:
            values = listed.get(" ".join(token.low for token in tokens[at : at + length]))
            if values and len(values) > 1:
                return values
    return ()
