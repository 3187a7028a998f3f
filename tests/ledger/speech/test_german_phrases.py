"""German noun phrases: where they end, and the name in one."""

import pytest

from asithappened.ledger.speech.german_phrases import after, speaker
from asithappened.ledger.speech.grammar import grammar
from asithappened.ledger.speech.phrase import name_of, words
from tests.ledger.sayings import items


@pytest.mark.parametrize(
    ("text", "whole", "name"),
    [
        ("Trainer Klaus Lohe am Abend", "Trainer Klaus Lohe", "Klaus Lohe"),
        ("die neue Regierungssprecherin Olga Lind", "die neue Regierungssprecherin Olga Lind", "Olga Lind"),
        ("Olga von der Heide in Neuweiler", "Olga von der Heide", "Olga von der Heide"),
        ("ein Sprecher der Feuerwehr am Abend", "ein Sprecher der Feuerwehr", ""),
        ("ein Sprecher der Nachrichtenagentur dpa", "ein Sprecher", ""),
        ("die „Neuweiler Zeitung“ unter Berufung", "die „Neuweiler Zeitung“", "Neuweiler Zeitung"),
        ("der Bürgermeister, Jan Osei, heute", "Jan Osei", "Jan Osei"),
        ("er heute", "er", ""),
    ],
)
def test_a_phrase_ends_where_its_noun_or_name_does(text: str, whole: str, name: str) -> None:
    read = items(text, "de")
    found = after(read, 0, grammar("de"))
    assert found is not None
    assert words(read, found.first, found.last) == whole
    assert (name_of(read, found) if found.kind == "name" else "") == name


@pytest.mark.parametrize("noun", ["sprecher", "regierungssprecherin", "bundesverteidigungsministerium", "ministers"])
def test_a_noun_for_who_speaks_is_known_in_another_and_in_each_case(noun: str) -> None:
    assert speaker(noun, grammar("de")) is not None


def test_other_nouns_are_nobody() -> None:
    assert speaker("brücke", grammar("de")) is None
