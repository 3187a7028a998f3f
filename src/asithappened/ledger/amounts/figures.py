"""Suggests figures: numbers that count or measure something, with unit, modifier, what is counted and its outcome.

Owns putting them together, by evaluation/GUIDELINE.md. What a number is worth is `numbers`', what belongs to it
`quantities`', which numbers are none `labels`', and what is counted `counted`'s.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from asithappened.ledger.amounts import counted, ellipsis, labels, lists, quantities, tolls
from asithappened.ledger.amounts.quantities import Quantity
from asithappened.ledger.language import tokens
from asithappened.ledger.language.phrases import low_at
from asithappened.ledger.language.tokens import Sentence, Token
from asithappened.ledger.suggestions import Figure, FigureKind, Modifier
from asithappened.ledger.views import BlogView, Part, PartView, PostView

_MARKET: Final = frozenset(
    {"index", "futures", "shares", "stocks", "stock", "market", "markets", "ftse", "dow", "nasdaq", "dax", "cac",
     "nikkei", "yield", "yields", "poll", "polls", "percentage", "trading", "bourse"}
)  # fmt: skip


_LISTED: Final = 8  # tokens between two measures of a list


class Found(NamedTuple):
    """A figure in a part, before it is one of a post. Offsets are the part's; `sentence`: its number there."""

    quantity: Quantity
    sentence: int
    start: int
    end: int
    kind: FigureKind
    unit: str
    counted: str
    counted_start: int
    counted_end: int
    outcome: str


class Figures:
    """Suggests figures."""

    name = "figures"
    version = "1"
    kinds = frozenset({"figure"})

    def suggest(self, post: PostView, blog: BlogView) -> Iterator[Figure]:
        """Yield a post's figures."""
        for part in post.parts:
            for found in in_part(part, blog.language):
                yield of_found(found, part, post)


def of_found(found: Found, part: PartView, post: PostView) -> Figure:
    """Return what was found in a part as a suggestion of its post."""
    start, one = part.start, found.quantity
    return Figure(
        post=post.number,
        start=start + found.start,
        end=start + found.end,
        exact=part.text[found.start : found.end],
        confidence=90 if one.number.how == "digits" else 80,
        rule=f"figures.{found.kind}",
        figure=found.kind,
        value=one.low,
        low=one.low,
        high=one.high,
        modifier=_MODIFIERS.get(one.modifier, ""),
        unit=found.unit,
        counted=found.counted,
        counted_start=start + found.counted_start if found.counted else 0,
        counted_end=start + found.counted_end if found.counted else 0,
        outcome=found.outcome,
    )


_MODIFIERS: Final[dict[str, Modifier]] = {
    "about": "about", "nearly": "nearly", "more_than": "more_than", "up_to": "up_to", "at_least": "at_least",
    "only": "only",
}  # fmt: skip


def in_part(part: PartView, language: str) -> tuple[Found, ...]:
    """Return the figures in a part of a post, in order. Those who sign count nothing."""
    return () if part.kind == Part.SIGNATURE else in_text(part.text, language)


@lru_cache(maxsize=4096)  # a post's parts, read again with each that is typed, and those that revisions are sought in
def in_text(text: str, language: str) -> tuple[Found, ...]:
    """Return the figures in a text, in order."""
    read = tokens.read(text)
    quantity = quantities.read(read, language)
    if not quantity:
        return ()
    rows = lists.shared(read.tokens, list(_counting(read, quantity, language)), language)
    return tuple(_found(read, row.quantity, row.answer, row.sentence) for row in rows)


def _counting(read: tokens.Tokens, found: Sequence[Quantity], language: str) -> Iterator[lists.Row]:
    said = ellipsis.Said()
    own: counted.Span | None = None  # what the figure before counts itself
    before = counted.Counted(None, "")  # that, and what became of them
    sentence, counts, was = 0, 0, -1
    kept = [one for one in found if not labels.names(read.tokens, one, language)]
    kept = list(ellipsis.with_units(read.tokens, kept))
    for at, one in enumerate(kept):
        while read.sentences[sentence].last <= one.core:
            sentence += 1
        bounds = read.sentences[sentence]
        if sentence != was:
            if not (sentence == was + 1 and ellipsis.of_them(read.tokens, one)):
                said = ellipsis.opened(read.tokens, (bounds.first, bounds.last), language)
            was = sentence
            counts = sum(1 for other in kept[at : at + 8] if other.core < bounds.last and not labels.counts_one(other))
        answer = counted.read(read.tokens, one, said, (bounds.first, bounds.last), language)
        if answer.span is not None and not _may_count(read.tokens, one, answer.span, language):
            answer = answer._replace(span=None)
        if labels.counts_one(one):
            beside = at + 1 < len(kept) and answer.span is not None and kept[at + 1].first == answer.span[1] + 1
            if not _one_counts(read.tokens, one, answer, counts, beside):
                continue
        if answer.span is not None:
            said = ellipsis.counting(read.tokens, one, answer.span, said, language)
        if at and answer.span is None and _lists_on(read.tokens, kept[at - 1], one, own):
            answer = answer._replace(span=own)
        if at and answer.span is None and (_converts(read.tokens, kept[at - 1], one) or _again(kept[at - 1], one)):
            answer = answer._replace(span=own)
        if at and kept[at - 1].core >= bounds.first:
            answer = tolls.shared(read.tokens, kept[at - 1], before, one, answer)
        answer = tolls.named(read.tokens, bounds.first, one, answer, language)
        own, before = answer.span, answer
        if answer.span is None and at + 1 < len(kept):
            answer = answer._replace(span=_of_next(read.tokens, one, kept[at + 1], bounds, language))
        yield lists.Row(one, answer, sentence)


def _may_count(words: Sequence[Token], one: Quantity, span: counted.Span, language: str) -> bool:
    """Say whether a phrase may be what is counted: in German it has a noun, which has a capital, and in Spanish "de"
    stands before it behind "millones" ("wird auf 48 Millionen geschätzt", "los 48 millones saldrán de")."""
    if language.startswith("de"):
        return any(not token.text.islower() for token in words[span[0] : span[1]])
    millions = language.startswith("es") and words[one.past - 1].low in {"millón", "millones"}
    return not millions or span[0] != one.past


def _lists_on(words: Sequence[Token], one: Quantity, after: Quantity, span: counted.Span | None) -> bool:
    """Say whether a measure is of the one before it: "lows of -32F in Mida, -21F in Kern and -15F in Porth"."""
    named = span is not None and span[1] <= one.first and one.first - span[1] < _LISTED
    joined = low_at(words, after.first - 1) in {",", "and"} and after.first - one.past < _LISTED
    return named and joined and one.kind == after.kind == "measure" and one.unit == after.unit


def _converts(words: Sequence[Token], one: Quantity, after: Quantity) -> bool:
    """Say whether a figure is the one before it in other units, in brackets: "a low of -16F (-27C)"."""
    if one.kind != after.kind or one.unit == after.unit or one.kind not in {"money", "measure"}:
        return False
    between = " ".join(word.low for word in words[one.past : after.first])
    return one.past < after.first < counted.converted(words, one) or between in {"/", "or", ", or"}


def _again(one: Quantity, after: Quantity) -> bool:
    """Say whether a number has unit and noun of the one before: "in this four-year period than the last four"."""
    return one.hyphened and one.kind == after.kind == "duration" and after.past == after.number.last


def _of_next(
    words: Sequence[Token], one: Quantity, after: Quantity, bounds: Sentence, language: str
) -> counted.Span | None:
    """Return what the next figure counts, where the two share it: "from 12 to 15 members"."""
    between = [word.low for word in words[one.past : after.first]]
    if not (one.bare and after.bare and len(between) == 1 and between[0] in {"to", "or", "and"}):
        return None
    span = counted.read(words, after, ellipsis.Said(), (bounds.first, bounds.last), language).span
    return span if span is not None and span[0] >= after.past else None


def _one_counts(words: Sequence[Token], one: Quantity, answer: counted.Counted, counts: int, beside: bool) -> bool:
    """Say whether "one" is a figure: modified, with an outcome, or beside another figure, and with a noun.

    `beside`: a figure stands one word behind what is counted: "one run on four hits", "one win in 13".
    """
    before, after = low_at(words, one.first - 1), low_at(words, one.past)
    if answer.span is None or after == "of" or (not one.modifier and before in _NO_ONE):
        return False
    if words[answer.span[0]].low in _SINGLED:
        return False
    if before == "zero" or (before == "by" and words[answer.span[0]].low in _WON_BY):
        return True
    if not one.modifier and low_at(words, answer.span[1]) in _SAYS:
        return False  # "…, one study found"
    if not one.modifier and _there_is(words, one.first - 1):
        return low_at(words, answer.span[1]) not in {"who", "when", "where"}
    if counts > 0 and _same_again(words, answer.span):
        return True
    if beside and low_at(words, answer.span[1]) in {"in", "on", "from", "to", "and", "off"}:
        return True
    return bool(one.modifier or answer.outcome) or (
        counts > 0 and before in {"and", ",", "plus", "with", "or", "including"}
    )


_SINGLED: Final = frozenset(
    {"day", "thing", "way", "reason", "point", "side", "hand", "another", "official", "hell", "problem", "question",
     "time", "place", "case", "stage", "more", "last", "final", "single", "eye", "word", "exception", "other"}
)  # fmt: skip


def _there_is(tokens: Sequence[Token], at: int) -> bool:
    """Say whether what stands there has it that something is: "there is currently one warning", "has issued one"."""
    while at > 0 and (tokens[at].low in _NOW or (tokens[at].low.endswith("ly") and tokens[at].low != "only")):
        at -= 1
    if at < 1:
        return False
    if tokens[at].low in {"is", "was", "been", "be", "'s"}:
        return "there" in {low_at(tokens, at - 1), low_at(tokens, at - 2), low_at(tokens, at - 3)}
    return tokens[at].low in _HAVING


_NOW: Final = frozenset({"just", "now", "still", "also", "already", "yet"})
_HAVING: Final = frozenset(
    {"has", "have", "had", "issued", "heard", "fired", "scored", "reported", "recorded", "confirmed", "contains",
     "contained", "conceded", "made", "won", "lost", "killed", "killing", "injured", "injuring", "wounding", "arrested",
     "detained", "rescued", "leaving", "needs", "destroyed", "destroying", "intercepted", "damaged", "closed"}
)  # fmt: skip


def _same_again(tokens: Sequence[Token], span: counted.Span) -> bool:
    """Say whether more of the same are counted soon: "one shot, a long pause and then three more shots"."""
    last = tokens[span[1] - 1].low
    return any(token.low == f"{last}s" for token in tokens[span[1] : span[1] + _LISTED + _LISTED])


_WON_BY: Final = frozenset(
    {"goal", "point", "run", "vote", "stroke", "shot", "seat", "notch", "wicket", "try", "length", "set", "game",
     "second", "place"}
)  # fmt: skip
_SAYS: Final = frozenset(
    {"said", "says", "say", "found", "finds", "told", "shows", "showed", "suggests", "wrote", "writes", "argues",
     "warns", "thinks", "believes", "reveals", "predicts", "tells", "asks", "adds", "reports", "claims"}
)  # fmt: skip
_NO_ONE: Final = frozenset(
    {"the", "no", "any", "every", "which", "another", "little", "big", "loved", "not", "this", "that", "each", "other",
     "first", "second", "next"}
)  # fmt: skip


def _found(read: tokens.Tokens, one: Quantity, answer: counted.Counted, sentence: int) -> Found:
    kind, unit = _kind(read, one)
    span = answer.span
    worded = one.past > one.number.last
    if (
        span is None
        and one.kind == "points"
        and kind == "count"
        and worded
        and not (one.hyphened or one.number.fraction)
    ):
        span = (one.past - 1, one.past)  # of a game they are counted
    start, end = (read.tokens[span[0]].start, read.tokens[span[1] - 1].end) if span is not None else (0, 0)
    if span is not None and one.number.rest and not one.unit and span == (one.past - 1, one.past):
        start = one.number.end + 1
        end = start + len(one.number.rest.partition("-")[0])
    return Found(one, sentence, one.start, one.end, kind, unit, read.text[start:end], start, end, answer.outcome)


def _kind(read: tokens.Tokens, one: Quantity) -> tuple[FigureKind, str]:
    match one.kind:
        case "percent" if one.unit == "basis points":
            return "measure", one.unit
        case "percent" | "money" | "measure" | "duration":
            return one.kind, one.unit
        case "multiple":
            return "multiple", ""
        case "points" if any(token.low in _MARKET for token in read.tokens):
            return "measure", "points"
        case _:
            return "count", ""
