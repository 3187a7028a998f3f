"""What each fact does to a row of the ledger.

Owns the ledger's half of the fold (fold.py). Pure. A row that was removed and is recorded again starts empty. A fact
whose payload was erased does what its envelope alone says: it adds no value, and leaves a description as it was.
"""

from datetime import datetime
from typing import Any, assert_never

from msgspec.structs import asdict, replace

from asithappened.core import events as e
from asithappened.core import ledger_events as le
from asithappened.core.ledger_state import ROWS, Assessment, Correction, Row, Series, SeriesValue, Statement


def apply_row(row: Row | None, fact: e.Fact) -> Row | None:
    """Return a row after a fact about it; None if there is none."""
    match fact.event:
        case None:
            return _without_payload(row, fact)
        case le.StatementRecorded():
            assessments = row.assessments if isinstance(row, Statement) and row.visible else ()
            return Statement(assessments=assessments, **_recorded(row, fact), **_said(fact.event, "statement"))
        case le.SeriesRecorded():
            values = row.values if isinstance(row, Series) and row.visible else ()
            return Series(values=values, **_recorded(row, fact), **_said(fact.event, "series"))
        case le.CorrectionRecorded(of=of, post=post, was=was, now=now, reason=why, at=at):
            told = _recorded(row, fact)
            return Correction(of=of, post=post, was=was, now=now, why=why, corrected_at=at or _when(fact), **told)
        case le.StatementAssessed(status=status, note=note) if isinstance(row, Statement):
            one = Assessment(seq=fact.seq, status=status, note=note, at=_when(fact))
            return replace(row, **_touched(fact), assessments=(*row.assessments, one))
        case le.SeriesMoved() if isinstance(row, Series):
            return replace(row, **_touched(fact), values=_moved(row.values, fact, fact.event))
        case le.SeriesValueRemoved(value=seq) if isinstance(row, Series):
            return replace(row, **_touched(fact), values=tuple(v for v in row.values if v.seq != seq))
        case le.LedgerRemoved(reason=reason) if row is not None:
            return replace(row, **_touched(fact), removed=True, reason=reason)
        case e.PayloadErased() if row is not None:
            return _erased(row, fact, fact.event)
        case e.BlogEvent() | e.PostEvent() | le.LedgerEvent() | e.PayloadErased():
            return row
        case _:
            assert_never(fact.event)


def _moved(values: tuple[SeriesValue, ...], fact: e.Fact, event: le.SeriesMoved) -> tuple[SeriesValue, ...]:
    """Return the values with a new one, or with one recorded again at its place, even if that lost its payload."""
    said = _said(event, "series")
    place, first_at = said.pop("place") or fact.seq, said.pop("first_at")
    one = SeriesValue(seq=fact.seq, place=place, at=first_at or _when(fact), **said)
    others = (value for value in values if value.place != place)
    return tuple(sorted((*others, one), key=lambda value: value.place))


def _recorded(row: Row | None, fact: e.Fact) -> dict[str, Any]:
    first = row.first_seq if row is not None else fact.seq
    return {"id": fact.subject.id, "first_seq": first, "content_seq": fact.seq, **_touched(fact)}


def _touched(fact: e.Fact) -> dict[str, Any]:
    return {"last_seq": fact.seq, "at": _when(fact)}


def _when(fact: e.Fact) -> datetime | None:
    """Return when a fact happened; None for an import, since an archive does not say."""
    return None if fact.origin is e.Origin.IMPORT else fact.at


def _said(event: le.LedgerEvent, id_: str) -> dict[str, Any]:
    """Return what an event says besides the id of its subject: its fields have the names of the state's."""
    said = asdict(event)
    del said[id_]
    return said


def _erased(row: Row, fact: e.Fact, event: e.PayloadErased) -> Row:
    if event.whole:
        return ROWS[fact.subject.about](
            id=row.id,
            first_seq=row.first_seq,
            content_seq=row.content_seq,
            last_seq=fact.seq,
            at=_when(fact),
            erased=True,
            reason=event.reason,
        )
    if isinstance(row, Series):
        row = replace(row, values=tuple(value for value in row.values if value.seq not in event.seqs))
    return replace(row, **_touched(fact))


def _without_payload(row: Row | None, fact: e.Fact) -> Row | None:
    match fact.kind:
        case le.StatementRecorded.KIND | le.SeriesRecorded.KIND | le.CorrectionRecorded.KIND:
            if row is None or not row.visible:  # its content from before a removal does not come back
                return ROWS[fact.subject.about](**_recorded(row, fact))
            return replace(row, content_seq=fact.seq, **_touched(fact))
        case le.LedgerRemoved.KIND if row is not None:  # it lost its reason only: it still removes
            return replace(row, **_touched(fact), removed=True)
        case _:
            return row
