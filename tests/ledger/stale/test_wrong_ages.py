"""A wrong age is found where somebody is called by it, and the same number of anything else is not."""

import pytest

from asithappened.ledger.changes import Corrected
from tests.ledger.sweeping import proposed, stale

AGE = Corrected(
    key="a", was="24", now="34", sentence="Tyler Boone, 24, was found on the second floor shortly before midnight."
)


@pytest.mark.parametrize(
    "words",
    [
        "At 24, Boone is the youngest to die.",
        "Boone grew up here. The 24-year-old leaves a wife, Kayla.",
        "Firefighter identified as Tyler Boone, 24",
    ],
)
def test_a_wrong_age_is_found(words: str) -> None:
    assert [one.exact for one in stale(words, AGE)] == ["24"]


MAYOR = Corrected(key="m", was="27", now="29", sentence="Die 27-jährige Lea Sommer ist die neue Bürgermeisterin.")
JUDGE = Corrected(key="j", was="24", now="42", sentence="La jueza Carmen Rueda, de 24 años, instruirá el caso.")


@pytest.mark.parametrize(
    ("change", "language", "words", "right"),
    [
        (AGE, "en", "Boone, who was 24, lived alone.", "Boone, who was 34, lived alone."),
        (AGE, "en", "Twenty-four-year-old Boone lived alone.", "34-year-old Boone lived alone."),
        (AGE, "en", "At the age of 24, Boone joined.", "At the age of 34, Boone joined."),
        (MAYOR, "de", "Die siebenundzwanzigjährige Sommer lacht.", "Die 29-jährige Sommer lacht."),
        (MAYOR, "de", "Mit nur 27 Jahren zieht Sommer ein.", "Mit nur 29 Jahren zieht Sommer ein."),
        (MAYOR, "de", "Die 27-Jährige lacht.", "Die 29-Jährige lacht."),
        (JUDGE, "es", "A sus 24 años, la jueza llega hoy.", "A sus 42 años, la jueza llega hoy."),
        (JUDGE, "es", "Rueda tiene veinticuatro años.", "Rueda tiene 42 años."),
    ],
)
def test_an_age_is_found_however_it_is_printed(change: Corrected, language: str, words: str, right: str) -> None:
    assert proposed(words, change, language=language) == right


@pytest.mark.parametrize(
    ("change", "language", "words"),
    [
        (MAYOR, "de", "Ein 27-Jähriger aus Weida wurde Dritter."),
        (MAYOR, "de", "Sommer bekam 27 Stimmen mehr."),
        (JUDGE, "es", "Su hermano, de 24 años, es abogado."),
        (JUDGE, "es", "El caso lleva 24 años abierto."),
    ],
)
def test_the_age_of_others_is_not_listed(change: Corrected, language: str, words: str) -> None:
    assert stale(words, change, language=language) == []


@pytest.mark.parametrize(
    "words",
    [
        "Boone’s name is the 24th on the wall.",
        "Luis Arce, 24, is in hospital. He knew Boone.",
        "Boone fought 24 fires.",
    ],
)
def test_the_same_number_of_something_else_is_not_listed(words: str) -> None:
    assert stale(words, AGE) == []
