"""Promises of `core.ledger_rules`: what says nothing, changes nothing or is of another kind is refused by its code."""

from typing import Any

import pytest

from asithappened.core import ledger_events as le
from asithappened.core import limits
from asithappened.core.events import Subject
from asithappened.core.ledger_rules import may_keep_row
from asithappened.core.ledger_state import Correction, Row, Series, SeriesValue, Statement

NUMBERS: dict[str, Any] = {"first_seq": 2, "content_seq": 2, "last_seq": 2}
SAID = Statement(id="s", text="The harbour is shut.", **NUMBERS)
DEAD = Series(id="n", label="dead", values=(SeriesValue(seq=3, value=12.0),), **NUMBERS)
POWER = Series(id="p", label="power", of="state", **NUMBERS)
WRONG = Correction(id="c", post="p1", was="63 dead", now="12 dead", **NUMBERS)
GONE = Statement(id="s", text="x", removed=True, **NUMBERS)


@pytest.mark.parametrize(
    ("row", "event", "code"),
    [
        (None, le.StatementRecorded(statement="s", text="\u200b "), "empty"),
        (SAID, le.StatementRecorded(statement="s", text="The harbour is shut."), "unchanged"),
        (SAID, le.StatementRecorded(statement="s", text="The harbour is open."), ""),
        (GONE, le.StatementRecorded(statement="s", text="x"), ""),
        (Statement(id="s", erased=True, **NUMBERS), le.StatementRecorded(statement="s", text="x"), "erased"),
        (SAID, le.StatementAssessed(statement="s", status=le.Verification.VERIFIED), ""),
        (SAID, le.StatementAssessed(statement="s", status=le.Verification.UNCHECKED), "unchanged"),
        (GONE, le.StatementAssessed(statement="s", status=le.Verification.FALSE), "no_row"),
        (None, le.SeriesRecorded(series="n", label=" "), "empty"),
        (DEAD, le.SeriesRecorded(series="n", label="dead", of="state"), "other_kind"),
        (DEAD, le.SeriesMoved(series="n", value=13.0), ""),
        (DEAD, le.SeriesMoved(series="n", value=12.0), "unchanged"),
        (DEAD, le.SeriesMoved(series="n", words="many"), "no_value"),
        (DEAD, le.SeriesMoved(series="n", value=9.0, low=10.0, high=20.0), "out_of_range"),
        (POWER, le.SeriesMoved(series="p", value=1.0), "no_value"),
        (SAID, le.SeriesMoved(series="s", value=1.0), "no_row"),
        (DEAD, le.SeriesValueRemoved(series="n", value=4), "no_value"),
        (DEAD, le.SeriesValueRemoved(series="n", value=3), ""),
        (None, le.CorrectionRecorded(correction="c", post="p1", was="63 dead"), "empty"),
        (None, le.CorrectionRecorded(correction="c", was="63 dead", now="12 dead"), "no_post"),
        (None, le.CorrectionRecorded(correction="c", of="headline", was="63", reason="A slip"), ""),
        (WRONG, le.CorrectionRecorded(correction="c", post="p1", was="63 dead", now="12 dead"), "unchanged"),
        (SAID, le.LedgerRemoved(of=Subject(le.STATEMENT, "s")), ""),
        (None, le.LedgerRemoved(of=Subject(le.STATEMENT, "s")), "no_row"),
    ],
)
def test_a_fact_of_the_ledger_happens_or_is_refused_with_a_code(
    row: Row | None, event: le.LedgerChange, code: str
) -> None:
    refusal = may_keep_row(row, event)
    assert (refusal.code if refusal else "") == code


def test_a_series_has_so_many_values_and_no_more() -> None:
    full = Series(
        id="n", label="dead", values=tuple(SeriesValue(seq=n) for n in range(limits.SERIES_VALUES)), **NUMBERS
    )
    refusal = may_keep_row(full, le.SeriesMoved(series="n", value=1.0))
    assert refusal is not None
    assert refusal.code == "too_many"
