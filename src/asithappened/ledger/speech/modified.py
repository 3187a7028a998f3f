"""Who it is that a clause or participle says more of: "the firm that runs the plant said", "people living near say".

Owns finding that somebody from the noun phrase that such words end with. Look next: `noun_phrases`.
"""

from collections.abc import Sequence
from typing import Final

from asithappened.ledger.speech import noun_phrases
from asithappened.ledger.speech.clauses import Item
from asithappened.ledger.speech.grammar import Grammar
from asithappened.ledger.speech.phrase import PARTICIPLES, POSSESSIVE, Phrase

_DOING: Final = 8  # items: how far before a noun phrase the participle may be that it belongs to
_CLAUSE: Final = 14  # items: how long a clause with "who" may be between somebody and what they say


def around_relative(items: Sequence[Item], inner: Phrase, grammar: Grammar) -> Phrase | None:
    """Return whom a clause is about that an inner noun phrase ends: "a voter who met Lind says"."""
    left = items[inner.first - 1] if inner.first else None
    if left is None or inner.kind == "pronoun":
        return None
    if (outer := _around_doing(items, inner, grammar)) is not None:
        return outer
    first = items[inner.first]
    if left.low == "who" and inner.last > inner.first and not first.roles and not first.capital:
        return noun_phrases.antecedent(items, inner.first - 1, grammar)  # "parents who live near the plant"
    within = left.may("preposition", "object") or left.low == "'s"
    acts = inner.first > 1 and items[inner.first - 2].low == "who"
    acts = acts and grammar.cue_at((items[inner.first - 1].low,), 0) is not None  # "economists who advise the firm"
    if not within and not acts and not _does(items, inner.first - 1, grammar):
        return None
    for at in range(inner.first - 1, max(inner.first - _CLAUSE, 0), -1):
        item = items[at]
        if item.kind == "mark" and item.text not in POSSESSIVE:
            return None
        begun = at + 1 < inner.first or not within
        who = item.may("relative") and (within or item.low != "that" or _is_body(items, at - 1, grammar))
        thing = not first.capital and grammar.speaker(items[inner.head].low) is None and item.low == "who"
        cue = grammar.cue_at((items[at + 1].low,), 0) if item.low == "who" else None
        says = cue is not None and (thing or cue.person)  # "a woman who says he is on the plane", "who advise the firm"
        if who and begun and (says or _does(items, at + 1, grammar, who=item.low == "who")):
            return noun_phrases.antecedent(items, at, grammar)
        if not within and at < inner.first - 1 and item.may("be", "have", "modal", "verb"):
            return None
    return None


def _around_doing(items: Sequence[Item], inner: Phrase, grammar: Grammar) -> Phrase | None:
    """Return who does what an inner noun phrase ends: "the union representing the drivers", "people living near it"."""
    for at in range(inner.first - 1, max(inner.first - _DOING, 0), -1):
        item = items[at]
        doing = item.low.endswith("ing") and len(item.low) > 4 and item.kind == "word"
        if (doing or item.low in PARTICIPLES) and not item.capital:
            noun = items[at - 1]
            if noun.low in noun_phrases.SOMEONE:
                return Phrase(at - 1, at - 1, at - 1, "noun", plural=True)
            somebody = grammar.speaker(noun.low) is not None and not noun.roles and (at == 1 or not noun.capital)
            return noun_phrases.before(items, at - 1, grammar) if somebody else None
        if item.kind != "word" or not (item.may("preposition", "determiner", "adverb", "object") or not item.roles):
            return None
    return None


def _is_body(items: Sequence[Item], at: int, grammar: Grammar) -> bool:
    """Say whether "that" stands behind who does what follows: "the firm that runs the plant"."""
    known = grammar.speaker(items[at].low) if at > 0 and items[at].kind == "word" else None
    return known is not None and known.what != "document" and items[at - 1].may("determiner", "possessive")


def _does(items: Sequence[Item], at: int, grammar: Grammar, *, who: bool = False) -> bool:
    """Say whether a word is what somebody does, and no word of saying: "the woman who runs the bank has warned".

    `who`: it stands behind that: "parents who live near".
    """
    item = items[at]
    if item.may("be", "have", "modal", "verb"):
        return True
    acts = item.kind == "word" and not item.roles and not item.capital and (who or item.low.endswith(("s", "ed")))
    return acts and not item.low.endswith("ss") and grammar.cue_at((item.low,), 0) is None
