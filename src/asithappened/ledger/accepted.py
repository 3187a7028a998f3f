"""Rows of the ledger as a person would have them, before they are facts: accepted from what was suggested, or edited.

Owns the shapes that the composer sends, and the events that they become, anchored in the post's final text. Pure; the
same rows of the same post always become the same events. Look next: `suggested` for where most of them come from.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Annotated, Final, Literal, TypeAlias

from msgspec import Meta, Struct
from msgspec.structs import replace

from asithappened.core import ledger_events as le
from asithappened.core import limits
from asithappened.core.event_shape import Names
from asithappened.ledger import anchors
from asithappened.ledger.views import PostView

_WORDS: Final = re.compile(r"[^\w%]+")

Name = Annotated[str, Meta(max_length=limits.NAME_CHARS)]
Exact = Annotated[str, Meta(min_length=1, max_length=limits.ANCHOR_CHARS)]


class Accepted(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind"):
    """A row as a person would have it. `exact`: the words that it rests on, the one of that number (`nth`, from 0).

    `words`: what was suggested, by which a newsroom's choice is remembered; "" of a row that nobody suggested.
    """

    exact: Exact
    nth: Annotated[int, Meta(ge=0, le=10_000)] = 0
    words: Annotated[str, Meta(max_length=64, pattern=r"^[0-9a-f]*$(?!\n)")] = ""


class AcceptedStatement(Accepted, tag="statement", frozen=True, kw_only=True):
    """Somebody said something. `name`: who, "" where that is not certain; `named`: who was suggested."""

    text: le.Said
    name: Name = ""
    named: Name = ""
    source_kind: le.SourceKind = le.SourceKind.PERSON
    role: Name = ""
    source: Annotated[str, Meta(max_length=64)] = ""
    cue: le.CueClass = "assert"
    quote: le.Quote = "indirect"
    channel: le.Channel | Literal[""] = ""
    relays: Annotated[tuple[le.RelayedBy, ...], Meta(max_length=limits.RELAYS)] = ()
    hedges: Annotated[tuple[le.HedgeKind, ...], Meta(max_length=limits.HEDGES)] = ()


class AcceptedFigure(Accepted, tag="figure", frozen=True, kw_only=True):
    """A figure: another value of a `series` that there is, or the first of a new one. `was`: the one before it."""

    label: le.Label
    value: float
    low: float | None = None
    high: float | None = None
    modifier: le.Modifier = ""
    was: float | None = None
    series: Annotated[str, Meta(max_length=64)] = ""
    figure: le.FigureKind = "count"
    counted: le.Label = ""
    outcome: le.Label = ""
    unit: le.Label = ""
    places: Names = ()
    basis: le.Basis = "silent"
    name: Name = ""
    source: Annotated[str, Meta(max_length=64)] = ""


class AcceptedState(Accepted, tag="state", frozen=True, kw_only=True):
    """Something is on or over, open or closed."""

    label: le.Label
    value: le.Label
    series: Annotated[str, Meta(max_length=64)] = ""
    places: Names = ()
    name: Name = ""
    source: Annotated[str, Meta(max_length=64)] = ""


AnyAccepted: TypeAlias = AcceptedStatement | AcceptedFigure | AcceptedState


def unnamed(row: AnyAccepted) -> AnyAccepted:
    """Return a row without who said it."""
    return replace(row, name="", source="")


def remembered(kind: str, *words: str) -> str:
    """Return the key by which a newsroom's choice about such words is remembered: the same wherever they stand."""
    plain = "\0".join((kind, *map(plainly, words)))
    return hashlib.blake2s(plain.encode(), digest_size=12).hexdigest()


def plainly(words: str) -> str:
    """Return words without what two ways of printing them differ in: case, space, punctuation."""
    return _WORDS.sub(" ", words.casefold()).strip()


def events(
    rows: Sequence[AnyAccepted], post: PostView, *, secret: bytes
) -> tuple[list[le.LedgerChange], list[AnyAccepted]]:
    """Return the events that accepted rows of a post become, and the rows whose words it no longer has.

    The ids of new rows follow from the post, the words and what the row says of them, so that a form sent twice says
    the same twice; and from `secret`, since an id outlives an erasure, and must not let anybody confirm a guess at the
    erased words. A value is as of the post's time, where the post has one already.
    """
    made: list[le.LedgerChange] = []
    stale: list[AnyAccepted] = []
    # The rows of a post begin alike, so that they stand together in every index, on one page instead of ten.
    begun = _digest(post.id, secret, size=2)
    for row in rows:
        place = _place(row, post)
        if place is None:
            stale.append(row)
            continue
        made += _events(row, anchors.anchor(post, *place), begun + _id(post, row, secret), since=post.published_at)
    return made, stale


def _place(row: Accepted, post: PostView) -> tuple[int, int] | None:
    start, at = -1, post.text.find(row.exact)
    for _ in range(row.nth + 1):
        if at < 0:
            break  # the last that there is
        start, at = at, post.text.find(row.exact, at + len(row.exact))
    return None if start < 0 else (start, start + len(row.exact))


def _id(post: PostView, row: AnyAccepted, secret: bytes) -> str:
    what = row.text if isinstance(row, AcceptedStatement) else row.label
    about = f"{post.id}\0{type(row).__name__}\0{row.exact}\0{row.nth}\0{row.words}\0{what}"
    return _digest(about, secret, size=6)


def _digest(words: str, secret: bytes, *, size: int) -> str:
    return hashlib.blake2s(words.encode(), digest_size=size, key=secret).hexdigest()


def _events(row: AnyAccepted, anchor: le.Anchor, id_: str, *, since: datetime | None) -> Iterator[le.LedgerChange]:
    """Yield the events of a row. `since`: when the post said so, if that was before it is recorded."""
    match row:
        case AcceptedStatement():
            yield le.StatementRecorded(
                statement=id_,
                text=row.text,
                quote=row.quote,
                by=_by(row.name, row.source_kind, row.role, row.source),
                cue=row.cue,
                on=le.SaidOn(channel=row.channel) if row.channel else None,
                relays=row.relays,
                hedges=row.hedges,
                anchors=(anchor,),
            )
        case AcceptedFigure():
            if not row.series:
                yield le.SeriesRecorded(
                    series=id_, label=row.label, figure=row.figure, counted=row.counted, outcome=row.outcome,
                    unit=row.unit, places=row.places,
                )  # fmt: skip
                if row.was is not None and row.was != row.value:
                    yield le.SeriesMoved(series=id_, value=row.was, basis="stated", anchors=(anchor,))
            yield le.SeriesMoved(
                series=row.series or id_, value=row.value, low=row.low, high=row.high, modifier=row.modifier,
                by=_by(row.name, source=row.source), basis=row.basis, as_of=since, anchors=(anchor,),
            )  # fmt: skip
        case AcceptedState():
            if not row.series:
                yield le.SeriesRecorded(series=id_, of="state", label=row.label, places=row.places)
            yield le.SeriesMoved(
                series=row.series or id_, words=row.value, by=_by(row.name, source=row.source), anchors=(anchor,)
            )


def _by(name: str, kind: le.SourceKind = le.SourceKind.PERSON, role: str = "", source: str = "") -> le.SaidBy | None:
    return le.SaidBy(name=name, kind=kind, role=role, source=source) if name.strip() else None
