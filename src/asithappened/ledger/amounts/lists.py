"""What the items of a list share: the outcome of "12 tanks, 30 lorries and a bridge", the noun that its last item has.

Owns giving it to those that lack it. Never looks at one item alone: that is `counted`'s. Look next: `figures`.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from asithappened.ledger.amounts.counted import Counted, Span
from asithappened.ledger.amounts.quantities import Quantity
from asithappened.ledger.language import lexicon
from asithappened.ledger.language.phrases import low_at
from asithappened.ledger.language.tokens import Token


class Row(NamedTuple):
    """A quantity with what it counts, in a sentence by its number."""

    quantity: Quantity
    answer: Counted
    sentence: int


def shared(tokens: Sequence[Token], rows: list[Row], language: str) -> list[Row]:
    """Return rows with what they share with the one behind them, or before."""
    rows = _measured_together(tokens, rows)
    rest: Span | None = None  # the noun of "and the remaining 191 cases"
    for at in range(len(rows) - 2, -1, -1):
        row, after = rows[at], rows[at + 1]
        if row.sentence != after.sentence:
            rest = None
            continue
        if rest is None and after.answer.span is not None and low_at(tokens, after.quantity.first - 1) in _REST:
            rest = after.answer.span
        if row.answer.span is None and rest is not None and _placed(tokens, row.quantity):
            rows[at] = row._replace(answer=row.answer._replace(span=rest))
            continue
        rest = None
        if not row.answer.outcome and after.answer.outcome and _listed(tokens, row, after, language):
            rows[at] = row._replace(answer=row.answer._replace(outcome=after.answer.outcome))
    for at in range(1, len(rows)):
        before, row = rows[at - 1], rows[at]
        if before.answer.outcome and not row.answer.outcome and _listed(tokens, before, row, language):
            rows[at] = row._replace(answer=row.answer._replace(outcome=before.answer.outcome))
    return rows


def _measured_together(tokens: Sequence[Token], rows: list[Row]) -> list[Row]:
    """Return rows whose ranges, lists and conversions share what stands at one end of them.

    "0.2in (5mm) to 0.4in (10mm) of rain", "12, 14 and 20cm of snow", "gusts of 60mph (97km/h) to 70mph (113km/h)".
    """
    for at in range(len(rows) - 2, -1, -1):
        row, after = rows[at], rows[at + 1]
        span = after.answer.span
        if (
            row.answer.span is None
            and span is not None
            and span[0] >= after.quantity.past
            and _runs(tokens, row, after)
        ):
            rows[at] = row._replace(answer=row.answer._replace(span=span))
    for at in range(1, len(rows)):
        before, row = rows[at - 1], rows[at]
        span = before.answer.span
        if (
            row.answer.span is None
            and span is not None
            and span[1] <= before.quantity.first
            and _runs(tokens, before, row)
        ):
            rows[at] = row._replace(answer=row.answer._replace(span=span))
    return rows


_RUNNING: Final = frozenset({"(", ")", "to", "and", "or", ",", "/", "-", "–", "—", "even"})


def _runs(tokens: Sequence[Token], one: Row, after: Row) -> bool:
    """Say whether nothing but brackets and what joins a range or list stands between two measures or sums."""
    first, second = one.quantity, after.quantity
    if one.sentence != after.sentence or first.kind != second.kind or first.kind not in {"measure", "money"}:
        return False
    between = [token.low for token in tokens[first.past : second.first]]
    brackets = "(" in between or ")" in between
    return bool(between) and set(between) <= _RUNNING and (brackets or first.unit == second.unit)


_REST: Final = frozenset({"remaining", "other", "another", "further"})
_PLACED: Final = frozenset({"in", "at", "from", "on", "near", "are", "were"})


def _placed(tokens: Sequence[Token], one: Quantity) -> bool:
    return one.bare and not one.number.rest and low_at(tokens, one.past) in _PLACED


def _listed(tokens: Sequence[Token], one: Row, after: Row, language: str) -> bool:
    """Say whether two are items of one list: nothing but a comma or "and" is between them, and no outcome in a noun."""
    first, second = one.answer.span, after.answer.span
    if first is None or second is None or one.quantity.kind != "count" or after.quantity.kind != "count":
        return False
    if one.sentence != after.sentence or first[0] < one.quantity.past or second[0] < after.quantity.past:
        return False
    between = {token.low for token in tokens[first[1] : after.quantity.first]}
    outcomes = lexicon.load(language, "outcomes")
    nouns = [token.low for token in (*tokens[slice(*first)], *tokens[slice(*second)])]
    named = any(low in outcomes or f"{low}s" in outcomes for low in nouns)
    return bool(between) and between <= {",", "and", "or"} and not named
