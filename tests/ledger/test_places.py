"""Which names are places, and what they are there for: by evaluation/GUIDELINE.md."""

import pytest

from asithappened.ledger import gazetteer
from asithappened.ledger.places import Places
from asithappened.ledger.suggestions import Place
from tests.ledger.reading_text import page, suggested


def places(*texts: str, language: str = "en") -> list[Place]:
    return [one for one in suggested(Places(), page(*texts, language=language)) if isinstance(one, Place)]


def names(*texts: str, language: str = "en") -> list[str]:
    return [one.name for one in places(*texts, language=language)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Shells fell in Kharkiv and near Kherson.", ["Kharkiv", "Kherson"]),
        ("The US president met the UK prime minister.", ["US", "UK"]),
        ("A ship sank in the Black Sea off Crimea.", ["Black Sea", "Crimea"]),
        ("Springfield, Illinois, was flooded.", ["Springfield", "Illinois"]),
        ("Rain fell across New South Wales.", ["New South Wales"]),
        ("Police in Bosnia-Herzegovina said so.", ["Bosnia"]),
        ("The Houston-based firm left.", ["Houston"]),
        ("It happened in the Gaza Strip.", ["Gaza Strip"]),
        ("A fire near Tumbarumba Creek is out of control.", ["Tumbarumba Creek"]),
        ("The village of Wexcombe was cut off.", ["Wexcombe"]),
        ("#Kyiv was calm.", ["Kyiv"]),
        ("Greater Manchester was wet.", ["Greater Manchester"]),
    ],
)
def test_a_place_is_found_by_its_name(text: str, found: list[str]) -> None:
    assert names(text) == found


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
    assert names(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "The Bank of England met.",
        "The University of Sussex said so.",
        "The Kyiv Independent reported it.",
        "Manchester United lost, and so did Leeds United.",
        "Manchester Airport was shut.",
        "Jordan Henderson spoke to Paris Hilton.",
        "Barack Obama and David Cameron met.",
        "Mr Lincoln met Mrs Preston.",
        "Nice weather, said the Syrian and the Parisian.",
        "Reading a book in the bath helps.",
        "The EU, Nato, the Kremlin and Downing Street agreed.",
        "It will be an orange deal, most say.",
        "Photograph: Ann Lee/London News Pictures",
    ],
)
def test_what_is_called_like_a_place_is_none(text: str) -> None:
    assert names(text) == []


def test_a_doubtful_name_is_a_place_where_the_live_blog_says_so() -> None:
    assert names("Reading was flooded.", "The river rose in Reading, and in Bath.") == ["Reading"]
    assert names("Reading was hard.", "She read a book.") == []


def test_a_name_is_no_place_where_the_live_blog_knows_somebody_of_it() -> None:
    assert names("Bradford spoke for an hour.", "The minister, Keith Bradford, resigned.") == []
    assert names("Bradford was flooded.", "It rained.") == ["Bradford"]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("A shell fell in Kherson.", "event"),
        ("Missiles were launched from Belgorod.", "origin"),
        ("Moscow said it knew nothing.", "metonym"),
        ("Talks between Kyiv and its creditors failed.", "metonym"),
        ("The UK government fell.", "metonym"),
        ("Growth beats that of Germany.", "reference"),
    ],
)
def test_a_place_has_a_role(text: str, role: str) -> None:
    assert places(text)[0].role == role


def test_the_gazetteer_is_credited_and_spells_alike_what_sounds_alike() -> None:
    assert "GeoNames" in gazetteer.FILE.read_text(encoding="utf-8")[:500]
    assert gazetteer.sounded("Makiyivka") == gazetteer.sounded("Makiivka")
    assert gazetteer.find("Atlantis-upon-Nowhere") is None


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("de", "In Kiew und Mailand regnet es.", ["Kiew", "Mailand"]),
        ("es", "Llueve en Londres y en Kiev.", ["Londres", "Kiev"]),
    ],
)
def test_german_and_spanish_are_begun(language: str, text: str, found: list[str]) -> None:
    assert names(text, language=language) == found
