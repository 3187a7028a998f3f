"""What the lists of a language say about a word: its roles, the cue that begins with it, the speaker that it names."""

import pytest

from asithappened.ledger.speech.grammar import grammar

ENGLISH = grammar("en")


@pytest.mark.parametrize(
    ("words", "lemma", "forms"),
    [
        ("said", "say", {"past", "perfect"}),
        ("adding", "add", {"ing"}),
        ("cries", "cry", {"present"}),
        ("pointed out that", "point out", {"past", "perfect"}),
        ("according", None, set[str]()),
    ],
)
def test_a_cue_is_found_in_any_of_its_forms(words: str, lemma: str | None, forms: set[str]) -> None:
    cue = ENGLISH.cue_at(words.split(), 0)
    assert (cue.lemma if cue else None) == lemma
    assert (cue.forms if cue else set()) == forms


@pytest.mark.parametrize(("noun", "what"), [("spokesman", "voice"), ("officials", "people"), ("ministries", "body")])
def test_who_speaks_is_known_by_their_noun_in_either_number(noun: str, what: str) -> None:
    speaker = ENGLISH.speaker(noun)
    assert speaker is not None
    assert speaker.what == what


def test_a_word_of_content_has_no_role_and_is_nobody() -> None:
    assert ENGLISH.role("bridge") == frozenset()
    assert ENGLISH.speaker("bridge") is None


def test_a_language_without_lists_has_no_cues() -> None:
    assert grammar("fi").cue_at(("said",), 0) is None
