"""Whose a name is, and whether one of which nothing is known may be a person's."""

import pytest

from asithappened.ledger.speech.bearers import Bearers
from asithappened.ledger.speech.entities import Entity
from asithappened.ledger.speech.grammar import grammar
from asithappened.ledger.speech.names import named_in
from asithappened.ledger.speech.phrase import Phrase
from tests.ledger.sayings import items


def bearers(here: str, before: str = "") -> Bearers:
    return Bearers(named_in(here, "en"), [named_in(before, "en")], grammar("en"))


def test_a_family_name_is_of_whom_the_post_names_in_full_or_else_the_one_before() -> None:
    lind = Phrase(0, 0, 0, "name", 0, 0)
    assert bearers("Olga Lind resigned.").entity(items("Lind left."), lind).name == "Olga Lind"
    assert bearers("It rained.", "Olga Lind resigned.").entity(items("Lind left."), lind).name == "Olga Lind"
    assert bearers("Olga Lind met Jan Lind.").entity(items("Lind left."), lind).name == "Lind"


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("Sefton Okoro", True),
        ("Tanja Varga", True),
        ("Wall Street", False),
        ("Premier League", False),
        ("Kern Airlines", False),
        ("Sky News", False),
        ("Okoro", False),
    ],
)
def test_a_full_name_may_be_a_persons_if_nothing_says_that_it_is_anothers(name: str, may: bool) -> None:
    assert bearers("").may_be(Entity(name, "name"), "he") is may
