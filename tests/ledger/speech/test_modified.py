"""Who it is that a clause or a participle says more of."""

import pytest

from asithappened.ledger.speech.grammar import grammar
from asithappened.ledger.speech.modified import around_relative
from asithappened.ledger.speech.noun_phrases import before
from asithappened.ledger.speech.phrase import words
from tests.ledger.sayings import items


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("A voter who met Lind says", "A voter"),
        ("The firm that runs the plant said", "The firm"),
        ("The union representing the drivers said", "The union"),
        ("A man wearing a red coat told", "A man"),
        ("Parents who live near the plant say", "Parents"),
        ("The owner of the plant said", ""),
        ("Lind is considering the plan said", ""),
        ("On Monday, following the vote, the owner said", ""),
    ],
)
def test_a_clause_that_ends_in_a_noun_phrase_is_about_somebody_before_it(text: str, who: str) -> None:
    these, rules = items(text), grammar("en")
    inner = before(these, len(these) - 2, rules)
    assert inner is not None
    found = around_relative(these, inner, rules)
    assert (words(these, found.first, found.last) if found else "") == who
