"""Promises of how what was found is shown: an excerpt has the first word that was found, and no half of another."""

import pytest

from asithappened.core.searching import asked
from asithappened.render.search import _excerpt, _marked


@pytest.mark.parametrize("word", ["zebra", "ze"])
def test_an_excerpt_begins_and_ends_with_whole_words_around_the_first_that_was_found(word: str) -> None:
    text = "early words " * 100 + word + " late words" * 100
    excerpt = _excerpt(text, asked(word))
    assert excerpt.startswith("…")
    assert excerpt.endswith("…")
    assert len(excerpt) <= 262
    assert {"early", "words", "late", word} >= set(excerpt.strip("…").split())
    assert f"<mark>{word}</mark>" in _marked(excerpt, asked(word))


def test_of_a_script_without_spaces_an_excerpt_is_cut_beside_what_was_found() -> None:
    excerpt = _excerpt("雨" * 900 + "東京" + "風" * 900, asked("東京"))
    assert "東京" in excerpt
    assert len(excerpt) <= 262
