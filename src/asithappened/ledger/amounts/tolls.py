"""What a figure without words of its own counts: that of the figure it moved from, and what a toll is of.

Owns "up from 58" and "86 of them critically", which share with the figure before, and "raised the death toll to 64".
Look next: `counted` for figures with a noun, `figures`.
"""

from collections.abc import Sequence
from typing import Final

from asithappened.ledger.amounts.counted import Counted
from asithappened.ledger.amounts.quantities import Quantity
from asithappened.ledger.language.phrases import low_at
from asithappened.ledger.language.tokens import Token

_MOVED: Final = frozenset({"up", "down"})
_BACK: Final = 16  # tokens from a toll to its figure
_AT: Final = frozenset({"to", "at", "from", "is", "was", ":", "reached", "reaches", "passed", "passes", "hit", "hits"})
_OF_THEM: Final = frozenset({"them", "whom"})
_BARE: Final = frozenset({",", ".", ";", ")", "–", "—", "and", "in", "seriously", "critically", "children", "women"})
# Of whom a toll, or a number of them, is.
_OF: Final = {
    "dead": "killed", "deaths": "killed", "fatalities": "killed", "killed": "killed", "injured": "injured",
    "wounded": "injured", "missing": "missing",
}  # fmt: skip


def shared(words: Sequence[Token], one: Quantity, of_it: Counted, after: Quantity, answer: Counted) -> Counted:
    """Return what a figure counts that says no more than the one before it in its sentence, or is a part of it."""
    moved = low_at(words, after.first - 1) == "from" and low_at(words, after.first - 2) in _MOVED
    if moved and answer.span is not None and answer.span == of_it.span and not answer.outcome:
        return answer._replace(outcome=of_it.outcome)
    part = low_at(words, after.past) == "of" and low_at(words, after.past + 1) in _OF_THEM
    bare = low_at(words, after.past + 2) in _BARE or low_at(words, after.past + 2).endswith("ly")
    if part and bare and not answer.outcome and one.kind == after.kind == "count":
        return answer._replace(outcome=of_it.outcome)
    return answer


def named(words: Sequence[Token], first: int, one: Quantity, answer: Counted, language: str) -> Counted:
    """Return a figure with the outcome that a toll before it says: "raised the death toll to 64, from 58"."""
    if language != "en" or answer.span is not None or answer.outcome or not one.bare:
        return answer
    if low_at(words, one.first - 1) not in _AT:
        return answer
    for at in range(one.first - 1, max(first, one.first - _BACK) - 1, -1):
        if words[at].low == "toll" and low_at(words, at - 1) in {"death", "the", "its", "a"}:
            return answer._replace(outcome="killed")
        if words[at].low in _OF and low_at(words, at - 1) == "of" and low_at(words, at - 2) == "number":
            return answer._replace(outcome=_OF[words[at].low])
    return answer
