"""Clauses that follow a cue without "that": "said the bridge was safe", no "said goodbye".

Owns where one begins, and what shows that it is one. Look next: `evidence`, which asks.
"""

from collections.abc import Sequence
from typing import Final

from asithappened.ledger.speech.clauses import Item
from asithappened.ledger.speech.grammar import Grammar
from asithappened.ledger.speech.listeners import FINITE

REACH: Final = 24  # items between a cue and what was said
_OWNED: Final = frozenset({"'s", "’s", "’"})
_AMOUNTS: Final = frozenset({"more", "about", "around", "nearly", "almost", "over", "up", "at", "some"})
_ABOUT_SO_MANY: Final = _AMOUNTS | {"least", "most", "than", "to", "fewer", "less", "roughly", "approximately", "just"}


def bare_clause(items: Sequence[Item], at: int, grammar: Grammar, *, strict: bool) -> int:
    """Return where a clause without "that" begins, "said he would", "said the bridge was safe"; -1 where none does.

    `strict`: only one whose verb cannot be missed.
    """
    if at >= len(items) or items[at].kind not in {"word", "number", "name", "mark"}:
        return -1
    at = past_amount(items, at)
    first = items[at]
    if first.kind == "mark" and first.text not in {"$", "£", "€", "#"}:
        return -1
    if strict and first.may("object") and at + 1 < len(items) and _only_called(items[at + 1], grammar):
        return -1  # "found it dull"
    if first.may("pronoun") and at + 1 < len(items) and items[at + 1].kind == "word":
        return at if not items[at + 1].may("preposition", "conjunction") else -1
    if first.may("preposition", "time", "conjunction", "relative", "be", "have", "do") and not first.may("determiner"):
        return -1
    if (
        not first.capital
        and first.low.endswith("ed")
        and (cue := grammar.cue_at((first.low,), 0))
        and cue.forms & {"past"}
    ):
        return -1
    aside = False
    for here in range(at, min(at + REACH, len(items))):
        item = items[here]
        if item.text == ",":
            aside = not aside
            if strict:
                return -1
            continue
        if aside:
            continue
        if item.kind == "mark" and item.text in {".", ";", ":", "?", "!"} and item.text != ".":
            return -1
        if here == at:
            continue
        if item.may(*FINITE) and items[here - 1].may("conjunction"):
            return -1  # "noted the time and left"
        if item.may(*FINITE) and items[here - 1].low != "to" and item.low not in {"being", "be", "been", "having"}:
            return at
        if item.may("relative", "subordinator") and not item.may("preposition"):
            return -1
        owned = item.may("pronoun") and not item.may("determiner") and items[here - 1].kind == "word"
        if strict and owned and (not items[here - 1].roles or items[here - 1].low in {"and", "but"}):
            return -1  # "indicated a wish to go on with the challenges we will face"
        if (
            not strict
            and item.kind == "word"
            and not item.capital
            and not items[here - 1].may("determiner", "possessive", "preposition")
        ):
            cue = grammar.cue_at((item.low,), 0)
            described = items[here - 1].low.endswith("ly") and items[here - 2].may("possessive", "determiner")
            described = described or (items[here - 1].low.endswith("ly") and items[here - 2].low in _OWNED)
            if described:
                continue  # "his recently released plan"
            if (cue and cue.forms & {"past"} and here > at) or (
                item.low.endswith("ed") and len(item.low) > 4 and here > at + 1
            ):
                return at
        named = items[here - 1].capital and item.low.endswith("ed") and len(item.low) > 4
        if strict and here > at and named and here + 1 < len(items) and _object_begins(items[here + 1]):
            return at  # "shows the EU tracked 60m calls"
        agreed = item.low.endswith("ed") and items[here - 1].low.endswith("s") and items[here + 1 : here + 2]
        if strict and here > at + 1 and agreed and items[here + 1].low == "to":
            return at  # "suggested leaders agreed to …"
    return -1


def _only_called(item: Item, grammar: Grammar) -> bool:
    """Say whether a word behind "it" is no verb, so that no clause begins: "dull", "hard to square"."""
    if item.kind != "word" or item.roles or item.low.endswith(("ed", "s")):
        return item.low.endswith("less")
    cue = grammar.cue_at((item.low,), 0)
    return cue is None or "past" not in cue.forms


def past_amount(items: Sequence[Item], at: int) -> int:
    """Return the number that a clause begins with: "estimated about 1,200 homes had gone"."""
    here = at
    while here + 1 < len(items) and here < at + 3 and items[here].low in _ABOUT_SO_MANY:
        here += 1
    number = here < len(items) and (items[here].kind == "number" or items[here].may("number"))
    return here if number else at


def _object_begins(item: Item) -> bool:
    return item.kind == "number" or item.capital or item.may("determiner", "possessive") or item.low in _AMOUNTS
