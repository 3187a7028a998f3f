"""The state of the ledger's rows: statements, series, corrections.

Owns these shapes, which ledger_fold.py fills, and what follows from one row alone, such as which of its values stand.
Immutable. They hold only what readers may know.
"""

from datetime import datetime
from typing import Final, Literal, TypeAlias

from msgspec import Struct

from asithappened.core.ledger_events import (
    CORRECTION,
    SERIES,
    STATEMENT,
    Anchor,
    Basis,
    CarriedFrom,
    CueClass,
    FigureKind,
    HedgeKind,
    Modifier,
    Policy,
    Quote,
    RelayedBy,
    SaidBy,
    SaidOn,
    Verification,
)

SETTLED: Final = frozenset({Verification.VERIFIED, Verification.FALSE, Verification.SUPERSEDED, Verification.WITHDRAWN})
"""A statement of one of these needs no further checking."""


class RowState(Struct, frozen=True, kw_only=True):
    """The base of every row.

    `first_seq`: of the fact that recorded it first; `content_seq`: of the one that its words come from; `last_seq`: of
    the newest. `at`: when it last changed, None after an import. A removed row keeps its words here, for the desk
    alone; an erased one has none. `reason`: why readers do not have it.
    """

    id: str
    first_seq: int
    content_seq: int
    last_seq: int
    at: datetime | None = None
    removed: bool = False
    erased: bool = False
    reason: str = ""

    @property
    def visible(self) -> bool:
        """Whether readers may have it."""
        return not (self.removed or self.erased)

    @property
    def open(self) -> bool:
        """Whether the desk still has work with it: a figure may move, a statement needs checking."""
        return False


class Assessment(Struct, frozen=True, kw_only=True):
    """What the newsroom knew of a statement, with its public note. `seq`: of the fact."""

    seq: int
    status: Verification
    note: str = ""
    at: datetime | None = None


class Statement(RowState, frozen=True, kw_only=True):
    """What somebody said, as it was recorded last, and what the newsroom knows of it, the oldest assessment first."""

    text: str = ""
    quote: Quote = "indirect"
    by: SaidBy | None = None
    cue: CueClass = "assert"
    on: SaidOn | None = None
    relays: tuple[RelayedBy, ...] = ()
    hedges: tuple[HedgeKind, ...] = ()
    stated_at: datetime | None = None
    anchors: tuple[Anchor, ...] = ()
    carried_from: CarriedFrom | None = None
    assessments: tuple[Assessment, ...] = ()

    @property
    def status(self) -> Verification:
        """What the newsroom knows of it now."""
        return self.assessments[-1].status if self.assessments else Verification.UNCHECKED

    @property
    def open(self) -> bool:
        """Whether readers have it and it needs checking."""
        return self.visible and self.status not in SETTLED


class SeriesValue(Struct, frozen=True, kw_only=True):
    """A value of a series. `seq`: of the fact that recorded it last; `place`: of the first; `at`: when that was."""

    seq: int
    place: int = 0
    at: datetime | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    modifier: Modifier = ""
    words: str = ""
    as_of: datetime | None = None
    by: SaidBy | None = None
    statement: str = ""
    basis: Basis = "stated"
    anchors: tuple[Anchor, ...] = ()

    @property
    def since(self) -> datetime | None:
        """Since when it is so, or is known."""
        return self.as_of or self.at

    @property
    def says(self) -> tuple[object, ...]:
        """What two values are compared by."""
        return (self.value, self.low, self.high, self.modifier, self.words)


class Series(RowState, frozen=True, kw_only=True):
    """Figures or states that move. `values`: in the order in which they were recorded first, the newest last."""

    of: Literal["figure", "state"] = "figure"
    label: str = ""
    figure: FigureKind = "count"
    counted: str = ""
    outcome: str = ""
    unit: str = ""
    places: tuple[str, ...] = ()
    policy: Policy = Policy.LATEST
    carried_from: CarriedFrom | None = None
    values: tuple[SeriesValue, ...] = ()

    @property
    def open(self) -> bool:
        """Whether it can still move."""
        return self.visible

    @property
    def newest(self) -> SeriesValue | None:
        """The value that was recorded last."""
        return self.values[-1] if self.values else None

    @property
    def standing(self) -> tuple[SeriesValue, ...]:
        """The values that stand: the newest, or by a policy other than LATEST the newest of each source."""
        if self.policy is Policy.LATEST:
            return self.values[-1:]
        of_source = {value.by.name if value.by else "": value for value in self.values}
        return tuple(sorted(of_source.values(), key=self.values.index))

    @property
    def superseded(self) -> tuple[SeriesValue, ...]:
        """The values that no longer stand, and differ from those that do."""
        says = {value.says for value in self.standing}
        return tuple(value for value in self.values if value.says not in says)


class Correction(RowState, frozen=True, kw_only=True):
    """A correction of ours. `corrected_at`: when it was made."""

    of: Literal["post", "headline", "standfirst"] = "post"
    post: str = ""
    was: str = ""
    now: str = ""
    why: str = ""
    corrected_at: datetime | None = None


Row: TypeAlias = Statement | Series | Correction
"""A row of the ledger."""

ROWS: Final[dict[str, type[Row]]] = {STATEMENT: Statement, SERIES: Series, CORRECTION: Correction}
"""The class of a row, by `Subject.about`."""
