"""Promises of `core.ledger_fold`: a row is as it was recorded last, and nothing taken back or erased returns."""

from datetime import UTC, datetime

from asithappened.core import events as e
from asithappened.core import ledger_events as le
from asithappened.core.fold import in_envelope
from asithappened.core.ledger_fold import apply_row
from asithappened.core.ledger_state import Correction, Row, Series, Statement

AT = datetime(2026, 11, 12, 14, 0, tzinfo=UTC)
THE_SERIES = e.Subject(le.SERIES, "n")
DEAD, MOVED = le.SeriesRecorded(series="n", label="dead"), le.SeriesMoved(series="n", value=12.0)
MORE = le.SeriesMoved(series="n", value=13.0)


def fact(seq: int, event: e.Event, origin: e.Origin = e.Origin.LIVE) -> e.Fact:
    """Put an event in its envelope."""
    return in_envelope(event, epoch="e", seq=seq, at=AT, origin=origin)


def row_after(*events: e.Event, origin: e.Origin = e.Origin.LIVE) -> Row:
    """Return the row that these facts, from the second of a log on, leave."""
    row: Row | None = None
    for seq, event in enumerate(events, 2):
        row = apply_row(row, fact(seq, event, origin))
    assert row is not None
    return row


def values(row: Row) -> list[float | None]:
    """Return the values of a series."""
    assert isinstance(row, Series)
    return [value.value for value in row.values]


def test_a_series_keeps_its_values_when_it_is_described_anew_and_loses_one_that_was_a_mistake() -> None:
    again = le.SeriesRecorded(series="n", label="people dead")
    row = row_after(DEAD, MOVED, again, MORE, le.SeriesValueRemoved(series="n", value=3))
    assert values(row) == [13.0]
    assert (row.first_seq, row.content_seq, row.last_seq, row.at) == (2, 4, 6, AT)


def test_a_row_that_was_removed_and_is_recorded_again_begins_anew() -> None:
    gone = row_after(DEAD, MOVED, le.LedgerRemoved(of=THE_SERIES, reason="Doubled"))
    assert (gone.visible, gone.reason, values(gone)) == (False, "Doubled", [12.0])
    again = row_after(DEAD, MOVED, le.LedgerRemoved(of=THE_SERIES), DEAD)
    assert (again.visible, values(again), again.first_seq) == (True, [], 2)


def test_assessments_stand_one_after_the_other_and_stay_when_the_words_change() -> None:
    said = le.StatementRecorded(statement="s", text="The harbour is shut.")
    checked = le.StatementAssessed(statement="s", status=le.Verification.CHECKING)
    false = le.StatementAssessed(statement="s", status=le.Verification.FALSE, note="It is open.")
    row = row_after(said, checked, false, le.StatementRecorded(statement="s", text="It is shut."))
    assert isinstance(row, Statement)
    assert (row.text, row.status, len(row.assessments)) == ("It is shut.", le.Verification.FALSE, 2)


def test_an_erasure_of_all_leaves_no_word_and_one_of_a_value_that_value_alone() -> None:
    part = row_after(DEAD, MOVED, MORE, e.PayloadErased(of=THE_SERIES, seqs=(3,)))
    assert values(part) == [13.0]
    whole = row_after(DEAD, MOVED, e.PayloadErased(of=THE_SERIES, seqs=(2, 3), whole=True, reason="A court's order"))
    assert whole == Series(id="n", first_seq=2, content_seq=2, last_seq=4, at=AT, erased=True, reason="A court's order")


def test_a_fact_without_its_payload_does_what_its_envelope_says() -> None:
    def without(event: e.Event, seq: int) -> e.Fact:
        made = fact(seq, event)
        return e.Fact(epoch="e", seq=seq, at=AT, origin=made.origin, kind=made.kind, version=1, subject=made.subject)

    row = apply_row(None, without(DEAD, 2))
    assert row == Series(id="n", first_seq=2, content_seq=2, last_seq=2, at=AT)
    assert apply_row(row, without(MOVED, 3)) == row
    gone = apply_row(row, without(le.LedgerRemoved(of=THE_SERIES), 3))
    assert gone is not None
    assert not gone.visible


def test_when_an_archive_said_so_is_not_known_but_what_it_says_itself() -> None:
    corrected = le.CorrectionRecorded(correction="c", post="p", was="63 dead", now="12 dead", at=AT)
    row = row_after(corrected, origin=e.Origin.IMPORT)
    assert isinstance(row, Correction)
    assert (row.at, row.corrected_at) == (None, AT)
