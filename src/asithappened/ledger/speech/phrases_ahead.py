"""Noun phrases that begin at a place: "Olga Lind", "the head of the union, Olga Lind", "documents seen by the Herald".

Owns where one ends. Look next: `noun_phrases` for those that end at a place, `phrase`.
"""

from collections.abc import Sequence
from typing import Final

from asithappened.ledger.speech.clauses import Item
from asithappened.ledger.speech.grammar import Grammar
from asithappened.ledger.speech.phrase import (
    INSIDE_NAMES,
    JOINING,
    NO_ADVERBS,
    PARTICIPLES,
    POSSESSIVE,
    REACH,
    VERBAL,
    Phrase,
    ends_in_office,
    holds_office,
    name_in,
    phrase_of,
)

_BOUNDS: Final = frozenset({";", ":", "“”", ".", "(", "–", "—"})
_SHOWS: Final = frozenset({"programme", "program", "show", "podcast"})
_BEFORE_NOUN: Final = frozenset({"latest", "new", "recent", "official", "early", "preliminary", "provisional", "final",
                                 "initial", "own", "other", "unconfirmed", "several", "separate"})  # fmt: skip
_OFFICE: Final = 8  # items: how far behind a name's comma its office is named
_NO_NOUN: Final = (*VERBAL, "preposition", "pronoun", "object", "relative", "subordinator", "conjunction", "negation",
                   "complementiser", "question")  # fmt: skip


def after(items: Sequence[Item], at: int, grammar: Grammar) -> Phrase | None:
    """Return the noun phrase that begins at a place: "Olga Lind", "the head of the union, Olga Lind"."""
    if at >= len(items):
        return None
    counts = items[at].low == "one" and at + 1 < len(items) and items[at + 1].kind == "word" and not items[at + 1].roles
    if items[at].may("pronoun", "object") and not items[at].may("possessive") and not counts:
        return Phrase(at, at, at, "pronoun")
    last = _base_end(items, at, grammar)
    if last < at:
        return None
    head, named = last, name_in(items, at, last, grammar)
    while last + 2 < len(items) and items[last + 1].may("preposition") and _goes_on(items, last + 1, named, grammar):
        further = _base_end(items, last + 2, grammar)
        if further < last + 2:
            break
        last = further
    if named is None and holds_office(items, head, last, grammar):
        return phrase_of(items, at, last, last, None, grammar)
    if named is None and last > head + 2 and grammar.speaker(items[head].low):  # "my colleague in Mida Ana Ruiz"
        tail = name_in(items, head + 2, last, grammar)
        if tail and tail[1] == last and tail[1] > tail[0] > head + 2 and items[tail[0]].low in grammar.genders:
            return phrase_of(items, at, last, last, tail, grammar)
    several = named is not None and named[0] > at and _are_several(items[named[0] - 1], grammar)
    begun = items[at].capital or several  # "my colleagues Ana Ruiz and Olga Lind"
    if last + 2 < len(items) and items[last + 1].low in JOINING and items[last + 2].capital and begun:
        further = _base_end(items, last + 2, grammar)
        if further >= last + 2:
            return Phrase(at, further, further, "name", plural=True)
    if named is None and last + 3 < len(items) and items[last + 1].low in JOINING and grammar.speaker(items[last].low):
        further = _base_end(items, last + 2, grammar)
        also = name_in(items, last + 2, further, grammar) if further > last + 2 else None
        if also and also[0] > last + 2 and not items[last + 2].may("determiner"):
            return phrase_of(items, at, further, further, also, grammar)
    if named is None and last + 2 < len(items) and items[last + 1].text == ",":
        further = _base_end(items, last + 2, grammar)
        named = name_in(items, last + 2, further, grammar) if further > last + 1 else None
        office = grammar.speaker(items[head].low)
        one = (
            office is not None
            and office.what != "people"
            and not phrase_of(items, at, last, head, None, grammar).plural
        )
        one = one and not ends_in_office(items, head, last, grammar)
        if named and named[0] <= last + 3 and one and not _speaks(items, further, grammar):
            return Phrase(last + 2, further, named[1], "name", *named, begin=at)
        named = None
    return phrase_of(items, at, last, head, named, grammar)


def set_off_from(items: Sequence[Item], last: Phrase, grammar: Grammar) -> Phrase | None:
    """Return whose offices end with a phrase: "Olga Lind, head of research at the university, Mida, said".

    Somebody's full name begins the clause, and nothing but offices stands between it and what they do.
    """
    begin = last.whole
    while begin and items[begin - 1].text not in _BOUNDS and not items[begin - 1].may("complementiser"):
        begin -= 1
    while begin < last.whole and items[begin].may("conjunction", "adverb", "time", "subordinator"):
        begin += 1
    if begin >= last.whole or not items[begin].capital:
        return None
    name = after(items, begin, grammar)
    if name is None or name.kind != "name" or name.plural or name.begin >= 0 or name.name_last - name.name_first < 1:
        return None
    comma = name.last + 1
    between = items[comma + 1 : last.first]
    if items[comma].text != "," or name.last >= last.first or not between:
        return None
    if any(item.may(*VERBAL, "pronoun", "object", "relative", "subordinator", "negation") for item in between):
        return None
    if any(item.kind in {"quote", "address"} or item.text in {";", ":", "(", "–", "—"} for item in between):
        return None
    if any(_acts(items, at, grammar) for at in range(comma + 1, last.first)):
        return None
    office = items[comma + 1 : comma + 1 + _OFFICE]
    if not any(item.kind == "word" and not item.capital and grammar.speaker(item.low) for item in office):
        return None
    joined = items[last.first - 1].low in JOINING or any(item.low in JOINING for item in items[last.first : last.last])
    listed = items[last.first - 2].text == "," or items[last.name_first].low in grammar.genders
    if joined and last.name_last > last.name_first and listed:
        return None  # "Olga Lind, the mayor, and Ana Ruiz said"
    return name


def _acts(items: Sequence[Item], at: int, grammar: Grammar) -> bool:
    """Say whether a word is what somebody does, as far as its form shows: "fell", "resigned", "said"."""
    item = items[at]
    if item.capital or item.kind != "word" or items[at - 1].may("determiner", "possessive", "preposition"):
        return False
    cue = grammar.cue_at((item.low,), 0)
    return (cue is not None and bool(cue.forms & {"past"})) or (item.low.endswith("ed") and len(item.low) > 4)


def _are_several(item: Item, grammar: Grammar) -> bool:
    known = grammar.speaker(item.low)
    return known is not None and (known.what == "people" or (known.what == "person" and item.low.endswith("s")))


def _speaks(items: Sequence[Item], at: int, grammar: Grammar) -> bool:
    """Say whether a verb follows, so that what stands there is somebody else: "officials, Reuters reports"."""
    behind = items[at + 1] if at + 1 < len(items) else None
    if behind is not None and behind.may(*VERBAL):
        return True  # "According to the bank, Olga Lind will resign"
    cue = grammar.cue_at((behind.low,), 0) if behind is not None else None
    return cue is not None and bool(cue.forms & {"past", "present"})


def _base_end(items: Sequence[Item], first: int, grammar: Grammar) -> int:
    """Return the last item of a noun phrase without prepositions that begins at a place; one before it, if none."""
    last = first - 1
    for at in range(first, min(first + REACH, len(items))):
        item, before = items[at], items[at - 1] if at > first else None
        if item.kind == "mark":
            if (
                item.text in POSSESSIVE
                or item.text in {"&", "-"}
                or (item.text == "." and before and before.low in grammar.titles)
            ):
                continue
            break
        if item.kind in {"quote", "address"} or (before is not None and _ends_before(items, at, grammar)):
            break
        if before is None and item.may(*_NO_NOUN) and not item.may("determiner", "possessive", "number"):
            break
        last = at
    if (
        last == first
        and items[last].may("determiner")
        and not items[last].may("pronoun")
        and items[last].low in {"the", "a", "an"}
    ):
        return first - 1
    return last


def _ends_before(items: Sequence[Item], at: int, grammar: Grammar) -> bool:
    """Say whether a noun phrase that has begun ends before an item."""
    item, before = items[at], items[at - 1]
    if item.low == "'s":
        return False
    if item.low in INSIDE_NAMES and before.capital and at + 1 < len(items) and items[at + 1].capital:
        return item.low in {"of", "the", "for"} and item.may("preposition")
    if item.may("determiner", "possessive"):
        return not before.may("determiner", "possessive") and not item.capital and before.low != "'s"
    if item.may(*_NO_NOUN):
        return True
    if item.low in PARTICIPLES and at + 1 < len(items) and items[at + 1].low == "by":
        return True  # "documents seen by the Herald"
    if item.may("time", "adverb"):
        shown = item.capital and at + 1 < len(items) and items[at + 1].low in _SHOWS
        if shown and (before.capital or before.low in POSSESSIVE or before.may("determiner")):
            return False  # "the BBC's Today programme"
        named = item.capital and before.capital
        return not (named and (not item.may("time") or (at + 1 < len(items) and items[at + 1].capital)))
    if item.capital or before.may("determiner", "possessive") or before.low == "'s":
        return False
    if before.capital and item.low.endswith("ly") and len(item.low) > 4 and item.low not in NO_ADVERBS:
        return True  # "Lind promptly grasps the bell"
    acts = item.low.endswith("s") and not item.low.endswith("ss") and at + 1 < len(items) and before.capital
    if acts and item.kind == "word" and not item.roles and grammar.speaker(item.low) is None:
        behind = items[at + 1]
        if behind.may("determiner", "possessive", "object", "adverb") and not behind.may("preposition", "time"):
            return True  # "Lind backs the plan"
    full = before.capital and at > 1 and items[at - 2].low in grammar.genders and items[at - 2].capital
    if full and item.kind == "word" and item.low != "and" and grammar.speaker(item.low) is None:
        return True  # "Nina Berg fled": a verb of no list
    if (
        item.low.endswith("ed")
        and len(item.low) > 4
        and (before.low.endswith("s") or before.capital or grammar.speaker(before.low))
    ):
        return True
    if before.low in _BEFORE_NOUN and grammar.speaker(item.low) is not None:
        return False  # "according to the latest figures"
    cue = grammar.cue_at((item.low,), 0)
    if cue is not None and cue.forms == {"ing"} and grammar.speaker(item.low) is not None:
        return False  # "told a news briefing"
    return cue is not None and bool(cue.forms & {"past", "ing", "present"})


def _goes_on(items: Sequence[Item], at: int, named: tuple[int, int] | None, grammar: Grammar) -> bool:
    """Say whether a preposition belongs to the noun before it: "officials in Kyiv", not "Smith on Tuesday"."""
    if named is not None or items[at + 1].may("time"):
        return False
    if items[at].low in {"of", "for"} and items[at + 1].low.endswith("ing") and not items[at + 1].capital:
        return False  # "accused by the union of lying"
    if items[at].low in {"of", "for", "from", "at", "with", "von", "de"}:
        return True
    return items[at].low == "in" and items[at + 1].capital and grammar.speaker(items[at - 1].low) is not None
