"""Whom something is said to: "reporters" of "told reporters on Monday that", "him", "Lind, the mayor,".

Owns where what was said can begin behind a listener. Look next: `evidence`, which asks.
"""

from collections.abc import Sequence
from typing import Final

from asithappened.ledger.speech import phrases_ahead
from asithappened.ledger.speech.clauses import Item
from asithappened.ledger.speech.grammar import Grammar
from asithappened.ledger.speech.phrase import JOINING

_OTHERS: Final = 3  # more that something is said to
_WHEN: Final = 4  # items that say when
_APPOSED: Final = 12  # items: the longest apposition after a name, such as an office
_NEAR: Final = frozenset({"right", "on", "last", "this", "early", "late", "earlier"})
FINITE: Final = ("be", "have", "do", "modal", "verb")


def past_person(items: Sequence[Item], at: int, grammar: Grammar) -> int:
    """Return the item after a listener: "reporters", "the BBC's World at One", "him"."""
    if items[at].kind == "quote" or items[at].low in {"that", "whether", "to"}:
        return at
    if items[at].may("pronoun") and not items[at].may("object"):
        return at
    if items[at].may("object") and (not items[at].may("possessive") or _begins_content(items, at + 1)):
        return at + 1
    found = phrases_ahead.after(items, at, grammar)
    return _past_when(items, _past_aside(items, _past_others(items, found.last + 1, grammar))) if found else at


def _begins_content(items: Sequence[Item], at: int) -> bool:
    return at < len(items) and items[at].low in {"that", "whether", "to"}


def _past_others(items: Sequence[Item], at: int, grammar: Grammar) -> int:
    """Return the item after further listeners: "told officers and business leaders that"."""
    here = at
    for _ in range(_OTHERS):
        if here + 1 >= len(items) or items[here].low not in JOINING or items[here + 1].may("pronoun"):
            break
        found = phrases_ahead.after(items, here + 1, grammar)
        if found is None or found.last <= here:
            return at
        here = found.last + 1
    follows = items[here] if at < here < len(items) else None
    ends = follows is not None and (_begins_content(items, here) or follows.may("adverb", "preposition", "time"))
    return here if ends else at


def _past_when(items: Sequence[Item], at: int) -> int:
    """Return the item after a time, if what was said comes next: "told the house today the road was"."""
    here = at
    while here < len(items) and here < at + _WHEN and (items[here].may("time", "adverb") or items[here].low in _NEAR):
        here += 1
    if here == at or here >= len(items) or not items[here - 1].may("time", "adverb"):
        return at
    begins = items[here].may("determiner", "possessive", "pronoun") or items[here].capital
    return here if begins or _begins_content(items, here) else at


def _past_aside(items: Sequence[Item], at: int) -> int:
    """Return the item after an apposition to a listener: "urged Lind, the mayor, to resign"."""
    if at >= len(items) or items[at].text != ",":
        return at
    closes = next((n for n in range(at + 1, min(at + _APPOSED, len(items))) if items[n].text == ","), -1)
    inside = items[at + 1 : closes]
    if closes < 0 or closes + 1 >= len(items) or any(item.may(*FINITE, "pronoun", "relative") for item in inside):
        return at
    return closes + 1 if items[closes + 1].low in {"to", "that", "whether"} else at
