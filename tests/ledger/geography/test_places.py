"""Which names are places, as the live blog knows them: by evaluation/GUIDELINE.md."""

import pytest

from tests.ledger.reading_text import place_names


def test_a_doubtful_name_is_a_place_where_the_live_blog_says_so() -> None:
    assert place_names("Reading was flooded.", "The river rose in Reading, and in Bath.") == ["Reading"]
    assert place_names("Reading was hard.", "She read a book.") == []


def test_a_name_is_no_place_where_the_live_blog_knows_somebody_of_it() -> None:
    assert place_names("Bradford spoke for an hour.", "The minister, Keith Bradford, resigned.") == []
    assert place_names("Bradford was flooded.", "It rained.") == ["Bradford"]


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("de", "In Kiew und Mailand regnet es.", ["Kiew", "Mailand"]),
        ("es", "Llueve en Londres y en Kiev.", ["Londres", "Kiev"]),
    ],
)
def test_german_and_spanish_are_begun(language: str, text: str, found: list[str]) -> None:
    assert place_names(text, language=language) == found
