"""A person's name in a noun phrase, without the titles before it."""

import pytest

from asithappened.ledger.speech import phrase
from asithappened.ledger.speech.grammar import grammar
from tests.ledger.sayings import items

ENGLISH = grammar("en")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Libertarian candidate Gary Hart", "Gary Hart"),
        ("Mr. Osei", "Osei"),
        ("Minister Lind", "Lind"),
        ("Network Rail", "Network Rail"),
        ("Police Scotland", "Police Scotland"),
        ("the mayor", ""),
    ],
)
def test_a_name_begins_behind_titles_and_a_bodys_word_is_part_of_its_name(text: str, name: str) -> None:
    words = items(text)
    found = phrase.name_in(words, 0, len(words) - 1, ENGLISH)
    assert (phrase.words(words, *found) if found else "") == name


def test_words_are_printed_with_one_space_wherever_there_was_any() -> None:
    words = items("Lind's  old   party")
    assert phrase.words(words, 0, len(words) - 1) == "Lind's old party"


@pytest.mark.parametrize(("text", "kind"), [("Olga Lind", "name"), ("Kern", "name"), ("officials", "noun")])
def test_a_phrase_is_a_name_by_its_capital_unless_a_noun_for_who_speaks_has_it(text: str, kind: str) -> None:
    words = items(text)
    last = len(words) - 1
    named = phrase.name_in(words, 0, last, ENGLISH) if last else None
    assert phrase.phrase_of(words, 0, last, last, named, ENGLISH).kind == kind
