"""Promises of the head of a row's page: its own title, words and address, escaped, and nothing of anybody else."""

from asithappened.core import ledger_events as le
from asithappened.core.ledger_state import Series, Statement
from asithappened.render.ledger import row_head
from tests.render.blogs import edition
from tests.render.ledger.written import LUND, at, series, statement, value


def head(row: Statement | Series) -> str:
    with edition().speaking():
        return row_head.head(edition(), row)


def test_a_statement_is_shared_with_how_it_stands_and_who_said_it() -> None:
    html = head(statement(by=LUND, status=le.Verification.FALSE, stated_at=at(9)))
    assert "<title>The sea wall has broken. | <!--house:name--></title>" in html
    said = "False · said by Bo Lund, coastguard officer · 12 Nov 2026, 09:00 GMT"
    assert f'<meta name="description" content="{said}">' in html
    assert f'<meta property="og:description" content="{said}">' in html
    assert '<link rel="canonical" href="<!--house:address-->/live/storm/known/statement/s1/">' in html


def test_a_series_is_shared_with_what_it_says_now() -> None:
    html = head(series(value(63), value(89, 6, as_of=at(9), by=le.SaidBy(name="Hospital"))))
    assert 'property="og:title" content="Homes without power: 89"' in html
    assert 'content="12 Nov 2026, 09:00 GMT · Hospital"' in html
    assert "description" not in head(series())


def test_hostile_words_end_no_attribute() -> None:
    html = head(statement('"><script>alert(1)</script>', by=le.SaidBy(name='"><script>')))
    assert "<script" not in html
    assert 'content=""' not in html
