"""The list of places names its source, and has one name for all spellings of a place."""

import pytest

from asithappened.ledger.geography import gazetteer
from tests.ledger.reading_text import place_names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A strike hit Makiyivka.", "Makiivka"),
        ("A strike hit Makiivka.", "Makiivka"),
        ("A strike hit Makeyevka.", "Makiivka"),
        ("Kiev was quiet.", "Kyiv"),
        ("A ship left Odessa.", "Odesa"),
        ("Trains to Zaporizhia stopped.", "Zaporizhzhia"),
        ("He left Avdiyivka.", "Avdiivka"),
    ],
)
def test_spellings_of_one_place_have_one_name(text: str, name: str) -> None:
    assert place_names(text) == [name]


def test_the_gazetteer_is_credited_and_spells_alike_what_sounds_alike() -> None:
    assert "GeoNames" in gazetteer.FILE.read_text(encoding="utf-8")[:500]
    assert gazetteer.sounded("Makiyivka") == gazetteer.sounded("Makiivka")
    assert gazetteer.find("Atlantis-upon-Nowhere") is None


def test_of_places_of_one_name_the_greatest_is_found() -> None:
    london = gazetteer.find("london")
    assert london is not None
    assert london.country == "GB"
