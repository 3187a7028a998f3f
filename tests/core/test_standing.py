"""Promise: a statement's word is what the newsroom knows; until it knows anything, how the statement was made."""

import pytest

from asithappened.core.ledger_events import Verification
from asithappened.core.standing import Standing, section_of, standing
from asithappened.published.layout import SECTIONS
from tests.render.ledger.written import correction, series, statement, value


@pytest.mark.parametrize(
    ("status", "stands"),
    [
        (Verification.VERIFIED, Standing.CONFIRMED),
        (Verification.CORROBORATED, Standing.REPORTED),
        (Verification.SUPERSEDED, Standing.REPORTED),
        (Verification.DISPUTED, Standing.DISPUTED),
        (Verification.FALSE, Standing.FALSE),
        (Verification.UNABLE_TO_VERIFY, Standing.NOT_VERIFIED),
        (Verification.WITHDRAWN, Standing.WITHDRAWN),
    ],
)
def test_what_the_newsroom_knows_outweighs_how_it_was_said(status: Verification, stands: Standing) -> None:
    assert standing(statement(status=status, cue="deny", hedges=("denied",))) is stands


@pytest.mark.parametrize("status", [None, Verification.UNCHECKED, Verification.CHECKING])
def test_what_nobody_has_checked_is_reported_or_denied_and_never_confirmed(status: Verification | None) -> None:
    assert standing(statement(status=status)) is Standing.REPORTED
    assert standing(statement(status=status, cue="confirm", hedges=("confirmed",))) is Standing.REPORTED
    assert standing(statement(status=status, hedges=("unverified", "purported"))) is Standing.REPORTED
    assert standing(statement(status=status, cue="deny")) is Standing.DENIED
    assert standing(statement(status=status, hedges=("denied",))) is Standing.DENIED


def test_each_standing_is_a_section_of_the_list_and_what_is_not_readers_stands_in_none() -> None:
    assert set(SECTIONS) == {"figure", "state", *Standing}
    assert section_of(statement(status=Verification.FALSE)) == "false"
    assert section_of(statement()) == "reported"
    assert section_of(series(value(1))) == "figure"
    assert section_of(series(value(words="on"), of="state")) == "state"
    assert section_of(correction()) == "correction"
    gone = (statement(removed=True), statement(""), series(value(1), erased=True), series(), correction(was=""))
    assert {section_of(row) for row in gone} == {""}
