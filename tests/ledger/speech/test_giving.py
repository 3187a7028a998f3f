"""Sentences that say nothing themselves and give somebody's words."""

import pytest

from asithappened.ledger.speech.clauses import units
from asithappened.ledger.speech.giving import names_whose
from asithappened.ledger.speech.grammar import grammar
from asithappened.ledger.speech.phrase import words


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("More from Olga Lind's speech:", "Olga Lind"),
        ("The key passage of Olga Lind's speech:", "Olga Lind"),
        ("Over to Olga Lind at the harbour.", "Olga Lind"),
        ("This is how Olga Lind ended her speech.", "Olga Lind"),
        ("Reuters has this on the harbour:", "Reuters"),
        ("Over to the harbour.", ""),
        ("Reuters has more than 200 offices.", ""),
        ("More from the harbour later.", ""),
    ],
)
def test_a_sentence_names_whose_words_come_next(text: str, whose: str) -> None:
    rules = grammar("en")
    (unit,) = units(text, rules)
    found = names_whose(unit, rules)
    assert (words(unit.items, found.first, found.last) if found else "") == whose
