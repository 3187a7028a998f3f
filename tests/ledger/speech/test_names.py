"""People who are named in full, with the offices beside their names."""

import pytest

from asithappened.ledger.speech.names import named_in


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Defence minister Olga Lind left.", ("Olga Lind",)),
        ("Olga Lind met Jan van Osei.", ("Olga Lind", "Jan van Osei")),
        ("Lind left on Monday.", ()),
    ],
)
def test_a_name_is_in_full_behind_its_titles(text: str, names: tuple[str, ...]) -> None:
    assert named_in(text, "en").names == names


@pytest.mark.parametrize(
    ("text", "noun", "words", "name"),
    [
        ("Defence minister Olga Lind left.", "minister", {"defe"}, "Olga Lind"),
        ("Olga Lind, the head of the union's northern branch, left.", "head", {"unio", "nort", "bran"}, "Olga Lind"),
        ("The rating agency Kern cut its outlook.", "agency", {"rati"}, "Kern"),
    ],
)
def test_an_office_goes_with_the_name_that_it_stands_beside(text: str, noun: str, words: set[str], name: str) -> None:
    assert [(one.noun, set(one.words), one.name) for one in named_in(text, "en").offices] == [(noun, words, name)]


def test_a_name_is_a_persons_by_a_given_name_or_an_age() -> None:
    people = named_in("Olga Lind met Jan van Osei, 34, in Port Vale.", "en").people
    assert people == {"Olga Lind", "Jan van Osei"}
