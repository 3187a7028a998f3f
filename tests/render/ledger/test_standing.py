"""Promise: readers are told in words how a statement stands, and how many sources it has."""

from asithappened.core.ledger_events import Verification
from asithappened.core.standing import Standing
from asithappened.render.ledger.standing import in_words, sources
from tests.render.blogs import edition
from tests.render.ledger.written import LUND, statement


def test_every_standing_has_a_word_of_its_own() -> None:
    with edition().speaking():
        assert len({in_words(one) for one in Standing}) == len(Standing)


def test_outlets_that_have_it_from_one_another_are_one_source() -> None:
    with edition().speaking():
        assert sources(statement()) == "source not named"
        assert sources(statement(by=LUND)) == "one source"
        assert sources(statement(by=LUND, status=Verification.CORROBORATED)) == "more than one source"
        assert sources(statement(by=LUND, status=Verification.SUPERSEDED)) == "since superseded"
