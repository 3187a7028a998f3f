"""Promises of a row's card: a claim with how it stands and who said it, a figure with what it was."""

from typing import Any

from asithappened.core import ledger_events as le
from asithappened.core.ledger_state import Series, Statement
from asithappened.render.card_image import CardImage
from asithappened.render.ledger import row_card
from tests.render.blogs import edition
from tests.render.ledger.written import LUND, at, series, statement, value


def card(row: Statement | Series, **more: Any) -> CardImage:
    shown = edition(**more)
    with shown.speaking():
        return row_card.of_row(shown, row)


def test_a_statements_card_says_the_claim_how_it_stands_and_who_said_it() -> None:
    shown = card(statement(by=LUND, status=le.Verification.FALSE, stated_at=at(9)))
    assert (shown.headline, shown.badge) == ("The sea wall has broken.", "False")
    assert shown.source == "said by Bo Lund, coastguard officer · 12 Nov 2026, 09:00 GMT"


def test_a_series_card_says_the_figure_that_stands_of_what_and_what_it_was() -> None:
    moved = series(value(50, 5, as_of=at(8)), value(100, 6, as_of=at(9), by=le.SaidBy(name="Hospital")))
    shown = card(moved)
    assert (shown.headline, shown.label, shown.when) == ("100", "Homes without power", "12 Nov 2026, 09:00 GMT")
    assert shown.source == "was 50 at 12 Nov 2026, 08:00 GMT · Hospital"
    assert shown.history == (50, 100)
    assert card(series(value(50))).history == ()
    assert card(series(value(words="closed"), of="state", label="Lenn Bridge", places=("Lenn", "Orsk"))).label == (
        "Lenn Bridge, Orsk"
    )


def test_its_version_changes_with_what_it_says_and_no_posts_did_when_rows_got_theirs() -> None:
    rows = [statement(), statement(status=le.Verification.FALSE), statement(by=LUND), statement("It holds.")]
    assert len({card(row).version for row in rows}) == len(rows)
    assert card(statement()).version == card(statement(last_seq=99, at=at(20))).version
