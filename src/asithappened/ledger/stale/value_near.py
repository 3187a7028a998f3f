"""Whether a value beside a thing is said of it: near enough, as what is so, or denied.

Owns how far apart they may stand and what between them makes a value denied, possible or to come. Look next:
`sweep_states`, which asks.
"""

from collections.abc import Collection, Sequence
from typing import Final, Protocol

from asithappened.ledger.language.clause import Sentence
from asithappened.ledger.language.roles import roles
from asithappened.ledger.language.tokens import Token
from asithappened.ledger.language.wordings import GAP, Found
from asithappened.ledger.stale import state_words

NEAR: Final = 10  # tokens between a thing and its value
_KEEPS: Final = frozenset({"remain", "remains", "stay", "stays", "remaining"})
_PREPOSITIONS: Final = frozenset({"over", "on", "off", "out", "up", "down", "in"})
_IN: Final = frozenset({"in", "for", "at"})
_TO_COME: Final = frozenset(
    {"will", "may", "might", "could", "would", "should", "can", "if", "unless", "whether", "until", "before",
     "expected"}
)  # fmt: skip
_SHORT: Final = 4
_ARTICLES: Final = frozenset(
    {"the", "a", "an", "this", "that", "of", "its", "die", "der", "das", "den", "dem", "des", "el", "la", "los", "las"}
)


class Spot(Protocol):
    """Tokens `first` to `last` (one past)."""

    @property
    def first(self) -> int: ...

    @property
    def last(self) -> int: ...


def is_value(tokens: Sequence[Token], sentence: Sentence, term: Spot) -> bool:
    """Say whether a word is a value and no preposition: "is over", "Alert over", but not "over the coast"."""
    if term.last - term.first > 1 or tokens[term.first].low not in _PREPOSITIONS:
        return True
    before = tokens[term.first - 1].low if term.first > sentence.first else ""
    return (
        before in state_words.BE
        or term.last == sentence.last
        or tokens[term.last].kind == "mark"
        or tokens[term.last].low in _IN
    )


def is_near(thing: Spot, value: Spot) -> bool:
    return value.first - thing.last <= NEAR if value.first >= thing.last else thing.first - value.last <= 4


def denied_at(tokens: Sequence[Token], sentence: Sentence, thing: Spot, value: Spot, language: str) -> int | None:
    """Return where a value is denied right before it, as what holds now: "is not open", "has not been lifted"."""
    begins = max(sentence.first, min(thing.first, value.first) - 2, value.first - NEAR)
    if value.first < thing.last or {token.low for token in tokens[begins : value.last + 2]} & _TO_COME:
        return None
    for at in range(value.first - 1, max(thing.last, value.first - _SHORT) - 1, -1):
        low = tokens[at].low
        none = low == "no" and (language.startswith("es") or tokens[at + 1].low == "longer")
        if none or low in {"not", "nicht"} or low.endswith("n't"):
            return at
    return None


def is_unsure(tokens: Sequence[Token], sentence: Sentence, thing: Spot, value: Spot, language: str) -> bool:
    """Say whether a value is denied, possible or to come: "will close", "is not closed", but "will remain closed"."""
    first = min(thing.first, value.first)
    begins = max(sentence.first, first - 2, value.first - NEAR)
    between = [
        tokens[at].low
        for at in range(begins, value.first)
        if tokens[at].low not in _ARTICLES
        and not (tokens[at].low == "to" and (tokens[at + 1].text[0].isupper() or tokens[at + 1].low in _ARTICLES))
        and not (at == value.first - 1 and tokens[at].low == "to" and _moves_to(sentence, at))  # "raised to orange"
    ]
    if any(low in _KEEPS for low in between):
        return bool({"not", "may", "could", "if"} & set(between))
    unsure = roles(language)["unsure"]
    return any(low in unsure or low.endswith("n't") for low in between)


def _moves_to(sentence: Sentence, at: int) -> bool:
    return any(here in sentence.moves for here in range(max(sentence.first, at - _SHORT), at))


def kind_of(one: Found, lows: Sequence[str], denies: Collection[str]) -> str:
    """Return what a phrase says of a state; the contrary where it is denied inside: "findet nicht statt".

    Empty where the old one is denied.
    """
    kind = one.values[0]
    if GAP not in one.phrase or not any(low in denies for low in lows[one.first + 1 : one.last - 1]):
        return kind
    return "old" if kind == "new" else ""
