"""A word is known to be of a land by the land's name, or by that of the language that is spoken there."""

import pytest

from asithappened.ledger.geography.lands import land


@pytest.mark.parametrize(
    ("language", "word", "name"),
    [
        ("en", "Norwegian", "Norway"),
        ("en", "Dutch", "Netherlands"),
        ("en", "Chilean", "Chile"),
        ("en", "Danish", "Denmark"),
        ("de", "Norweger", "Norwegen"),
        ("de", "Däne", "Dänemark"),
        ("es", "portugués", "Portugal"),
        ("es", "mexicano", "México"),
    ],
)
def test_a_people_is_of_its_land(language: str, word: str, name: str) -> None:
    found = land(word, language)
    assert found is not None
    assert found.name == name
    assert found.has(word.lower())
    assert found.has(name.lower())
    assert found.is_called(name.lower())


@pytest.mark.parametrize(("language", "word"), [("en", "captain"), ("en", "Holt"), ("de", "Vater"), ("es", "jueza")])
def test_other_words_are_of_no_land(language: str, word: str) -> None:
    assert land(word, language) is None


def test_other_forms_of_a_people_are_of_its_land_and_another_people_is_not() -> None:
    norwegen, austria = land("Norweger", "de"), land("Austrian", "en")
    assert norwegen is not None
    assert all(map(norwegen.has, ("norwegerin", "norwegern", "norwegische")))
    assert austria is not None
    assert not austria.has("australian")


def test_a_language_without_lists_has_no_lands_of_its_own() -> None:
    assert land("Norwegian", "xx") is None
