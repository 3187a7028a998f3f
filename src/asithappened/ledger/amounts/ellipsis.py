"""What a number stands for where its noun, or its unit, was said before it: "34 of them", "for nine years, not ten".

Owns finding the noun that a number takes from its sentence, by evaluation/GUIDELINE.md, and the unit that it shares
with the number before it. Never looks at the noun phrase behind a number: that is `counted`'s. Look next: `figures`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from asithappened.ledger.amounts.quantities import Quantity
from asithappened.ledger.language import lexicon
from asithappened.ledger.language.phrases import is_plural, low_at, noun_phrase, phrases
from asithappened.ledger.language.tokens import Token

_NEAR: Final = 14  # tokens between two numbers that share a unit
_LEADING: Final = 3  # marks before a sentence's first word

Span = tuple[int, int]


class Said(NamedTuple):
    """What a sentence has counted up to a number, as tokens.

    `things`: what a number without a noun counts; `behind`: the preposition before the number that counted them;
    `nearest`: what the last number counts, be it only where or when the things were ("63 men in 12 towns"); `whole`:
    those of whom a share was told ("52% of voters"), and `part`: the preposition before that share.
    """

    things: Span | None = None
    behind: str = ""
    nearest: Span | None = None
    whole: Span | None = None
    part: str = ""


def opened(tokens: Sequence[Token], bounds: Span, language: str) -> Said:
    """Return what a sentence begins with that numbers are of: "Of the cases notified today, 63 are in Mida"."""
    at = bounds[0]
    while at < min(bounds[1], bounds[0] + _LEADING) and tokens[at].kind == "mark":
        at += 1
    if low_at(tokens, at) != "of":
        return Said()
    at += 1
    while at < bounds[1] and tokens[at].low in _THE:
        at += 1
    span = noun_phrase(tokens, at, language, many=True) if at < bounds[1] else None
    if span is None or not is_plural(tokens[span[1] - 1].low, language):
        return Said()
    return Said(things=span, behind="of", nearest=span)


def counting(tokens: Sequence[Token], one: Quantity, span: Span, said: Said, language: str) -> Said:
    """Return what a sentence has counted once a number has counted something."""
    if one.kind in {"percent", "multiple"}:
        return said._replace(whole=span, part=_preposition(tokens, one)) if span[0] >= one.past else said
    if one.kind != "count" or one.hyphened or one.number.rest:
        return said
    last = low_at(tokens, span[1] - 1)
    if last == "others":
        return said
    if not (is_plural(last, language) or one.low == 1) or last == "lives":  # "claimed 59 lives and injured 175"
        return Said(whole=said.whole, part=said.part)
    preposition = _preposition(tokens, one)
    if preposition == "per" or (preposition == "every" and low_at(tokens, one.first - 2) == "for"):
        return said  # "302 per 100,000 people, up from 231"
    if said.things is not None and span != said.things and preposition in _WHERE:
        return said._replace(nearest=span)
    return said._replace(things=span, behind=preposition, nearest=span)


def stands_for(
    tokens: Sequence[Token], one: Quantity, said: Said, outcome: str, bounds: Span, language: str
) -> Span | None:
    """Return the noun said before that a number without one stands for, None where it counts nothing.

    `outcome`: what became of those that the number counts, who are no missiles where they were killed.
    """
    if one.kind not in {"count", "percent", "multiple"} or one.hyphened or one.past >= bounds[1]:
        return None
    if of_them(tokens, one):
        close = said.nearest is not None and said.nearest[1] == one.first - 1
        return said.nearest if close else said.things or said.whole
    if one.kind != "count":
        return _of_whole(tokens, one, said, bounds, language)
    if said.things is None or not _elliptic(tokens, one, said, bounds, language):
        return None
    harmed = outcome in _HARMS or low_at(tokens, one.past) in _STRANDED
    return said.things if not harmed or _lives(tokens, said.things, language) else None


_HARMS: Final = frozenset({"killed", "injured", "arrested", "charged", "convicted", "displaced", "missing"})
_STRANDED: Final = frozenset({"stranded", "trapped", "aboard"})
_SOMEBODY: Final = ("men", "women", "people", "children", "ists", "ians", "ees", "ers", "ors", "ants", "folk")


def _lives(tokens: Sequence[Token], span: Span, language: str) -> bool:
    """Say whether a noun is of persons: "two missiles hit a market, killing 12" is of no missiles."""
    noun = tokens[span[1] - 1]
    listed = lexicon.load(language, "counted_as").get(noun.low)
    if listed is not None:
        return listed[1] != "thing"
    if noun.text[0].isupper() and not language.startswith("de"):
        return True  # "two Iraqis", "three MPs"
    if "aged" in lexicon.load(language, "contexts").get(noun.low, ()):
        return True
    speakers = lexicon.load(language, "speakers")
    known = speakers.get(noun.low) or speakers.get(noun.low.removesuffix("s"), ("",))
    return known[0] in {"person", "people"} or (noun.low.endswith(_SOMEBODY) and noun.low not in _MACHINES)


_MACHINES: Final = frozenset(
    {"towers", "rivers", "shelters", "quarters", "helicopters", "choppers", "tankers", "trailers", "containers",
     "boosters", "bunkers", "trawlers", "cruisers", "launchers", "freighters", "steamers", "craters", "computers",
     "skyscrapers", "orders", "letters", "papers", "numbers", "centers", "theaters", "carriers", "tractors",
     "reactors", "sectors", "doors", "floors", "motors", "coasters", "ferries", "speakers", "powers", "fires",
     "borders", "corridors", "errors", "servers", "routers", "bulldozers", "diggers", "jumbo", "liners"}
)  # fmt: skip


def of_them(tokens: Sequence[Token], one: Quantity) -> bool:
    """Say whether "of them" stands behind a number."""
    if one.past + 1 >= len(tokens) or tokens[one.past].low not in {"of", "de", "von"}:
        return False
    after = tokens[one.past + 1].low
    return after in {"them", "these", "those", "whom", "which", "ellos", "ihnen"}


def in_all(tokens: Sequence[Token], one: Quantity) -> bool:
    """Say whether a count sums up what was said before: "a total of four", "12 in total", "about 20 in all"."""
    if not one.bare or one.number.rest:
        return False
    behind = [low_at(tokens, at) for at in range(one.past, one.past + 3)]
    if behind[0] in {"altogether", "overall"} or behind[:2] in (["in", "total"], ["in", "all"]):
        return True
    ahead = [low_at(tokens, at) for at in range(one.first - 3, one.first)]
    return ahead == ["a", "total", "of"] and behind[0] in _CLOSING


def done_before(tokens: Sequence[Token], one: Quantity, bounds: Span, language: str) -> Span | None:
    """Return the plural that something was done to before in the sentence: "heard shots … a total of four"."""
    classes = phrases(language).classes
    for at in range(one.first - 1, bounds[0], -1):
        token = tokens[at]
        if token.text in {";", "."}:
            return None
        if token.kind != "word" or not token.text.islower() or not is_plural(token.low, language):
            continue
        if {"stop", "verb"} & set(classes.get(token.low, ())) or is_number(tokens, at - 1, language):
            continue
        before = tokens[at - 1]
        acts = "verb" in classes.get(before.low, ()) or before.low.endswith("ed") or before.low in {"down", "up"}
        return (at, at + 1) if acts else None
    return None


def with_units(tokens: Sequence[Token], found: Sequence[Quantity]) -> Iterator[Quantity]:
    """Yield quantities, those with the unit of the one before that stand as it does: "for nine years, not ten"."""
    before: Quantity | None = None
    for one in found:
        shared = before is not None and _shares_unit(tokens, before, one)
        before = replace(one, kind=before.kind, unit=before.unit) if before is not None and shared else one
        yield before


def _shares_unit(tokens: Sequence[Token], before: Quantity, one: Quantity) -> bool:
    if before.kind not in {"duration", "measure"} or not before.unit:
        return False
    if before.hyphened and before.kind != "duration":
        return False
    if not one.bare or one.number.rest or not 0 < one.first - before.past < _NEAR:
        return False
    between = [token.low for token in tokens[before.past : one.first]]
    if not {".", "!", "?", ";", ":", "("}.isdisjoint(between):
        return False
    after = low_at(tokens, one.past)
    if before.kind == "duration" and low_at(tokens, one.first - 1) in _WHICH and after in _CLOSING:
        return low_at(tokens, before.first - 1) in _WHICH | _THESE  # "in the next four-year period than the last four"
    if before.hyphened:
        return False
    if after in _SINCE and after == low_at(tokens, before.past):
        return True  # "nine years since the flood and 30 since the drought"
    if after in _THERE and after == low_at(tokens, before.past) and between[-1] in {",", "and"}:
        return True  # "12 degrees in Mida, 30 in Kern"
    if after not in _CLOSING:
        return False
    if between == ["to"]:
        return _preposition(tokens, before) == "from"  # "cut from 12 months to nine"
    if between[0] == "," or between == ["or"]:
        words = [low for low in between if low != ","]
        if words and set(words) <= _PERHAPS:
            return True  # "12 hours, perhaps 24"
    alike = _preposition(tokens, one)
    return alike in _LASTING and alike == _preposition(tokens, before)


def _preposition(tokens: Sequence[Token], one: Quantity) -> str:
    """Return the word before a number, its modifier and a determiner."""
    at = one.first - 1
    if low_at(tokens, at) in _THE:
        at -= 1
    return low_at(tokens, at)


_THE: Final = frozenset(
    {"the", "all", "these", "those", "its", "their", "his", "her", "our", "a", "an", "another", "just", "only"}
)
_WHERE: Final = frozenset({"in", "at", "on", "across", "from", "into", "through", "after", "before", "within", "over"})
_LASTING: Final = frozenset({"for", "in", "at", "after", "within"})
_SINCE: Final = frozenset({"since", "ago", "later", "earlier"})
_WHICH: Final = frozenset({"previous", "last", "next", "first", "past", "following", "preceding", "final", "current",
                           "coming", "prior", "opening", "second", "latest"})  # fmt: skip
_THESE: Final = frozenset({"this", "these", "those", "the"})
_THERE: Final = frozenset({"in", "at", "on", "near"})
_PERHAPS: Final = frozenset({"perhaps", "maybe", "possibly", "even", "not", "if", "or"})
_CLOSING: Final = frozenset({"", ".", ",", ";", ")", "!", "?", "and", "but", "–", "—"})


def _of_whole(tokens: Sequence[Token], one: Quantity, said: Said, bounds: Span, language: str) -> Span | None:
    """Return those of whom a share is told without saying so: "37% of firms will hire, and 22% will not"."""
    before, after = low_at(tokens, one.first - 1) if one.first > bounds[0] else "", low_at(tokens, one.past)
    verb = "verb" in phrases(language).classes.get(after, ())
    if one.number.times:
        return None
    if said.whole is None:  # "of the 2,000 parents asked, one in five said that …"
        if said.things is None or not _of_things(tokens, one, before, verb=verb):
            return None
        return said.things if all(token.text != ";" for token in tokens[said.things[1] : one.first]) else None
    if verb or after in _ACTING or (before == "(" and after == ")"):
        return said.whole
    if before in _OWNING:
        return said.whole if "to" in _three_before(tokens, one) else None
    ends = after in _CLOSING
    return said.whole if ends and before == said.part and before in _DOING else None


def _of_things(tokens: Sequence[Token], one: Quantity, before: str, *, verb: bool) -> bool:
    """Say whether a share is one of those counted before it: "750 homes lost power, but 90% have it back"."""
    after = low_at(tokens, one.past)
    if verb or (after in _MANY and before not in _OWNING):
        return one.kind == "multiple" or before in _JOINING
    if before == "for":
        return after in {"that", "the", "it", "this", "who"}
    return before == "to" and low_at(tokens, one.first - 2) in _RESTORED


_MANY: Final = frozenset({"were", "are", "have", "had", "will", "did", "do", "would", "could", "don't"})
_JOINING: Final = frozenset({",", "and", "but", "of", "though", "although", "only", "that", "where"})
_RESTORED: Final = frozenset({"restored", "returned", "reconnected", "back", "given", "delivered", "offered", "sent"})
_OWNING: Final = frozenset({"his", "her", "its", "their", "'s"})
_DOING: Final = frozenset({"by", "among", "against", "with"})


def _three_before(tokens: Sequence[Token], one: Quantity) -> set[str]:
    return {low_at(tokens, at) for at in range(one.first - 4, one.first - 1)}


def _elliptic(tokens: Sequence[Token], one: Quantity, said: Said, bounds: Span, language: str) -> bool:
    """Say whether a count stands for a noun said before: "two were hurt", "and 12 injured", "to Lund's 12"."""
    after, before = low_at(tokens, one.past), low_at(tokens, one.first - 1) if one.first > bounds[0] else ""
    if any(token.low in {"number", "toll", "total", "figure", "score"} for token in tokens[one.first - 3 : one.first]):
        return False
    if after in {"others", "andere", "otros", "otras"}:
        return False
    further = low_at(tokens, one.first - 2) if one.first - 1 > bounds[0] else ""
    acts = "verb" in phrases(language).classes.get(after, ()) or after in _ACTING or after.endswith("ed")
    match before:
        case "to":
            rival = low_at(tokens, one.first - 3) == "for"  # "51 votes for Lund to 49"
            many = tokens[one.first - 2].kind == "word" and is_plural(further, language)
            again = said.behind == "to" and further in {",", "and"}  # "down to ten men, and to nine"
            return rival or many or again or further in _COMPARED
        case "from":
            return further in {"up", "down"}
        case "of":
            return further == "instead" or (said.behind == "of" and after in _CLOSING)  # "of 17 charges, guilty of 11"
        case "in":
            return said.behind == "in" and after in _CLOSING  # "ahead in 282 seats, and his rival in 48"
        case "last" | "first" | "next" | "past" | "previous":
            return acts  # "the last three were freed", but "four assists in his last three"
        case "his" | "her" | "its" | "their" | "'s":
            return "to" in _three_before(tokens, one)
        case "-" | "–" | "—":  # "200 warnings are in place – 106 in the south"
            apart = further != ":" and tokens[one.first - 1].end < tokens[one.first].start
            return apart and after in {"in", "across", "of", "for", "from", "on"}
        case "the" | "those" | "these":
            numbered = further == "of" and is_number(tokens, one.first - 3, language)  # "22 of the 68 on a placebo"
            return acts or numbered or further in {"than", "with", "against"} or after in {"that", "who", "which"}
        case _:
            return before not in _ELSEWHERE


def is_number(tokens: Sequence[Token], at: int, language: str) -> bool:
    """Say whether a token is a number, in digits or in words."""
    if not 0 <= at < len(tokens):
        return False
    return tokens[at].kind == "number" or lexicon.load(language, "numbers").get(tokens[at].low, ("",))[0] == "number"


# Behind these a number is a level, a place or a time, and counts nothing that was counted before.
_ELSEWHERE: Final = frozenset(
    {"", "at", "by", "on", "for", "until", "till", "since", "after", "before", "around", "a", "an", "it", "him", "them",
     "=", ":", "(", "is", "was", "be", "are", "were", "as", "between", "under", "over", "into", "no", "number", "out",
     "among", "hit", "hits", "reached", "reaches", "topped", "touched", "exceeded", "exceeding", "worth"}
)  # fmt: skip
_ACTING: Final = frozenset({"were", "was", "are", "have", "had", "will", "is", "did", "do", "would", "could", "don't"})
_COMPARED: Final = frozenset({"compared", "comparison", "opposed"})
