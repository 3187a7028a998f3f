"""Promises of the head of a row's page: its own title and words, escaped, and nothing of anybody else."""

from asithappened.core import ledger_events as le
from asithappened.core.ledger_state import Series, Statement
from asithappened.render.ledger import row_head
from asithappened.render.ledger.row_head import RowHead
from tests.render.blogs import edition
from tests.render.ledger.written import LUND, at, series, statement, value


def head(row: Statement | Series) -> RowHead:
    with edition().speaking():
        return row_head.head(edition(), row)


def test_a_statement_is_shared_with_how_it_stands_and_who_said_it() -> None:
    shown = head(statement(by=LUND, status=le.Verification.FALSE, stated_at=at(9)))
    assert shown.title == "The sea wall has broken."
    assert shown.said == "False · said by Bo Lund, coastguard officer · 12 Nov 2026, 09:00 GMT"


def test_a_series_is_shared_with_what_it_says_now() -> None:
    shown = head(series(value(63), value(89, 6, as_of=at(9), by=le.SaidBy(name="Hospital"))))
    assert (shown.title, shown.said) == ("Homes without power: 89", "12 Nov 2026, 09:00 GMT · Hospital")
    assert (head(series()).title, head(series()).said) == ("Homes without power", "Homes without power")


def test_hostile_words_end_no_attribute() -> None:
    shown = head(statement('"><script>alert(1)</script>', by=le.SaidBy(name='"><script>')))
    assert not set('"<>') & set(shown.title + shown.said)
