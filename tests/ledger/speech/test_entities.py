"""Whom a pronoun can mean."""

import pytest

from asithappened.ledger.speech import entities
from asithappened.ledger.speech.entities import Entity

ANA = Entity("Ana Ruiz", "person", "female")
LIND = Entity("Lind", "name")
BANK = Entity("Kern Bank", "body")
CREW = Entity("the crew", "people", plural=True)
CUTS = Entity("the cuts", "thing", plural=True)


@pytest.mark.parametrize(
    ("pronoun", "meant"), [("she", [ANA, LIND]), ("he", [LIND]), ("it", [LIND, BANK]), ("they", [BANK, CREW])]
)
def test_a_pronoun_means_who_it_fits_and_never_a_thing(pronoun: str, meant: list[Entity]) -> None:
    assert [one for one in (ANA, LIND, BANK, CREW, CUTS) if entities.can_mean(one, pronoun)] == meant


def test_of_names_that_another_says_in_full_the_full_one_is_left() -> None:
    assert entities.in_full({"Lind", "Olga Lind", "Osei"}) == {"Olga Lind", "Osei"}
    assert [entities.bare(name) for name in ("the Herald", "Theo Lind", "The")] == ["Herald", "Theo Lind", "The"]
