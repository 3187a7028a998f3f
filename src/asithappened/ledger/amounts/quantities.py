"""Quantities: numbers with their units, ranges put together, and the words that say how exactly they are meant.

Owns what belongs to one quantity ("between £20m and £30m", "at least 12", "16-day"). Never judges whether it counts
anything: `labels` does. Look next: `figures`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from asithappened.ledger.amounts import units
from asithappened.ledger.amounts.numbers import Number, scan
from asithappened.ledger.language import lexicon
from asithappened.ledger.language.phrases import low_at, noun_follows
from asithappened.ledger.language.tokens import Token, Tokens

DASHES: Final = frozenset("-‐‑–—")
_OPENING: Final = frozenset("([“\"‘'=:")
_UNITED: Final = frozenset({"duration", "measure", "percent", "points"})  # kinds whose unit stands behind the last
_LONGEST: Final = 4  # words of a modifier
_ODDS: Final = 50  # "one in 12"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A quantity. `first`, `last`: its tokens, modifiers and unit too; `number`: the (first) number of it.

    `core`: the token where number and sign of money begin; `past`: one past number and unit. `joined`: by what a range
    is ("-", "to", "and"), "in" of a share ("nine in 10"), empty where it is neither. `begins`: a line begins with it.
    `hyphened`: it stands before a noun, as in "a 16-day strike".
    """

    number: Number
    first: int
    core: int
    past: int
    last: int
    start: int
    end: int
    low: float
    high: float
    kind: str = "count"
    unit: str = ""
    modifier: str = ""
    joined: str = ""
    begins: bool = False
    hyphened: bool = False
    upper: Number | None = None

    @property
    def bare(self) -> bool:
        """Say whether it has no unit and stands by itself."""
        return self.kind == "count" and not self.hyphened

    @property
    def whole(self) -> bool:
        """Say whether its value is a whole number."""
        return self.low.is_integer()


_RANGE: Final = 3  # times: what is more apart after "rose" is a change and a level
_MOVED: Final = frozenset(
    {"up", "down", "rose", "rises", "rising", "risen", "fell", "falls", "falling", "fallen", "gained", "gains",
     "gaining", "lost", "loses", "losing", "climbed", "climbs", "climbing", "dropped", "drops", "dropping", "added",
     "adds", "adding", "slipped", "slips", "jumped", "jumps", "jumping", "slid", "slides", "shed", "sheds", "dipped",
     "dips", "surged", "surges", "soared", "soars", "plunged", "plunges", "tumbled", "tumbles", "slumped", "slumps",
     "advanced", "declined", "eased", "eases", "edged", "higher", "lower", "another", "further"}
)  # fmt: skip


def read(text: Tokens, language: str) -> list[Quantity]:
    """Return a text's quantities in order."""
    single = [_single(text.tokens, number, language) for number in scan(text, language)]
    single = _with_halves(text.tokens, single, language)
    single = [replace(one, begins=_begins(text, one.core)) for one in single]
    together = _shared(text.tokens, _ranged(text.tokens, single, language), language)
    return [_modified(text.tokens, one, language) for one in together]


def _with_halves(tokens: Sequence[Token], single: list[Quantity], language: str) -> list[Quantity]:
    """Add the half that stands behind a unit: "an hour and a half", "two days and a half", "hora y media"."""
    words = lexicon.load(language, "numbers")
    found = list[Quantity]()
    for one in single:
        at = one.core
        while at > 0 and words.get(tokens[at - 1].low, ("",))[0] in {"article", "joiner"}:
            at -= 1
        unit = at - 1
        is_half = one.number.fraction and one.number.value == 0.5 and one.past == one.number.last
        joined = any(words.get(token.low) == ("joiner",) for token in tokens[at : one.core])
        kind, name = units.named(tokens, unit, language) if is_half and joined else ("", "")
        before = found[-1] if found and found[-1].past == at else None
        if kind not in {"duration", "measure"} or (before is None and found and found[-1].past > unit):
            found.append(one)
        elif before is not None and before.kind == kind:
            value = before.low + 0.5
            found[-1] = replace(before, past=one.past, last=one.last, end=one.end, low=value, high=value)
        else:
            start = tokens[unit].start
            number = one.number._replace(first=unit, start=start, value=1.5, fraction=False)
            found.append(
                replace(one, number=number, first=unit, core=unit, start=start, low=1.5, high=1.5, kind=kind, unit=name)
            )
    return found


def _begins(text: Tokens, at: int) -> bool:
    while at > 0 and text.tokens[at - 1].text in {"•", "(", "*", "–", "-"}:
        at -= 1
    return at == 0 or "\n" in text.text[text.tokens[at - 1].end : text.tokens[at].start]


def _single(tokens: Sequence[Token], number: Number, language: str) -> Quantity:
    kind, unit, first, last, start, end, hyphened = (
        "count",
        "",
        number.first,
        number.last,
        number.start,
        number.end,
        False,
    )
    value = number.value
    money = units.before(tokens, number, language)
    behind = units.after(tokens, number, language)
    suffixed = tokens[number.last - 1].low.partition("-")[0] == "m" and number.scaled and number.how == "digits"
    if money is None and suffixed and units.is_metres(tokens, number, language):
        kind, unit, value = "measure", "m", value / 1e6
        number = number._replace(value=value, scaled=False, factor=1.0)
    elif money is not None:
        kind, unit, first = "money", money[0], money[1]
        start = tokens[first].start
        if number.last < len(tokens) and tokens[number.last].text in DASHES and tokens[number.last].start == end:
            hyphened = _before_word(tokens, number.last)
    if number.times:
        kind = "multiple"
    compared = _times(tokens, number, language)
    if compared:
        kind, last, end = "multiple", number.last + 1, tokens[number.last].end
        behind = None
    plain = behind is not None and value != 1 and not number.fraction and behind.kind in {"duration", "measure"}
    singular = behind is not None and plain and units.is_singular(tokens, behind, language)  # "a two year deal"
    if behind is not None and kind in {"count", "money"} and not (kind == "money" and behind.kind != "money"):
        if kind == "count":
            kind, unit = behind.kind, behind.name
        last, end, hyphened = max(behind.last, last), behind.end, behind.hyphened or singular
    elif number.fraction and kind == "count":
        kind = "multiple"
    if tokens[number.first].start == number.start and _minus(tokens, first, cold=unit in _DEGREES):
        first, start, value = first - 1, tokens[first - 1].start, -value
    return Quantity(number=number, first=first, core=first, past=last, last=last, start=start, end=end, low=value,
                    high=value, kind=kind, unit=unit, hyphened=hyphened)  # fmt: skip


def _times(tokens: Sequence[Token], number: Number, language: str) -> bool:
    """Say whether a number compares: "three times the rate", "17 times sales", not "three times a day"."""
    if number.rest or number.last + 1 >= len(tokens) or number.fraction:
        return False
    if tokens[number.last].low == "times" and not number.value.is_integer() and not number.scaled:
        return True  # "2.3 times earnings"
    after = tokens[number.last + 1].low
    if low_at(tokens, number.last + (3 if after in {"this", "last", "next"} else 2)) == "'s":
        after = "its"  # "45 times this year's sales", "four times Kern's"
    beside = lexicon.load(language, "contexts").get(after, ())
    return tokens[number.last].low in {"times", "mal", "veces"} and ("compares" in beside or "multiplied" in beside)


def _before_word(tokens: Sequence[Token], at: int) -> bool:
    return at + 1 < len(tokens) and tokens[at + 1].kind == "word" and tokens[at + 1].start == tokens[at].end


_DEGREES: Final = frozenset({"C", "F", "degrees"})


def _minus(tokens: Sequence[Token], at: int, *, cold: bool = False) -> bool:
    """Say whether a minus stands before: the word, or the sign against the digits with nothing against it.

    `cold`: a dash may be the sign of what is measured so ("–40C").
    """
    if at == 0:
        return False
    sign = tokens[at - 1]
    if sign.low == "minus":
        return low_at(tokens, at - 2) not in {"or", "/"}  # "plus or minus"
    against = (sign.text in {"-", "−", "‑"} or (cold and sign.text in DASHES)) and sign.end == tokens[at].start
    alone = at == 1 or tokens[at - 2].end < sign.start or tokens[at - 2].text in _OPENING
    return against and alone and tokens[at].kind != "word"


def _ranged(tokens: Sequence[Token], single: list[Quantity], language: str) -> list[Quantity]:
    found: list[Quantity] = []
    at = 0
    while at < len(single):
        one = single[at]
        after = single[at + 1] if at + 1 < len(single) else None
        joined = _joined(tokens, one, after, language) if after is not None else ""
        if after is not None and (share := _share(tokens, one, after, language)):
            one = share
            at += 1
        elif after is not None and joined:
            one = _range(tokens, one, after, joined)
            at += 1
        found.append(one)
        at += 1
    return found


def _joined(tokens: Sequence[Token], low: Quantity, high: Quantity, language: str) -> str:
    """Return by what two quantities are one range, empty where they are two."""
    between = tokens[low.past : high.core]
    if len(between) != 1 or low.number.rest or low.number.times or high.number.times:
        return ""
    join = between[0]
    kinds = _range_words(language).get(join.low, ())
    before = tokens[low.core - 1].low if low.core else ""
    if join.text in DASHES and join.start == tokens[low.past - 1].end and join.end == tokens[high.core].start:
        return "-"
    if "between" in kinds and "between" in _range_words(language).get(before, ()):
        return "and"
    colder = low.low < 0 and high.low < low.low  # "-45F to -60F"
    rises = low.low < high.high or low.number.factor < high.number.factor or colder
    if "or" in kinds:
        return "or" if rises and high.low - low.low <= max(2, low.low) and not low.number.scaled else ""
    spaced = low.past > low.number.last and tokens[low.number.last].start > low.number.end
    worded = spaced and tokens[low.past - 1].kind == "word"  # "7 points to 51 points" is no range, "20km to 30km" is
    if "to" in kinds and before in _MOVED and (low.kind != "count" or high.low > _RANGE * low.low):
        return ""  # "rose $2 to $45"
    if "to" in kinds and rises and low.kind in {high.kind, "count"} and not worded and before not in {"by", "um"}:
        if "from" not in _range_words(language).get(before, ()):
            return "to"
        ranging = tokens[low.core - 2].low if low.core > 1 else ""
        return "to" if "ranging" in _range_words(language).get(ranging, ()) else ""
    return ""


def _shared(tokens: Sequence[Token], found: list[Quantity], language: str) -> list[Quantity]:
    """Give what is printed once to all that share it: "after 15, 30 and 45 days", "from 2 to 3 million"."""
    listed = shared = False
    for at in range(len(found) - 2, -1, -1):
        one, after = found[at], found[at + 1]
        between = [token.low for token in tokens[one.past : after.core] if token.text not in DASHES]
        follows = at > 0 and found[at - 1].bare and _only_comma(tokens, found[at - 1], one)
        if len(between) > 1 and (between[0] == "," and follows):
            between = between[1:]  # "15, 30, and 45 days"
        if len(between) == 2 and between[1] in _EVEN:
            between = between[:1]  # "20, 30 or even 40 points"
        kinds = set(_range_words(language).get(between[0], ())) if len(between) == 1 else set()
        joined = bool(kinds & {"between", "or", "to"}) or (between == [","] and listed)
        listed = joined and one.bare and not one.number.rest and not _may_be_year(one)
        if "or" in kinds and not one.low < after.low <= 3 * one.low:
            listed = False  # "down 28 or 0.5%"
        if not listed:
            shared = False
            continue
        if after.kind in _UNITED and (after.past > after.number.last or shared):
            found[at], shared = replace(one, kind=after.kind, unit=after.unit, hyphened=after.hyphened), True
        elif after.bare and "to" in kinds and one.number.factor == 1 and after.number.factor >= 1000:
            value = one.low * after.number.factor
            if one.whole and 0 < value < after.low:
                found[at] = replace(one, low=value, high=value)
    return found


_EVEN: Final = frozenset({"even", "then", "perhaps", "maybe", "possibly", "finally", "now"})


def _only_comma(tokens: Sequence[Token], one: Quantity, after: Quantity) -> bool:
    return after.core == one.past + 1 and tokens[one.past].text == ","


def _may_be_year(one: Quantity) -> bool:
    return one.number.how == "digits" and 1000 <= one.low < 2200 and one.whole


def _share(tokens: Sequence[Token], part: Quantity, whole: Quantity, language: str) -> Quantity | None:
    """Return "nine in 10", "one out of every five" and "half of 1%" as one quantity, None where two stand there."""
    between = " ".join(token.low for token in tokens[part.past : whole.core])
    if part.number.fraction and whole.kind == "percent" and between in {"of", "of a", ""}:  # "half of one per cent"
        value = part.low * whole.low
        return replace(part, past=whole.past, last=whole.last, end=whole.end, low=value, high=value, kind=whole.kind,
                       unit=whole.unit, hyphened=whole.hyphened)  # fmt: skip
    if not (part.bare and whole.bare and part.whole and whole.whole and 0 < part.low < whole.low):
        return None
    worded = part.number.how == whole.number.how == "words" and part.low == 1
    if low_at(tokens, part.first - 1) == "no":
        return None  # "no one in 20 counties"
    if worded and whole.core - part.past == 2 and low_at(tokens, whole.core - 1) == "in":
        between = "in"  # "one child in five"
    if part.number.rest or part.number.scaled or "share" not in _range_words(language).get(between, ()):
        return None
    if between == "of" and whole.low != 10:
        return None  # "two of nine"
    odds = part.low == 1 and between == "in" and whole.low <= _ODDS and low_at(tokens, part.first - 1) != "number"
    odds = odds and (low_at(tokens, whole.past) == "of" or noun_follows(tokens, whole.past, language, plural=True))
    if whole.low > 10 and not odds and whole.low not in {20, 25, 50, 100, 1_000, 10_000, 100_000, 1_000_000}:
        return None  # "five wins in 13", but "one in 12 voters"
    if "of_games" in lexicon.load(language, "contexts").get(low_at(tokens, whole.past), ()):
        return None  # "five wins in 10 games"
    value = part.low / whole.low
    return replace(part, past=whole.past, last=whole.last, end=whole.end, low=value, high=value, kind="multiple",
                   joined="in")  # fmt: skip


@lexicon.kept
def _range_words(language: str) -> Mapping[str, tuple[str, ...]]:
    return lexicon.load(language, "ranges")


def _range(tokens: Sequence[Token], low: Quantity, high: Quantity, joined: str) -> Quantity:
    bottom = low.low
    shares = low.number.factor == 1 and high.number.factor > 1 and not low.number.scaled
    if shares and abs(low.low) <= abs(high.low) / high.number.factor:
        bottom *= high.number.factor  # "2-3 million"
    kind, unit = (high.kind, high.unit) if low.kind == "count" else (low.kind, low.unit)
    first, start = low.first, low.start
    if joined == "and" or (joined == "to" and first and tokens[first - 1].low in {"from", "von", "de", "entre"}):
        first, start = first - 1, tokens[first - 1].start
    return replace(low, first=first, past=high.past, last=high.last, start=start, end=high.end,
                   low=min(bottom, high.high), high=max(bottom, high.high), kind=kind, unit=unit,
                   joined=joined, hyphened=high.hyphened, upper=high.number)  # fmt: skip


@lexicon.kept
def _modifiers(language: str) -> tuple[Mapping[str, str], Mapping[str, str]]:
    entries = lexicon.load(language, "modifiers")
    before = {phrase: values[0] for phrase, values in entries.items() if values[1:] != ("after",)}
    after = {phrase: values[0] for phrase, values in entries.items() if values[1:] == ("after",)}
    return before, after


_ARTICLES: Final = frozenset({"a", "an", "ein", "eine", "einen", "einem", "einer", "un", "una"})


def _modified(tokens: Sequence[Token], one: Quantity, language: str) -> Quantity:
    before, after = _modifiers(language)
    modifier, first, start, last, end = "", one.first, one.start, one.last, one.end
    articled = first - 1 if first and tokens[first - 1].low in _ARTICLES else first
    for begin in dict.fromkeys((first, articled)):
        for length in range(min(_LONGEST, begin), 0, -1):
            words = tokens[begin - length : begin]
            found = before.get(" ".join(word.low for word in words), "")
            if found and _same_line(words, tokens[begin]):
                modifier, first, start = modifier or found, begin - length, words[0].start
                break
        if modifier:
            break
    for length in (3, 2, 1):
        words = tokens[last : last + length]
        found = after.get(_phrase(words, glued=bool(words) and words[0].start == end), "")
        if found and len(words) == length:
            modifier, last, end = modifier or found, last + length, words[-1].end
            break
    return replace(one, modifier=modifier, first=first, start=start, last=last, past=max(one.past, last), end=end)


def _phrase(words: Sequence[Token], *, glued: bool) -> str:
    if glued and len(words) > 1 and words[0].text in DASHES:
        return "-" + words[1].low if len(words) == 2 else ""
    return " ".join(word.low for word in words)


def _same_line(words: Sequence[Token], after: Token) -> bool:
    return all(b.start - a.end <= 1 for a, b in zip(words, [*words[1:], after], strict=True))
