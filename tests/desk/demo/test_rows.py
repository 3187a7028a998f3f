"""Rows of the ledger as the script writes them, and what is refused."""

from datetime import UTC, datetime
from typing import Any

import pytest

from asithappened.core import body
from asithappened.core import events as e
from asithappened.desk.demo.manuscript import ScriptError
from asithappened.desk.demo.rows import Ledger
from asithappened.ledger.views import of_body

AT = datetime(2026, 11, 12, 9, 42, tzinfo=UTC)
DOC = body.with_ids(body.Doc(content=(body.paragraph("First."), body.paragraph("240 homes are dark."))), seed="p")
POST = of_body("Power", DOC, number=1, id="power-first", revision=2)
LEDGER = Ledger({"Coastgrid": {"kind": "organisation", "role": "network operator"}})


def made(row: dict[str, Any]) -> e.LedgerChange:
    return LEDGER.event(row, post="power-first", text=POST, at=AT)


def test_a_value_has_its_source_its_time_and_the_words_it_rests_on() -> None:
    moved = made({"move": "power", "to": 240, "by": "Coastgrid", "quoting": ["240 homes"]})
    start = POST.text.index("240 homes")
    assert moved == e.SeriesMoved(
        series="power",
        value=240,
        as_of=AT,
        by=e.SaidBy(name="Coastgrid", kind=e.SourceKind.ORGANISATION, role="network operator"),
        anchors=(
            e.Anchor(
                post="power-first",
                revision=2,
                block=DOC.content[1].attrs.id,
                start=start,
                end=start + 9,
                exact="240 homes",
                prefix="Power\n\nFirst.\n\n",
                suffix=" are dark.",
            ),
        ),
    )


def test_a_state_is_words_and_a_correction_is_of_the_post_that_it_goes_with() -> None:
    assert made({"move": "bridge", "to": "closed"}) == e.SeriesMoved(series="bridge", words="closed", as_of=AT)
    correction = made({"correct": "c1", "was": "240", "now": "260"})
    assert correction == e.CorrectionRecorded(correction="c1", post="power-first", was="240", now="260", at=AT)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"move": "power", "to": 1, "quoting": ["2,400 homes"]}, "occurs in power-first 0 times"),
        ({"move": "power", "to": 1, "quoting": ["r"]}, "times, not once"),
        ({"move": "power", "to": 1, "by": "Nobody"}, "what kind of source"),
        ({"rumour": "power"}, "Unknown kind of row"),
    ],
)
def test_a_row_that_cannot_be_is_an_error(row: dict[str, Any], said: str) -> None:
    with pytest.raises(ScriptError, match=said):
        made(row)
