"""When something may happen to the ledger.

Owns the rules of its rows: pure functions of one row's state, like those of blogs and posts in rules.py.
"""

from typing import Final, assert_never

from msgspec import Struct
from msgspec.structs import asdict

from asithappened.core import ledger_events as le
from asithappened.core import limits, text
from asithappened.core.ledger_state import Correction, Row, Series, Statement
from asithappened.core.refusal import Refusal

_UNCHANGED: Final = Refusal("unchanged", "Nothing was changed.")
_NONE: Final = Refusal("no_row", "There is no such row in this live blog's ledger.")


def may_keep_row(row: Row | None, event: le.LedgerChange) -> Refusal | None:
    """A row is recorded again whenever that changes it; other changes need a row that readers have."""
    if row is not None and row.erased:
        return Refusal("erased", "This row of the ledger was erased. Record a new one.")
    match event:
        case le.StatementRecorded():
            if text.blank(event.text):
                return Refusal("empty", "The statement is empty. Write what was said.")
            return _may_record(row, event)
        case le.SeriesRecorded():
            if text.blank(event.label):
                return Refusal("empty", "The series has no name. Say what is counted, or what is on or off.")
            if isinstance(row, Series) and row.values and row.of != event.of:
                return Refusal("other_kind", "A series of figures cannot become one of states, nor the reverse.")
            return _may_record(row, event)
        case le.CorrectionRecorded():
            return may_correct(row, event)
        case _ if row is None or not row.visible:
            return _NONE
        case le.StatementAssessed(status=status, note=note):
            if not isinstance(row, Statement):
                return _NONE
            said = (row.status, row.assessments[-1].note if row.assessments else "")
            return _UNCHANGED if said == (status, note) else None
        case le.SeriesMoved():
            return may_move(row, event) if isinstance(row, Series) else _NONE
        case le.SeriesValueRemoved(value=seq):
            there = isinstance(row, Series) and any(value.seq == seq for value in row.values)
            return None if there else Refusal("no_value", "The series has no such value.")
        case le.LedgerRemoved():
            return None
        case _:
            assert_never(event)


def may_correct(row: Row | None, event: le.CorrectionRecorded) -> Refusal | None:
    """A correction says what was wrong, of what, and what is right or why it was wrong."""
    if text.blank(event.was):
        return Refusal("empty", "The correction does not say what was wrong.")
    if text.blank(event.now) and text.blank(event.reason):
        return Refusal("empty", "The correction says neither what is right nor why. Write one of them.")
    if (event.of == "post") is not bool(event.post):
        return Refusal("no_post", "A correction is of a post, or of the headline or the standfirst.")
    if isinstance(row, Correction) and row.visible:
        said = (row.of, row.post, row.was, row.now, row.why, event.at or row.corrected_at)
        if said == (event.of, event.post, event.was, event.now, event.reason, row.corrected_at):
            return _UNCHANGED
    return None


def may_move(series: Series, event: le.SeriesMoved) -> Refusal | None:
    """A series moves to a value of its own kind that is not the one before."""
    if series.of == "figure" and event.value is None:
        return Refusal("no_value", "Say which figure it is now.")
    if series.of == "state" and text.blank(event.words):
        return Refusal("no_value", "Say how it is now, in a word or two.")
    if event.value is not None:
        low, high = (event.value if end is None else end for end in (event.low, event.high))
        if not low <= event.value <= high:
            return Refusal("out_of_range", "The figure is not within its own range.")
    before = next((value for value in series.values if event.place and value.place == event.place), None)
    if before is None and len(series.values) >= limits.SERIES_VALUES:
        return Refusal("too_many", "A series has {most} values and no more.", {"most": limits.SERIES_VALUES})
    newest = before or (None if event.place else series.newest)
    if newest is not None and newest.by == event.by and newest.as_of == event.as_of:
        said = (event.value, event.low, event.high, event.modifier, event.words)
        if newest.says == said and newest.anchors == event.anchors:
            return _UNCHANGED
    return None


def _may_record(row: Row | None, event: le.StatementRecorded | le.SeriesRecorded) -> Refusal | None:
    if row is None or not row.visible:
        return None
    return _UNCHANGED if _same(row, event) else None


def _same(row: Row, event: Struct) -> bool:
    """Say whether recording a row again would change nothing."""
    said, id_ = asdict(event), row.id
    return all(getattr(row, name, id_) == value for name, value in said.items())
