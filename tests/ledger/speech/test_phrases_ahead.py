"""Where the noun phrase that begins at a place ends."""

import pytest

from asithappened.ledger.speech import phrase, phrases_ahead
from asithappened.ledger.speech.grammar import grammar
from tests.ledger.sayings import items

ENGLISH = grammar("en")


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Olga Lind, the mayor, said no", "Olga Lind", "name"),
        ("the head of the union, Olga Lind, said no", "Olga Lind", "name"),
        ("officials in Kyiv on Tuesday", "officials in Kyiv", "noun"),
        ("officials, Reuters reports", "officials", "noun"),
        ("he said no", "he", "pronoun"),
    ],
)
def test_a_noun_phrase_ends_where_what_follows_is_none_of_it(text: str, name: str, kind: str) -> None:
    words = items(text)
    found = phrases_ahead.after(words, 0, ENGLISH)
    assert found is not None
    assert (phrase.name_of(words, found), found.kind) == (name, kind)


@pytest.mark.parametrize("text", [", and so", "is safe"])
def test_where_none_begins_there_is_none(text: str) -> None:
    assert phrases_ahead.after(items(text), 0, ENGLISH) is None
