"""Turns suggestions into rows of the ledger that a person can accept, edit or reject.

Owns which suggestions a person sees: each statement once, figures with an outcome, a speaker or a series, states; none
that the ledger has already. Pure. Look next: `reading` for the suggestions, `accepted`.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from asithappened.core import ledger_events as le
from asithappened.core import limits
from asithappened.core.ledger_state import Row, Series, Statement
from asithappened.ledger.accepted import (
    AcceptedFigure,
    AcceptedState,
    AcceptedStatement,
    AnyAccepted,
    plainly,
    remembered,
)
from asithappened.ledger.language.roles import pattern, roles
from asithappened.ledger.statement_text import stated
from asithappened.ledger.suggestions import AnySuggestion, Attribution, Figure, Hedge, Place, Revision, State
from asithappened.ledger.views import Part, PostView


class Suggested(Struct, frozen=True, kw_only=True):
    """A suggested row. `block`: the number of the block of the body that has its words, -1 for the headline.

    `within`: how often the same words occur earlier in that block.
    """

    key: str
    block: int
    within: int
    confidence: int
    rule: str
    row: AnyAccepted


def suggested(
    post: PostView, suggestions: Sequence[AnySuggestion], rows: Iterable[Row], blocks: Sequence[str], language: str
) -> list[Suggested]:
    """Return the rows that a post's suggestions would become, the surest first, without those that are recorded.

    `rows`: the live blog's ledger. `blocks`: the ids of the body's blocks, in order. `language`: the live blog's.
    """
    standing = [row for row in rows if row.visible]
    numbers = {id_: n for n, id_ in enumerate(blocks)}
    found: list[Suggested] = []
    for one in _single(suggestions):
        part = next((part for part in post.parts if part.start <= one.start < part.end), None)
        if part is None or part.kind is Part.SIGNATURE:
            continue
        row = _row(one, post, suggestions, standing, language)
        if row is None or _stands(row, post, standing):
            continue
        block = numbers.get(part.block, -1)
        first = next(other.start for other in post.parts if other.block == part.block)
        within = post.text[first : one.start].count(row.exact)
        found.append(
            Suggested(key=row.words, block=block, within=within, confidence=one.confidence, rule=one.rule, row=row)
        )
    surest = sorted(found, key=lambda one: -one.confidence)
    return list({one.key: one for one in surest[::-1]}.values())[::-1]


def _single(suggestions: Sequence[AnySuggestion]) -> Iterator[AnySuggestion]:
    """Yield suggestions; of attributions of the same words only the one that knows most."""
    said = [one for one in suggestions if isinstance(one, Attribution)]
    said.sort(key=lambda one: (bool(one.source), bool(one.relays), one.confidence, one.end - one.start), reverse=True)
    kept: list[Attribution] = []
    for one in said:
        if not any(_mostly(one, other) for other in kept):
            kept.append(one)
    for each in suggestions:
        if not isinstance(each, Attribution) or each in kept:
            yield each


def _mostly(one: Attribution, other: Attribution) -> bool:
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared > 0.6 * min(one.end - one.start, other.end - other.start)


def _row(
    one: AnySuggestion, post: PostView, suggestions: Sequence[AnySuggestion], standing: Sequence[Row], language: str
) -> AnyAccepted | None:
    match one:
        case Attribution():
            return _statement(one, post, suggestions, language)
        case Figure():
            return _figure(one, post, suggestions, standing)
        case State(label=label, value=value, places=places):
            row = AcceptedState(
                exact=one.exact, nth=_nth(post, one.start, one.exact), label=_titled(label, places), value=value,
                places=places, words=remembered("state", label, value, *places),
            )  # fmt: skip
            series = _series_of(row, standing)
            return row if series is None else replace(row, series=series.id, label=series.label)
        case _:
            return None


def _statement(
    one: Attribution, post: PostView, suggestions: Sequence[AnySuggestion], language: str
) -> AcceptedStatement | None:
    exact = one.exact[: limits.ANCHOR_CHARS]
    said = stated(one, post, suggestions, language)
    if said is None:
        return None
    near = [hedge for hedge in suggestions if isinstance(hedge, Hedge) and _hedges(hedge, one)]
    name = _named(one, post, language)
    return AcceptedStatement(
        exact=exact,
        nth=_nth(post, one.start, exact),
        words=remembered("statement", said.text),
        text=said.text,
        name=name[: limits.NAME_CHARS],
        named=name[: limits.NAME_CHARS],
        source_kind=_kind_of(name, language),
        cue=one.cue_class,
        quote=said.quote,
        channel=one.channel,
        relays=tuple(
            le.RelayedBy(outlet=relay.outlet[: limits.NAME_CHARS], mode=relay.mode)
            for relay in one.relays[: limits.RELAYS]
            if relay.outlet
        ),
        hedges=tuple(dict.fromkeys(hedge.hedge for hedge in near))[: limits.HEDGES],
    )


def _hedges(hedge: Hedge, one: Attribution) -> bool:
    """Say whether a hedge is in what was said, or between that and its speaker or cue."""
    spans = [(one.start, one.end), (one.source_start, one.source_end), (one.cue_start, one.cue_end)]
    printed = [span for span in spans if span != (0, 0)]
    return min(start for start, _ in printed) <= hedge.start and hedge.end <= max(end for _, end in printed)


def _figure(
    one: Figure, post: PostView, suggestions: Sequence[AnySuggestion], standing: Sequence[Row]
) -> AcceptedFigure | None:
    moved = next((r for r in suggestions if isinstance(r, Revision) and r.start <= one.start < r.end), None)
    if moved is not None and one.value != moved.new:
        moved = None
    by = next((a for a in suggestions if isinstance(a, Attribution) and a.start <= one.start < a.end), None)
    counted = one.counted or (moved.counted if moved else "")
    outcome = one.outcome or (moved.outcome if moved else "")
    places = _places_near(one, post, suggestions)
    row = AcceptedFigure(
        exact=one.exact,
        nth=_nth(post, one.start, one.exact),
        words=remembered("figure", counted, outcome, one.unit, f"{one.value:g}"),
        label=_titled(" ".join(filter(None, (counted, outcome))), places),
        value=one.value,
        low=one.low if one.low != one.value else None,
        high=one.high if one.high != one.value else None,
        modifier=one.modifier,
        was=moved.old if moved else None,
        figure=one.figure,
        counted=counted[: limits.LABEL_CHARS],
        outcome=outcome[: limits.LABEL_CHARS],
        unit=one.unit[: limits.LABEL_CHARS],
        places=places,
        basis="stated" if moved else "silent",
        name=by.source[: limits.NAME_CHARS] if by else "",
    )
    if _superseded_here(one, suggestions):
        return None
    series = _series_of(row, standing)
    if series is not None:
        return replace(row, series=series.id, label=series.label)
    described = bool(places) or len(counted.split()) > 1
    telling = moved is not None or bool(one.outcome) or (by is not None and described and one.value >= _MANY)
    return row if telling and counted + outcome and not _told_otherwise(row, standing) else None


_MANY: Final = 10  # below this, as in "two leaders" or "three cities", nobody follows a figure


def _told_otherwise(row: AcceptedFigure, standing: Sequence[Row]) -> bool:
    """Say whether a series has this with another word for the counted: "89 servicemen", "89 personnel", killed."""
    same = (one for one in standing if isinstance(one, Series) and one.outcome and one.unit == row.unit)
    return any(
        plainly(one.outcome) == plainly(row.outcome) and any(value.value == row.value for value in one.values)
        for one in same
    )


def _superseded_here(one: Figure, suggestions: Sequence[AnySuggestion]) -> bool:
    """Say whether a figure is the old value of a revision that this text itself states."""
    revisions = (r for r in suggestions if isinstance(r, Revision) and r.other_post == r.post)
    return any(r.other_start <= one.start < r.other_end and one.value == r.old for r in revisions)


def _places_near(one: Figure, post: PostView, suggestions: Sequence[AnySuggestion]) -> tuple[str, ...]:
    where = (p for p in suggestions if isinstance(p, Place) and p.role == "event" and _in_sentence(post, one, p))
    return tuple(dict.fromkeys(place.name for place in where))[:3]


_Tied: TypeAlias = AcceptedFigure | AcceptedState


def _series_of(row: _Tied, standing: Sequence[Row]) -> Series | None:
    """Return the series that a row would be the next value of, if there is exactly one."""
    of = "figure" if isinstance(row, AcceptedFigure) else "state"
    same = [one for one in standing if isinstance(one, Series) and one.of == of and _same_series(row, one)]
    return same[0] if len(same) == 1 else None


def _same_series(row: _Tied, series: Series) -> bool:
    if row.places and series.places and not {*map(plainly, row.places)} & {*map(plainly, series.places)}:
        return False
    if isinstance(row, AcceptedState):
        return plainly(row.label) == plainly(series.label)
    if (row.unit, row.figure) != (series.unit, series.figure):
        return False
    here, there = (row.counted, row.outcome), (series.counted, series.outcome)
    if series.outcome and row.outcome:
        return plainly(row.outcome) == plainly(series.outcome) and _head(row.counted) == _head(series.counted)
    return bool(any(here)) and tuple(map(_head, here)) == tuple(map(_head, there))


def _stands(row: AnyAccepted, post: PostView, standing: Sequence[Row]) -> bool:
    """Say whether the ledger has this already: a statement of these words, or a series with this newest value."""
    for one in standing:
        if isinstance(row, AcceptedStatement):
            if isinstance(one, Statement) and (_rests(one, row, post) or _restated(one, row)):
                return True
        elif isinstance(one, Series) and one.id == row.series and one.newest is not None:
            newest = one.newest
            if isinstance(row, AcceptedState) and plainly(newest.words) == plainly(row.value):
                return True
            if isinstance(row, AcceptedFigure) and newest.value == row.value:
                return True
    return False


def _rests(statement: Statement, row: AcceptedStatement, post: PostView) -> bool:
    """Say whether a statement rests on a row's words, in the same post."""
    here = (anchor for anchor in statement.anchors if post.id and anchor.post == post.id)
    return any(plainly(anchor.exact) == plainly(row.exact) for anchor in here)


def _restated(statement: Statement, row: AcceptedStatement) -> bool:
    """Say whether a row says the same as a statement, in nearly the same words and with the same numbers.

    If both have a speaker, and not the same one, they are two statements, unless every word is the same.
    """
    there, here = plainly(statement.text).split(), plainly(row.text).split()
    if there == here:
        return True
    if statement.by is not None and row.name and plainly(statement.by.name) != plainly(row.name):
        return False
    shared = (Counter(there) & Counter(here)).total()
    numbers = [sorted(word for word in words if word[:1].isdigit()) for words in (there, here)]
    least, most = sorted((len(there), len(here)))
    return least >= _ENOUGH and shared >= _NEARLY * most and numbers[0] == numbers[1]


_ENOUGH: Final = 6  # words
_NEARLY: Final = 0.8
_SPACE: Final = re.compile(r"\s+")
_WORD: Final = re.compile(r"\w+")


def _head(words: str) -> str:
    """Return the last word of what is counted, in the singular if that is simple: "people", "home"."""
    last = plainly(words).rpartition(" ")[2]
    return last[:-1] if last.endswith("s") and not last.endswith("ss") else last


def _named(one: Attribution, post: PostView, language: str) -> str:
    """Return the speaker; one without a name with the printed article; "" if there is only a pronoun."""
    name = one.source or _SPACE.sub(" ", one.source_exact).strip()
    if name.lower() in roles(language)["pronoun"] or len(name) < 2:
        return ""
    first, _, rest = name.partition(" ")
    if first.lower() in roles(language)["common"] and rest[:1] == rest[:1].lower():
        name = name[:1].lower() + name[1:]
    if not name[:1].islower() or name not in one.source_exact:
        return name
    article = re.search(
        rf"\b({pattern(language, 'printed')})\s+{re.escape(name)}\b", post.text, re.IGNORECASE
    )  # "a report", then "the"
    return f"{article[1].lower()} {name}" if article else name


def _kind_of(name: str, language: str) -> le.SourceKind:
    organised = not roles(language)["organisation"].isdisjoint(_WORD.findall(name.lower()))
    if not name or (name[:1].isupper() and " " in name and not organised):
        return le.SourceKind.PERSON
    return le.SourceKind.ORGANISATION if organised or name[:1].isupper() else le.SourceKind.ANONYMOUS


def _titled(words: str, places: Sequence[str] = ()) -> str:
    label = words[:1].upper() + words[1:]
    if places and not any(place.casefold() in label.casefold() for place in places):
        label = f"{label}, {', '.join(places)}"
    return label[: limits.LABEL_CHARS]


def _in_sentence(post: PostView, one: AnySuggestion, other: AnySuggestion) -> bool:
    """Say whether two suggestions are in one sentence, judged by full stops and the ends of parts."""
    first, last = sorted((one, other), key=lambda each: each.start)
    between = post.text[first.end : last.start] if first.end < last.start else ""
    return not re.search(r"[.!?]\s|\n", between)


def _nth(post: PostView, start: int, exact: str) -> int:
    """Return how often the same words occur earlier in the post."""
    return len(re.findall(re.escape(exact), post.text[:start]))
